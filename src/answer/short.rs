//! The short answer: the span of a marked sentence that is the date, number, share, person or place asked for.

use std::ops::Range;

use super::question::{Question, Wanted};
use super::signals::Meetings;
use super::understanding::Understanding;
use crate::index::analysis::Analysis;
use crate::language::{Span, arabic, fold, lexicon};

/// The most words of a name that is told as the answer.
const LONGEST_NAME: usize = 5;
/// How many words a person's name stands at most from what the question says of the person.
const NEAR: usize = 2;
/// Prepositions behind which a place stands, folded.
const PLACING: [&str; 9] = ["in", "at", "to", "from", "near", "into", "في", "الي", "قرب"];

/// The span of a sentence that answers a question for a date, a number, a share, a person or a place; none where the
/// question itself named it, and none where it is not clear which of several it is: a wrong one said first is worse than
/// none.
pub(super) fn short(
    question: &Question,
    understanding: &Understanding,
    analysis: &Analysis,
    sentence: usize,
    meetings: &Meetings,
    text: &str,
) -> Option<Span> {
    let words = analysis.words_in(sentence);
    let wanted = question.wanted();
    let is_met = |nth: usize| meetings.by_word[nth].is_some();
    let look = |nth: usize| analysis.words[nth].look;
    let mut spans: Vec<(usize, usize)> = match wanted {
        Wanted::Date => dates(analysis, &words, text),
        Wanted::Number => runs(&words, |nth| look(nth).is_count()),
        Wanted::Share => runs(&words, |nth| look(nth).is_number() && !look(nth).is_year()),
        Wanted::Person | Wanted::Place => names(analysis, wanted, &words, text),
        Wanted::Cause | Wanted::Definition | Wanted::Anything => return None,
    };
    let names_kind = matches!(wanted, Wanted::Person | Wanted::Place);
    spans.retain(|(first, last)| {
        let mut words = *first..=*last;
        if names_kind {
            !words.any(is_met)
        } else {
            !words.all(is_met)
        }
    });
    if wanted == Wanted::Date && spans.len() > 1 {
        // The one that says most: a year alone is often that of something beside (`لعامي 2009-2010`).
        let full: Vec<(usize, usize)> = spans
            .iter()
            .filter(|(first, last)| last > first)
            .copied()
            .collect();
        if full.len() == 1 {
            spans = full;
        }
    }
    if wanted == Wanted::Person {
        // Who did it stands by what was done; in Arabic right behind it.
        let near = |(first, last): &(usize, usize)| {
            let around = if look(*first).is_latin() {
                first.saturating_sub(NEAR)..=last + NEAR
            } else {
                first.saturating_sub(1)..=*first
            };
            let mut around = around.filter(|nth| words.contains(nth));
            around.any(is_met)
        };
        spans.retain(near);
        if spans
            .iter()
            .any(|name| has_fellow(analysis, &words, *name, text))
        {
            return None;
        }
    }
    if wanted == Wanted::Number
        && let Some(counted) = counted(question, understanding)
    {
        // `five visits` before any other number, where visits were asked for; and both are the answer.
        let counting = |(first, last): &(usize, usize)| {
            let mut after = (last + 1..=last + 2).filter(|nth| words.contains(nth));
            let is_counted =
                |nth: &usize| meetings.by_word[*nth].is_some_and(|(asked, _)| asked == counted);
            after.find(is_counted).map(|last| (*first, last))
        };
        let counting: Vec<(usize, usize)> = spans.iter().filter_map(counting).collect();
        if !counting.is_empty() {
            spans = counting;
        }
    }
    let [(first, last)] = spans[..] else {
        return None;
    };
    let span = analysis.words[first].span.start..analysis.words[last].span.end;
    match wanted {
        Wanted::Number | Wanted::Share => Some(with_percent(span, text)),
        _ => Some(span),
    }
}

/// A number with the percent sign that belongs to it: behind it, with or without a blank (`80 %`), or before it (`%80`).
fn with_percent(span: Span, text: &str) -> Span {
    let is_percent = |c: &char| matches!(c, '%' | '٪');
    let behind = text.get(span.end..).unwrap_or_default();
    let sign = behind.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let n_blanks = behind.len() - sign.len();
    if let Some(sign) = sign.chars().next().filter(is_percent)
        && n_blanks <= '\u{202f}'.len_utf8()
    {
        return span.start..span.end + n_blanks + sign.len_utf8();
    }
    let before = text.get(..span.start).unwrap_or_default();
    match before.chars().next_back().filter(is_percent) {
        Some(sign) => span.start - sign.len_utf8()..span.end,
        None => span,
    }
}

/// Which word of the question says what is to be counted: the first with content behind `how many`, `كم` or `عدد`.
fn counted(question: &Question, understanding: &Understanding) -> Option<usize> {
    const COUNTING: [&str; 8] = ["how", "many", "much", "number", "كم", "وكم", "بكم", "عدد"];
    let counting = question
        .tokens()
        .iter()
        .rev()
        .find(|token| COUNTING.contains(&token.fold.as_str()))?;
    let end = counting.span.end;
    understanding
        .words
        .iter()
        .position(|word| word.span.start >= end)
}

/// The names of persons or places in a sentence: words that stand side by side with nothing but a space between them. Of a
/// person two words at least, in Latin letters all with a capital, in Arabic one that the lexicon has as a person's; of a
/// place what the lexicon has as one, behind a preposition of place.
fn names(
    analysis: &Analysis,
    wanted: Wanted,
    words: &Range<usize>,
    text: &str,
) -> Vec<(usize, usize)> {
    let look = |nth: usize| analysis.words[nth].look;
    let is_name = |nth: usize| {
        let look = look(nth);
        let may_be = if wanted == Wanted::Place {
            look.is_place()
        } else {
            look.may_be_person()
        };
        may_be && !look.is_stop() && !look.is_number() && (!look.is_latin() || look.is_capital())
    };
    let word = |nth: usize| {
        text.get(analysis.words[nth].span.clone())
            .unwrap_or_default()
    };
    let mut names: Vec<(usize, usize)> = Vec::new();
    for nth in words.clone().filter(|nth| is_name(*nth)) {
        match names.last_mut() {
            Some((_, last))
                if *last + 1 == nth
                    && gap(analysis, *last, text).chars().all(|c| c == ' ')
                    && !has_waw(word(nth)) =>
            {
                *last = nth;
            }
            _ => names.push((nth, nth)),
        }
    }
    names.retain(|(first, last)| {
        let mut these = *first..=*last;
        if wanted == Wanted::Place {
            let before = first
                .checked_sub(1)
                .filter(|nth| words.contains(nth))
                .map(word);
            let is_placed =
                before.is_some_and(|before| PLACING.contains(&fold::fold(before).as_str()));
            is_placed || has_ba(word(*first))
        } else {
            last > first
                && last - first < LONGEST_NAME
                && (look(*first).is_latin() || these.any(|nth| look(nth).is_person()))
        }
    });
    names
}

/// Whether a name is joined to another one (`Ole Lund and Per Dahl`): neither is the whole answer.
fn has_fellow(
    analysis: &Analysis,
    words: &Range<usize>,
    (first, last): (usize, usize),
    text: &str,
) -> bool {
    let word = |nth: usize| {
        let word = analysis.words.get(nth).filter(|_| words.contains(&nth))?;
        Some((word.look, text.get(word.span.clone())?))
    };
    let is_and = |nth: Option<usize>| {
        let word = nth.and_then(word);
        word.is_some_and(|(_, word)| word.eq_ignore_ascii_case("and"))
    };
    let is_name = |nth: Option<usize>| {
        let word = nth.and_then(word);
        word.is_some_and(|(look, _)| look.is_latin() && look.is_capital())
    };
    let is_joined =
        |nth: usize| word(nth).is_some_and(|(look, word)| look.may_be_person() && has_waw(word));
    let before = |n: usize| first.checked_sub(n);
    is_and(Some(last + 1)) && is_name(Some(last + 2))
        || is_and(before(1)) && is_name(before(2))
        || is_joined(last + 1)
        || is_joined(first)
}

/// Whether an «and» is written onto a word: what it joins is another name.
fn has_waw(word: &str) -> bool {
    let word = fold::fold(word);
    arabic::without_waw(&word) != word
}

/// Whether an «in» is written onto a place: بالقاهرة, not بغداد, whose ب is its own.
fn has_ba(word: &str) -> bool {
    let word = fold::fold(word);
    word.starts_with('ب') && !lexicon::lists_arabic(&word)
}

/// What stands between a word and the next one.
fn gap<'a>(analysis: &Analysis, nth: usize, text: &'a str) -> &'a str {
    let end = analysis.words[nth].span.end;
    let next = analysis
        .words
        .get(nth + 1)
        .map_or(end, |next| next.span.start);
    text.get(end..next).unwrap_or_default()
}

/// Runs of words of a kind, as the first and the last word of each.
fn runs(words: &Range<usize>, is_kind: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for nth in words.clone().filter(|nth| is_kind(*nth)) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == nth => *last = nth,
            _ => runs.push((nth, nth)),
        }
    }
    runs
}

/// The dates of a sentence: day, month and year as far as they are given, with the small words between them. Years from
/// one to another (`2009-2010`) are one, and none where there is another: they say how long and not when.
fn dates(analysis: &Analysis, words: &Range<usize>, text: &str) -> Vec<(usize, usize)> {
    let look = |nth: usize| analysis.words[nth].look;
    let is_dash = |nth: usize| matches!(gap(analysis, nth, text).trim(), "-" | "–" | "—");
    let goes_on = |last: usize, nth: usize| {
        let ends_month = nth - last <= 3 && look(last).is_month();
        look(nth).is_year()
            && (ends_month || last + 1 == nth && look(last).is_year() && is_dash(last))
    };
    let mut dates: Vec<(usize, usize)> = Vec::new();
    for nth in words
        .clone()
        .filter(|nth| look(*nth).is_year() || look(*nth).is_month())
    {
        // `12 أكتوبر من عام 1948`: at most two words stand between month and year.
        match dates.last_mut() {
            Some((_, last)) if goes_on(*last, nth) => *last = nth,
            _ => {
                let is_day = |day: &usize| {
                    words.contains(day)
                        && look(*day).is_number()
                        && !look(*day).is_year()
                        && look(nth).is_month()
                };
                let first = nth.checked_sub(1).filter(is_day).unwrap_or(nth);
                dates.push((first, nth));
            }
        }
    }
    let are_years = |(first, last): &(usize, usize)| first < last && look(*first).is_year();
    if !dates.iter().all(are_years) {
        dates.retain(|date| !are_years(date));
    }
    dates
}
