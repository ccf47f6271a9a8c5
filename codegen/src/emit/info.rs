//! What the document says, as constants.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{docs, slice};
use crate::lower::{Requirement, Scheme, ScopeGroup};
use crate::plan::{Info, Plan, ResponseInfo};

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
pub(super) fn info(info: &Info, errors: Option<&Ident>) -> TokenStream {
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
    let security = (!info.security.is_empty()).then(|| {
        let security = slice(
            info.security
                .iter()
                .map(|together| slice(together.iter().map(requirement))),
        );
        quote!(.security(#security))
    });
    let scopes = (!info.scopes.is_empty()).then(|| {
        let groups = slice(info.scopes.iter().map(scope_group));
        quote!(.scopes(rt::Scopes::new(#groups)))
    });
    let connect_scope = info.connect_scope.as_ref().map(|scope| quote!(.connect_scope(#scope)));
    let policy = info
        .app_access_rule_exempt
        .map(|exempt| quote!(.data_security_policy(rt::DataSecurityPolicy::new(#exempt))));
    let responses = (!info.responses.is_empty()).then(|| {
        let responses = slice(info.responses.iter().map(response));
        quote!(.responses(#responses))
    });
    let errors = errors.map(|errors| quote!(.errors(<#errors as rt::DocumentedError>::RESPONSES)));
    let redirects = info.redirects.then(|| quote!(.redirects()));
    quote! {
        rt::OperationInfo::new(#id, rt::Method::#method, #path)
            #tags #summary #deprecated #security #scopes #connect_scope #policy #responses #errors #redirects
    }
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
