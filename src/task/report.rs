//! What a task says about itself, from the response that says it.

use crate::response::Response;
use crate::response::report::Report;
use crate::task::long_task::{Finish, LongTask};

impl<T: LongTask> Response<T> {
    /// Returns whether the task has ended, as [`Client::wait`](crate::Client::wait) judges it from one status: it says
    /// so, or it is at 100 % and does not say.
    ///
    /// Unlike [`LongTask::is_finished`], it looks at the body as it was received.
    pub fn has_ended(&self) -> bool {
        Finish::of(self) == Finish::Yes
    }

    /// What the task says about itself.
    ///
    /// ```no_run
    /// # async fn example(client: confluence_rest::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let done = client.wait(confluence_rest::longtask::get_task("1180606")).await?;
    /// for warning in done.report().warnings {
    ///     println!("{warning}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn report(&self) -> Report {
        self.read_report().clone()
    }

    /// The same, for a look at it. The body is read once.
    pub(crate) fn read_report(&self) -> &Report {
        self.report_of(T::describe)
    }
}
