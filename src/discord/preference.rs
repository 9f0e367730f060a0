//! In which language the bot's own words are: a person's choice, over the server's, over that of the question. And what
//! else is set for a server.
//!
//! All of it is read before every question, so it is kept at hand. A server's is believed for as long as the catalogue
//! shows no change; a person's, which is no part of any library, for [`AGE`]. What is kept is bounded by [`MOST`].
//!
//! A newcomer's trap: Discord itself says nothing here. It has no Arabic locale, so somebody who reads Arabic comes with
//! whichever other one, and a server's locale is English unless somebody changed it.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serenity::all::UserId;

use super::button::Home;
use super::data::Failure;
use super::delivery::note;
use crate::catalogue::{self, Catalogue};
use crate::language::Language;
use crate::library::{Library, Policy, setting};

/// The setting of a library that holds the server's choice.
const SETTING: &str = setting::LANGUAGE;
/// How many people, and how many servers, are kept at hand at most.
const MOST: usize = 10_000;
/// For how long a person's choice is believed: another process may have changed it.
const AGE: Duration = Duration::from_mins(1);

/// Who chose which language.
pub(super) struct Preferences {
    catalogue: Catalogue,
    people: Shelf<u64, Instant, Option<Language>>,
    /// With the number of the catalogue's change at which each was read.
    servers: Shelf<u64, i64, Rules>,
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
                (None, Home::Server(server)) => Ok(self.servers(server).await?.language),
                (chosen, _) => Ok(chosen),
            }
        };
        chosen.await.unwrap_or_else(|error: catalogue::Error| {
            note(&error);
            None
        })
    }

    /// What is set for the library of a place. What cannot be looked up is as if nothing were set.
    pub(super) async fn policy(&self, home: Home) -> Arc<Policy> {
        let Home::Server(server) = home else {
            return Arc::default();
        };
        let rules = self.servers(server).await.unwrap_or_else(|error| {
            note(&error);
            Rules::default()
        });
        rules.policy
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
        if let Some(chosen) = self.people.get(person.get(), is_young) {
            return Ok(chosen);
        }
        let code = self.catalogue.remembered(&key(person)).await?;
        let chosen = code.as_deref().and_then(language);
        self.people.put(person.get(), now, chosen);
        Ok(chosen)
    }

    async fn servers(&self, server: u64) -> Result<Rules, catalogue::Error> {
        // Before it is read, so that a change in between is seen the next time.
        let change = self.catalogue.change().await?;
        if let Some(rules) = self.servers.get(server, |read| *read == change) {
            return Ok(rules);
        }
        let library = Home::Server(server).library();
        let settings = self.catalogue.settings(&library).await?;
        let code = settings.iter().find(|(name, _)| name == SETTING);
        let rules = Rules {
            language: code.and_then(|(_, code)| language(code)),
            policy: Arc::new(Policy::of(&settings)),
        };
        self.servers.put(server, change, rules.clone());
        Ok(rules)
    }
}

fn key(person: UserId) -> String {
    format!("person.{person}.language")
}

/// The language that was written down, if it is one of ours.
fn language(code: &str) -> Option<Language> {
    Language::from_code(code).filter(|language| *language != Language::Other)
}

/// What is set for a server.
#[derive(Clone, Default)]
struct Rules {
    language: Option<Language>,
    policy: Arc<Policy>,
}

/// What is kept at hand, each with when it was read.
struct Shelf<K, W, V>(Mutex<HashMap<K, (W, V)>>);

impl<K, W, V> Default for Shelf<K, W, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Copy + Eq + Hash, W, V: Clone> Shelf<K, W, V> {
    /// What is kept of somebody, where it can still be believed.
    fn get(&self, key: K, is_good: impl Fn(&W) -> bool) -> Option<V> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&key)
            .filter(|(when, _)| is_good(when))
            .map(|(_, kept)| kept.clone())
    }

    fn put(&self, key: K, when: W, value: V) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST && !kept.contains_key(&key) {
            // Whoever is forgotten is read again; any half will do.
            let mut is_kept = false;
            kept.retain(|_, _| {
                is_kept = !is_kept;
                is_kept
            });
        }
        kept.insert(key, (when, value));
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
            assert_eq!(shelf.get(key, |_| true), Some(Some(Language::Arabic)));
        }
        let last = 3 * MOST - 1;
        assert_eq!(shelf.get(last, |when| *when != last), None, "too old");
        shelf.put(last, 0, None);
        assert_eq!(
            shelf.get(last, |_| true),
            Some(None),
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

        // With the language comes what else is set there.
        let mut change = catalogue.change_library("7", "test").await.unwrap();
        change.set(setting::COOLDOWN, Some("60")).await.unwrap();
        change.commit().await.unwrap();
        assert_eq!(preferences.policy(here).await.cooldown, Some(60));
        for elsewhere in [Home::Starter, Home::Server(8)] {
            assert_eq!(*preferences.policy(elsewhere).await, Policy::default());
        }

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
