//! What a passage defines, and the question to which it is the answer: «X هي …» → «ما هي X؟», "X is a …" → "What is X?".
//!
//! A passage that defines begins with what it defines; brackets behind the name (in how many languages soever) are no part
//! of it. What is found is only a question worth trying: it is offered when it is answered.

use crate::language::token::{Script, Token, tokens};
use crate::language::{arabic, stop};

/// How far into a passage is looked, in characters: brackets with a name in other scripts may be long.
const HEAD: usize = 400;
/// How many words a name has at most.
const WORDS: usize = 7;

/// The question that a passage answers by defining something; none where it defines nothing.
pub(super) fn question(text: &str) -> Option<String> {
    let end = text
        .char_indices()
        .nth(HEAD)
        .map_or(text.len(), |(at, _)| at);
    let head = text.get(..end)?;
    let (tokens, n_together) = outside_brackets(head);
    let together = tokens.get(..n_together)?;
    match together.first()?.script {
        Script::Arabic => arabic_question(head, together),
        Script::Latin => english_question(head, together, &tokens),
        Script::Number | Script::Other => None,
    }
}

fn arabic_question(head: &str, tokens: &[Token]) -> Option<String> {
    let at = copula(tokens, &["هو", "هي"])?;
    let (name, copula) = (tokens.get(..at)?, tokens.get(at)?);
    if stop::is_arabic(&name.first()?.fold) {
        return None;
    }
    let behind = tokens.get(at + 1)?;
    // «والسبب هو أن …» gives a reason, no definition.
    if ["ان", "انه", "انها", "الذي", "التي", "ما", "من"].contains(&behind.fold.as_str())
    {
        return None;
    }
    let is_person = PERSONS.contains(&arabic::without_article(&behind.fold));
    let word = head.get(copula.span.clone())?;
    let asks = if is_person { "من" } else { "ما" };
    Some(format!("{asks} {word} {}؟", shown(head, name)?))
}

/// What people are, as an Arabic encyclopedia introduces them: a person is asked for with «من».
const PERSONS: [&str; 44] = [
    "سياسي",
    "سياسية",
    "رييس",
    "رييسة",
    "زعيم",
    "عالم",
    "عالمة",
    "كاتب",
    "كاتبة",
    "شاعر",
    "شاعرة",
    "اديب",
    "روايي",
    "روايية",
    "مورخ",
    "فيلسوف",
    "مفكر",
    "ملك",
    "ملكة",
    "امير",
    "اميرة",
    "سلطان",
    "خليفة",
    "امبراطور",
    "قايد",
    "ضابط",
    "لاعب",
    "لاعبة",
    "مدرب",
    "ممثل",
    "ممثلة",
    "مغني",
    "مغنية",
    "مغن",
    "مخرج",
    "رسام",
    "موسيقي",
    "طبيب",
    "طبيبة",
    "مهندس",
    "صحفي",
    "صحفية",
    "فقيه",
    "نبي",
];

/// `all` are the words of further sentences too.
fn english_question(head: &str, tokens: &[Token], all: &[Token]) -> Option<String> {
    let without_article = match tokens.first()?.fold.as_str() {
        "a" | "an" | "the" => tokens.get(1..)?,
        _ => tokens,
    };
    let at = copula(without_article, &["is", "are", "was", "were"])?;
    let (name, copula) = (without_article.get(..at)?, without_article.get(at)?);
    let (first, behind) = (name.first()?, without_article.get(at + 1)?);
    if stop::is_english(&first.fold) {
        return None;
    }
    let is_plural = copula.fold == "are" || copula.fold == "were";
    if !is_plural && !["a", "an", "the", "one", "any"].contains(&behind.fold.as_str()) {
        return None;
    }
    let asks = if is_person(all) { "Who" } else { "What" };
    // An article at the beginning belongs to the name: What is the Moon?
    let article = match tokens.first()?.fold.as_str() {
        "the" => "the ",
        "a" => "a ",
        "an" => "an ",
        _ => "",
    };
    let copula = &copula.fold;
    Some(format!("{asks} {copula} {article}{}?", shown(head, name)?))
}

/// Whether English speaks of somebody: the first pronoun tells.
fn is_person(tokens: &[Token]) -> bool {
    let pronouns = [
        ("he", true),
        ("she", true),
        ("his", true),
        ("her", true),
        ("who", true),
        ("it", false),
        ("its", false),
        ("which", false),
        ("they", false),
        ("their", false),
    ];
    tokens
        .iter()
        .find_map(|token| {
            let found = pronouns.iter().find(|(word, _)| *word == token.fold);
            found.map(|(_, is_person)| *is_person)
        })
        .unwrap_or(false)
}

/// Where the copula stands behind a name that is not too long.
fn copula(tokens: &[Token], copulas: &[&str]) -> Option<usize> {
    let at = tokens
        .iter()
        .take(WORDS + 1)
        .position(|token| copulas.contains(&token.fold.as_str()))?;
    (at > 0).then_some(at)
}

/// The words of a text that stand in no bracket, and how many of them stand before anything that ends or parts a
/// sentence.
fn outside_brackets(head: &str) -> (Vec<Token>, usize) {
    let mut found = Vec::new();
    let (mut depth, mut end) = (0_i32, 0);
    let mut n_together = None;
    for token in tokens(head) {
        for c in head.get(end..token.span.start).unwrap_or_default().chars() {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth -= 1,
                '.' | '؟' | '?' | '!' | ':' | '،' | ',' | '؛' | ';' if depth <= 0 => {
                    n_together.get_or_insert(found.len());
                }
                _ => {}
            }
        }
        end = token.span.end;
        if depth <= 0 {
            found.push(token);
        }
    }
    let n_together = n_together.unwrap_or(found.len());
    (found, n_together)
}

/// A name as the text has it, without what stands between brackets in it.
fn shown(head: &str, name: &[Token]) -> Option<String> {
    let mut shown = String::new();
    let mut last: Option<&Token> = None;
    for token in name {
        if let Some(last) = last {
            let gap = head.get(last.span.end..token.span.start)?;
            let is_plain = gap
                .chars()
                .all(|c| matches!(c, '-' | '–' | '\'' | '’' | '.'));
            shown.push_str(if is_plain { gap } else { " " });
        }
        shown.push_str(head.get(token.span.clone())?);
        last = Some(token);
    }
    Some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_gives_its_question() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(question(text).as_deref(), Some(expected), "{text}");
        }
        case(
            "العلاقات الروسية الكورية الشمالية (هانغل: 로씨야련방 관계) (بالروسية: Российско) هي علاقات ثنائية.",
            "ما هي العلاقات الروسية الكورية الشمالية؟",
        );
        case("القلب هو عضو عضلي يضخ الدم.", "ما هو القلب؟");
        case(
            "فلاديمير بوتين (7 أكتوبر 1952) هو سياسي روسي.",
            "من هو فلاديمير بوتين؟",
        );
        case(
            "The Moon is the only natural satellite of Earth.",
            "What is the Moon?",
        );
        case(
            "Photosynthesis (from Greek) is a process.",
            "What is Photosynthesis?",
        );
        case(
            "Marie Curie was a physicist. She won the Nobel Prize.",
            "Who was Marie Curie?",
        );
        case("Neural networks are models.", "What are Neural networks?");
        case(
            "Russia–North Korea relations are bilateral.",
            "What are Russia–North Korea relations?",
        );
    }

    #[test]
    fn what_defines_nothing_gives_none() {
        for text in [
            "",
            "هو رئيس.",
            "وكان مصدر القلق الآخر هو أن التجربة النووية خطيرة.",
            "السبب هو أن الحرب انتهت.",
            "في عام 1948، أقيمت العلاقات. هي الأولى.",
            "زار الرئيس الروسي موسكو يوم الأحد ثم عاد وهو الذي قال.",
            "It is a dog.",
            "This was the first summit.",
            "Noah built the ark. It is a ship.",
            "Putin is well known.",
            "1948 is a year.",
            "((((",
            "관계 is a word",
        ] {
            assert_eq!(question(text), None, "{text}");
        }
    }
}
