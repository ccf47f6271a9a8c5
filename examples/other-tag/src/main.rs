//! Lists, creates and removes spaces with a client that is generated from `spec/space.yaml`.
//!
//! The module `space`, which `src/lib.rs` includes, runs on the same runtime as `confluence_rest::longtask`, so one client serves
//! both: the task that removes a space is followed with the bundled module. Everything happens on a site that is simulated in
//! `site.rs`.

mod site;

use std::error::Error;

use confluence_rest::{Auth, Client, Operation, StartedTask, longtask};
use other_tag::space::{
    self,
    model::{SpaceCreate, SpaceType},
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let site = site::start().await?;
    let client = Client::builder(site.url())
        .auth(Auth::basic("simulated@example.com", "simulated-token"))
        .build()?;

    let created = client
        .send(space::create_space(SpaceCreate::new("DOCS", "Documentation")))
        .await?;
    println!("created {} ({})", created.key, created.name);

    let spaces = client
        .send(
            space::get_spaces()
                .r#type("global")
                .expand(["icon", "homepage"])
                .limit(10),
        )
        .await?;
    for space in &spaces.results {
        assert_eq!(space.r#type, SpaceType::Global);
        println!("listed {} ({})", space.key, space.name);
    }

    let task = client.send(space::delete_space("DOCS")).await?;
    let done = client.wait(longtask::get_task(task.task_id()?)).await?;
    println!("removed in {} ms", done.elapsed_time);

    match client.send(space::delete_space("DOCS")).await {
        Err(error) if error.is_not_found() => println!("gone: {error}"),
        other => return Err(format!("a second removal should not find the space: {other:?}").into()),
    }

    println!(
        "listing needs {}",
        space::request::GetSpaces::INFO.scopes.current().join(", ")
    );
    Ok(())
}
