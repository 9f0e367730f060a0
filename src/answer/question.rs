//! A question: what a person typed, bounded, with its language and what kind of answer it wants.

use std::sync::Arc;

use crate::answer::{Followed, Reason};
use crate::index::analysis;
use crate::language::token::{Token, tokens};
use crate::language::{Language, arabizi, detect};

/// What kind of answer a question wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// A date: when, متى.
    Date,
    /// A number: how many, كم.
    Number,
    /// A share: what percentage, كم نسبة.
    Share,
    /// A person: who, من.
    Person,
    /// A place: where, أين.
    Place,
    /// A reason: why, لماذا.
    Cause,
    /// What something is: what is, ما هو.
    Definition,
    /// Anything.
    Anything,
}

impl Wanted {
    /// The word that stands for it in data.
    pub fn code(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Number => "number",
            Self::Share => "share",
            Self::Person => "person",
            Self::Place => "place",
            Self::Cause => "cause",
            Self::Definition => "definition",
            Self::Anything => "anything",
        }
    }
}

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    text: String,
    language: Language,
    tokens: Vec<Token>,
    wanted: Wanted,
    is_arabizi: bool,
    problem: Option<Reason>,
    followed: Option<Arc<Followed>>,
}

impl Question {
    /// Reads what a person typed; more than `longest` characters are too long.
    pub fn new(text: &str, longest: usize) -> Self {
        let language = detect::language(text);
        let is_too_long = text.chars().nth(longest).is_some();
        let arabizi = if is_too_long {
            None
        } else {
            arabizi::tokens(text)
        };
        let is_arabizi = arabizi.is_some();
        let tokens = match arabizi {
            Some(tokens) => tokens,
            None if is_too_long => Vec::new(),
            None => tokens(text),
        };
        let problem = if is_too_long {
            Some(Reason::TooLong)
        } else if tokens.is_empty() {
            Some(Reason::Empty)
        } else if language == Language::Other && text.chars().any(char::is_alphabetic) {
            Some(Reason::OtherLanguage)
        } else {
            None
        };
        Self {
            wanted: wanted(&tokens, is_arabizi),
            is_arabizi,
            text: text.to_owned(),
            language,
            tokens,
            problem,
            followed: None,
        }
    }

    /// The same question, read as following a passage.
    #[must_use]
    pub fn following(self, followed: Followed) -> Self {
        Self {
            followed: Some(Arc::new(followed)),
            ..self
        }
    }

    /// The passage that it is read as following.
    pub fn followed(&self) -> Option<&Followed> {
        self.followed.as_deref()
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The language of most of its letters.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Its words.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// What kind of answer it wants.
    pub fn wanted(&self) -> Wanted {
        self.wanted
    }

    /// Whether it is Arabic in Latin letters.
    pub fn is_arabizi(&self) -> bool {
        self.is_arabizi
    }

    /// Whether a word of it carries no content.
    pub fn is_stop(&self, token: &Token) -> bool {
        analysis::is_stop(token) || self.is_arabizi && arabizi::is_small(&token.fold)
    }

    /// Why it cannot be answered at all, if so.
    pub fn problem(&self) -> Option<Reason> {
        self.problem
    }
}

/// Words that ask for one of several.
const WHICH: [&str; 6] = ["what", "which", "ما", "اي", "اية", "كم"];
/// What stands behind those where a date is asked for.
const TIMES: [&str; 16] = [
    "year",
    "date",
    "day",
    "month",
    "century",
    "decade",
    "time",
    "عام",
    "سنة",
    "العام",
    "تاريخ",
    "يوم",
    "شهر",
    "قرن",
    "السنة",
    "عقد",
];
/// The same for a share.
const SHARES: [&str; 7] = [
    "percentage",
    "percent",
    "share",
    "proportion",
    "نسبة",
    "النسبة",
    "بالمية",
];
/// The same for a place.
const PLACES: [&str; 17] = [
    "country",
    "city",
    "place",
    "region",
    "continent",
    "state",
    "town",
    "river",
    "مدينة",
    "دولة",
    "مكان",
    "بلد",
    "منطقة",
    "قارة",
    "ولاية",
    "المدينة",
    "الدولة",
];
/// The same for a person.
const PERSONS: [&str; 11] = [
    "person",
    "leader",
    "president",
    "king",
    "الشخص",
    "شخص",
    "زعيم",
    "الزعيم",
    "رييس",
    "الرييس",
    "ملك",
];
/// The same for a number.
const NUMBERS: [&str; 5] = ["number", "population", "عدد", "رقم", "تعداد"];

/// What the question words ask for. They stand first as a rule, but «In which year …» and «… عام كم» are usual too.
fn wanted(tokens: &[Token], is_arabizi: bool) -> Wanted {
    let word = |fold| {
        is_arabizi
            .then(|| arabizi::asks(fold))
            .flatten()
            .unwrap_or(fold)
    };
    let words: Vec<&str> = tokens.iter().map(|token| word(&token.fold)).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let after = |question: &[&str], list: &[&str]| {
        words
            .iter()
            .position(|word| question.contains(word))
            .is_some_and(|at| {
                words[at + 1..]
                    .iter()
                    .take(3)
                    .any(|word| list.contains(word))
            })
    };
    if after(&WHICH, &SHARES) || has(&["percentage", "percent"]) {
        Wanted::Share
    } else if has(&["when", "متي", "ومتي", "فمتي", "ايان"]) || after(&WHICH, &TIMES)
    {
        Wanted::Date
    } else if after(
        &["how"],
        &[
            "many", "much", "long", "old", "far", "often", "large", "tall", "high",
        ],
    ) || has(&["كم", "بكم", "وكم"])
        || after(&WHICH, &NUMBERS)
    {
        Wanted::Number
    } else if has(&["where", "اين", "واين"]) || after(&WHICH, &PLACES) {
        Wanted::Place
    } else if has(&["why", "لماذا", "ولماذا", "لم"]) {
        Wanted::Cause
    } else if has(&["who", "whom", "whose"]) || after(&WHICH, &PERSONS) || begins_with_who(&words) {
        Wanted::Person
    } else if is_definition(&words) {
        Wanted::Definition
    } else {
        Wanted::Anything
    }
}

/// `من` is «who» at the beginning (a preposition may stand before it) and «from» elsewhere.
fn begins_with_who(words: &[&str]) -> bool {
    matches!(
        words,
        ["من" | "ومن" | "لمن" | "منهو", ..] | ["مع" | "عن" | "الي" | "ب" | "ل", "من", ..]
    )
}

fn is_definition(words: &[&str]) -> bool {
    match words {
        ["what", "is" | "are" | "was" | "were", rest @ ..] => rest.len() <= 4,
        ["ما" | "ماهو" | "ماهي" | "ماذا", rest @ ..] => {
            rest.len() <= 3 || matches!(rest, ["هو" | "هي", ..] if rest.len() <= 5)
        }
        ["define" | "عرف", ..] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_words_tell_what_is_wanted() {
        for (text, expected) in [
            ("متى أقيمت العلاقات؟", Wanted::Date),
            ("metta bada2at el 7arb", Wanted::Date),
            ("في أي عام وقعت المعاهدة؟", Wanted::Date),
            ("In which year was it signed?", Wanted::Date),
            ("كم مرة زار كيم الاتحاد؟", Wanted::Number),
            ("How many times did he visit?", Wanted::Number),
            ("What percentage of Russians think so?", Wanted::Share),
            ("كم نسبة الروس الذين يعتبرونها صديقة؟", Wanted::Share),
            ("من حمل الرسالة؟", Wanted::Person),
            ("مع من تحدث ميدفيديف هاتفيا؟", Wanted::Person),
            ("Who signed the plan?", Wanted::Person),
            ("أين ولد؟", Wanted::Place),
            ("أي مدينة زارها رئيس الوفد؟", Wanted::Place),
            ("Why did he refuse?", Wanted::Cause),
            ("ما هو التوحيد؟", Wanted::Definition),
            ("What is a treaty?", Wanted::Definition),
            (
                "ماذا قال جيراسيموف في ديسمبر 2023 عن التعاون؟",
                Wanted::Anything,
            ),
        ] {
            assert_eq!(Question::new(text, 500).wanted(), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_answered_is_told_apart() {
        for (text, expected) in [
            ("", Some(Reason::Empty)),
            ("🙂🙂 ؟!", Some(Reason::Empty)),
            ("Когда это было?", Some(Reason::OtherLanguage)),
            ("1948", None),
            ("متى", None),
        ] {
            assert_eq!(Question::new(text, 500).problem(), expected, "{text}");
        }
        assert_eq!(
            Question::new(&"س".repeat(10_000), 500).problem(),
            Some(Reason::TooLong)
        );
    }
}
