//! The list of a library's sources, in pages.
//!
//! A page's button says which library and which page, nothing else: the list is read anew at each press, so the buttons
//! work for ever, and where sources have gone meanwhile the last page stands for those behind it.
//!
//! ```text
//! id = "1L" library "I" n        library as in `button`, the page from 0
//! ```

use serenity::all::Member;

use super::button::{Home, Rest, number, push_home};
use super::conversation;
use super::data::{Data, Failure};
use super::delivery::{Delivery, To};
use super::reply::{self, Reply, Sheet, in_words_of};
use super::rights;
use crate::language::Language;
use crate::library::Viewer;
use crate::wording::say;

/// What the ids of these buttons begin with; no other id of ours does.
const FORM: &str = "1L";

/// A page of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// Whose sources.
    pub(super) home: Home,
    /// Which page, from 0.
    pub(super) number: usize,
}

impl Page {
    /// The custom id of the button that leads to it.
    pub(super) fn id(self) -> String {
        let mut id = String::from(FORM);
        push_home(&mut id, self.home);
        number(&mut id, 'I', self.number as u64);
        id
    }

    /// Reads a custom id; none where it is not exactly what [`Page::id`] would write.
    pub(super) fn parse(id: &str) -> Option<Self> {
        let mut rest = Rest(id.strip_prefix(FORM)?);
        let home = rest.home()?;
        if !rest.has('I') {
            return None;
        }
        let page = Self {
            home,
            number: rest.number()?,
        };
        (page.id() == id).then_some(page)
    }
}

/// Shows a page of the list (`member` is the one of the act) in a language, or in both of ours.
pub(super) async fn show(
    data: &Data,
    to: To<'_>,
    sheet: Sheet,
    language: Language,
    viewer: Viewer,
    member: Option<&Member>,
    page: Page,
) {
    let mut delivery = Delivery::new(data, to, sheet, language);
    let (with, member) = (data.clone(), member.cloned());
    let work = tokio::spawn(async move {
        let reply = list(&with, sheet, language, viewer, page).await?;
        // Whoever may keep them in order is told how.
        let may = rights::moderated(&with, page.home, member.as_ref())
            .await?
            .is_ok();
        let hint = in_words_of(language, |language| say(language, "sources-managing", &[]));
        Ok::<_, Failure>(if may {
            reply.with_line(&hint.join("\n"))
        } else {
            reply
        })
    });
    match delivery.awaits(work).await {
        Ok(Ok(reply)) => {
            delivery.deliver(&|_| reply.clone()).await;
        }
        Ok(Err(failure)) => delivery.fail(&failure).await,
        Err(panic) => delivery.fail(&panic).await,
    }
}

async fn list(
    data: &Data,
    sheet: Sheet,
    language: Language,
    viewer: Viewer,
    page: Page,
) -> Result<Reply, Failure> {
    let library = conversation::library(data, page.home, viewer).await?;
    let sources = library.sources().await?;
    Ok(reply::sources(sheet, language, page, &sources))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::discord::button;

    #[test]
    fn an_id_is_read_back_and_no_other_is() {
        for home in [
            Home::Server(1_187_654_321_012_345_678),
            Home::Server(u64::MAX),
            Home::Starter,
        ] {
            for number in [0, 12, usize::MAX] {
                let page = Page { home, number };
                let id = page.id();
                assert!(id.len() <= 100);
                assert_eq!(Page::parse(&id), Some(page));
                assert_eq!(button::parse(&id), None, "{id}");
            }
        }
        for id in [
            "",
            "1L",
            "1LD",
            "1LDI",
            "1LDI00",
            "1LDI0 ",
            "1LG07I0",
            "1LEI0",
            "2LDI0",
            "1LDI-1",
            "1LDIzzzzzzzzzzzzzz",
            "1LDI٢",
        ] {
            assert_eq!(Page::parse(id), None, "{id}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics_and_one_writing_stands_for_one_meaning(id in "1L[A-Z0-9a-z]{0,40}|\\PC{0,40}") {
            if let Some(page) = Page::parse(&id) {
                prop_assert_eq!(page.id(), id);
            }
        }
    }
}
