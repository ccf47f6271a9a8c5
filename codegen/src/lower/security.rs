//! Security schemes, and which of them an operation needs.

use openapiv3::{APIKeyLocation, ReferenceOr};

use super::{Lowering, component_of};
use crate::diagnostic::Code;
use crate::load::MUTUAL_TLS;
use crate::pointer::Pointer;

/// A declared security scheme.
#[derive(Clone, Debug)]
pub(crate) struct SecurityScheme {
    pub name: String,
    pub scheme: Scheme,
}

/// The kind of a security scheme.
#[derive(Clone, Debug)]
pub(crate) enum Scheme {
    Http {
        scheme: String,
    },
    ApiKey {
        location: &'static str,
        key: String,
    },
    OAuth2 {
        authorization_url: String,
        token_url: String,
    },
    OpenIdConnect {
        url: String,
    },
    MutualTls,
}

/// A required scheme, with its required scopes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Requirement {
    pub scheme: String,
    pub scopes: Vec<String>,
}

impl Lowering<'_> {
    pub(super) fn security_schemes(&mut self) -> Vec<SecurityScheme> {
        let components = self.document.openapi.components.as_ref();
        let mut schemes = Vec::new();
        for (name, scheme) in components
            .into_iter()
            .flat_map(|components| &components.security_schemes)
        {
            let at = Pointer::root().join("components").join("securitySchemes").join(name);
            let find = |name: &str| components?.security_schemes.get(name);
            let scheme = match scheme {
                ReferenceOr::Item(scheme) => Some(scheme),
                ReferenceOr::Reference { reference } => self
                    .component(reference, &at, "securitySchemes", find)
                    .map(|(scheme, _)| scheme),
            };
            if let Some(scheme) = scheme {
                schemes.push(SecurityScheme {
                    name: name.clone(),
                    scheme: convert(scheme),
                });
            }
        }
        schemes
    }

    /// The alternatives of an operation; the default are those of the document (OpenAPI 3.0, section 4.7.10).
    pub(super) fn security(&mut self, operation: &openapiv3::Operation, at: &Pointer) -> Vec<Vec<Requirement>> {
        let openapi = &self.document.openapi;
        let (security, at) = match (&operation.security, &openapi.security) {
            (Some(own), _) => (own, at.join("security")),
            (None, Some(general)) => (general, Pointer::root().join("security")),
            (None, None) => return Vec::new(),
        };
        let mut alternatives = Vec::new();
        for (index, alternative) in security.iter().enumerate() {
            let mut together = Vec::new();
            for (scheme, scopes) in alternative {
                let is_declared = |name: &String| {
                    let components = openapi.components.as_ref();
                    components.is_some_and(|components| components.security_schemes.contains_key(name))
                };
                // Since OpenAPI 3.2, it may be a reference (section 4.30).
                let referred = component_of("securitySchemes", scheme).filter(is_declared);
                let scheme = referred.as_ref().filter(|_| !is_declared(scheme)).unwrap_or(scheme);
                if !is_declared(scheme) && self.undeclared.insert(scheme.clone()) {
                    let message = format!("the security scheme `{scheme}` is not declared in this document");
                    let help = "its name is kept; declare it under `components.securitySchemes` in an overlay";
                    self.warn(Code::UndeclaredSecurity, &at.join(index), message, help);
                }
                together.push(Requirement {
                    scheme: scheme.clone(),
                    scopes: scopes.clone(),
                });
            }
            alternatives.push(together);
        }
        alternatives
    }
}

fn convert(scheme: &openapiv3::SecurityScheme) -> Scheme {
    use openapiv3::SecurityScheme as S;
    match scheme {
        S::HTTP { extensions, .. } if extensions.contains_key(MUTUAL_TLS) => Scheme::MutualTls,
        S::HTTP { scheme, .. } => Scheme::Http { scheme: scheme.clone() },
        S::APIKey { location, name, .. } => Scheme::ApiKey {
            location: match location {
                APIKeyLocation::Query => "query",
                APIKeyLocation::Header => "header",
                APIKeyLocation::Cookie => "cookie",
            },
            key: name.clone(),
        },
        S::OAuth2 { flows, .. } => {
            let code = flows
                .authorization_code
                .as_ref()
                .map(|flow| (&flow.authorization_url, &flow.token_url));
            let (authorization_url, token_url) =
                match (code, &flows.implicit, &flows.client_credentials, &flows.password) {
                    (Some((authorization, token)), ..) => (authorization.clone(), token.clone()),
                    (None, Some(flow), ..) => (flow.authorization_url.clone(), String::new()),
                    (None, None, Some(flow), _) => (String::new(), flow.token_url.clone()),
                    (None, None, None, Some(flow)) => (String::new(), flow.token_url.clone()),
                    (None, None, None, None) => (String::new(), String::new()),
                };
            Scheme::OAuth2 {
                authorization_url,
                token_url,
            }
        }
        S::OpenIDConnect {
            open_id_connect_url, ..
        } => Scheme::OpenIdConnect {
            url: open_id_connect_url.clone(),
        },
    }
}
