//! The documented error responses of an operation.

use crate::response::raw::RawResponse;

/// Declares an enum of error responses: a variant for each status, with its body where it has one.
///
/// The descriptions of the variants are those of `RESPONSES`, too. Behind `with` stand the documented headers.
#[doc(hidden)]
#[macro_export]
macro_rules! __errors {
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $($(#[doc = $text:literal])* $variant:ident $(($body:ty))? = $status:literal $(with $headers:expr)?,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $(
                $(#[doc = $text])*
                #[doc = ::core::concat!("\nStatus ", $status, ".")]
                $variant $(($body))?,
            )*
            /// Any other error response, by its status.
            Other($crate::rt::StatusCode),
        }

        impl $crate::rt::DocumentedError for $name {
            const RESPONSES: &'static [$crate::rt::ResponseInfo] = &[$(
                $crate::rt::ResponseInfo::new($status, ::core::concat!($($text, "\n"),*).trim_ascii())
                    $(.headers($headers))?
            ),*];

            fn from_response(response: &$crate::rt::RawResponse) -> Self {
                $(if $crate::rt::has_status(response, $status) {
                    return $crate::__errors!(@value response $variant $($body)?);
                })*
                Self::Other(response.status())
            }
        }
    };
    (@value $response:ident $variant:ident) => {
        Self::$variant
    };
    (@value $response:ident $variant:ident $body:ty) => {
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
