//! Pages that block.

use crate::blocking::driver::Steps;
use crate::operation::Operation;
use crate::pages::Page;
use crate::response::Response;
use crate::response::error::Error;

/// An iterator of the pages of a list.
///
/// Created by [`Client::pages`](crate::blocking::Client::pages).
#[must_use = "nothing is fetched until `next` is called"]
#[derive(Debug)]
pub struct Pages<O: Operation> {
    pub(super) pages: crate::Pages<O>,
    pub(super) steps: Steps,
}

impl<O> Pages<O>
where
    O: Operation + 'static,
    O::Output: Page + Send,
{
    /// Returns an iterator of the items of all pages.
    ///
    /// It ends after an error.
    pub fn items(self) -> impl Iterator<Item = Result<<O::Output as Page>::Item, Error>> {
        let mut steps = self.steps;
        let mut items = self.pages.items();
        std::iter::from_fn(move || steps.next(items.next(), Err))
    }
}

impl<O> Iterator for Pages<O>
where
    O: Operation + 'static,
    O::Output: Page + Send,
{
    type Item = Result<Response<O::Output>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.steps.next(self.pages.next(), Err)
    }
}
