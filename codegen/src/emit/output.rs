//! What a success becomes: the type, how it is read, and an enum where there is a choice.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::types::Scope;
use crate::plan::{Arm, Choice, ChoiceBody, ChoiceVariant, Ident, Output};

/// The type.
pub(super) fn output(output: &Output, scope: &Scope) -> TokenStream {
    match output {
        Output::Nothing => quote!(()),
        Output::Json(body) => scope.ty(body),
        Output::Text => scope.string(),
        Output::Download => quote!(rt::Download),
        Output::Redirect => quote!(rt::Redirect),
        Output::Choice(choice) => {
            let ident = &choice.ident;
            quote!(#ident)
        }
    }
}

/// The method that says when the body is handed over while it arrives, if it ever is.
pub(super) fn streams(output: &Output) -> Option<TokenStream> {
    let (response, streams) = match output {
        Output::Download => (quote!(_), quote!(true)),
        Output::Choice(choice) if streams_at_times(choice) => (quote!(response), quote!(!response.is_json())),
        _ => return None,
    };
    Some(quote! {
        fn streams(#response: &rt::RawResponse) -> bool {
            #streams
        }
    })
}

fn streams_at_times(choice: &Choice) -> bool {
    choice
        .variants
        .iter()
        .any(|variant| matches!(variant.body, Some(ChoiceBody::Download)))
}

/// The method that reads a successful response.
pub(super) fn decode(output: &Output, scope: &Scope) -> TokenStream {
    let (result, ok) = (scope.result(), scope.ok());
    let (response, decoded) = match output {
        Output::Nothing => (quote!(_), quote!(#ok(()))),
        Output::Json(_) => (quote!(response), quote!(response.model())),
        Output::Text => (quote!(response), quote!(response.text())),
        Output::Download => (quote!(response), quote!(#ok(response.download()))),
        Output::Redirect => (quote!(response), quote!(#ok(rt::Redirect::new(response)))),
        Output::Choice(choice) => {
            let ident = &choice.ident;
            let arms = choice.variants.iter().map(|variant| arm(ident, variant, &ok));
            let open = choice.variants.iter().all(|variant| variant.arm != Arm::Rest);
            let rest = open.then(|| quote!(_ => #ok(#ident::Other(response.status())),));
            (
                quote!(response),
                quote!(match response.status().as_u16() { #(#arms)* #rest }),
            )
        }
    };
    quote! {
        fn decode(#response: &rt::RawResponse) -> #result<Self::Output, rt::Error> {
            #decoded
        }
    }
}

fn arm(ident: &Ident, variant: &ChoiceVariant, ok: &TokenStream) -> TokenStream {
    let name = &variant.ident;
    let pattern = pattern(variant.arm);
    let guard = variant.is_one_of_several && matches!(variant.body, Some(ChoiceBody::Json(_)));
    let guard = guard.then(|| quote!(if response.is_json()));
    let value = match &variant.body {
        None => quote!(#ok(#ident::#name)),
        Some(ChoiceBody::Json(_)) => quote!(response.model().map(#ident::#name)),
        Some(ChoiceBody::Text) => quote!(response.text().map(#ident::#name)),
        Some(ChoiceBody::Download) => quote!(#ok(#ident::#name(response.download()))),
    };
    quote!(#pattern #guard => #value,)
}

/// The enum, where there is a choice.
pub(super) fn choice(output: &Output, request: &Ident, scope: &Scope) -> Option<TokenStream> {
    let Output::Choice(choice) = output else {
        return None;
    };
    let Choice { ident, variants } = choice;
    let docs = format!(" What [`{request}`](struct@{request}) answers.");
    let streams = variants
        .iter()
        .any(|variant| matches!(variant.body, Some(ChoiceBody::Download)));
    // A body that is still arriving has no copies.
    let derives = if streams {
        quote!(Debug)
    } else {
        quote!(Clone, Debug, PartialEq)
    };
    let declared = variants.iter().map(|variant| {
        let docs = super::docs(&variant.docs);
        let name = &variant.ident;
        let body = variant.body.as_ref().map(|body| match body {
            ChoiceBody::Json(body) => {
                let body = scope.ty(body);
                quote!((#body))
            }
            ChoiceBody::Text => {
                let string = scope.string();
                quote!((#string))
            }
            ChoiceBody::Download => quote!((rt::Download)),
        });
        quote!(#docs #name #body,)
    });
    let open = variants.iter().all(|variant| variant.arm != Arm::Rest);
    let other = open.then(|| {
        quote! {
            /// Any other success, by its status.
            Other(rt::StatusCode),
        }
    });
    let arms = variants.iter().filter_map(|variant| match &variant.body {
        Some(ChoiceBody::Json(body)) => {
            let pattern = pattern(variant.arm);
            let guard = variant.is_one_of_several.then(|| quote!(if response.is_json()));
            let body = scope.ty(body);
            Some(quote!(#pattern #guard => <#body as rt::Model>::drift(response),))
        }
        _ => None,
    });
    let arms: Vec<TokenStream> = arms.collect();
    let (response, drift) = if arms.is_empty() {
        (quote!(_), quote!(rt::Drift::default()))
    } else {
        let is_closed = variants.iter().any(|variant| {
            variant.arm == Arm::Rest && !variant.is_one_of_several && matches!(variant.body, Some(ChoiceBody::Json(_)))
        });
        let rest = (!is_closed).then(|| quote!(_ => rt::Drift::default(),));
        (
            quote!(response),
            quote!(match response.status().as_u16() { #(#arms)* #rest }),
        )
    };
    Some(quote! {
        #[doc = #docs]
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #ident {
            #(#declared)*
            #other
        }

        impl rt::Model for #ident {
            fn drift(#response: &rt::RawResponse) -> rt::Drift {
                #drift
            }
        }
    })
}

/// The statuses of an arm.
pub(super) fn pattern(arm: Arm) -> TokenStream {
    match arm {
        Arm::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Arm::Range(digit) => {
            let first = Literal::u16_unsuffixed(digit * 100);
            let last = Literal::u16_unsuffixed(digit * 100 + 99);
            quote!(#first..=#last)
        }
        Arm::Rest => quote!(_),
    }
}
