//! The glyphs of a page, each with its text and where it stands.
//!
//! A newcomer's trap: what a producer says a glyph stands for is not always one letter. It may be several (a ligature, in
//! logical order), a letter's mark, or nothing; what `ActualText` says counts over all of that.

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::dict::keys::{ACTUAL_TEXT, ARTIFACT};
use hayro_interpret::hayro_syntax::object::{self, Dict};
use hayro_interpret::kurbo::{Affine, BezPath, ParamCurve as _, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};

use super::letters;
use super::text_string;

/// No page has so many glyphs; one that draws on is left there.
const MAX_GLYPHS: usize = 300_000;

/// A glyph, its place in points from the top left corner of the page.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// What it stands for.
    pub(super) text: String,
    /// Where it begins and ends on its baseline.
    pub(super) x0: f64,
    pub(super) x1: f64,
    /// The baseline.
    pub(super) y: f64,
    /// The size of its type.
    pub(super) size: f64,
    /// Whether its type is bold.
    pub(super) is_bold: bool,
    /// Where its ink is in the middle: marks stand over letters with it. Known of marks alone.
    pub(super) ink: Option<(f64, f64)>,
    /// By how many quarters it is turned.
    pub(super) turn: u8,
    /// Whether the producer says that it is no part of the text, as running headers are.
    pub(super) is_artifact: bool,
}

/// What a page shows.
#[derive(Default)]
pub(super) struct Shown {
    /// Its glyphs in the order in which they are drawn.
    pub(super) glyphs: Vec<Glyph>,
    /// How many glyphs have ink and no Unicode.
    pub(super) n_unknown: usize,
    /// The share of the page that pictures cover, added up.
    pub(super) picture: f64,
    /// How many shapes are drawn: letters may be drawn as shapes.
    pub(super) n_shapes: usize,
    /// Whether it draws more than any page does.
    pub(super) is_over: bool,
}

enum Marked {
    Plain,
    Artifact,
    /// A text that stands for the glyphs from this one on.
    Actual(String, usize),
}

/// Collects the glyphs of a page.
pub(super) struct Collector {
    pub(super) shown: Shown,
    /// The page's area.
    area: f64,
    marked: Vec<Marked>,
    /// The glyphs of the run before, which is drawn again where letters are stroked as well as filled.
    before: std::ops::Range<usize>,
}

impl Collector {
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self {
            shown: Shown::default(),
            area: (width * height).max(1.0),
            marked: Vec::new(),
            before: 0..0,
        }
    }

    fn glyph(&self, drawn: &Drawn<'_>, place: Affine, is_bold: bool) -> Option<Glyph> {
        let origin = place * Point::ZERO;
        let up = place * Point::new(0.0, 1_000.0) - origin;
        let size = up.hypot();
        let advance = match drawn {
            Drawn::Outline(glyph) => glyph.advance_width(),
            Drawn::Type3(glyph) => glyph.advance_width(),
        };
        let advance = f64::from(advance.unwrap_or(0.0));
        let end = place * Point::new(advance, 0.0);
        let along = place * Point::new(1_000.0, 0.0) - origin;
        let is_placed = [origin.x, origin.y, end.x, end.y, size]
            .iter()
            .all(|number| number.is_finite() && number.abs() < 1e6);
        if !is_placed || size < 0.1 {
            return None;
        }
        let turn = turn(along.x, along.y)?;
        let unicode = drawn.as_unicode();
        let text = match &unicode {
            Some(BfString::Char(c)) => letters::text(c.encode_utf8(&mut [0; 4])),
            Some(BfString::String(string)) => letters::text(string),
            None => None,
        };
        let outline = |drawn: &Drawn<'_>| match drawn {
            Drawn::Outline(glyph) => glyph.outline(),
            Drawn::Type3(_) => BezPath::new(),
        };
        let mut ink = None;
        let text = match text {
            None => {
                let has_ink = match drawn {
                    Drawn::Outline(glyph) => !glyph.outline().elements().is_empty(),
                    Drawn::Type3(_) => true,
                };
                if !has_ink {
                    return None;
                }
                letters::UNKNOWN.to_owned()
            }
            Some(text) if letters::is_turned(&text) => {
                let sees = opens_right(&outline(drawn));
                match sees.and_then(|opens_right| letters::drawn(&text, opens_right)) {
                    Some(c) => c.to_string(),
                    None => text,
                }
            }
            Some(text) => text,
        };
        if text.is_empty() {
            return None;
        }
        if letters::is_mark(&text) || (end - origin).hypot() < 0.02 * size {
            let bounds = outline(drawn).control_box();
            let middle = if bounds.width() > 0.0 {
                place * bounds.center()
            } else {
                origin
            };
            ink = Some(upright(turn, middle));
        }
        let (from, to) = (upright(turn, origin), upright(turn, end));
        Some(Glyph {
            text,
            x0: from.0.min(to.0),
            x1: from.0.max(to.0),
            y: from.1,
            size,
            is_bold,
            ink,
            turn,
            is_artifact: self
                .marked
                .iter()
                .any(|marked| matches!(marked, Marked::Artifact)),
        })
    }

    /// Whether the glyphs of a run are those of the run before, drawn once more.
    fn is_again(&self, run: &GlyphRun<'_, '_>, transform: Affine) -> bool {
        let Some(first) = self.shown.glyphs.get(self.before.start) else {
            return false;
        };
        let again = run
            .glyphs()
            .iter()
            .find_map(|glyph| self.glyph(glyph, transform * glyph.transform(), false));
        again.is_some_and(|again| {
            again.text == first.text
                && (again.x0 - first.x0).abs() < 0.01
                && (again.y - first.y).abs() < 0.01
        })
    }
}

impl<'a> Device<'a> for Collector {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.shown.n_shapes += 1;
    }

    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_clip_rect(&mut self, _: &Rect) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Stroke(_)) && self.is_again(run, props.transform) {
            for glyph in self
                .shown
                .glyphs
                .get_mut(self.before.clone())
                .into_iter()
                .flatten()
            {
                glyph.is_bold = true;
            }
            return;
        }
        let is_bold = run.glyphs().first().is_some_and(|glyph| is_bold(glyph));
        let start = self.shown.glyphs.len();
        for glyph in run.glyphs() {
            if self.shown.glyphs.len() >= MAX_GLYPHS {
                self.shown.is_over = true;
                break;
            }
            let place = props.transform * glyph.transform();
            if let Some(glyph) = self.glyph(glyph, place, is_bold) {
                self.shown.n_unknown += usize::from(glyph.text == letters::UNKNOWN);
                self.shown.glyphs.push(glyph);
            }
        }
        self.before = start..self.shown.glyphs.len();
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        // The transform is that of one of its pixels.
        let pixels = f64::from(image.width()) * f64::from(image.height());
        let covered = props.transform.determinant().abs() * pixels;
        if covered.is_finite() {
            self.shown.picture += covered / self.area;
        }
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let actual = properties.and_then(|of| of.get::<object::String<'_>>(ACTUAL_TEXT));
        self.marked.push(match actual {
            Some(text) => Marked::Actual(text_string(text.as_bytes()), self.shown.glyphs.len()),
            None if tag == ARTIFACT => Marked::Artifact,
            None => Marked::Plain,
        });
    }

    fn end_marked_content(&mut self) {
        if let Some(Marked::Actual(text, start)) = self.marked.pop() {
            stand_in(&mut self.shown, &text, start);
            self.before = 0..0;
        }
    }
}

/// Lets a text stand for the glyphs from one on, where they are in one line.
fn stand_in(shown: &mut Shown, actual: &str, start: usize) {
    let Some(first) = shown.glyphs.get(start).cloned() else {
        return;
    };
    let glyphs = shown.glyphs.get(start..).unwrap_or_default();
    let is_line = glyphs
        .iter()
        .all(|glyph| (glyph.y - first.y).abs() < 0.7 * first.size && glyph.turn == first.turn);
    if !is_line {
        return;
    }
    let Some(text) = letters::text(actual) else {
        return;
    };
    // A bracket is known by what is drawn, which the producer may have turned over or not.
    let text = match glyphs {
        [glyph] if letters::is_turned(&text) && letters::is_turned(&glyph.text) => {
            glyph.text.clone()
        }
        _ => text,
    };
    let is_mark = letters::is_mark(&text);
    let largest = glyphs
        .iter()
        .filter(|glyph| is_mark || !letters::is_mark(&glyph.text))
        .max_by(|a, b| (a.x1 - a.x0).total_cmp(&(b.x1 - b.x0)))
        .unwrap_or(&first);
    let glyph = Glyph {
        x0: glyphs
            .iter()
            .map(|glyph| glyph.x0)
            .fold(f64::INFINITY, f64::min),
        x1: glyphs
            .iter()
            .map(|glyph| glyph.x1)
            .fold(f64::NEG_INFINITY, f64::max),
        y: largest.y,
        size: largest.size,
        ink: largest.ink,
        text,
        ..first
    };
    let n_unknown = glyphs
        .iter()
        .filter(|glyph| glyph.text == letters::UNKNOWN)
        .count();
    shown.n_unknown -= n_unknown.min(shown.n_unknown);
    shown.glyphs.truncate(start);
    if !glyph.text.is_empty() {
        shown.glyphs.push(glyph);
    }
}

/// By how many quarters a direction is turned; none where it is aslant, as watermarks are.
fn turn(x: f64, y: f64) -> Option<u8> {
    let length = x.hypot(y);
    let is_along = |component: f64| component.abs() > 0.996 * length;
    if is_along(x) {
        Some(if x > 0.0 { 0 } else { 2 })
    } else if is_along(y) {
        Some(if y > 0.0 { 1 } else { 3 })
    } else {
        None
    }
}

/// A point of text that is turned, as it would be upright.
fn upright(turn: u8, point: Point) -> (f64, f64) {
    match turn {
        1 => (point.y, -point.x),
        2 => (-point.x, -point.y),
        3 => (-point.y, point.x),
        _ => (point.x, point.y),
    }
}

fn is_bold(glyph: &Drawn<'_>) -> bool {
    let Drawn::Outline(glyph) = glyph else {
        return false;
    };
    let Some(font) = glyph.font_data() else {
        return false;
    };
    let name = font.postscript_name.unwrap_or_default().to_lowercase();
    font.weight.is_some_and(|weight| weight >= 600)
        || ["bold", "black", "heavy"]
            .iter()
            .any(|word| name.contains(word))
}

/// Whether a bracket is drawn open to the right: its middle stands left of its ends. None where that cannot be seen.
fn opens_right(outline: &BezPath) -> Option<bool> {
    let bounds = outline.control_box();
    let third = bounds.height() / 3.0;
    let (mut middle, mut ends) = ((0.0, 0.0), (0.0, 0.0));
    for segment in outline.segments() {
        for at in [0.0, 0.2, 0.4, 0.6, 0.8] {
            let point = segment.eval(at);
            let is_middle = (point.y - bounds.center().y).abs() < third / 2.0;
            let (sum, n) = if is_middle { &mut middle } else { &mut ends };
            *sum += point.x;
            *n += 1.0;
        }
    }
    if middle.1 == 0.0 || ends.1 == 0.0 {
        return None;
    }
    let by = ends.0 / ends.1 - middle.0 / middle.1;
    (by.abs() > 0.02 * bounds.width()).then_some(by > 0.0)
}
