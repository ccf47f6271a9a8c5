//! The documented error responses of an operation.

use crate::RawResponse;

/// Declares an enum of error responses: a variant for each status, with its body where it has one.
///
/// The descriptions of the variants are those of `RESPONSES`, too.
#[doc(hidden)]
#[macro_export]
macro_rules! __errors {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $($(#[doc = $text:literal])* $variant:ident $(($body:ty $(,)?))? = $status:tt,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[doc = $text])*
                #[doc = ""]
                #[doc = $crate::__errors!(@status_docs $status)]
                $variant $(($body))?,
            )*
            /// Any other error response, by its status.
            Other($crate::rt::StatusCode),
        }

        impl $crate::rt::DocumentedError for $name {
            const RESPONSES: &'static [$crate::rt::ResponseInfo] =
                &[$($crate::__errors!(@info $status [$($text)*])),*];

            fn from_response(response: &$crate::rt::RawResponse) -> Self {
                $(if $crate::rt::has_status(response, $crate::__errors!(@status $status)) {
                    return $crate::__errors!(@value $name response $variant $($body)?);
                })*
                Self::Other(response.status())
            }
        }
    };
    (@status ($status:literal, $headers:expr $(,)?)) => {
        $status
    };
    (@status $status:tt) => {
        $status
    };
    (@status_docs ($status:literal, $headers:expr $(,)?)) => {
        ::core::concat!("Status ", $status, ".")
    };
    (@status_docs $status:tt) => {
        ::core::concat!("Status ", $status, ".")
    };
    (@info ($status:literal, $headers:expr $(,)?) [$($text:literal)*]) => {
        $crate::rt::ResponseInfo::new($status, $crate::__errors!(@text $($text)*)).headers($headers)
    };
    (@info $status:tt [$($text:literal)*]) => {
        $crate::rt::ResponseInfo::new($status, $crate::__errors!(@text $($text)*))
    };
    (@text) => {
        ""
    };
    (@text $first:literal $($text:literal)*) => {
        ::core::concat!($first $(, "\n", $text)*).trim_ascii()
    };
    (@value $name:ident $response:ident $variant:ident) => {
        Self::$variant
    };
    (@value $name:ident $response:ident $variant:ident $body:ty) => {
        $response.model().map_or(Self::Other($response.status()), Self::$variant)
    };
}

pub use __errors as errors;

/// Whether a response has a status: a code (`404`), one of a range (`4XX`), or any (`default`).
pub fn has_status(response: &RawResponse, status: &str) -> bool {
    let code = response.status();
    let has_digit = |digit: &str| code.as_str().starts_with(digit);
    status == "default" || status == code.as_str() || status.strip_suffix("XX").is_some_and(has_digit)
}
