//! What a document says, as data: about itself, its operations, their scopes, and its guide.

pub use http::Method;
use http::StatusCode;

pub use self::security_scheme::SecurityScheme;

mod security_scheme;

/// What the document says about one operation (OpenAPI 3.0, section 4.7.10).
///
/// Every request type has one as [`Operation::INFO`](crate::Operation::INFO), every generated module a list of them.
#[derive(Debug)]
#[non_exhaustive]
pub struct OperationInfo {
    /// The document's `operationId`, unchanged, or the name of the function if there is none.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template, from the root of the site.
    pub path: &'static str,
    /// The tags, in the document's order.
    pub tags: &'static [&'static str],
    /// The summary, empty where there is none.
    pub summary: &'static str,
    /// Whether the document calls the operation deprecated.
    pub deprecated: bool,
    /// Alternatives, each a list of schemes that are needed together; an empty list allows anonymous access.
    pub security: &'static [&'static [SecurityRequirement]],
    /// The OAuth 2.0 scopes, from `x-atlassian-oauth2-scopes`.
    pub scopes: Scopes,
    /// The scope that a Connect app needs, from `x-atlassian-connect-scope`.
    pub connect_scope: Option<&'static str>,
    /// The policy on data security, from `x-atlassian-data-security-policy`.
    pub data_security_policy: Option<DataSecurityPolicy>,
    /// The documented successes, in the document's order.
    pub responses: &'static [ResponseInfo],
    /// The documented errors: codes first, then ranges, then `default`.
    pub errors: &'static [ResponseInfo],
    /// Whether the document describes a redirect instead of a success, so that a redirect is the result of the
    /// operation.
    pub redirects: bool,
}

impl OperationInfo {
    /// Creates the description of an operation from its method and the rest.
    pub const fn new(method: Method, parts: OperationParts) -> Self {
        Self {
            id: parts.id,
            method,
            path: parts.path,
            tags: parts.tags,
            summary: parts.summary,
            deprecated: parts.deprecated,
            security: parts.security,
            scopes: Scopes { groups: parts.scopes },
            connect_scope: parts.connect_scope,
            data_security_policy: parts.data_security_policy,
            responses: parts.responses,
            errors: parts.errors,
            redirects: parts.redirects,
        }
    }

    /// Returns whether a response of this status is the result of the operation: a success or, if the document
    /// describes a redirect instead, a redirect to another URL (RFC 9110, section 15.4).
    pub fn is_success(&self, status: StatusCode) -> bool {
        status.is_success() || self.redirects && matches!(status.as_u16(), 300..=303 | 307 | 308)
    }

    /// Returns what the document says about a status: the exact code, else its range (`4XX`), else `default`.
    #[expect(clippy::integer_division, reason = "the first of three digits")]
    pub fn response(&self, status: u16) -> Option<&'static ResponseInfo> {
        let all = || self.responses.iter().chain(self.errors);
        let find = |wanted: &str| all().find(|response| response.status == wanted);
        find(&status.to_string())
            .or_else(|| find(&format!("{}XX", status / 100)))
            .or_else(|| find("default"))
    }
}

/// The parts of an [`OperationInfo`], which describes the fields.
///
/// Generated code has one for each operation. Fields may be added, so start from [`EMPTY`](Self::EMPTY).
///
/// ```
/// use confluence_rest::info::{Method, OperationInfo, OperationParts};
///
/// static INFO: OperationInfo = OperationInfo::new(
///     Method::GET,
///     OperationParts {
///         id: "getUser",
///         path: "/wiki/rest/api/user",
///         ..OperationParts::EMPTY
///     },
/// );
/// assert_eq!(INFO.path, "/wiki/rest/api/user");
/// ```
#[allow(missing_docs, reason = "`OperationInfo` has the same fields")]
#[derive(Clone, Copy, Debug)]
pub struct OperationParts {
    pub id: &'static str,
    pub path: &'static str,
    pub tags: &'static [&'static str],
    pub summary: &'static str,
    pub deprecated: bool,
    pub security: &'static [&'static [SecurityRequirement]],
    pub scopes: &'static [ScopeGroup],
    pub connect_scope: Option<&'static str>,
    pub data_security_policy: Option<DataSecurityPolicy>,
    pub responses: &'static [ResponseInfo],
    pub errors: &'static [ResponseInfo],
    pub redirects: bool,
}

impl OperationParts {
    /// All parts empty.
    pub const EMPTY: Self = Self {
        id: "",
        path: "",
        tags: &[],
        summary: "",
        deprecated: false,
        security: &[],
        scopes: &[],
        connect_scope: None,
        data_security_policy: None,
        responses: &[],
        errors: &[],
        redirects: false,
    };
}

/// The OAuth 2.0 scopes of an operation, from `x-atlassian-oauth2-scopes`.
///
/// The groups are alternatives: a token needs all the scopes of one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scopes {
    /// The groups in the document's order.
    pub groups: &'static [ScopeGroup],
}

impl Scopes {
    /// The scopes in general availability, which Atlassian calls classic.
    pub fn current(&self) -> &'static [&'static str] {
        self.in_state("Current")
    }

    /// The scopes in beta, which Atlassian calls granular.
    pub fn beta(&self) -> &'static [&'static str] {
        self.in_state("Beta")
    }

    fn in_state(&self, state: &str) -> &'static [&'static str] {
        self.groups
            .iter()
            .find(|group| group.state.eq_ignore_ascii_case(state))
            .map_or(&[], |group| group.scopes)
    }
}

/// One alternative of [`Scopes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScopeGroup {
    /// The security scheme that the scopes belong to.
    pub scheme: &'static str,
    /// `Current` or `Beta` in the documents known so far.
    pub state: &'static str,
    /// The scopes, all of which are needed.
    pub scopes: &'static [&'static str],
}

impl ScopeGroup {
    /// Names a scheme, the state of its scopes, and the scopes.
    pub const fn new(scheme: &'static str, state: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, state, scopes }
    }
}

/// A security scheme that an operation needs (OpenAPI 3.0, section 4.7.30).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecurityRequirement {
    /// The scheme's name in the document.
    pub scheme: &'static str,
    /// The scopes that are needed of it; empty for schemes without scopes.
    pub scopes: &'static [&'static str],
}

impl SecurityRequirement {
    /// Names a scheme and its scopes.
    pub const fn new(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, scopes }
    }
}

/// What `x-atlassian-data-security-policy` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DataSecurityPolicy {
    /// Whether the operation is exempt from rules that block an app's access to data.
    pub app_access_rule_exempt: bool,
}

impl DataSecurityPolicy {
    /// Says whether the operation is exempt from app access rules.
    pub const fn new(app_access_rule_exempt: bool) -> Self {
        Self { app_access_rule_exempt }
    }
}

/// A documented response (OpenAPI 3.0, section 4.7.17).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResponseInfo {
    /// A code (`404`), a range (`4XX`) or `default`.
    pub status: &'static str,
    /// The description, in Markdown.
    pub description: &'static str,
    /// The headers that the document names for it.
    pub headers: &'static [HeaderInfo],
}

impl ResponseInfo {
    /// Pairs a status with its description.
    pub const fn new(status: &'static str, description: &'static str) -> Self {
        Self {
            status,
            description,
            headers: &[],
        }
    }

    /// Sets the documented headers.
    pub const fn headers(mut self, headers: &'static [HeaderInfo]) -> Self {
        self.headers = headers;
        self
    }
}

/// A documented header of a response (OpenAPI 3.0, section 4.7.21).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HeaderInfo {
    /// The name, as the document writes it.
    pub name: &'static str,
    /// The description, in Markdown.
    pub description: &'static str,
}

impl HeaderInfo {
    /// Pairs a name with its description.
    pub const fn new(name: &'static str, description: &'static str) -> Self {
        Self { name, description }
    }
}

/// A document of the guide, from `x-atlassian-narrative`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Document {
    /// The heading.
    pub title: &'static str,
    /// The name in links.
    pub anchor: &'static str,
    /// The text, in Markdown, as the document has it.
    pub body: &'static str,
}

impl Document {
    /// Pairs a title and an anchor with a text.
    pub const fn new(title: &'static str, anchor: &'static str, body: &'static str) -> Self {
        Self { title, anchor, body }
    }
}
