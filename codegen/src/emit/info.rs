//! Constants with data of the document.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::lines::{Lines, literal, slice};
use super::types::Scope;
use super::{doc, docs};
use crate::lower::{Requirement, Scheme, ScopeGroup};
use crate::plan::{Headers, Info, Plan, ResponseInfo, Table, Tables, words};

/// The constants of the module: its texts, operations, guide and security schemes.
pub(super) fn consts(plan: &Plan) -> TokenStream {
    let texts = plan.consts.iter().map(|text| {
        let (name, value) = (&text.name, &text.value);
        let docs = docs(&text.docs);
        quote!(#docs pub const #name: &str = #value;)
    });
    let operations = array(plan.operations.iter().map(|operation| {
        let request = &operation.request;
        quote!(<request::#request as rt::Operation>::INFO)
    }));
    let guide = array(plan.guide.iter().map(|document| {
        let module = &document.module;
        quote!(guide::#module::DOCUMENT)
    }));
    let schemes = array(plan.security_schemes.iter().map(|scheme| {
        let name = &scheme.name;
        match &scheme.scheme {
            Scheme::Http { scheme } => quote!(rt::SecurityScheme::http(#name, #scheme)),
            Scheme::ApiKey { location, key } => quote!(rt::SecurityScheme::api_key(#name, #location, #key)),
            Scheme::OAuth2 {
                authorization_url,
                token_url,
            } => quote!(rt::SecurityScheme::oauth2(#name, #authorization_url, #token_url)),
            Scheme::OpenIdConnect { url } => quote!(rt::SecurityScheme::open_id_connect(#name, #url)),
            Scheme::MutualTls => quote!(rt::SecurityScheme::mutual_tls(#name)),
        }
    }));
    let of_operations = doc(words::OPERATION_INFOS);
    let of_guide = doc(words::DOCUMENTS);
    let of_schemes = doc(words::SECURITY_SCHEMES);
    quote! {
        #(#texts)*

        #of_operations
        pub const OPERATIONS: &[&rt::OperationInfo] = #operations;

        #of_guide
        pub const GUIDE: &[rt::Document] = #guide;

        #of_schemes
        pub const SECURITY_SCHEMES: &[rt::SecurityScheme] = #schemes;
    }
}

/// A list of things as a slice.
fn array<T: ToTokens>(items: impl IntoIterator<Item = T>) -> TokenStream {
    let items = items.into_iter();
    quote!(&[#(#items),*])
}

/// The data of an operation.
pub(super) fn info(info: &Info, scope: &Scope, table: &mut Lines) {
    let some = scope.some();
    let (id, path) = (literal(&info.id), literal(&info.path));
    let head = format!("const INFO = ({id}, {}, {path}) {{", info.method);
    table.nest(&head, "}", |table| {
        if !info.tags.is_empty() {
            table.line(&format!("tags: {},", slice(&info.tags)));
        }
        if !info.summary.is_empty() {
            table.line(&format!("summary: {},", literal(&info.summary)));
        }
        if info.deprecated {
            table.line("deprecated: true,");
        }
        rows(&info.security, &SECURITY, table);
        rows(&info.scopes, &SCOPES, table);
        if let Some(connect_scope) = &info.connect_scope {
            table.line(&format!("connect_scope: {some}({}),", literal(connect_scope)));
        }
        if let Some(exempt) = info.app_access_rule_exempt {
            table.line(&format!(
                "data_security_policy: {some}(rt::DataSecurityPolicy::new({exempt})),"
            ));
        }
        rows(&info.responses, &RESPONSES, table);
        if info.redirects {
            table.line("redirects: true,");
        }
    });
}

/// How the tables of a kind are written.
struct Kind<T> {
    field: &'static str,
    /// The names of shared ones, but for their number.
    name: &'static str,
    /// The type of a row.
    ty: &'static str,
    row: fn(&T) -> String,
}

const SECURITY: Kind<Vec<Requirement>> = Kind {
    field: "security",
    name: "SECURITY",
    ty: "&[rt::SecurityRequirement]",
    row: alternative,
};

const SCOPES: Kind<ScopeGroup> = Kind {
    field: "scopes",
    name: "SCOPES",
    ty: "rt::ScopeGroup",
    row: scope_group,
};

const HEADERS: Kind<(String, String)> = Kind {
    field: "headers",
    name: "HEADERS",
    ty: "rt::HeaderInfo",
    row: header,
};

const RESPONSES: Kind<ResponseInfo> = Kind {
    field: "responses",
    name: "RESPONSES",
    ty: "rt::ResponseInfo",
    row: response,
};

/// A table of an operation: its rows, or the name of the constant that has them. Nothing if there are none.
fn rows<T>(table: &Table<T>, kind: &Kind<T>, lines: &mut Lines) {
    let Kind { field, name, row, .. } = kind;
    match table {
        Table::Own(rows) if rows.is_empty() => {}
        Table::Own(rows) => {
            let rows: Vec<String> = rows.iter().map(row).collect();
            lines.list(&format!("{field}: &["), &rows, "],");
        }
        Table::Shared(number) => lines.line(&format!("{field}: {name}_{},", number + 1)),
    }
}

/// The tables that operations share, as constants.
pub(super) fn tables(tables: &Tables) -> String {
    let mut lines = Lines::default();
    shared(&tables.security, &SECURITY, &mut lines);
    shared(&tables.scopes, &SCOPES, &mut lines);
    shared(&tables.headers, &HEADERS, &mut lines);
    shared(&tables.responses, &RESPONSES, &mut lines);
    lines.finish()
}

fn shared<T>(tables: &[Vec<T>], kind: &Kind<T>, lines: &mut Lines) {
    let Kind { name, ty, row, .. } = kind;
    for (number, rows) in tables.iter().enumerate() {
        if !lines.starts() {
            lines.line("");
        }
        let rows: Vec<String> = rows.iter().map(row).collect();
        lines.list(&format!("const {name}_{}: &[{ty}] = &[", number + 1), &rows, "];");
    }
}

/// Schemes that are needed together.
#[allow(clippy::ptr_arg, reason = "the rows of this table are lists")]
fn alternative(together: &Vec<Requirement>) -> String {
    let together: Vec<String> = together.iter().map(requirement).collect();
    format!("&[{}]", together.join(", "))
}

fn requirement(requirement: &Requirement) -> String {
    let Requirement { scheme, scopes } = requirement;
    format!("rt::SecurityRequirement::new({}, {})", literal(scheme), slice(scopes))
}

fn scope_group(group: &ScopeGroup) -> String {
    let ScopeGroup { scheme, state, scopes } = group;
    let (scheme, state, scopes) = (literal(scheme), literal(state), slice(scopes));
    format!("rt::ScopeGroup::new({scheme}, {state}, {scopes})")
}

fn response(response: &ResponseInfo) -> String {
    let (status, description) = (literal(&response.status), literal(&response.description));
    let headers = headers(&response.headers).map(|headers| format!(".headers({headers})"));
    let headers = headers.unwrap_or_default();
    format!("rt::ResponseInfo::new({status}, {description}){headers}")
}

/// The headers of a response, if it has any.
pub(super) fn headers(headers: &Headers) -> Option<String> {
    match headers {
        Table::Own(headers) if headers.is_empty() => None,
        Table::Own(headers) => {
            let headers: Vec<String> = headers.iter().map(header).collect();
            Some(format!("&[{}]", headers.join(", ")))
        }
        Table::Shared(number) => Some(format!("{}_{}", HEADERS.name, number + 1)),
    }
}

fn header((name, description): &(String, String)) -> String {
    format!("rt::HeaderInfo::new({}, {})", literal(name), literal(description))
}
