//! Whether a question leans on what was shown before it («متى كان ذلك؟», «and who signed it?»): told from its words alone.
//!
//! It does where it points at something (a pronoun, a demonstrative) or says hardly anything, and names nothing itself. A
//! pronoun that repeats a word of the same question («المعاهدة التي وقعت عليها روسيا») points nowhere else.

use super::question::{Question, Wanted};
use crate::index::analysis;
use crate::language::lexicon::{self, Class};
use crate::language::token::{Caps, Script, Token};
use crate::language::{arabic, fold};

/// More words with content than this, and a question says what it is about, pronoun or not.
const MOST_WORDS: usize = 4;

/// How much a question leans on what was shown before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Leaning {
    /// It stands on its own.
    No,
    /// It may lean: only where it finds no answer by itself does it.
    Perhaps,
    /// It says nothing without what it follows.
    Surely,
}

/// How much a question leans.
pub fn leaning(question: &Question) -> Leaning {
    let tokens = question.tokens();
    if question.problem().is_some() || tokens.is_empty() {
        return Leaning::No;
    }
    let is_content = |token: &Token| !question.is_stop(token) && !is_kind_word(token);
    let n_content = tokens.iter().filter(|token| is_content(token)).count();
    let names = tokens
        .iter()
        .enumerate()
        .any(|(nth, token)| is_content(token) && is_name(token, nth == 0));
    if names || n_content > MOST_WORDS {
        return Leaning::No;
    }
    let asks = !matches!(question.wanted(), Wanted::Definition | Wanted::Anything);
    match (points(tokens), n_content) {
        (Leaning::No, 0) if asks => Leaning::Surely,
        (Leaning::No, 1) if asks => Leaning::Perhaps,
        (points, 0) if points != Leaning::No => Leaning::Surely,
        (points, _) => points,
    }
}

/// Words that say what kind of answer is wanted and nothing of what it is about.
pub(super) fn is_kind_word(token: &Token) -> bool {
    const KINDS: [&str; 22] = [
        "year",
        "date",
        "day",
        "month",
        "century",
        "time",
        "times",
        "number",
        "place",
        "person",
        "people",
        "happen",
        "happened",
        "عام",
        "سنة",
        "تاريخ",
        "يوم",
        "شهر",
        "عدد",
        "مكان",
        "حدث",
        "مرة",
    ];
    KINDS.contains(&arabic::without_article(&token.fold))
}

/// Whether a word names something: by its capital, or by the lexicon where that knows it as a name alone.
fn is_name(token: &Token, is_first: bool) -> bool {
    let is_named = |class: Class| {
        matches!(
            class,
            Class::Place
                | Class::Person
                | Class::Organization
                | Class::People
                | Class::Language
                | Class::Faith
                | Class::Event
                | Class::Work
                | Class::Era
                | Class::Acronym
        )
    };
    match token.script {
        Script::Latin => {
            let entries = lexicon::english(&token.fold);
            let is_known_name =
                !entries.is_empty() && entries.iter().all(|entry| is_named(entry.class()));
            let has_capital = token.caps != Caps::Lower && (!is_first || entries.is_empty());
            is_known_name || has_capital
        }
        Script::Arabic => {
            let ways = [
                token.fold.as_str(),
                arabic::without_article(&token.fold),
                arabic::without_waw(&token.fold),
            ];
            let entries = lexicon::arabic(&token.fold).into_iter();
            let mut as_written = entries
                .filter(|entry| {
                    let mut alternatives = entry.alternatives().map(fold::fold);
                    alternatives.any(|words| ways.contains(&words.as_str()))
                })
                .peekable();
            as_written.peek().is_some() && as_written.all(|entry| is_named(entry.class()))
        }
        Script::Number | Script::Other => false,
    }
}

/// Whether a word of the question points at something outside of it: perhaps, where something inside may be meant.
fn points(tokens: &[Token]) -> Leaning {
    let mut leaning = Leaning::No;
    for (nth, token) in tokens.iter().enumerate() {
        let before = tokens.get(..nth).unwrap_or_default();
        let is_last = nth + 1 == tokens.len();
        let found = match token.script {
            Script::Latin => points_in_english(token, before, is_last),
            Script::Arabic => points_in_arabic(token, before, is_last),
            Script::Number | Script::Other => Leaning::No,
        };
        if found == Leaning::Surely {
            return found;
        }
        if found == Leaning::Perhaps {
            leaning = found;
        }
    }
    leaning
}

fn points_in_english(token: &Token, before: &[Token], is_last: bool) -> Leaning {
    const PRONOUNS: [&str; 16] = [
        "it", "its", "itself", "they", "them", "their", "theirs", "he", "him", "his", "she", "her",
        "hers", "this", "these", "those",
    ];
    let word = token.fold.as_str();
    // «The treaty that ended …» points at nothing; «was that», «of that» do.
    let is_that = word == "that" && (is_last || before.last().is_none_or(analysis::is_stop));
    if !PRONOUNS.contains(&word) && !is_that {
        return Leaning::No;
    }
    // «When was the tower built, and who lit it?»
    let has_article = before.windows(2).any(|pair| {
        let [article, noun] = pair else { return false };
        matches!(article.fold.as_str(), "the" | "a" | "an") && !analysis::is_stop(noun)
    });
    if has_article && !matches!(word, "this" | "these" | "those") {
        Leaning::Perhaps
    } else {
        Leaning::Surely
    }
}

fn points_in_arabic(token: &Token, before: &[Token], is_last: bool) -> Leaning {
    const DEMONSTRATIVES: [&str; 12] = [
        "هذا",
        "هذه",
        "هذان",
        "هذين",
        "هاتان",
        "هاتين",
        "هولاء",
        "ذلك",
        "تلك",
        "ذاك",
        "اوليك",
        "ذا",
    ];
    const PRONOUNS: [&str; 5] = ["هو", "هي", "هم", "هما", "هن"];
    const PREPOSITIONS: [&str; 15] = [
        "ل", "ب", "في", "من", "عن", "علي", "الي", "مع", "لدي", "عند", "بين", "حول", "بعد", "قبل",
        "ضد",
    ];
    const ATTACHED: [&str; 5] = ["ها", "هما", "هم", "هن", "ه"];
    const RELATIVES: [&str; 8] = [
        "الذي",
        "التي",
        "الذين",
        "اللذان",
        "اللذين",
        "اللتان",
        "اللتين",
        "اللواتي",
    ];
    let whole = token.fold.as_str();
    let bare = arabic::without_waw(whole);
    let particles: &[char] = &['و', 'ف', 'ب', 'ل', 'ك'];
    let without = whole.strip_prefix(particles).unwrap_or(whole);
    let is_one_of = |list: &[&str]| list.contains(&whole) || list.contains(&without);
    if is_one_of(&DEMONSTRATIVES) {
        return Leaning::Surely;
    }
    // «المعاهدة التي وقعت عليها روسيا»: the pronoun says again what stands before.
    let has_relative = before.iter().any(|earlier| {
        RELATIVES.iter().any(|relative| {
            let fold = earlier.fold.as_str();
            fold == *relative || fold.strip_prefix(particles) == Some(relative)
        })
    });
    // «ما هو التوحيد؟» asks what something is.
    let asks_what = before.last().is_some_and(|earlier| {
        matches!(
            earlier.fold.as_str(),
            "ما" | "من" | "ماذا" | "وما" | "ومن" | "اي" | "فما" | "فمن"
        )
    });
    let stands_alone = is_one_of(&PRONOUNS) && (!asks_what || is_last);
    let is_attached = ATTACHED.iter().any(|pronoun| {
        [whole, bare, without].iter().any(|word| {
            let Some(rest) = word.strip_suffix(pronoun) else {
                return false;
            };
            PREPOSITIONS.contains(&rest)
                || !analysis::is_stop(token) && takes_pronoun(word, rest, pronoun)
        })
    });
    if !stands_alone && !is_attached || has_relative {
        return Leaning::No;
    }
    // «متى بني البرج ومن رممه؟»
    let has_noun = before.iter().any(|earlier| {
        !analysis::is_stop(earlier) && arabic::without_article(&earlier.fold) != earlier.fold
    });
    // «كم نقطة تخلى عنها الفريق؟»
    let is_counted = before.windows(2).any(|pair| {
        let [which, noun] = pair else { return false };
        matches!(
            which.fold.as_str(),
            "كم" | "اي" | "اية" | "باي" | "وكم" | "واي"
        ) && !analysis::is_stop(noun)
            && !is_kind_word(noun)
    });
    if has_noun || is_counted {
        Leaning::Perhaps
    } else {
        Leaning::Surely
    }
}

/// Whether the end of a word is a pronoun and no part of it (مياه, تفاهم) nor a ة without its dots (مدينه).
fn takes_pronoun(word: &str, rest: &str, pronoun: &str) -> bool {
    let has_article = arabic::without_article(word) != word;
    if has_article || arabic::n_letters(rest) < 3 {
        return false;
    }
    let lists = lexicon::lists_arabic;
    !lists(word) && (pronoun != "ه" || !lists(&format!("{rest}ة")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_that_stands_on_its_own_does_not_lean() {
        for text in [
            "متى أقيمت العلاقات الدبلوماسية بين كوريا الشمالية والاتحاد السوفييتي؟",
            "ما هو التوحيد؟",
            "ما هي أول قمة؟",
            "من هو كيم إل سونغ؟",
            "ما المعاهدة التي وقعت عليها الدولة؟",
            "أين تقع روسيا؟",
            "من اخترع الهاتف؟",
            "ما هي مصادر المياه في الجبل؟",
            "في أي حالة كان هناك العديد من الرحالة؟",
            "كم عدد سكان مدينه القاهرة؟",
            "What is democracy?",
            "Who was Napoleon?",
            "When did Gorbachev meet him?",
            "When was the lighthouse built?",
            "Which treaty that ended the war was signed there by the two foreign ministers of state?",
            "How many Russians see it as friendly?",
            "russia and its neighbors",
            "1948",
            "نعم",
            "thanks",
            "no",
            "",
            "Когда это было?",
            "mata zar kim jong rusya?",
        ] {
            let question = Question::new(text, 500);
            let leaning = leaning(&question);
            let may_be_short = text == "When was the lighthouse built?";
            assert!(
                leaning == Leaning::No || may_be_short && leaning != Leaning::Surely,
                "{text}: {leaning:?}"
            );
        }
    }

    #[test]
    fn a_question_without_its_subject_leans() {
        for text in [
            "متى كان ذلك؟",
            "وأين؟",
            "وكم كان عددهم؟",
            "ومن وقعها؟",
            "من هو؟",
            "لماذا؟",
            "وفي أي عام حدث ذلك؟",
            "ما رأيه في هذا؟",
            "من شارك فيها؟",
            "وما عاصمتها؟",
            "When was that?",
            "and who signed it?",
            "how many were there?",
            "Where?",
            "Who led them?",
            "in what year did this happen",
            "What was its name?",
            "why did he refuse",
            "mata kan zalik?",
            "meen howa?",
        ] {
            let question = Question::new(text, 500);
            assert_eq!(leaning(&question), Leaning::Surely, "{text}");
        }
    }

    #[test]
    fn what_may_be_meant_inside_the_question_leans_only_without_an_answer() {
        for text in [
            "متى بني البرج ومن رممه؟",
            "كم نقطة تخلى عنها دفاع الفريق؟",
            "When was the tower built and who lit it?",
            "متى وقعت؟",
            "Who won?",
            "meen wa22a3?",
        ] {
            let question = Question::new(text, 500);
            assert_eq!(leaning(&question), Leaning::Perhaps, "{text}");
        }
    }
}
