//! Several words of a question that the lexicon has as one: `prime minister`, `Security Council`.

use super::Asked;
use super::gathering::{Gathering, WORD_OF_PHRASE, weight_of};
use crate::answer::Question;
use crate::answer::origin::Origin;
use crate::index::{Error, Snapshot, analysis};
use crate::language::layers::Lexicon;
use crate::language::token::{Script, Token};

/// The longest run of English words that is looked up as one.
const LONGEST_PHRASE: usize = 4;

/// The longest run of English words at the beginning that the lexicon has as one, and how many words it is.
pub(super) fn phrase(
    tokens: &[Token],
    question: &Question,
    snapshot: &Snapshot,
    lexicon: &Lexicon,
) -> Result<Option<(usize, Asked)>, Error> {
    let run = tokens
        .iter()
        .take(LONGEST_PHRASE)
        .take_while(|token| token.script == Script::Latin)
        .count();
    for length in (2..=run).rev() {
        let words: Vec<&str> = tokens[..length]
            .iter()
            .map(|token| token.fold.as_str())
            .collect();
        let entries = lexicon.english(&words.join(" "));
        let is_imported = entries.iter().all(|entry| !entry.is_ours());
        let content = tokens[..length]
            .iter()
            .filter(|token| !analysis::is_stop(token));
        // Imported lexicons have «how many» and the like, which ask and find nothing.
        if entries.is_empty() || is_imported && content.clone().next().is_none() {
            continue;
        }
        let mut gathering = Gathering::new(snapshot, lexicon);
        if !gathering.translate(&entries, 1.0)? {
            continue;
        }
        for token in content {
            gathering.add(analysis::stem(token), WORD_OF_PHRASE, Origin::Stem)?;
            // A term that only an imported lexicon has does not hide what its words are.
            if is_imported {
                gathering.translate(&lexicon.english(&token.fold), WORD_OF_PHRASE)?;
            }
        }
        let span = tokens[0].span.start..tokens[length - 1].span.end;
        let weight = weight_of(&entries);
        return Ok(Some((
            length,
            gathering.finish(question, span, weight, false),
        )));
    }
    Ok(None)
}
