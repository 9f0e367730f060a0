//! The custom ids of buttons: everything that a press needs to be answered, for ever and after any restart.
//!
//! An id says what to do, in which library, with which passages of a ranking, and which of them the message shows. It
//! holds no question and no person, only keys that mean nothing elsewhere. It is written by us and read back from
//! strangers, so [`parse`] takes exactly what [`Trail::id`] writes and nothing else.
//!
//! # Grammar
//! Capital letters are marks, numbers are in base 36 with small letters:
//!
//! ```text
//! id       = "1" what voice sureness library shown spot+          at most 100 characters
//! what     = "S" | "F" n | "U" n | "C" | "N" n | "Q" | "Z"        see What
//! voice    = "A" | "E"                                            own words in Arabic or English
//! sureness = "Y" n | "X"                                          confidence in percent, or no answer
//! library  = "G" n | "D"                                          a server's id, or `starter`
//! shown    = "I" n                                                which spot, from 0
//! spot     = ["V" n] ("P" | "K") n ["T" n] "B" n                  version (else as before), place, sentence's start
//! ```

use std::borrow::Cow;

use crate::language::Language;
use crate::library::STARTER;
use crate::source::{Kind, Place};

/// The longest custom id that Discord takes.
const LONGEST: usize = 100;
/// How many passages of a ranking an id leads to at most.
pub(super) const MOST: usize = 5;
/// The form of the ids; another one is no longer, or not yet, understood.
const FORM: char = '1';

/// Which library: of a server where the bot is installed, or the one for everywhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Home {
    /// A server's own, by its id.
    Server(u64),
    /// The starter sources: direct messages, and people who brought the bot themselves.
    Starter,
}

impl Home {
    /// The library's id.
    pub(super) fn library(self) -> Cow<'static, str> {
        match self {
            Self::Server(id) => Cow::Owned(id.to_string()),
            Self::Starter => Cow::Borrowed(STARTER),
        }
    }
}

/// What a button does with the passage that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum What {
    /// Shows it around its sentence.
    Passage,
    /// Shows it from this byte on.
    From(usize),
    /// Shows it up to this byte.
    Until(usize),
    /// Shows it between its neighbours.
    Context,
    /// Shows its footnotes, this page of them, from 0.
    Footnotes(usize),
    /// Gives its citation to be copied.
    Citation,
    /// Deletes the message.
    Delete,
}

/// A passage that a button leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Spot {
    /// The catalogue's key of its version.
    pub(super) version_key: i64,
    /// Where in that version it stands.
    pub(super) place: Place,
    /// Where the sentence to mark begins. A byte and not a count of sentences: it still means the same when sentences
    /// come to be split otherwise.
    pub(super) sentence: usize,
}

/// What all buttons of a message have in common: where they can lead and what is shown now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trail {
    /// The language of our own words.
    voice: Language,
    /// The confidence of the first passage in percent; none where there was no answer.
    percent: Option<u8>,
    /// The library.
    home: Home,
    /// The passages, best first.
    spots: Vec<Spot>,
    /// Which of them is shown.
    shown: usize,
}

impl Trail {
    /// A trail over the first passages of a ranking, the first of them shown: as many as an id has room for, at most
    /// [`MOST`]. None without any passage.
    pub(super) fn new(
        voice: Language,
        confidence: Option<f32>,
        home: Home,
        spots: impl IntoIterator<Item = Spot>,
    ) -> Option<Self> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is clamped to a hundred"
        )]
        let percent = |confidence: f32| (confidence * 100.0).clamp(0.0, 100.0) as u8;
        let mut trail = Self {
            voice: match voice {
                Language::Arabic => Language::Arabic,
                Language::English | Language::Other => Language::English,
            },
            percent: confidence.map(percent),
            home,
            spots: spots.into_iter().take(MOST).collect(),
            shown: 0,
        };
        // The longest button decides, so that all buttons of a message lead along the same passages.
        while trail.spots.len() > 1 && trail.id(What::Until(usize::MAX)).len() > LONGEST {
            trail.spots.pop();
        }
        (!trail.spots.is_empty()).then_some(trail)
    }

    /// The same trail with another of its passages shown; none where it has no such passage.
    pub(super) fn at(&self, shown: usize) -> Option<Self> {
        (shown < self.spots.len()).then(|| Self {
            shown,
            ..self.clone()
        })
    }

    /// The same trail with our own words in the language that was chosen, if one was.
    pub(super) fn spoken(self, chosen: Option<Language>) -> Self {
        Self {
            voice: chosen.unwrap_or(self.voice),
            ..self
        }
    }

    /// The language of our own words, Arabic or English.
    pub(super) fn voice(&self) -> Language {
        self.voice
    }

    /// The confidence of the first passage; none where there was no answer.
    pub(super) fn confidence(&self) -> Option<f32> {
        self.percent.map(|percent| f32::from(percent) / 100.0)
    }

    /// The library.
    pub(super) fn home(&self) -> Home {
        self.home
    }

    /// Which passage is shown, from 0.
    pub(super) fn shown(&self) -> usize {
        self.shown
    }

    /// How many passages it leads along.
    pub(super) fn len(&self) -> usize {
        self.spots.len()
    }

    /// The passage shown.
    pub(super) fn spot(&self) -> Spot {
        self.spots[self.shown]
    }

    /// The custom id of a button on this trail.
    pub(super) fn id(&self, what: What) -> String {
        let mut id = String::from(FORM);
        match what {
            What::Passage => id.push('S'),
            What::From(byte) => number(&mut id, 'F', byte as u64),
            What::Until(byte) => number(&mut id, 'U', byte as u64),
            What::Context => id.push('C'),
            What::Footnotes(page) => number(&mut id, 'N', page as u64),
            What::Citation => id.push('Q'),
            What::Delete => id.push('Z'),
        }
        push_voice(&mut id, self.voice);
        match self.percent {
            Some(percent) => number(&mut id, 'Y', percent.into()),
            None => id.push('X'),
        }
        push_home(&mut id, self.home);
        number(&mut id, 'I', self.shown as u64);
        let mut version = None;
        for spot in &self.spots {
            push_spot(&mut id, *spot, version);
            version = Some(spot.version_key);
        }
        id
    }
}

/// Reads a custom id; none where it is not exactly what [`Trail::id`] would write.
pub(super) fn parse(id: &str) -> Option<(Trail, What)> {
    if id.len() > LONGEST {
        return None;
    }
    let mut rest = Rest(id.strip_prefix(FORM)?);
    let what = match rest.mark()? {
        'S' => What::Passage,
        'F' => What::From(rest.number()?),
        'U' => What::Until(rest.number()?),
        'C' => What::Context,
        'N' => What::Footnotes(rest.number()?),
        'Q' => What::Citation,
        'Z' => What::Delete,
        _ => return None,
    };
    let voice = rest.voice()?;
    let percent = match rest.mark()? {
        'Y' => Some(rest.number().filter(|percent| *percent <= 100)?),
        'X' => None,
        _ => return None,
    };
    let home = rest.home()?;
    let shown = match rest.mark()? {
        'I' => rest.number()?,
        _ => return None,
    };
    let mut spots: Vec<Spot> = Vec::new();
    while !rest.0.is_empty() {
        let before = spots.last().map(|spot| spot.version_key);
        spots.push(rest.spot(before)?);
    }
    if shown >= spots.len() || spots.len() > MOST {
        return None;
    }
    let trail = Trail {
        voice,
        percent,
        home,
        spots,
        shown,
    };
    // One id, one writing: leading zeros, a version said twice and the like are a forger's.
    (trail.id(what) == id).then_some((trail, what))
}

/// The library and the passage of a message that has a button with this id, where that shows one passage: only such a
/// message has its citation.
pub(super) fn parse_shown(id: &str) -> Option<(Home, Spot)> {
    let (trail, what) = parse(id)?;
    (what == What::Citation).then(|| (trail.home(), trail.spot()))
}

/// Writes a library.
pub(super) fn push_home(id: &mut String, home: Home) {
    match home {
        Home::Server(server) => number(id, 'G', server),
        Home::Starter => id.push('D'),
    }
}

/// Writes the language of our own words.
pub(super) fn push_voice(id: &mut String, voice: Language) {
    id.push(if voice == Language::Arabic { 'A' } else { 'E' });
}

/// Writes a passage, after one of this version.
pub(super) fn push_spot(id: &mut String, spot: Spot, before: Option<i64>) {
    if before != Some(spot.version_key) {
        number(id, 'V', spot.version_key.cast_unsigned());
    }
    let kind = match spot.place.kind {
        Kind::Paragraph => 'P',
        Kind::Footnote => 'K',
    };
    number(id, kind, spot.place.ordinal.into());
    if let Some(part) = spot.place.part {
        number(id, 'T', part.into());
    }
    number(id, 'B', spot.sentence as u64);
}

/// Writes a mark and its number.
pub(super) fn number(id: &mut String, mark: char, mut number: u64) {
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(number % 36).unwrap_or_default();
        digits.extend(char::from_digit(digit, 36));
        number /= 36;
        if number == 0 {
            break;
        }
    }
    id.push(mark);
    id.extend(digits.iter().rev());
}

/// What is still to be read of an id.
pub(super) struct Rest<'a>(pub(super) &'a str);

impl Rest<'_> {
    /// The next mark.
    fn mark(&mut self) -> Option<char> {
        let mut chars = self.0.chars();
        let mark = chars.next()?;
        self.0 = chars.as_str();
        Some(mark)
    }

    /// The next mark, if it is this one.
    pub(super) fn has(&mut self, mark: char) -> bool {
        let rest = self.0.strip_prefix(mark);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// The next number, if it is one of that size.
    pub(super) fn number<N: TryFrom<u64>>(&mut self) -> Option<N> {
        let is_digit = |c: char| c.is_ascii_digit() || c.is_ascii_lowercase();
        let rest = self.0.trim_start_matches(is_digit);
        let (digits, rest) = self.0.split_at_checked(self.0.len() - rest.len())?;
        self.0 = rest;
        u64::from_str_radix(digits, 36).ok()?.try_into().ok()
    }

    /// The next library.
    pub(super) fn home(&mut self) -> Option<Home> {
        match self.mark()? {
            'G' => Some(Home::Server(self.number()?)),
            'D' => Some(Home::Starter),
            _ => None,
        }
    }

    /// The next word for the language of our own words.
    pub(super) fn voice(&mut self) -> Option<Language> {
        match self.mark()? {
            'A' => Some(Language::Arabic),
            'E' => Some(Language::English),
            _ => None,
        }
    }

    /// The next passage. Its version is that of the one before, where it does not say its own.
    pub(super) fn spot(&mut self, before: Option<i64>) -> Option<Spot> {
        let version_key = if self.has('V') {
            self.number::<u64>()?.cast_signed()
        } else {
            before?
        };
        let kind = match self.mark()? {
            'P' => Kind::Paragraph,
            'K' => Kind::Footnote,
            _ => return None,
        };
        let ordinal = self.number()?;
        let part = if self.has('T') {
            Some(self.number()?)
        } else {
            None
        };
        if !self.has('B') {
            return None;
        }
        Some(Spot {
            version_key,
            place: Place {
                kind,
                ordinal,
                part,
            },
            sentence: self.number()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spot(version_key: i64, ordinal: u32, sentence: usize) -> Spot {
        Spot {
            version_key,
            place: Place {
                kind: Kind::Paragraph,
                ordinal,
                part: None,
            },
            sentence,
        }
    }

    #[test]
    fn an_id_is_short_and_holds_keys_alone() {
        let spots = [spot(1, 1, 312), spot(1, 6, 0), spot(44, 12, 1_050)];
        let home = Home::Server(1_187_654_321_012_345_678);
        let trail = Trail::new(Language::Arabic, Some(0.93), home, spots).unwrap();
        insta::assert_snapshot!(trail.id(What::Passage), @"1SAY2lG90u4biysvzv2I0V1P1B8oP6B0V18PcBt6");
        insta::assert_snapshot!(trail.at(2).unwrap().id(What::From(700)), @"1FjgAY2lG90u4biysvzv2I2V1P1B8oP6B0V18PcBt6");
        let trail = Trail::new(Language::English, None, Home::Starter, [spot(3, 2, 0)]).unwrap();
        insta::assert_snapshot!(trail.id(What::Citation), @"1QEXDI0V3P2B0");
    }

    #[test]
    fn what_is_not_written_by_us_is_not_read() {
        let own = "1SEXDI0V3P2B0";
        assert!(parse(own).is_some());
        for id in [
            "",
            "1",
            "0",
            "2SEXDI0V3P2B0",
            "1SEXDI0",
            "1SEXDI1V3P2B0",
            "1SEXDI0P2B0",
            "1SEXDI0V3P2",
            "1SEXDI0V3P2B",
            "1SEXDI0V3P02B0",
            "1SEXDI0V03P2B0",
            "1SEXDI0V3P2B0 ",
            "1SEXDI0V3P2B0V3P3B0",
            "1SEXDI0V3P2T-1B0",
            "1SEXDI0V3P+2B0",
            "1SEXDI0V3P2B0x",
            "1SEY2tDI0V3P2B0",
            "1SEXGzzzzzzzzzzzzzzI0V3P2B0",
            "1SEXDI0V3Pzzzzzzzzz2B0",
            "1SEXDI0V3P٢B0",
            "1SEXDI0V3P2B0P1B0P1B0P1B0P1B0P1B0",
            "1FEXDI0V3P2B0",
            "سند",
        ] {
            assert_eq!(parse(id), None, "{id}");
        }
    }

    fn any_spot() -> impl Strategy<Value = Spot> {
        let kind = prop_oneof![Just(Kind::Paragraph), Just(Kind::Footnote)];
        let place = (kind, any::<u32>(), any::<Option<u32>>());
        (any::<i64>(), place, any::<usize>()).prop_map(
            |(version_key, (kind, ordinal, part), sentence)| Spot {
                version_key,
                place: Place {
                    kind,
                    ordinal,
                    part,
                },
                sentence,
            },
        )
    }

    fn any_what() -> impl Strategy<Value = What> {
        prop_oneof![
            Just(What::Passage),
            any::<usize>().prop_map(What::From),
            any::<usize>().prop_map(What::Until),
            Just(What::Context),
            any::<usize>().prop_map(What::Footnotes),
            Just(What::Citation),
            Just(What::Delete),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_and_fits(
            spots in proptest::collection::vec(any_spot(), 1..8),
            server in any::<Option<u64>>(),
            confidence in proptest::option::of(-1.0_f32..2.0),
            shown in 0_usize..5,
            what in any_what(),
        ) {
            let home = server.map_or(Home::Starter, Home::Server);
            let trail = Trail::new(Language::English, confidence, home, spots.clone()).unwrap();
            prop_assert_eq!(trail.spot(), spots[0]);
            prop_assert!(trail.len() <= MOST);
            let trail = trail.at(shown).unwrap_or(trail);
            let id = trail.id(what);
            prop_assert!(id.len() <= LONGEST && id.is_ascii(), "{}", id);
            prop_assert_eq!(parse(&id), Some((trail, what)));
        }

        #[test]
        fn nothing_panics_and_one_writing_stands_for_one_meaning(id in "1[A-Z0-9a-z]{0,110}|\\PC{0,40}") {
            if let Some((trail, what)) = parse(&id) {
                prop_assert_eq!(trail.id(what), id);
            }
        }
    }
}
