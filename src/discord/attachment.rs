//! Files that people attach: fetched from where Discord keeps them, and from nowhere else.
//!
//! An attachment comes as an address in an event. It is only followed to the hosts of the configuration, without
//! redirects and without any proxy of the environment; its size is looked at before and counted while it comes, and
//! neither a slow nor an endless answer is waited for.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode, Url};
use serenity::all::{Attachment, HttpError};

use crate::source::lines::MAX_BYTES;

/// How long one attachment may take altogether.
const LONGEST: Duration = Duration::from_mins(2);
/// How long nothing may come.
const LONGEST_PAUSE: Duration = Duration::from_secs(15);
/// How many characters of a file's name are kept.
const LONGEST_NAME: usize = 80;

/// Fetches attachments; cheap to clone.
#[derive(Clone)]
pub(super) struct Attachments {
    client: Client,
    hosts: Vec<String>,
}

/// Why there is no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It does not lie where Discord keeps attachments.
    Elsewhere,
    /// It has more bytes than may be.
    TooLarge,
    /// It is not there any more.
    Gone,
    /// It cannot be fetched.
    Unreachable,
}

impl Attachments {
    /// From these hosts.
    #[expect(
        clippy::result_large_err,
        reason = "an error of serenity's is as large as it is"
    )]
    pub(super) fn new(hosts: &[String]) -> Result<Self, serenity::Error> {
        let client = Client::builder()
            .use_rustls_tls()
            .no_proxy()
            .redirect(Policy::none())
            .connect_timeout(LONGEST_PAUSE)
            .read_timeout(LONGEST_PAUSE)
            .timeout(LONGEST)
            .build()
            .map_err(|error| serenity::Error::Http(HttpError::Request(error)))?;
        Ok(Self {
            client,
            hosts: hosts.to_vec(),
        })
    }

    /// The bytes of an attachment.
    pub(super) async fn fetch(&self, attachment: &Attachment) -> Result<Vec<u8>, Refused> {
        if usize::try_from(attachment.size).unwrap_or(usize::MAX) > MAX_BYTES {
            return Err(Refused::TooLarge);
        }
        let address = self.allowed(&attachment.url).ok_or(Refused::Elsewhere)?;
        let response = self.client.get(address).send().await;
        // The address is signed: whoever has it has the file.
        let mut response = response.map_err(unreachable)?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::GONE => {
                return Err(Refused::Gone);
            }
            status => {
                tracing::warn!(%status, "an attachment could not be fetched");
                return Err(Refused::Unreachable);
            }
        }
        let mut bytes = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(unreachable)? {
            if bytes.len() + piece.len() > MAX_BYTES {
                return Err(Refused::TooLarge);
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    }

    /// The address, where it may be followed: to one of the hosts, by https. A host that is named with its port is one of
    /// a test or of a mirror, and may speak http.
    fn allowed(&self, address: &str) -> Option<Url> {
        let address = Url::parse(address).ok()?;
        if !address.username().is_empty() || address.password().is_some() {
            return None;
        }
        let host = address.host_str()?;
        let is_named = |named: &String| match (address.scheme(), address.port()) {
            ("https", None) => named == host,
            ("https" | "http", Some(port)) => *named == format!("{host}:{port}"),
            _ => false,
        };
        self.hosts.iter().any(is_named).then_some(address)
    }
}

fn unreachable(error: reqwest::Error) -> Refused {
    let error = error.without_url();
    tracing::warn!(%error, "an attachment could not be fetched");
    Refused::Unreachable
}

/// A file's name as it can be shown and stored: its last part, without anything that nobody sees or that turns the
/// direction of the text around it, and not too long; its ending is kept.
pub(super) fn file_name(said: &str) -> String {
    let name = said.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_shown = |c: &char| !c.is_control() && !is_hidden(*c);
    let name: String = name.chars().filter(is_shown).collect();
    let name = name.trim();
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.chars().count() <= 8 => (stem, ending),
        _ => (name, ""),
    };
    let mut short: String = stem.chars().take(LONGEST_NAME).collect();
    if !ending.is_empty() {
        short.push('.');
        short.push_str(ending);
    }
    if short.is_empty() {
        "file".to_owned()
    } else {
        short
    }
}

/// Whether a character is not seen, or turns the direction of what follows.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{061c}' | '\u{115f}'..='\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attachments() -> Attachments {
        let hosts = ["cdn.discordapp.com", "127.0.0.1:8080"].map(str::to_owned);
        Attachments::new(&hosts).unwrap()
    }

    #[test]
    fn only_the_hosts_of_the_configuration_are_followed() {
        let attachments = attachments();
        for (address, is_allowed) in [
            (
                "https://cdn.discordapp.com/attachments/1/2/a.txt?ex=1",
                true,
            ),
            ("https://CDN.discordapp.com/a.txt", true),
            ("http://127.0.0.1:8080/a.txt", true),
            ("http://cdn.discordapp.com/a.txt", false),
            ("https://cdn.discordapp.com:444/a.txt", false),
            ("https://cdn.discordapp.com.evil.example/a.txt", false),
            ("https://evil.example/cdn.discordapp.com", false),
            ("https://cdn.discordapp.com@evil.example/a", false),
            ("https://a:b@cdn.discordapp.com/a", false),
            ("http://127.0.0.1:8081/a.txt", false),
            ("http://127.0.0.1/a.txt", false),
            ("file:///etc/passwd", false),
            ("ftp://cdn.discordapp.com/a", false),
            ("", false),
        ] {
            assert_eq!(
                attachments.allowed(address).is_some(),
                is_allowed,
                "{address}"
            );
        }
    }

    #[test]
    fn a_name_shows_what_it_is() {
        for (said, shown) in [
            ("article.txt", "article.txt"),
            ("../../etc/passwd", "passwd"),
            ("C:\\a\\b.pdf", "b.pdf"),
            ("مقالة ١.docx", "مقالة ١.docx"),
            ("\u{202e}txt.exe", "txt.exe"),
            ("a\nb\t.txt", "ab.txt"),
            ("\u{200b}", "file"),
            ("", "file"),
            (".txt", ".txt"),
        ] {
            assert_eq!(file_name(said), shown, "{said:?}");
        }
        let long = format!("{}.txt", "س".repeat(300));
        assert_eq!(file_name(&long), format!("{}.txt", "س".repeat(80)));
    }
}
