//! Sources from web addresses, where files are asked for.

use std::path::{Path, PathBuf};

use super::super::{Said, terminal};
use super::add::File;
use crate::catalogue::Origin;
use crate::fetch::{Fetcher, Outcome};
use crate::source::Metadata;
use crate::wording::{self, say};

/// Where a file was fetched from.
pub(in crate::cli) struct Fetched {
    /// What a citation names of it for that.
    pub(in crate::cli) metadata: Metadata,
    /// What the catalogue keeps of it.
    pub(in crate::cli) origin: Origin,
}

/// The web address that was given in place of a file, if it is one.
pub(super) fn address(given: &Path) -> Option<&str> {
    let given = given.to_str()?;
    let (scheme, _) = given.split_once("://")?;
    let is_web = ["http", "https"]
        .iter()
        .any(|web| scheme.eq_ignore_ascii_case(web));
    is_web.then_some(given)
}

/// Fetches an address as if it were a file.
pub(super) async fn file(fetcher: &Fetcher, address: &str) -> Result<File, Said> {
    let language = terminal::language();
    let bar = terminal::waiting(say(
        language,
        "progress-fetching",
        &[("address", address.to_owned().into())],
    ));
    let outcome = fetcher.fetch(address, None).await;
    bar.finish_and_clear();
    let page = match outcome {
        Ok(Outcome::Fetched(page)) => page,
        Ok(Outcome::Unchanged) => unreachable!("nothing was known of it"),
        Err(error) => return Err(Said(wording::fetch(language, &error))),
    };
    let (metadata, origin) = (page.metadata(), page.origin());
    Ok(File {
        path: PathBuf::from(address),
        name: page.file_name,
        bytes: page.bytes,
        attribution: None,
        fetched: Some(Fetched { metadata, origin }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_a_file() {
        for given in ["https://a.example/b", "HTTP://a.example"] {
            assert_eq!(address(Path::new(given)), Some(given));
        }
        for given in ["https.txt", "https:/a", "a/http://b", "ftp://a.example"] {
            assert_eq!(address(Path::new(given)), None, "{given}");
        }
    }
}
