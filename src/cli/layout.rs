//! Lines for people, and how they are put on what stdout is: a pipe, a terminal that orders right-to-left text itself, or
//! one for which Sanad does.

use unicode_width::UnicodeWidthChar as _;

use super::bidi;
use crate::config::Bidi;

/// One line of a result before it is wrapped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Its pieces, in reading order.
    pub(super) pieces: Vec<Piece>,
    /// Whether it is quoted from a source.
    pub(super) is_quote: bool,
    /// Whether it reads from the right; else its first letter decides.
    pub(super) is_rtl: Option<bool>,
}

/// A piece of a line in one face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its text.
    pub(super) text: String,
    /// Whether it stands out.
    pub(super) is_bold: bool,
}

impl Line {
    /// A line of plain words.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self {
            pieces: vec![Piece {
                text: text.into(),
                is_bold: false,
            }],
            ..Self::default()
        }
    }
}

/// How lines are put on stdout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// As they are.
    Pipe,
    /// Wrapped at a width, the order left to the terminal.
    Terminal { width: usize, is_styled: bool },
    /// Wrapped, shaped and laid out by Sanad.
    Sanad { width: usize, is_styled: bool },
}

impl Layout {
    /// The layout that stdout and the configuration ask for.
    pub(super) fn of_stdout(bidi: Bidi) -> Self {
        let terminal = console::Term::stdout();
        if !terminal.is_term() || bidi == Bidi::Off {
            return Self::Pipe;
        }
        let width = terminal
            .size_checked()
            .map_or(80, |(_, columns)| usize::from(columns))
            .max(20);
        let is_styled = std::env::var("TERM").is_ok_and(|name| name != "dumb");
        let sanad_orders = match bidi {
            Bidi::Sanad => true,
            Bidi::Terminal | Bidi::Off => false,
            Bidi::Auto => !orders_itself(|name| std::env::var(name).ok()),
        };
        if sanad_orders {
            Self::Sanad { width, is_styled }
        } else {
            Self::Terminal { width, is_styled }
        }
    }

    /// The text of the lines, each ended.
    pub(super) fn render(self, lines: &[Line]) -> String {
        let mut text = String::new();
        for line in lines {
            for line in split(line) {
                self.render_line(&line, &mut text);
            }
        }
        text
    }

    fn render_line(self, line: &Line, text: &mut String) {
        match self {
            Self::Pipe => {
                text.push_str(if line.is_quote { "> " } else { "" });
                text.extend(line.pieces.iter().map(|piece| piece.text.as_str()));
                text.push('\n');
            }
            Self::Terminal { width, is_styled } => {
                let margin = if line.is_quote { "│ " } else { "" };
                let clusters = clusters(line, str::to_owned);
                for range in wrap(&clusters, width - margin.chars().count()) {
                    text.push_str(margin);
                    push_styled(
                        clusters.get(range).expect("wrapping stays inside"),
                        is_styled,
                        text,
                    );
                    text.push('\n');
                }
            }
            Self::Sanad { width, is_styled } => {
                let clusters = clusters(line, bidi::shape);
                let margin = if line.is_quote { 2 } else { 0 };
                let ranges = wrap(&clusters, width - margin);
                let is_rtl = line.is_rtl.unwrap_or_else(|| bidi::is_rtl(&clusters));
                for row in bidi::rows(&clusters, &ranges, is_rtl) {
                    let filled: usize = row.iter().map(|cluster| cluster.width).sum();
                    if is_rtl {
                        text.push_str(&" ".repeat((width - margin).saturating_sub(filled)));
                    } else if line.is_quote {
                        text.push_str("│ ");
                    }
                    push_styled(&row, is_styled, text);
                    if is_rtl && line.is_quote {
                        text.push_str(" │");
                    }
                    text.push('\n');
                }
            }
        }
    }
}

/// Whether a terminal orders right-to-left text itself, told by its environment.
fn orders_itself(variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_vte = variable("VTE_VERSION")
        .and_then(|version| version.parse::<u32>().ok())
        .is_some_and(|version| version >= 5_800);
    let program = variable("TERM_PROGRAM").unwrap_or_default();
    is_vte
        || variable("KONSOLE_VERSION").is_some()
        || variable("MLTERM").is_some()
        || matches!(program.as_str(), "Apple_Terminal" | "iTerm.app" | "mintty")
}

/// What stands in one place of a line: a character with the marks on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cluster {
    /// The character and its marks.
    pub(super) text: String,
    /// How many columns it takes.
    pub(super) width: usize,
    /// Whether it stands out.
    pub(super) is_bold: bool,
}

/// A line at each line break in it.
fn split(line: &Line) -> Vec<Line> {
    let mut lines = vec![Line {
        pieces: Vec::new(),
        ..line.clone()
    }];
    for piece in &line.pieces {
        for (n, text) in piece.text.split('\n').enumerate() {
            if n > 0 {
                lines.push(Line {
                    pieces: Vec::new(),
                    ..line.clone()
                });
            }
            let last = lines.last_mut().expect("there is always a line");
            last.pieces.push(Piece {
                text: text.to_owned(),
                is_bold: piece.is_bold,
            });
        }
    }
    lines
}

/// The clusters of a line. A control character could drive the terminal; what a source has of them is shown as `�`.
fn clusters(line: &Line, shape: impl Fn(&str) -> String) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for piece in &line.pieces {
        for c in shape(&piece.text).chars() {
            let c = match c {
                '\t' => ' ',
                c if c.is_control() => char::REPLACEMENT_CHARACTER,
                c => c,
            };
            let width = c.width().unwrap_or(0);
            match clusters.last_mut() {
                Some(last) if width == 0 => last.text.push(c),
                _ => clusters.push(Cluster {
                    text: c.to_string(),
                    width,
                    is_bold: piece.is_bold,
                }),
            }
        }
    }
    clusters
}

/// Where a line is broken so that each part fits a width: after a space where there is one, the space left out.
fn wrap(clusters: &[Cluster], width: usize) -> Vec<std::ops::Range<usize>> {
    let is_space = |at: usize| clusters.get(at).is_some_and(|cluster| cluster.text == " ");
    let mut ranges = Vec::new();
    let (mut start, mut filled, mut last_space) = (0, 0, None);
    let mut at = 0;
    while let Some(cluster) = clusters.get(at) {
        if filled + cluster.width > width && at > start && !is_space(at) {
            let end = last_space.unwrap_or(at);
            ranges.push(start..end);
            start = if last_space.is_some() { end + 1 } else { end };
            (at, filled, last_space) = (start, 0, None);
            continue;
        }
        if is_space(at) {
            last_space = Some(at);
        }
        filled += cluster.width;
        at += 1;
    }
    let end = (start..clusters.len())
        .rev()
        .find(|at| !is_space(*at))
        .map_or(start, |at| at + 1);
    ranges.push(start..end);
    ranges
}

fn push_styled(clusters: &[Cluster], is_styled: bool, text: &mut String) {
    let mut is_bold = false;
    for cluster in clusters {
        if is_styled && cluster.is_bold != is_bold {
            is_bold = cluster.is_bold;
            text.push_str(if is_bold { "\u{1b}[1m" } else { "\u{1b}[22m" });
        }
        text.push_str(&cluster.text);
    }
    if is_bold {
        text.push_str("\u{1b}[22m");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(pieces: &[(&str, bool)], is_rtl: bool) -> Line {
        let pieces = pieces
            .iter()
            .map(|(text, is_bold)| Piece {
                text: (*text).to_owned(),
                is_bold: *is_bold,
            })
            .collect();
        Line {
            pieces,
            is_quote: true,
            is_rtl: Some(is_rtl),
        }
    }

    #[test]
    fn a_pipe_gets_the_text_as_it_is() {
        let line = quote(&[("قال: ", false), ("نعم.", true), ("\nثم", false)], true);
        assert_eq!(
            Layout::Pipe.render(&[line, Line::plain("[1] p. 3")]),
            "> قال: نعم.\n> ثم\n[1] p. 3\n"
        );
    }

    #[test]
    fn a_terminal_gets_wrapped_lines_with_the_sentence_bold() {
        let layout = Layout::Terminal {
            width: 20,
            is_styled: true,
        };
        let line = quote(&[("one two three four ", false), ("five six", true)], false);
        assert_eq!(
            layout.render(&[line]),
            "│ one two three four\n│ \u{1b}[1mfive six\u{1b}[22m\n"
        );
    }

    #[test]
    fn long_words_break_without_losing_a_character() {
        let layout = Layout::Terminal {
            width: 5,
            is_styled: false,
        };
        assert_eq!(
            layout.render(&[Line::plain("abcdefgh ij  ")]),
            "abcde\nfgh\nij\n"
        );
        assert_eq!(layout.render(&[Line::plain("")]), "\n");
    }

    #[test]
    fn sanad_lays_lines_out_from_the_right() {
        let layout = Layout::Sanad {
            width: 24,
            is_styled: false,
        };
        let rendered = layout.render(&[
            quote(&[("قال (Park 12) نعم", false)], true),
            Line::plain("[1] Park"),
        ]);
        // «قال» stands at the right; the Latin words and the number keep their order between brackets that are turned.
        let shaped = |text: &str| bidi::shape(text).chars().rev().collect::<String>();
        assert_eq!(
            rendered,
            format!(
                "     {} (Park 12) {} │\n[1] Park\n",
                shaped("نعم"),
                shaped("قال")
            )
        );
    }

    #[test]
    fn lines_are_ordered_after_they_are_broken() {
        let layout = Layout::Sanad {
            width: 20,
            is_styled: true,
        };
        let line = Line {
            is_rtl: Some(true),
            ..Line::plain("ابتث جحخد ذرزس شصضط")
        };
        let shaped = |text: &str| bidi::shape(text).chars().rev().collect::<String>();
        let first = shaped("ابتث جحخد ذرزس شصضط");
        assert_eq!(
            layout.render(std::slice::from_ref(&line)),
            format!(" {first}\n")
        );
        let narrow = Layout::Sanad {
            width: 10,
            is_styled: true,
        };
        assert_eq!(
            narrow.render(&[line]),
            format!(" {}\n {}\n", shaped("ابتث جحخد"), shaped("ذرزس شصضط"))
        );
    }

    #[test]
    fn marks_stay_after_their_letter() {
        let layout = Layout::Sanad {
            width: 20,
            is_styled: false,
        };
        let rendered = layout.render(&[Line::plain("دَرَ")]);
        let marks: Vec<char> = rendered.trim().chars().collect();
        assert_eq!(
            marks.iter().map(|c| *c == '\u{64e}').collect::<Vec<_>>(),
            [false, true, false, true]
        );
    }

    #[test]
    fn no_control_character_reaches_a_terminal() {
        let rendered = Layout::Terminal {
            width: 40,
            is_styled: true,
        }
        .render(&[Line::plain("a\u{1b}[2Jb\r\u{9b}c")]);
        assert_eq!(rendered, "a\u{fffd}[2Jb\u{fffd}\u{fffd}c\n");
    }

    #[test]
    fn terminals_that_order_text_themselves() {
        #[track_caller]
        fn case(name: &str, value: &str, expected: bool) {
            assert_eq!(
                orders_itself(|asked| (asked == name).then(|| value.to_owned())),
                expected
            );
        }
        case("VTE_VERSION", "6800", true);
        case("VTE_VERSION", "5600", false);
        case("KONSOLE_VERSION", "230804", true);
        case("TERM_PROGRAM", "Apple_Terminal", true);
        case("TERM_PROGRAM", "vscode", false);
        case("TERM", "xterm-256color", false);
    }
}
