//! Questions to offer while a person types: headings, and questions to which a passage is the definition.
//!
//! They come from the sources alone, never from what somebody asked. What could be offered is gathered once for each
//! state of a library; whether it has an answer is asked the first time that it would be offered, and remembered.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::OnceCell;

use super::room::{Room, Shared, State, searching};
use super::{Error, Library, definition};
use crate::answer::{Cited, Question};
use crate::catalogue::SourceRecord;
use crate::index;
use crate::language::fold::comparable;
use crate::source::{Passage, Place, SourceId};

/// How long a suggestion may be; Discord takes no longer ones. Counted in UTF-16, the longest way of counting.
const LONGEST: usize = 100;
/// How many offers a library has at most.
const OFFERS: usize = 5_000;
/// Of how many editions a library keeps at hand what they offer.
const EDITIONS: usize = 1_000;
/// How long what could be offered is waited for where it is not gathered yet; gathering goes on, for the next letter.
const GATHERING: Duration = Duration::from_secs(1);
/// How long offers are tried in one call.
const TRYING: Duration = Duration::from_millis(400);
/// Up to how many passages that what is typed would find are looked at for offers.
const FOUND: usize = 10;

/// What a state has to offer.
#[derive(Default)]
pub(super) struct Offers {
    gathered: OnceCell<Vec<Arc<Offer>>>,
    /// Which of them have an answer, as far as it was asked.
    tried: Mutex<HashMap<usize, bool>>,
}

/// A question that could be offered.
pub(super) struct Offer {
    text: String,
    /// Its words as they are compared with what is typed.
    words: Vec<String>,
    source: SourceId,
    from: From,
}

/// What an offer was made of.
enum From {
    /// The last of these headings, which stands below the others.
    Heading(Vec<String>),
    /// The passage that defines what the question asks for.
    Definition(Place),
}

impl Library {
    /// Questions to offer while a person types: headings and definition questions whose outcome is an answer, best
    /// first, at most `limit`, each at most 100 characters; for an empty text the first headings.
    pub async fn suggestions(&self, typed: &str, limit: usize) -> Result<Vec<String>, Error> {
        let state = self.view_of(&self.shared.state(&self.room).await?).await?;
        if state.offers.gathered.get().is_none() {
            let (shared, room) = (Arc::clone(&self.shared), Arc::clone(&self.room));
            let state = Arc::clone(&state);
            let gathering = tokio::spawn(async move { shared.gather(&room, &state).await });
            match tokio::time::timeout(GATHERING, gathering).await {
                Ok(Ok(gathered)) => gathered?,
                Ok(Err(_)) | Err(_) => return Ok(Vec::new()),
            }
        }
        let typed = typed.to_owned();
        let longest = self.shared.max_question;
        let folder = state.folder.clone();
        let chosen = searching(&folder, move || {
            let question = Question::new(&typed, longest);
            state.suggest(&typed, &question, limit)
        })
        .await?;
        Ok(chosen)
    }
}

impl Shared {
    async fn gather(&self, room: &Room, state: &State) -> Result<(), Error> {
        let gathering = async || -> Result<Vec<Arc<Offer>>, Error> {
            let mut offers = Vec::new();
            let mut known = HashSet::new();
            let mut records: Vec<_> = state.sources.iter().collect();
            records.sort_by(|a, b| a.1.id.cmp(&b.1.id));
            for (edition, record) in records {
                if offers.len() >= OFFERS {
                    break;
                }
                let found = self.offers_of(room, *edition, record).await?;
                let news = found
                    .iter()
                    .filter(|offer| known.insert(offer.words.clone()));
                offers.extend(news.take(OFFERS - offers.len()).cloned());
            }
            Ok(offers)
        };
        state.offers.gathered.get_or_try_init(gathering).await?;
        Ok(())
    }
}

impl Shared {
    /// What an edition has to offer; gathered once, however often the library changes around it.
    async fn offers_of(
        &self,
        room: &Room,
        edition: u64,
        record: &SourceRecord,
    ) -> Result<Arc<Vec<Arc<Offer>>>, Error> {
        let kept = || {
            let kept = room.offers.lock();
            kept.expect("no panic while offers are looked up")
        };
        if let Some(offers) = kept().get(&edition) {
            return Ok(Arc::clone(offers));
        }
        let passages = self.catalogue.passages(record).await?;
        let id = record.id.clone();
        let found = crate::catalogue::apart(move || of_source(&id, &passages)).await;
        let offers = Arc::new(found.into_iter().map(Arc::new).collect::<Vec<_>>());
        let mut kept = kept();
        if kept.len() >= EDITIONS {
            kept.clear();
        }
        kept.insert(edition, Arc::clone(&offers));
        Ok(offers)
    }
}

/// What a source has to offer, in reading order.
fn of_source(source: &SourceId, passages: &[Passage]) -> Vec<Offer> {
    let mut offers = Vec::new();
    let mut open: &[String] = &[];
    for passage in passages {
        let is_open = |nth: usize| open.get(..=nth) == passage.section.get(..=nth);
        for nth in (0..passage.section.len()).filter(|nth| !is_open(*nth)) {
            let section = passage.section.iter().take(nth + 1).cloned().collect();
            let from = From::Heading(section);
            offers.extend(Offer::new(passage.section[nth].clone(), source, from));
        }
        open = &passage.section;
        if let Some(question) = definition::question(&passage.text) {
            offers.extend(Offer::new(
                question,
                source,
                From::Definition(passage.place),
            ));
        }
    }
    offers
}

impl Offer {
    /// None where it is too long to be offered, or has no word.
    fn new(text: String, source: &SourceId, from: From) -> Option<Self> {
        let words = words(&text);
        let is_short = text.encode_utf16().count() <= LONGEST;
        (is_short && !words.is_empty()).then(|| Self {
            text,
            words,
            source: source.clone(),
            from,
        })
    }

    fn is_heading(&self) -> bool {
        matches!(self.from, From::Heading(_))
    }

    /// How deep the heading lies that stands over a passage, or that the passage itself is what defines; none where the
    /// offer has nothing to do with the passage.
    fn nearness(&self, cited: &Cited) -> Option<usize> {
        let is_about = match &self.from {
            From::Heading(section) => cited.passage.section.starts_with(section),
            From::Definition(place) => cited.passage.place == *place,
        };
        (is_about && self.source == cited.source).then_some(match &self.from {
            From::Heading(section) => section.len(),
            From::Definition(_) => usize::MAX,
        })
    }

    /// How well it goes with what is typed, the lower the better; none where it does not.
    fn distance(&self, typed: &[String]) -> Option<u8> {
        let begins = |word: &String, part: &String| {
            word.starts_with(part.as_str())
                || word
                    .strip_prefix("ال")
                    .is_some_and(|word| word.starts_with(part.as_str()))
        };
        if self.words.len() >= typed.len()
            && self.words.iter().zip(typed).all(|(w, t)| begins(w, t))
        {
            return Some(0);
        }
        let all_stand = typed
            .iter()
            .all(|part| self.words.iter().any(|word| begins(word, part)));
        all_stand.then_some(1)
    }
}

/// The words of a text as they are compared.
fn words(text: &str) -> Vec<String> {
    let comparable = comparable(text);
    comparable
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

impl State {
    fn suggest(
        &self,
        typed: &str,
        question: &Question,
        limit: usize,
    ) -> Result<Vec<String>, index::Error> {
        let offers = self.offers.gathered.get().map_or(&[][..], Vec::as_slice);
        let end = Instant::now() + TRYING;
        let mut chosen: Vec<usize> = Vec::new();
        let mut choose = |candidates: &mut dyn Iterator<Item = usize>| {
            for nth in candidates {
                if chosen.len() >= limit || Instant::now() >= end {
                    return Ok(());
                }
                if !chosen.contains(&nth) && self.has_answer(nth, &offers[nth])? {
                    chosen.push(nth);
                }
            }
            Ok::<(), index::Error>(())
        };
        let typed = words(typed);
        if typed.is_empty() {
            let (headings, others): (Vec<usize>, Vec<usize>) =
                (0..offers.len()).partition(|nth| offers[*nth].is_heading());
            choose(&mut headings.into_iter().chain(others))?;
        } else {
            let mut near: Vec<(u8, usize)> = offers
                .iter()
                .enumerate()
                .filter_map(|(nth, offer)| Some((offer.distance(&typed)?, nth)))
                .collect();
            near.sort_unstable();
            choose(&mut near.into_iter().map(|(_, nth)| nth))?;
            // What is typed may be in the other language, or say it otherwise: what it finds has headings too.
            let found = self.answer(question, FOUND)?;
            let about = found.ranking.iter().flat_map(|ranked| {
                let offers = offers.iter().enumerate();
                let mut about: Vec<(usize, usize)> = offers
                    .filter_map(|(nth, offer)| Some((offer.nearness(&ranked.cited)?, nth)))
                    .collect();
                about.sort_by_key(|(nearness, nth)| (std::cmp::Reverse(*nearness), *nth));
                about.into_iter().map(|(_, nth)| nth)
            });
            choose(&mut about.collect::<Vec<_>>().into_iter())?;
        }
        Ok(chosen
            .into_iter()
            .map(|nth| offers[nth].text.clone())
            .collect())
    }

    fn has_answer(&self, nth: usize, offer: &Offer) -> Result<bool, index::Error> {
        let tried = || {
            let tried = self.offers.tried.lock();
            tried.expect("no panic while a verdict is looked up")
        };
        if let Some(known) = tried().get(&nth) {
            return Ok(*known);
        }
        let question = Question::new(&offer.text, LONGEST);
        let outcome = self.answer(&question, 1)?;
        // Of the definitions only those that lead to what defines.
        let has_answer = outcome.answer().is_some_and(|answer| {
            offer.is_heading()
                || answer.cited.source == offer.source
                    && definition::question(&answer.cited.passage.text).as_ref()
                        == Some(&offer.text)
        });
        tried().insert(nth, has_answer);
        Ok(has_answer)
    }
}
