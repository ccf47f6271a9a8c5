//! Spans for `tracing`, with the names of OpenTelemetry's conventions for HTTP clients.

use std::future::Future;

use tracing::field::Empty;
use tracing::{Instrument, Span, info_span, warn};

use crate::connection::base_url::BaseUrl;
use crate::request::Request;
use crate::response::error::Error;
use crate::response::raw::RawResponse;

/// Runs one attempt in a span, and tells what the server says about deprecation.
pub(crate) async fn attempt(
    base: &BaseUrl,
    request: &Request,
    resends: u32,
    exchange: impl Future<Output = Result<RawResponse, Error>>,
) -> Result<RawResponse, Error> {
    let operation = request.operation();
    let (host, port) = base.address();
    let span = info_span!(
        "http.client.request",
        otel.kind = "client",
        otel.name = format!("{} {}", request.method(), operation.path),
        http.request.method = request.method().as_str(),
        url.template = operation.path,
        server.address = host,
        server.port = port,
        http.request.resend_count = (resends > 0).then_some(resends),
        http.response.status_code = Empty,
        error.type = Empty,
    );
    let result = exchange.instrument(span.clone()).await;
    span.in_scope(|| tell(&span, &result));
    result
}

fn tell(span: &Span, result: &Result<RawResponse, Error>) {
    match result {
        Ok(raw) => {
            let status = raw.status();
            span.record("http.response.status_code", status.as_u16());
            if status.is_client_error() || status.is_server_error() {
                span.record("error.type", status.as_str());
            }
            let operation = raw.operation().id;
            for name in ["warning", "deprecation", "sunset"] {
                // `Warning` is also about caches; deprecations have the code 299.
                let values = raw
                    .headers()
                    .get_all(name)
                    .iter()
                    .filter_map(|value| value.to_str().ok());
                for value in values.filter(|value| name != "warning" || value.starts_with("299")) {
                    warn!(
                        operation,
                        header = name,
                        value,
                        "the server reports this operation as deprecated"
                    );
                }
            }
        }
        Err(error) => {
            let kind = match () {
                () if error.is_timeout() => "timeout",
                () if error.is_connect() => "connect",
                () => "transport",
            };
            span.record("error.type", kind);
        }
    }
}
