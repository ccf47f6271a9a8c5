//! What the document says, as constants.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::{docs, slice};
use crate::lower::{Requirement, Scheme, ScopeGroup};
use crate::plan::{Info, Plan, ResponseInfo, Table, Tables};

/// The constants of the module: its texts, operations, guide and security schemes.
pub(super) fn consts(plan: &Plan) -> TokenStream {
    let texts = plan.consts.iter().map(|text| {
        let (name, value) = (&text.name, &text.value);
        let docs = docs(&text.docs);
        quote!(#docs pub const #name: &str = #value;)
    });
    let operations = slice(plan.operations.iter().map(|operation| {
        let request = &operation.request;
        quote!(<request::#request as rt::Operation>::INFO)
    }));
    let guide = slice(plan.guide.iter().map(|document| {
        let module = &document.module;
        quote!(guide::#module::DOCUMENT)
    }));
    let schemes = slice(plan.security_schemes.iter().map(|scheme| {
        let name = &scheme.name;
        match &scheme.scheme {
            Scheme::Http { scheme } => quote!(rt::SecurityScheme::http(#name, #scheme)),
            Scheme::ApiKey { location, key } => quote!(rt::SecurityScheme::api_key(#name, #location, #key)),
            Scheme::OAuth2 {
                authorization_url,
                token_url,
            } => quote!(rt::SecurityScheme::oauth2(#name, #authorization_url, #token_url)),
            Scheme::OpenIdConnect { url } => quote!(rt::SecurityScheme::open_id_connect(#name, #url)),
        }
    }));
    quote! {
        #(#texts)*

        /// What the document says about each operation, in its order.
        pub const OPERATIONS: &[&rt::OperationInfo] = #operations;

        /// The documents of the guide, in their order.
        pub const GUIDE: &[rt::Document] = #guide;

        /// The security schemes that the document declares.
        pub const SECURITY_SCHEMES: &[rt::SecurityScheme] = #schemes;
    }
}

/// The data of an operation, as a constant expression.
pub(super) fn info(info: &Info, has_errors: bool) -> TokenStream {
    let Info { id, method, path, .. } = info;
    let tags = (!info.tags.is_empty()).then(|| {
        let tags = slice(&info.tags);
        quote!(.tags(#tags))
    });
    let summary = (!info.summary.is_empty()).then(|| {
        let summary = &info.summary;
        quote!(.summary(#summary))
    });
    let deprecated = info.deprecated.then(|| quote!(.deprecated()));
    let security = table(&info.security, "SECURITY", alternative).map(|rows| quote!(.security(#rows)));
    let scopes = table(&info.scopes, "SCOPES", scope_group).map(|rows| quote!(.scopes(rt::Scopes::new(#rows))));
    let connect_scope = info.connect_scope.as_ref().map(|scope| quote!(.connect_scope(#scope)));
    let policy = info
        .app_access_rule_exempt
        .map(|exempt| quote!(.data_security_policy(rt::DataSecurityPolicy::new(#exempt))));
    let responses = table(&info.responses, "RESPONSES", response).map(|rows| quote!(.responses(#rows)));
    let errors = has_errors.then(|| quote!(.errors(<Self::Error as rt::DocumentedError>::RESPONSES)));
    let redirects = info.redirects.then(|| quote!(.redirects()));
    quote! {
        rt::OperationInfo::new(#id, rt::Method::#method, #path)
            #tags #summary #deprecated #security #scopes #connect_scope #policy #responses #errors #redirects
    }
}

/// The tables that operations share, as constants.
pub(super) fn tables(tables: &Tables) -> TokenStream {
    let security = shared(
        &tables.security,
        "SECURITY",
        &quote!(&[rt::SecurityRequirement]),
        alternative,
    );
    let scopes = shared(&tables.scopes, "SCOPES", &quote!(rt::ScopeGroup), scope_group);
    let responses = shared(&tables.responses, "RESPONSES", &quote!(rt::ResponseInfo), response);
    quote!(#security #scopes #responses)
}

fn shared<T>(tables: &[Vec<T>], kind: &str, row: &TokenStream, print: fn(&T) -> TokenStream) -> TokenStream {
    let consts = tables.iter().enumerate().map(|(number, rows)| {
        let (name, rows) = (format_ident!("{kind}_{}", number + 1), slice(rows.iter().map(print)));
        quote!(const #name: &[#row] = #rows;)
    });
    quote!(#(#consts)*)
}

/// The rows of a table, or the name of the constant that has them. Nothing if there are none.
fn table<T>(table: &Table<T>, kind: &str, print: fn(&T) -> TokenStream) -> Option<TokenStream> {
    match table {
        Table::Own(rows) if rows.is_empty() => None,
        Table::Own(rows) => Some(slice(rows.iter().map(print))),
        Table::Shared(number) => Some(format_ident!("{kind}_{}", number + 1).into_token_stream()),
    }
}

/// Schemes that are needed together.
fn alternative(together: &impl AsRef<[Requirement]>) -> TokenStream {
    slice(together.as_ref().iter().map(requirement))
}

fn response(response: &ResponseInfo) -> TokenStream {
    let ResponseInfo {
        status, description, ..
    } = response;
    let headers = (!response.headers.is_empty()).then(|| {
        let headers = headers(&response.headers);
        quote!(.headers(#headers))
    });
    quote!(rt::ResponseInfo::new(#status, #description) #headers)
}

/// Names with descriptions.
pub(super) fn headers(headers: &[(String, String)]) -> TokenStream {
    let headers = headers.iter();
    slice(headers.map(|(name, description)| quote!(rt::HeaderInfo::new(#name, #description))))
}

fn requirement(requirement: &Requirement) -> TokenStream {
    let Requirement { scheme, scopes } = requirement;
    let scopes = slice(scopes);
    quote!(rt::SecurityRequirement::new(#scheme, #scopes))
}

fn scope_group(group: &ScopeGroup) -> TokenStream {
    let ScopeGroup { scheme, state, scopes } = group;
    let scopes = slice(scopes);
    quote!(rt::ScopeGroup::new(#scheme, #state, #scopes))
}
