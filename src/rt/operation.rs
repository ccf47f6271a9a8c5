//! Requests: the arguments of an operation, where each is sent, what the document says, and the type of the response.

/// Declares the request of an operation.
///
/// In parentheses, what is required of it; in braces, what a setter sets: how it is passed, its name and type, and where it is sent,
/// which is a method of [`RequestBuilder`](crate::rt::RequestBuilder). `INFO` is what the document says, `encode` what is always sent,
/// `decode` what a success carries, and the enum has a variant for each documented error.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation {
    (
        $(#[doc = $doc:literal])*
        pub struct $request:ident($($required:ident: $required_type:ty => $required_place:ident($($required_given:expr),*)),* $(,)?) {
            $(
                $(#[$about:meta])*
                $kind:ident $optional:ident: $optional_type:ty => $place:ident($($given:expr),*),
            )*
        }

        const INFO = ($id:literal, $method:ident, $path:literal) {
            $($known:ident: $value:expr,)*
        }
        encode { $($always:ident($($text:literal),*)),* }
        decode $output:ident $(($body:ty))?

        pub enum $error:ident {
            $($documented:tt)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is sent"]
        #[non_exhaustive]
        pub struct $request {
            $($required: $required_type,)*
            $($optional: ::core::option::Option<$crate::rt::kept::$kind<$optional_type>>,)*
        }

        impl $request {
            #[allow(clippy::too_many_arguments, reason = "an operation has as many as it has")]
            pub(super) fn new($($required: $required_type),*) -> Self {
                Self {
                    $($required,)*
                    $($optional: ::core::option::Option::None,)*
                }
            }

            $(
                $(#[$about])*
                pub fn $optional(mut self, $optional: $crate::__given!($kind $optional_type)) -> Self {
                    self.$optional = ::core::option::Option::Some($crate::rt::keep::$kind($optional));
                    self
                }
            )*
        }

        impl $crate::rt::Operation for $request {
            type Output = $crate::__operation!(@output $output $($body)?);
            type Error = $error;

            const INFO: &'static $crate::rt::OperationInfo = &$crate::rt::OperationInfo::new(
                $crate::rt::Method::$method,
                $crate::rt::OperationParts {
                    id: $id,
                    path: $path,
                    errors: <$error as $crate::rt::DocumentedError>::RESPONSES,
                    $($known: $value,)*
                    ..$crate::rt::OperationParts::EMPTY
                },
            );

            fn encode(&self) -> ::core::result::Result<$crate::rt::Request, $crate::rt::Error> {
                #[allow(unused_mut, reason = "there may be nothing to send")]
                let mut builder = $crate::rt::RequestBuilder::new(Self::INFO);
                $(builder.$required_place($($required_given,)* &self.$required);)*
                $(builder.$place($($given,)* &self.$optional);)*
                $(builder.$always($($text),*);)*
                builder.finish()
            }

            $crate::__operation!(@decode $output $($body)?);
        }

        $crate::__errors! {
            #[doc = ::core::concat!(
                "The error responses that are documented for [`", ::core::stringify!($request),
                "`](struct@", ::core::stringify!($request), ").",
            )]
            pub enum $error {
                $($documented)*
            }
        }
    };
    (@output nothing) => {
        ()
    };
    (@output json $body:ty) => {
        $body
    };
    (@output text) => {
        ::std::string::String
    };
    (@output download) => {
        $crate::rt::Download
    };
    (@output redirect) => {
        $crate::rt::Redirect
    };
    (@output choice $body:ty) => {
        $body
    };
    (@decode choice $body:ty) => {
        fn streams(response: &$crate::rt::RawResponse) -> bool {
            <$body>::streams(response)
        }

        fn decode(response: &$crate::rt::RawResponse) -> ::core::result::Result<Self::Output, $crate::rt::Error> {
            <$body>::decode(response)
        }
    };
    (@decode download) => {
        fn streams(_: &$crate::rt::RawResponse) -> bool {
            true
        }

        fn decode(response: &$crate::rt::RawResponse) -> ::core::result::Result<Self::Output, $crate::rt::Error> {
            ::core::result::Result::Ok(response.download())
        }
    };
    (@decode $output:ident $($body:ty)?) => {
        fn decode(response: &$crate::rt::RawResponse) -> ::core::result::Result<Self::Output, $crate::rt::Error> {
            $crate::rt::decode::$output(response)
        }
    };
}

pub use __operation as operation;

/// What is read of a successful response, for each of the words that say what it carries.
pub mod decode {
    use crate::model::json::Json;
    use crate::response::error::Error;
    use crate::response::raw::RawResponse;
    use crate::response::redirect::Redirect;

    pub fn nothing(_: &RawResponse) -> Result<(), Error> {
        Ok(())
    }

    pub fn json<T: Json>(response: &RawResponse) -> Result<T, Error> {
        response.model()
    }

    pub fn text(response: &RawResponse) -> Result<String, Error> {
        response.text()
    }

    pub fn redirect(response: &RawResponse) -> Result<Redirect, Error> {
        Ok(Redirect::new(response))
    }
}
