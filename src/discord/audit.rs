//! `/audit`'s pages: who changed what, ten changes a page, for moderators alone.
//!
//! A page's button says which library, from which line of the log on, and which source if one was asked for; the log is
//! read anew at each press, by whoever may read it then, so the buttons work for ever. Lines are named by their number and
//! not counted: what is changed while somebody reads moves no page.
//!
//! ```text
//! id = "1A" library ("L" | "B" n | "F" n) ["S" source]
//!      library as in `button`; the latest lines, those before a line, those following one; the source's id as it is
//! ```

use serenity::all::Member;

use super::button::{Home, Rest, number, push_home};
use super::data::{Data, Failure};
use super::delivery::{Delivery, To};
use super::reply::{self, Leaf, Reply, Sheet};
use super::rights::{self, Refused};
use crate::catalogue::Lines;
use crate::language::Language;
use crate::library::Library;
use crate::source::SourceId;

/// What the ids of these buttons begin with; no other id of ours does.
const FORM: &str = "1A";
/// How many changes a page has.
const CHANGES: usize = 10;

/// A page of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// Whose log.
    pub(super) home: Home,
    /// Where in it.
    pub(super) lines: Lines,
    /// The one source that it is about, if it is about one.
    pub(super) source: Option<SourceId>,
}

impl Page {
    /// The custom id of the button that leads to it.
    pub(super) fn id(&self) -> String {
        let mut id = String::from(FORM);
        push_home(&mut id, self.home);
        match self.lines {
            Lines::Latest => id.push('L'),
            Lines::Before(line) => number(&mut id, 'B', line.cast_unsigned()),
            Lines::After(line) => number(&mut id, 'F', line.cast_unsigned()),
        }
        if let Some(source) = &self.source {
            id.push('S');
            id.push_str(source.as_str());
        }
        id
    }

    /// Reads a custom id; none where it is not exactly what [`Page::id`] would write.
    pub(super) fn parse(id: &str) -> Option<Self> {
        let mut rest = Rest(id.strip_prefix(FORM)?);
        let home = rest.home()?;
        let lines = if rest.has('L') {
            Lines::Latest
        } else if rest.has('B') {
            Lines::Before(rest.number::<u64>()?.cast_signed())
        } else if rest.has('F') {
            Lines::After(rest.number::<u64>()?.cast_signed())
        } else {
            return None;
        };
        let source = if rest.has('S') {
            Some(rest.0.parse().ok()?)
        } else if rest.0.is_empty() {
            None
        } else {
            return None;
        };
        let page = Self {
            home,
            lines,
            source,
        };
        (page.id() == id).then_some(page)
    }
}

/// Shows a page of the log to a moderator; `member` is the one of the act.
pub(super) async fn show(
    data: &Data,
    to: To<'_>,
    sheet: Sheet,
    language: Language,
    member: Option<&Member>,
    page: Page,
) {
    let mut delivery = Delivery::new(data, to, sheet, language);
    let (data, member) = (data.clone(), member.cloned());
    let work = tokio::spawn(read(data, sheet, language, member, page));
    match delivery.awaits(work).await {
        Ok(Ok(Ok(reply))) => {
            delivery.deliver(&|_| reply.clone()).await;
        }
        Ok(Ok(Err(refused))) => delivery.tell(refused.lines(language)).await,
        Ok(Err(failure)) => delivery.fail(&failure).await,
        Err(panic) => delivery.fail(&panic).await,
    }
}

async fn read(
    data: Data,
    sheet: Sheet,
    language: Language,
    member: Option<Member>,
    page: Page,
) -> Result<Result<Reply, Refused>, Failure> {
    match rights::moderated(&data, page.home, member.as_ref()).await? {
        Ok(library) => {
            let leaf = leaf(&library, &page).await?;
            Ok(Ok(reply::audit(sheet, language, &page, leaf)))
        }
        Err(refused) => Ok(Err(refused)),
    }
}

/// The lines of a page.
async fn leaf(library: &Library, page: &Page) -> Result<Leaf, Failure> {
    // One more tells whether there are more.
    let limit = u32::try_from(CHANGES + 1).unwrap_or(u32::MAX);
    let mut entries = library.log(page.source.as_ref(), page.lines, limit).await?;
    let has_more = entries.len() > CHANGES;
    if let Lines::After(_) = page.lines {
        if has_more {
            entries.remove(0);
        }
        return Ok(Leaf {
            entries,
            has_newer: has_more,
            has_older: true,
        });
    }
    entries.truncate(CHANGES);
    Ok(Leaf {
        entries,
        has_newer: page.lines != Lines::Latest,
        has_older: has_more,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::discord::button;
    use crate::discord::gloss::Words;
    use crate::discord::listing;

    #[test]
    fn an_id_is_read_back_and_no_other_is() {
        let longest = "س".repeat(48);
        for home in [Home::Server(u64::MAX), Home::Starter] {
            for lines in [Lines::Latest, Lines::Before(0), Lines::After(i64::MAX)] {
                for source in [None, Some("coast"), Some("l90"), Some(longest.as_str())] {
                    let source = source.map(|id| id.parse().unwrap());
                    let page = Page {
                        home,
                        lines,
                        source,
                    };
                    let id = page.id();
                    assert!(id.chars().count() <= 100);
                    assert_eq!(Page::parse(&id), Some(page));
                    assert_eq!(button::parse(&id), None, "{id}");
                    assert_eq!((listing::Page::parse(&id), Words::parse(&id)), (None, None));
                }
            }
        }
        for id in [
            "", "1A", "1AD", "1ADX", "1ADL ", "1ADB", "1ADB00", "1ADLS", "1ADLSa b", "1ADLSa.b",
            "1AG07L", "2ADL", "1ADLB1", "1ADF٢",
        ] {
            assert_eq!(Page::parse(id), None, "{id}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics_and_one_writing_stands_for_one_meaning(id in "1A[A-Z0-9a-z]{0,40}|\\PC{0,40}") {
            if let Some(page) = Page::parse(&id) {
                prop_assert_eq!(page.id(), id);
            }
        }
    }
}
