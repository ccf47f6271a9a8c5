//! Tables in Markdown.

use std::fmt::Write as _;

/// What came of a measurement.
#[derive(Clone, Debug)]
pub enum Cell {
    /// A number.
    Number(f64),
    /// Why there is none.
    Words(&'static str),
}

impl Cell {
    fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Words(_) => None,
        }
    }
}

/// How our number, the first one, stands to the smallest of the others.
pub fn ratio(cells: &[Cell]) -> Option<f64> {
    let (ours, others) = cells.split_first()?;
    let best = others.iter().filter_map(Cell::number).min_by(f64::total_cmp)?;
    Some(ours.number()? / best)
}

/// A table under construction.
#[derive(Debug)]
pub struct Table {
    text: String,
    decimals: usize,
}

impl Table {
    /// Starts a table. `decimals` is how many its numbers have.
    pub fn new(title: &str, explanation: &str, columns: &[String], decimals: usize) -> Self {
        let mut text = format!("## {title}\n\n{explanation}\n\n|");
        for column in columns {
            let _ = write!(text, " {column} |");
        }
        text.push_str("\n|---|");
        text.push_str(&"---:|".repeat(columns.len().saturating_sub(1)));
        text.push('\n');
        Self { text, decimals }
    }

    /// Adds a line that ends with a ratio.
    pub fn line(&mut self, title: &str, cells: &[Cell], ratio: Option<f64>) {
        let _ = write!(self.text, "| {title} |");
        for cell in cells {
            let _ = match cell {
                Cell::Number(number) => write!(self.text, " {number:.*} |", self.decimals),
                Cell::Words(words) => write!(self.text, " {words} |"),
            };
        }
        let _ = match ratio {
            Some(ratio) => writeln!(self.text, " {ratio:.2} |"),
            None => writeln!(self.text, " |"),
        };
    }

    /// The Markdown.
    pub fn finish(self) -> String {
        self.text
    }
}
