//! In which language the bot's own words are: a person's choice, over the server's, over that of the question.
//!
//! Both are read before every question, so both are kept at hand. A server's is believed for as long as the catalogue
//! shows no change; a person's, which is no part of any library, for [`AGE`]. What is kept is bounded by [`MOST`].
//!
//! A newcomer's trap: Discord itself says nothing here. It has no Arabic locale, so somebody who reads Arabic comes with
//! whichever other one, and a server's locale is English unless somebody changed it.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serenity::all::UserId;

use super::button::Home;
use super::data::Failure;
use super::delivery::note;
use crate::catalogue::{self, Catalogue};
use crate::language::Language;
use crate::library::Library;

/// The setting of a library that holds the server's choice.
const SETTING: &str = "language";
/// How many people, and how many servers, are kept at hand at most.
const MOST: usize = 10_000;
/// For how long a person's choice is believed: another process may have changed it.
const AGE: Duration = Duration::from_mins(1);

/// Who chose which language.
pub(super) struct Preferences {
    catalogue: Catalogue,
    people: Shelf<u64, Instant>,
    /// With the number of the catalogue's change at which each was read.
    servers: Shelf<u64, i64>,
}

impl Preferences {
    /// The choices that this catalogue holds.
    pub(super) fn new(catalogue: Catalogue) -> Self {
        Self {
            catalogue,
            people: Shelf::default(),
            servers: Shelf::default(),
        }
    }

    /// The language chosen for this person in this place; none where nobody chose. Who cannot be looked up is answered
    /// as if they had not chosen: that is no reason not to answer.
    pub(super) async fn chosen(&self, person: UserId, home: Home) -> Option<Language> {
        let chosen = async {
            match (self.persons(person).await?, home) {
                (None, Home::Server(server)) => self.servers(server).await,
                (chosen, _) => Ok(chosen),
            }
        };
        chosen.await.unwrap_or_else(|error: catalogue::Error| {
            note(&error);
            None
        })
    }

    /// Lets a person choose; none is no choice any more.
    pub(super) async fn choose(
        &self,
        person: UserId,
        language: Option<Language>,
    ) -> Result<(), Failure> {
        let key = key(person);
        match language {
            Some(language) => self.catalogue.remember(&key, language.code()).await?,
            None => self.catalogue.forget(&key).await?,
        }
        self.people.put(person.get(), Instant::now(), language);
        Ok(())
    }

    /// Lets a server choose, by whom is noted; none is no choice any more.
    pub(super) async fn choose_for_all(
        library: &Library,
        language: Option<Language>,
        by: UserId,
    ) -> Result<(), Failure> {
        let code = language.map(Language::code);
        // What changes nothing is not worth a line in the audit.
        if library.setting(SETTING).await?.as_deref() != code {
            library.set(SETTING, code, &format!("discord:{by}")).await?;
        }
        Ok(())
    }

    async fn persons(&self, person: UserId) -> Result<Option<Language>, catalogue::Error> {
        let now = Instant::now();
        let is_young = |read: &Instant| now.duration_since(*read) < AGE;
        if let Some(Choice(chosen)) = self.people.get(person.get(), is_young) {
            return Ok(chosen);
        }
        let code = self.catalogue.remembered(&key(person)).await?;
        let chosen = code.as_deref().and_then(language);
        self.people.put(person.get(), now, chosen);
        Ok(chosen)
    }

    async fn servers(&self, server: u64) -> Result<Option<Language>, catalogue::Error> {
        // Before it is read, so that a change in between is seen the next time.
        let change = self.catalogue.change().await?;
        if let Some(Choice(chosen)) = self.servers.get(server, |read| *read == change) {
            return Ok(chosen);
        }
        let library = Home::Server(server).library();
        let code = self.catalogue.setting(&library, SETTING).await?;
        let chosen = code.as_deref().and_then(language);
        self.servers.put(server, change, chosen);
        Ok(chosen)
    }
}

fn key(person: UserId) -> String {
    format!("person.{person}.language")
}

/// The language that was written down, if it is one of ours.
fn language(code: &str) -> Option<Language> {
    Language::from_code(code).filter(|language| *language != Language::Other)
}

/// What somebody is known to have chosen, which may be nothing.
#[derive(Debug, PartialEq, Eq)]
struct Choice(Option<Language>);

/// Choices kept at hand, each with when it was read.
struct Shelf<K, W>(Mutex<HashMap<K, (W, Option<Language>)>>);

impl<K, W> Default for Shelf<K, W> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Copy + Eq + Hash, W> Shelf<K, W> {
    /// What is kept of somebody, where it can still be believed.
    fn get(&self, key: K, is_good: impl Fn(&W) -> bool) -> Option<Choice> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&key)
            .filter(|(when, _)| is_good(when))
            .map(|(_, chosen)| Choice(*chosen))
    }

    fn put(&self, key: K, when: W, chosen: Option<Language>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST && !kept.contains_key(&key) {
            // Whoever is forgotten is read again; any half will do.
            let mut is_kept = false;
            kept.retain(|_, _| {
                is_kept = !is_kept;
                is_kept
            });
        }
        kept.insert(key, (when, chosen));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_bounded_and_the_latest_stays() {
        let shelf = Shelf::default();
        for key in 0..3 * MOST {
            shelf.put(key, key, Some(Language::Arabic));
            assert!(shelf.0.lock().unwrap().len() <= MOST);
            assert_eq!(
                shelf.get(key, |_| true),
                Some(Choice(Some(Language::Arabic)))
            );
        }
        let last = 3 * MOST - 1;
        assert_eq!(shelf.get(last, |when| *when != last), None, "too old");
        shelf.put(last, 0, None);
        assert_eq!(
            shelf.get(last, |_| true),
            Some(Choice(None)),
            "known not to have chosen"
        );
    }

    #[tokio::test]
    async fn a_person_comes_before_the_server() {
        let folder = tempfile::tempdir().unwrap();
        let catalogue = Catalogue::open(folder.path()).await.unwrap();
        catalogue.make_library("7", &[], "test").await.unwrap();
        let preferences = Preferences::new(catalogue.clone());
        let (ana, here) = (UserId::new(4), Home::Server(7));
        assert_eq!(preferences.chosen(ana, here).await, None);

        // As another process would: what is at hand of a server is not believed any more.
        let mut change = catalogue.change_library("7", "test").await.unwrap();
        change.set(SETTING, Some("ar")).await.unwrap();
        change.commit().await.unwrap();
        assert_eq!(preferences.chosen(ana, here).await, Some(Language::Arabic));
        assert_eq!(preferences.chosen(ana, Home::Starter).await, None);
        assert_eq!(preferences.chosen(ana, Home::Server(8)).await, None);

        let english = Some(Language::English);
        preferences.choose(ana, english).await.unwrap();
        assert_eq!(preferences.chosen(ana, here).await, english);
        let other = preferences.chosen(UserId::new(5), here).await;
        assert_eq!(other, Some(Language::Arabic));
        let again = Preferences::new(catalogue.clone());
        assert_eq!(again.chosen(ana, Home::Starter).await, english);

        preferences.choose(ana, None).await.unwrap();
        assert_eq!(preferences.chosen(ana, here).await, Some(Language::Arabic));
        let left = catalogue.remembered("person.4.language").await.unwrap();
        assert_eq!(left, None, "nothing is kept of who has not chosen");
    }

    #[tokio::test]
    async fn who_is_at_hand_is_not_looked_up_again() {
        let folder = tempfile::tempdir().unwrap();
        let catalogue = Catalogue::open(folder.path()).await.unwrap();
        let preferences = Preferences::new(catalogue.clone());
        let ana = UserId::new(4);
        assert_eq!(preferences.chosen(ana, Home::Starter).await, None);
        let behind = "person.4.language";
        catalogue.remember(behind, "en").await.unwrap();
        assert_eq!(preferences.chosen(ana, Home::Starter).await, None);
        // What is no language of ours is no choice.
        catalogue
            .remember("person.5.language", "other")
            .await
            .unwrap();
        let chosen = preferences.chosen(UserId::new(5), Home::Starter).await;
        assert_eq!(chosen, None);
    }
}
