//! The words of a marked sentence, for who does not read its language.
//!
//! A button's id says which sentence and nothing of who asked; the words are looked up anew at each press, so the buttons
//! work for ever. What it leads to is seen by who pressed alone, and only there are the buttons that turn its pages.
//!
//! ```text
//! id = "1W" voice library spot ["I" n]        as in `button`; the page from 0, of the buttons that turn pages
//! ```

use super::button::{Home, Rest, Spot, Trail, number, push_home, push_spot, push_voice};
use super::conversation;
use super::data::{Data, Failure};
use super::delivery::{Delivery, To};
use super::reply::{self, Reply, Sheet};
use crate::language::Language;
use crate::library::Viewer;
use crate::wording::say;

/// What the ids of these buttons begin with; no other id of ours does.
const FORM: &str = "1W";

/// The words of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Words {
    /// The language of our own words.
    pub(super) voice: Language,
    /// Whose sources.
    pub(super) home: Home,
    /// The passage and the sentence.
    pub(super) spot: Spot,
    /// Which page, from 0; none where they are not shown yet.
    pub(super) page: Option<usize>,
}

impl Words {
    /// Those of the sentence that is marked now.
    pub(super) fn of(trail: &Trail) -> Self {
        Self {
            voice: trail.voice(),
            home: trail.home(),
            spot: trail.spot(),
            page: None,
        }
    }

    /// The same with our own words in the language that was chosen, if one was.
    pub(super) fn spoken(self, chosen: Option<Language>) -> Self {
        Self {
            voice: chosen.unwrap_or(self.voice),
            ..self
        }
    }

    /// The custom id of the button that leads to them.
    pub(super) fn id(self) -> String {
        let mut id = String::from(FORM);
        push_voice(&mut id, self.voice);
        push_home(&mut id, self.home);
        push_spot(&mut id, self.spot, None);
        if let Some(page) = self.page {
            number(&mut id, 'I', page as u64);
        }
        id
    }

    /// Reads a custom id; none where it is not exactly what [`Words::id`] would write.
    pub(super) fn parse(id: &str) -> Option<Self> {
        let mut rest = Rest(id.strip_prefix(FORM)?);
        let words = Self {
            voice: rest.voice()?,
            home: rest.home()?,
            spot: rest.spot(None)?,
            page: if rest.has('I') {
                Some(rest.number()?)
            } else {
                None
            },
        };
        (words.id() == id).then_some(words)
    }
}

/// Shows the words of a sentence.
pub(super) async fn show(data: &Data, to: To<'_>, sheet: Sheet, viewer: Viewer, words: Words) {
    let mut delivery = Delivery::new(data, to, sheet, words.voice);
    let work = tokio::spawn(look_up(data.clone(), sheet, viewer, words));
    match delivery.awaits(work).await {
        Ok(Ok(Some(reply))) => {
            delivery.deliver(&|_| reply.clone()).await;
        }
        Ok(Ok(None)) => {
            delivery
                .tell(vec![say(words.voice, "press-withdrawn", &[])])
                .await;
        }
        Ok(Err(failure)) => delivery.fail(&failure).await,
        Err(panic) => delivery.fail(&panic).await,
    }
}

async fn look_up(
    data: Data,
    sheet: Sheet,
    viewer: Viewer,
    words: Words,
) -> Result<Option<Reply>, Failure> {
    let library = conversation::library(&data, words.home, viewer).await?;
    let Spot {
        version_key, place, ..
    } = words.spot;
    let cited = library.cited(version_key, place).await?;
    Ok(cited.and_then(|cited| reply::gloss(sheet, words, &cited)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::discord::button;
    use crate::discord::listing::Page;
    use crate::source::{Kind, Place};

    fn words(home: Home, part: Option<u32>, page: Option<usize>) -> Words {
        let place = Place {
            kind: Kind::Paragraph,
            ordinal: 12,
            part,
        };
        let spot = Spot {
            version_key: 44,
            place,
            sentence: 312,
        };
        Words {
            voice: Language::English,
            home,
            spot,
            page,
        }
    }

    #[test]
    fn an_id_is_read_back_and_no_other_is() {
        let server = Home::Server(u64::MAX);
        for home in [server, Home::Starter] {
            for part in [None, Some(0), Some(u32::MAX)] {
                for page in [None, Some(0), Some(usize::MAX)] {
                    let words = words(home, part, page);
                    let id = words.id();
                    assert!(id.len() <= 100);
                    assert_eq!(Words::parse(&id), Some(words));
                    assert_eq!((button::parse(&id), Page::parse(&id)), (None, None), "{id}");
                }
            }
        }
        insta::assert_snapshot!(words(Home::Starter, None, None).id(), @"1WEDV18PcB8o");
        insta::assert_snapshot!(words(Home::Server(42), Some(2), Some(1)).id(), @"1WEG16V18PcT2B8oI1");
        for id in [
            "",
            "1W",
            "1WED",
            "1WEDPcB8o",
            "1WEDV18Pc",
            "1WEDV18PcB8oI",
            "1WEDV18PcB8oI00",
            "1WEDV18PcB8o ",
            "1WXDV18PcB8o",
            "1WEDV018PcB8o",
            "1WEDV18PcB8oPdB0",
            "1WEDV18PcB8oIzzzzzzzzzzzzzz",
            "2WEDV18PcB8o",
            "1SEXDI0V18PcB8o",
        ] {
            assert_eq!(Words::parse(id), None, "{id}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics_and_one_writing_stands_for_one_meaning(id in "1W[A-Z0-9a-z]{0,40}|\\PC{0,40}") {
            if let Some(words) = Words::parse(&id) {
                prop_assert_eq!(words.id(), id);
            }
        }
    }
}
