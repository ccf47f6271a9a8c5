//! Curves on logarithmic axes, as SVG.

use std::fmt::Write as _;

/// A curve, and what it shows.
#[derive(Debug)]
pub struct Curve {
    pub title: String,
    pub points: Vec<(f64, f64)>,
}

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 460.0;
/// Where the axes are: left, right, top and bottom.
const AXES: [f64; 4] = [60.0, 520.0, 20.0, 410.0];
/// Colours that are told apart by people who see them differently, too (Okabe and Ito).
const COLOURS: [&str; 8] = [
    "#000000", "#e69f00", "#56b4e9", "#009e73", "#d0c020", "#0072b2", "#d55e00", "#cc79a7",
];

/// A logarithmic axis.
struct Axis {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Axis {
    fn new(values: impl Iterator<Item = f64> + Clone, from: f64, to: f64) -> Self {
        let low = values.clone().fold(f64::INFINITY, f64::min).log2().floor();
        let high = values.fold(1.0, f64::max).log2().ceil();
        Self { low, high, from, to }
    }

    fn at(&self, value: f64) -> f64 {
        self.from + (value.log2() - self.low) / (self.high - self.low) * (self.to - self.from)
    }
}

/// Draws the curves. A straight line as steep as the dotted ones is linear growth.
pub fn plot(x_title: &str, y_title: &str, curves: &[Curve]) -> String {
    let [left, right, top, bottom] = AXES;
    let points = || curves.iter().flat_map(|curve| &curve.points);
    let x = Axis::new(points().map(|(x, _)| *x), left, right);
    let y = Axis::new(points().map(|(_, y)| *y), bottom, top);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n"
    );
    let mut text = |x: f64, y: f64, anchor: &str, text: &str| {
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>"
        );
    };
    text((left + right) / 2.0, HEIGHT - 15.0, "middle", x_title);
    text(left - 40.0, top - 6.0, "start", y_title);
    let ticks = curves.first().map(|curve| curve.points.as_slice()).unwrap_or_default();
    for (value, _) in ticks {
        text(x.at(*value), bottom + 18.0, "middle", &value.to_string());
    }
    for power in y.low as i32..=y.high as i32 {
        let value = f64::from(power).exp2();
        text(left - 6.0, y.at(value) + 4.0, "end", &value.to_string());
    }
    for (number, curve) in curves.iter().enumerate() {
        text(right + 34.0, top + 12.0 + 20.0 * number as f64, "start", &curve.title);
    }
    let mut line = |points: &str, style: &str| {
        let _ = writeln!(svg, "<polyline points=\"{points}\" fill=\"none\" {style}/>");
    };
    for power in y.low as i32..=y.high as i32 {
        let at = y.at(f64::from(power).exp2());
        line(&format!("{left},{at:.1} {right},{at:.1}"), "stroke=\"#dddddd\"");
    }
    for (number, curve) in curves.iter().enumerate() {
        let colour = COLOURS[number % COLOURS.len()];
        let style = format!("stroke=\"{colour}\" stroke-width=\"2\"");
        let at = top + 8.0 + 20.0 * number as f64;
        line(&format!("{:.1},{at} {:.1},{at}", right + 10.0, right + 30.0), &style);
        let points: Vec<String> = curve
            .points
            .iter()
            .map(|(px, py)| format!("{:.1},{:.1}", x.at(*px), y.at(*py)))
            .collect();
        line(&points.join(" "), &style);
    }
    // What is linear, from wherever it starts.
    if let (Some((first, _)), Some((last, _))) = (ticks.first(), ticks.last()) {
        for power in y.low as i32..=y.high as i32 {
            let start = f64::from(power).exp2();
            let end = start * last / first;
            if end <= y.high.exp2() {
                let points = format!(
                    "{:.1},{:.1} {:.1},{:.1}",
                    x.at(*first),
                    y.at(start),
                    x.at(*last),
                    y.at(end)
                );
                line(&points, "stroke=\"#999999\" stroke-dasharray=\"2 4\"");
            }
        }
    }
    svg.push_str("</svg>\n");
    svg
}
