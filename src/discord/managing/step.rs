//! The custom ids of what moderators press, choose from and fill in: everything that a step needs, for ever and after any
//! restart. A draft lies in the catalogue and is named by its key, a source by that of one of its versions.
//!
//! An id is no right: who may do what it says is judged anew at each step. [`Step::parse`] takes exactly what
//! [`Step::id`] writes and nothing else.
//!
//! ```text
//! id   = "1M" voice library goal          voice and library as in `button`
//! goal = a capital letter and numbers     see Goal
//! ```

use crate::discord::button::{Home, Rest, number, push_home, push_voice};
use crate::language::Language;

/// What the ids of these parts begin with; no other id of ours does.
const FORM: &str = "1M";

/// A step in keeping the sources in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::discord) struct Step {
    /// The language of our own words.
    pub(in crate::discord) voice: Language,
    /// Whose sources.
    pub(in crate::discord) home: Home,
    /// Where it leads.
    pub(in crate::discord) goal: Goal,
}

/// What citations name of something: of a draft, or of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::discord) enum Of {
    /// A draft, by its key.
    Draft(i64),
    /// A source, by the key of one of its versions.
    Source(i64),
}

/// Where a step leads. Sources are named by the key of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::discord) enum Goal {
    /// Publishes a draft.
    Publish(i64),
    /// Discards a draft.
    Discard(i64),
    /// Publishes the drafts from one to another: those of one archive.
    PublishAll(i64, i64),
    /// Discards them.
    DiscardAll(i64, i64),
    /// Shows a draft or a source, the one that is chosen from a list.
    Open,
    /// A page of the form for what citations name, from 0.
    Form(Of, u8),
    /// The choice of a language.
    Language(Of),
    /// Shows a source.
    Show(i64),
    /// Asks whether a source is to be withdrawn.
    Withdraw(i64),
    /// Withdraws it.
    WithdrawSurely(i64),
    /// Makes this version the current one, of a withdrawn source too.
    Restore(i64),
    /// A page of the versions of a source, from 0.
    History(i64, usize),
    /// A page of what changed between two versions.
    Compare(i64, i64, usize),
    /// Who sees a source.
    Limits(i64),
    /// The choice of channels.
    Channels(i64),
    /// The choice of roles.
    Roles(i64),
    /// Lets everybody see it.
    Everybody(i64),
    /// Fetches a source again from its address.
    Refresh(i64),
    /// Restores a source pack that waits, by the key of its draft.
    Import(i64),
    /// Drops it.
    DiscardPack(i64),
    /// The form for a text.
    Paste,
}

impl Step {
    /// The same step with our own words in the language that was chosen, if one was.
    pub(in crate::discord) fn spoken(self, chosen: Option<Language>) -> Self {
        Self {
            voice: chosen.unwrap_or(self.voice),
            ..self
        }
    }

    /// Another step of the same conversation.
    pub(in crate::discord) fn to(self, goal: Goal) -> Self {
        Self { goal, ..self }
    }

    /// The custom id.
    pub(in crate::discord) fn id(self) -> String {
        let mut id = String::from(FORM);
        push_voice(&mut id, self.voice);
        push_home(&mut id, self.home);
        let mut push = |mark: char, key: i64| number(&mut id, mark, key.cast_unsigned());
        let of = |of: Of| match of {
            Of::Draft(key) => ('D', key),
            Of::Source(key) => ('V', key),
        };
        match self.goal {
            Goal::Publish(key) => push('P', key),
            Goal::Discard(key) => push('X', key),
            Goal::PublishAll(first, last) => {
                push('Q', first);
                push('N', last);
            }
            Goal::DiscardAll(first, last) => {
                push('Z', first);
                push('N', last);
            }
            Goal::Open => id.push('O'),
            Goal::Form(target, page) => {
                push('F', page.into());
                let (mark, key) = of(target);
                push(mark, key);
            }
            Goal::Language(target) => {
                let (mark, key) = of(target);
                push('L', 0);
                push(mark, key);
            }
            Goal::Show(key) => push('S', key),
            Goal::Withdraw(key) => push('W', key),
            Goal::WithdrawSurely(key) => push('Y', key),
            Goal::Restore(key) => push('R', key),
            Goal::History(key, page) => {
                push('H', key);
                number(&mut id, 'I', page as u64);
            }
            Goal::Compare(before, after, page) => {
                push('C', before);
                push('N', after);
                number(&mut id, 'I', page as u64);
            }
            Goal::Limits(key) => push('J', key),
            Goal::Channels(key) => push('K', key),
            Goal::Roles(key) => push('B', key),
            Goal::Everybody(key) => push('E', key),
            Goal::Refresh(key) => push('A', key),
            Goal::Import(key) => push('U', key),
            Goal::DiscardPack(key) => push('M', key),
            Goal::Paste => id.push('T'),
        }
        id
    }

    /// Reads a custom id; none where it is not exactly what [`Step::id`] would write.
    pub(in crate::discord) fn parse(id: &str) -> Option<Self> {
        let mut rest = Rest(id.strip_prefix(FORM)?);
        let voice = rest.voice()?;
        let home = rest.home()?;
        let goal = goal(&mut rest)?;
        let step = Self { voice, home, goal };
        (step.id() == id).then_some(step)
    }

    /// Whether an id looks like one of these, so that what cannot be read is told by who keeps the sources.
    pub(in crate::discord) fn is_meant(id: &str) -> bool {
        id.starts_with(FORM)
    }
}

impl Of {
    /// The value of a choice that stands for it.
    pub(in crate::discord) fn value(self) -> String {
        let mut value = String::new();
        match self {
            Self::Draft(key) => number(&mut value, 'D', key.cast_unsigned()),
            Self::Source(key) => number(&mut value, 'V', key.cast_unsigned()),
        }
        value
    }

    /// What a value stands for.
    pub(in crate::discord) fn parse(value: &str) -> Option<Self> {
        let of = of(&mut Rest(value))?;
        (of.value() == value).then_some(of)
    }
}

fn key(rest: &mut Rest<'_>) -> Option<i64> {
    rest.number::<u64>().map(u64::cast_signed)
}

fn of(rest: &mut Rest<'_>) -> Option<Of> {
    if rest.has('D') {
        Some(Of::Draft(key(rest)?))
    } else if rest.has('V') {
        Some(Of::Source(key(rest)?))
    } else {
        None
    }
}

fn goal(rest: &mut Rest<'_>) -> Option<Goal> {
    /// A goal with a single key.
    type One = fn(i64) -> Goal;
    let ones: [(char, One); 13] = [
        ('P', Goal::Publish),
        ('X', Goal::Discard),
        ('S', Goal::Show),
        ('W', Goal::Withdraw),
        ('Y', Goal::WithdrawSurely),
        ('R', Goal::Restore),
        ('J', Goal::Limits),
        ('K', Goal::Channels),
        ('B', Goal::Roles),
        ('E', Goal::Everybody),
        ('A', Goal::Refresh),
        ('U', Goal::Import),
        ('M', Goal::DiscardPack),
    ];
    for (mark, one) in ones {
        if rest.has(mark) {
            return Some(one(key(rest)?));
        }
    }
    if rest.has('O') {
        return Some(Goal::Open);
    }
    if rest.has('T') {
        return Some(Goal::Paste);
    }
    if rest.has('F') {
        let page = rest.number()?;
        return Some(Goal::Form(of(rest)?, page));
    }
    if rest.has('L') {
        rest.number::<u8>()?;
        return Some(Goal::Language(of(rest)?));
    }
    if rest.has('H') {
        let key = key(rest)?;
        return rest.has('I').then_some(Goal::History(key, rest.number()?));
    }
    let mark = ['Q', 'Z', 'C'].into_iter().find(|mark| rest.has(*mark))?;
    let first = key(rest)?;
    if !rest.has('N') {
        return None;
    }
    let last = key(rest)?;
    match mark {
        'Q' => Some(Goal::PublishAll(first, last)),
        'Z' => Some(Goal::DiscardAll(first, last)),
        _ => rest
            .has('I')
            .then_some(Goal::Compare(first, last, rest.number()?)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::discord::{button, gloss, listing};

    fn any_goal() -> impl Strategy<Value = Goal> {
        let key = any::<i64>();
        let of = prop_oneof![key.prop_map(Of::Draft), key.prop_map(Of::Source)];
        prop_oneof![
            key.prop_map(Goal::Publish),
            key.prop_map(Goal::Discard),
            (key, key).prop_map(|(a, b)| Goal::PublishAll(a, b)),
            (key, key).prop_map(|(a, b)| Goal::DiscardAll(a, b)),
            Just(Goal::Open),
            Just(Goal::Paste),
            (of.clone(), any::<u8>()).prop_map(|(of, page)| Goal::Form(of, page)),
            of.prop_map(Goal::Language),
            key.prop_map(Goal::Show),
            key.prop_map(Goal::Withdraw),
            key.prop_map(Goal::WithdrawSurely),
            key.prop_map(Goal::Restore),
            (key, any::<usize>()).prop_map(|(key, page)| Goal::History(key, page)),
            (key, key, any::<usize>()).prop_map(|(a, b, page)| Goal::Compare(a, b, page)),
            key.prop_map(Goal::Limits),
            key.prop_map(Goal::Channels),
            key.prop_map(Goal::Roles),
            key.prop_map(Goal::Everybody),
            key.prop_map(Goal::Refresh),
            key.prop_map(Goal::Import),
            key.prop_map(Goal::DiscardPack),
        ]
    }

    #[test]
    fn an_id_is_short_and_holds_keys_alone() {
        let home = Home::Server(1_187_654_321_012_345_678);
        let step = Step {
            voice: Language::Arabic,
            home,
            goal: Goal::Publish(40),
        };
        insta::assert_snapshot!(step.id(), @"1MAG90u4biysvzv2P14");
        insta::assert_snapshot!(step.to(Goal::Compare(3, 44, 2)).id(), @"1MAG90u4biysvzv2C3N18I2");
        insta::assert_snapshot!(step.to(Goal::Form(Of::Draft(40), 1)).id(), @"1MAG90u4biysvzv2F1D14");
    }

    #[test]
    fn what_is_not_written_by_us_is_not_read() {
        assert!(Step::parse("1MED").is_none());
        assert!(Step::parse("1MEG7P1").is_some());
        for id in [
            "",
            "1M",
            "1ME",
            "1MEG7",
            "1MG7P1",
            "1MEG7P",
            "1MEG7P01",
            "1MEG07P1",
            "1MEG7P1 ",
            "1MEG7P1P1",
            "1MEG7C1N2",
            "1MEG7C1I2",
            "1MEG7F0",
            "1MEG7F0X1",
            "1MEG7F300V1",
            "1MEG7L1V1",
            "1MEG7H1",
            "2MEG7P1",
            "1MEG7OO",
            "1MEG7Pzzzzzzzzzzzzzz",
            "1MEG7P٢",
        ] {
            assert_eq!(Step::parse(id), None, "{id}");
        }
        for value in ["", "D", "V", "D01", "V1 ", "X1"] {
            assert_eq!(Of::parse(value), None, "{value}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_and_fits(
            goal in any_goal(), is_arabic in any::<bool>(), server in any::<Option<u64>>(),
        ) {
            let voice = if is_arabic { Language::Arabic } else { Language::English };
            let home = server.map_or(Home::Starter, Home::Server);
            let step = Step { voice, home, goal };
            let id = step.id();
            prop_assert!(id.len() <= 100, "{}", id);
            prop_assert_eq!(Step::parse(&id), Some(step));
            prop_assert_eq!(button::parse(&id), None);
            prop_assert_eq!(listing::Page::parse(&id), None);
            prop_assert_eq!(gloss::Words::parse(&id), None);
        }

        #[test]
        fn nothing_panics_and_one_writing_stands_for_one_meaning(id in "1M[AE][DG][A-Z0-9a-z]{0,40}|\\PC{0,40}") {
            if let Some(step) = Step::parse(&id) {
                prop_assert_eq!(step.id(), id);
            }
        }
    }
}
