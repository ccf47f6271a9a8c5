//! What a success becomes: the type, how it is read, and an enum where there is a choice.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::types::{Path, Scope};
use super::{doc, docs};
use crate::plan::{Arm, Choice, ChoiceBody, ChoiceVariant, Output, words};

/// The word for what a success carries, with its type where there is a choice.
pub(super) fn kind(output: &Output, scope: &Scope) -> String {
    match output {
        Output::Nothing => "nothing".to_owned(),
        Output::Json(body) => format!("json({})", scope.ty(body)),
        Output::Text => "text".to_owned(),
        Output::Download => "download".to_owned(),
        Output::Redirect => "redirect".to_owned(),
        Output::Choice(choice) => format!("choice({})", choice.ident),
    }
}

/// What reads the body of a variant.
fn arm(variant: &ChoiceVariant, ok: Path) -> TokenStream {
    let name = &variant.ident;
    let pattern = pattern(variant.arm);
    let guard = guard(variant);
    let value = match &variant.body {
        None => quote!(#ok(Self::#name)),
        Some(ChoiceBody::Json(_)) => quote!(response.model().map(Self::#name)),
        Some(ChoiceBody::Text) => quote!(response.text().map(Self::#name)),
        Some(ChoiceBody::Download) => quote!(#ok(Self::#name(response.download()))),
    };
    quote!(#pattern #guard => #value,)
}

/// The test of the media type that tells JSON from another body of the same status.
fn guard(variant: &ChoiceVariant) -> Option<TokenStream> {
    let is_guarded = variant.is_one_of_several && matches!(variant.body, Some(ChoiceBody::Json(_)));
    is_guarded.then(|| quote!(if response.is_json()))
}

/// The enum, where there is a choice.
pub(super) fn choice(output: &Output, scope: &Scope) -> Option<TokenStream> {
    let Output::Choice(choice) = output else {
        return None;
    };
    let Choice { ident, variants, .. } = choice;
    let declaration = declaration(choice, scope);
    let (result, ok) = (scope.result(), scope.ok());
    let decoded = variants.iter().map(|variant| arm(variant, ok));
    let rest = is_open(choice).then(|| quote!(_ => #ok(Self::Other(response.status())),));
    let (at_first, streams) = match choice.has_download() {
        true => {
            // The same arms as those that decode: only a download has no whole body.
            let arms = variants.iter().map(|variant| {
                let (pattern, guard, is_download) = (pattern(variant.arm), guard(variant), variant.is_download());
                quote!(#pattern #guard => #is_download,)
            });
            let rest = is_open(choice).then(|| quote!(_ => false,));
            (
                quote!(response),
                quote!(match response.status().as_u16() { #(#arms)* #rest }),
            )
        }
        false => (quote!(_), quote!(false)),
    };
    let drift = drift(variants, scope);
    Some(quote! {
        #declaration

        impl #ident {
            fn streams(#at_first: &rt::RawResponse) -> bool {
                #streams
            }

            fn decode(response: &rt::RawResponse) -> #result<Self, rt::Error> {
                match response.status().as_u16() { #(#decoded)* #rest }
            }
        }

        impl rt::Model for #ident {
            #drift
        }
    })
}

/// Whether there may be successes that are not documented.
fn is_open(choice: &Choice) -> bool {
    choice.variants.iter().all(|variant| variant.arm != Arm::Rest)
}

fn declaration(choice: &Choice, scope: &Scope) -> TokenStream {
    let Choice { ident, variants, .. } = choice;
    let choice_docs = docs(&choice.docs);
    // A body that is still arriving has no copies.
    let derives = if choice.has_download() {
        quote!(Debug)
    } else {
        quote!(Clone, Debug, PartialEq)
    };
    let declared = variants.iter().map(|variant| {
        let docs = docs(&variant.docs);
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
    let other = is_open(choice).then(|| {
        let docs = doc(words::OTHER_SUCCESS);
        quote!(#docs Other(rt::StatusCode),)
    });
    quote! {
        #choice_docs
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #ident {
            #(#declared)*
            #other
        }
    }
}

/// The function that reports where a body differs from the document.
fn drift(variants: &[ChoiceVariant], scope: &Scope) -> TokenStream {
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
    quote! {
        fn drift(#response: &rt::RawResponse) -> rt::Drift {
            #drift
        }
    }
}

/// The statuses of an arm.
fn pattern(arm: Arm) -> TokenStream {
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
