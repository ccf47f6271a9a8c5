//! Documentation that is the same in every module.

pub(crate) const MODELS: &str = "The types of request and response bodies.";
pub(crate) const REQUESTS: &str = "The requests, and the error responses that are documented for each.";
pub(crate) const GUIDE: &str = "The document's own guide: a module for each of its documents.";

/// Of the constant in the module of a document of the guide.
pub(crate) const DOCUMENT: &str = "The document as data.";

/// Of the constants of the module.
pub(crate) const OPERATION_INFOS: &str = "The description of each operation, in the order of the document.";
pub(crate) const DOCUMENTS: &str = "The documents of the guide, in their order.";
pub(crate) const SECURITY_SCHEMES: &str = "The security schemes that the document declares.";

/// Of the field for members without a name.
pub(crate) const OTHER_MEMBERS: &str = "The members that the document does not name.";

/// Of the variant for successes that are not documented.
pub(crate) const OTHER_SUCCESS: &str = "Any other success, by its status.";
