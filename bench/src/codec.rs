//! How fast generated models are decoded and encoded, beside structs that are written by hand.

use std::hint::black_box;

use anyhow::{Context, Result, ensure};
use confluence_rest::rt::{Json, RequestBuilder};
use confluence_rest::{HeaderMap, Operation, RawResponse, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::measure::{self, median};
use crate::report::{Cell, Table};
use crate::wiki::{self, request};

/// How many objects the bodies have, and how often each is read in one measurement: long enough for the system's accounting.
const SIZES: [(usize, u32); 3] = [(1, 40_000), (100, 400), (10_000, 4)];

/// How many measurements are made for each of the runs of a compiler.
const ROUNDS: usize = 7;

/// What `wiki::model::Page` is generated as, as one writes it with serde.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    id: String,
    title: String,
    space_id: String,
    created_at: String,
    views: i64,
    draft: bool,
    body: Body,
    labels: Vec<Label>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    parent_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    position: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rating: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    archived: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    subtitle: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    representation: String,
    value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    word_count: Option<i32>,
}

#[derive(Debug, Deserialize, Serialize)]
struct Label {
    id: String,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prefix: Option<String>,
}

/// A page in which some optional members are missing.
fn page(number: usize) -> Page {
    let label = |index: usize| Label {
        id: format!("{}", number * 10 + index),
        name: format!("label-{index}"),
        prefix: index.is_multiple_of(2).then(|| "global".to_owned()),
    };
    Page {
        id: format!("{}", 1_180_606 + number),
        title: format!("Meeting notes \"{number}\""),
        space_id: "98306".to_owned(),
        created_at: "2026-01-02T03:04:05.678Z".to_owned(),
        views: 17 * number as i64,
        draft: number.is_multiple_of(7),
        body: Body {
            representation: "storage".to_owned(),
            value: "<p>Decisions of the meeting, owners, and tasks due by next week.</p>".repeat(3),
            word_count: (!number.is_multiple_of(2)).then_some(42),
        },
        labels: (0..3).map(label).collect(),
        parent_id: (!number.is_multiple_of(3)).then(|| "65601".to_owned()),
        position: Some(number as i32),
        rating: Some(4.5),
        archived: number.is_multiple_of(5).then_some(true),
        subtitle: None,
    }
}

fn ratio(ours: f64, other: f64) -> Cell {
    Cell::Number(ours / other)
}

/// The tables.
pub fn tables(runs: usize) -> Result<String> {
    let columns = [
        "body",
        "generated",
        "by hand",
        "ratio",
        "through `Operation::decode`",
        "ratio",
    ];
    let mut decoding = Table::new(
        "Decoding",
        "Microseconds of CPU time for a body: `serde_json::from_slice` to a generated model and to a struct with serde's derive, and \
         `Operation::decode` of a response.",
        &columns.map(str::to_owned),
        2,
    );
    let columns = ["body", "generated", "by hand", "ratio", "as a request's body", "ratio"];
    let mut encoding = Table::new(
        "Encoding",
        "Microseconds of CPU time for a body: `serde_json::to_vec` of a generated model and of a struct with serde's derive, and a \
         request with the model as its body.",
        &columns.map(str::to_owned),
        2,
    );
    for (size, times) in SIZES {
        eprintln!("decoding and encoding {size} objects");
        let rounds = runs * ROUNDS;
        let codec = if size == 1 {
            measure_body::<wiki::model::Page, Page, request::GetPage>(&serde_json::to_vec(&page(1))?, times, rounds)
        } else {
            let pages: Vec<Page> = (0..size).map(page).collect();
            let body = serde_json::to_vec(&pages)?;
            measure_body::<Vec<wiki::model::Page>, Vec<Page>, request::GetPages>(&body, times, rounds)
        }?;
        let title = if size == 1 {
            "one object".to_owned()
        } else {
            format!("{size} objects")
        };
        let [generated, by_hand, operation] = codec.decode;
        decoding.line(
            &title,
            &[
                Cell::Number(generated),
                Cell::Number(by_hand),
                ratio(generated, by_hand),
                Cell::Number(operation),
            ],
            Some(operation / by_hand),
        );
        let [generated, by_hand, request] = codec.encode;
        encoding.line(
            &title,
            &[
                Cell::Number(generated),
                Cell::Number(by_hand),
                ratio(generated, by_hand),
                Cell::Number(request),
            ],
            Some(request / by_hand),
        );
    }
    let tables = [decoding.finish(), encoding.finish(), departures(runs)?];
    Ok(tables.join("\n"))
}

/// Microseconds of CPU time.
struct Codec {
    /// For the generated model, the struct by hand, and the operation.
    decode: [f64; 3],
    /// For the generated model, the struct by hand, and the request.
    encode: [f64; 3],
}

/// Measures a body. The candidates take turns, and the middle of each one's measurements counts.
fn measure_body<Generated, ByHand, O>(body: &[u8], times: u32, rounds: usize) -> Result<Codec>
where
    Generated: DeserializeOwned + Serialize + Json,
    ByHand: DeserializeOwned + Serialize,
    O: Operation,
{
    let generated: Generated = serde_json::from_slice(body)?;
    let by_hand: ByHand = serde_json::from_slice(body)?;
    ensure!(
        serde_json::to_vec(&generated)? == body && serde_json::to_vec(&by_hand)? == body,
        "the models do not write what they read"
    );
    let response = RawResponse::new(O::INFO, StatusCode::OK, HeaderMap::new(), body.to_vec());
    let mut found: [Vec<f64>; 7] = Default::default();
    for _ in 0..rounds {
        let work: [&dyn Fn() -> Result<()>; 7] = [
            &|| decode::<Generated>(body),
            &|| decode::<ByHand>(body),
            &|| {
                black_box(O::decode(black_box(&response))?);
                Ok(())
            },
            &|| encode(&generated),
            &|| encode(&by_hand),
            &|| {
                // No operation takes these as its body, but how a body is written does not depend on the operation.
                let mut request = RequestBuilder::new(request::GetPages::INFO);
                request.json("application/json", black_box(&generated));
                black_box(request.finish()?);
                Ok(())
            },
            &|| {
                black_box(RequestBuilder::new(request::GetPages::INFO).finish()?);
                Ok(())
            },
        ];
        for (work, found) in work.iter().zip(&mut found) {
            let seconds = measure::own(|| (0..times).try_for_each(|_| work()))?;
            found.push(seconds / f64::from(times) * 1e6);
        }
    }
    let [first, second, third, fourth, fifth, sixth, seventh] =
        found.map(|found| median(found).context("nothing was measured"));
    Ok(Codec {
        decode: [first?, second?, third?],
        // A request costs something without a body, too.
        encode: [fourth?, fifth?, sixth? - seventh?],
    })
}

/// How many objects the bodies have in which each departs from the document.
const DEPARTURES: [usize; 3] = [100, 1_000, 10_000];

/// Decoding of bodies in which a member of each object is of another type: what it costs more, and whether that grows.
fn departures(runs: usize) -> Result<String> {
    let columns = ["body", "as documented", "one member of another type in each", "ratio"];
    let mut table = Table::new(
        "Departures",
        "Microseconds of CPU time for an object, through `Operation::decode`.",
        &columns.map(str::to_owned),
        2,
    );
    for size in DEPARTURES {
        eprintln!("decoding {size} objects that depart");
        let right: Vec<_> = (0..size)
            .map(|number| serde_json::to_value(page(number)))
            .collect::<Result<_, _>>()?;
        let mut wrong = right.clone();
        wrong
            .iter_mut()
            .for_each(|page| page["views"] = serde_json::json!({ "total": [1, 2, 3] }));
        let mut found: [Vec<f64>; 2] = Default::default();
        let bodies = [serde_json::to_vec(&right)?, serde_json::to_vec(&wrong)?];
        let responses =
            bodies.map(|body| RawResponse::new(request::GetPages::INFO, StatusCode::OK, HeaderMap::new(), body));
        for _ in 0..runs * ROUNDS {
            for (response, found) in responses.iter().zip(&mut found) {
                let times = 40_000 / size;
                let seconds = measure::own(|| {
                    for _ in 0..times {
                        black_box(request::GetPages::decode(black_box(response))?);
                    }
                    Ok(())
                })?;
                found.push(seconds / (times * size) as f64 * 1e6);
            }
        }
        let [right, wrong] = found.map(|found| median(found).context("nothing was measured"));
        let (right, wrong) = (right?, wrong?);
        table.line(
            &format!("{size} objects"),
            &[Cell::Number(right), Cell::Number(wrong)],
            Some(wrong / right),
        );
    }
    Ok(table.finish())
}

fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<()> {
    black_box(serde_json::from_slice::<T>(black_box(body))?);
    Ok(())
}

fn encode<T: Serialize>(value: &T) -> Result<()> {
    black_box(serde_json::to_vec(black_box(value))?);
    Ok(())
}
