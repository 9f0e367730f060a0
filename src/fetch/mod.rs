//! Sources from web addresses: what may be asked, and what comes of it.
//!
//! Who gives an address is not trusted, nor is who answers. A [`Guard`] decides what may be asked at all; every step from
//! one address on to the next goes through it again, and through the site's robots.txt. What comes is read no longer than
//! the configuration says, in bytes and in seconds, however it is packed and however slowly it comes.
//!
//! A newcomer's trap: a client that is given a resolver of its own does not ask it for numbers (`127.0.0.1`), and a name
//! may stand for another machine each time it is looked up. So names are looked up here, once a step, and the client knows
//! nothing but the machines that were looked at.

mod address;
mod body;
mod day;
mod error;
mod guard;
mod kind;
mod name;
mod refresh;
pub mod robots;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::header::{self, HeaderMap, HeaderName};
use reqwest::{Client, Response, StatusCode, redirect};
use url::Url;

pub use address::is_public;
pub use day::day;
pub use error::{Error, ErrorKind};
pub use guard::{Guard, Lookup};
pub use refresh::{Refreshed, Refusal, refresh};

use crate::catalogue::{self, Origin};
use crate::config;
use crate::source::Metadata;
use body::{body, failed};
use error::shown_address;
use kind::Kind;
use robots::Rules;

/// How often an address may lead on to another.
const MAX_REDIRECTS: usize = 5;
/// How long a machine may take to accept a connection.
const CONNECT: Duration = Duration::from_secs(10);
/// How long nothing may come.
const SILENCE: Duration = Duration::from_secs(20);
/// How long a robots.txt is remembered.
const REMEMBERED: Duration = Duration::from_hours(1);
/// How many robots.txt are remembered.
const MAX_SITES: usize = 1_000;
/// How long what a server calls its content may be.
const MAX_VALIDATOR: usize = 512;

/// What a server said of the content that it sent, to be told when it is asked again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// What it calls this content.
    pub etag: Option<String>,
    /// When this content was made, in the server's words.
    pub last_modified: Option<String>,
}

/// What came of fetching.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// What is there is what was there before.
    Unchanged,
    /// What is there.
    Fetched(Page),
}

/// What was fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The bytes, unpacked.
    pub bytes: Vec<u8>,
    /// What a file of these bytes would be called; it ends in what its type asks for.
    pub file_name: String,
    /// The type that the server says, in lower case and without parameters; empty where it says none.
    pub content_type: String,
    /// The charset that the server says.
    pub charset: Option<String>,
    /// Where it was found in the end.
    pub address: String,
    /// Where to ask again: the same, or the address from which one was led on for this time only.
    pub again: String,
    /// What the server said of it.
    pub validators: Validators,
    /// When it was fetched, in milliseconds since 1970.
    pub fetched_at: i64,
}

impl Page {
    /// What a citation names of it for having been fetched: where, and on which day.
    pub fn metadata(&self) -> Metadata {
        Metadata {
            address: Some(self.address.clone()),
            accessed: Some(day(self.fetched_at)),
            ..Metadata::default()
        }
    }

    /// Where it comes from, as the catalogue keeps it.
    pub fn origin(&self) -> Origin {
        Origin {
            address: self.again.clone(),
            etag: self.validators.etag.clone(),
            last_modified: self.validators.last_modified.clone(),
            fetched_at: self.fetched_at,
        }
    }
}

/// What a site said of itself in robots.txt, and when it was asked.
type Asked = (Instant, Arc<Rules>);

/// Fetches what lies at web addresses; cheap to clone.
#[derive(Clone)]
pub struct Fetcher {
    guard: Guard,
    max_bytes: u64,
    time: Duration,
    /// Who asks, as servers are told.
    agent: String,
    sites: Arc<Mutex<HashMap<String, Asked>>>,
}

impl Fetcher {
    /// A fetcher by the configuration.
    pub fn new(config: &config::Fetch) -> Self {
        Self::with_guard(config, Guard::new(&config.allow))
    }

    /// A fetcher with a guard of its own.
    pub fn with_guard(config: &config::Fetch, guard: Guard) -> Self {
        let mut agent = format!("{}/{}", robots::PRODUCT, env!("CARGO_PKG_VERSION"));
        if !config.contact.is_empty() {
            agent = format!("{agent} (+{})", config.contact);
        }
        Self {
            guard,
            max_bytes: config.max_bytes,
            time: config.time,
            agent,
            sites: Arc::default(),
        }
    }

    /// Fetches what lies at an address; where what was said of it the last time is given, only if it is something else.
    pub async fn fetch(&self, address: &str, known: Option<&Validators>) -> Result<Outcome, Error> {
        let mut redirected = false;
        let known = known.filter(|known| known.etag.is_some() || known.last_modified.is_some());
        let fetching = self.follow(address, known, &mut redirected);
        let fetched = match tokio::time::timeout(self.time, fetching).await {
            Ok(fetched) => fetched,
            Err(_) => Err(ErrorKind::TooSlow(self.time.as_secs())),
        };
        fetched.map_err(|kind| Error {
            address: shown_address(address),
            redirected,
            kind,
        })
    }

    /// Follows an address to where it leads.
    async fn follow(
        &self,
        address: &str,
        known: Option<&Validators>,
        redirected: &mut bool,
    ) -> Result<Outcome, ErrorKind> {
        let mut url = self.guard.admit(address)?;
        let mut again = url.clone();
        let mut is_for_good = true;
        for _ in 0..=MAX_REDIRECTS {
            self.obey_robots(&url).await?;
            let response = self.ask(&url, known).await?;
            let Some(next) = target(&url, &response) else {
                return self.outcome(&url, &again, response, known.is_some()).await;
            };
            *redirected = true;
            is_for_good &= matches!(
                response.status(),
                StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT
            );
            url = self.step(&url, next?)?;
            if is_for_good {
                again.clone_from(&url);
            }
        }
        Err(ErrorKind::Redirects)
    }

    /// The next address on the way, if one may go there.
    fn step(&self, from: &Url, to: Url) -> Result<Url, ErrorKind> {
        let to = self.guard.admit_url(to)?;
        if from.scheme() == "https" && to.scheme() == "http" {
            return Err(ErrorKind::Downgrade);
        }
        Ok(to)
    }

    /// Asks once, at machines that were looked at.
    async fn ask(&self, url: &Url, known: Option<&Validators>) -> Result<Response, ErrorKind> {
        let machines = self.guard.machines(url).await?;
        let client = self.client(url, &machines);
        let client = client.map_err(|_| ErrorKind::Unreachable)?;
        let mut request = client.get(url.clone()).header(header::ACCEPT, kind::ACCEPT);
        if let Some(known) = known {
            if let Some(etag) = &known.etag {
                request = request.header(header::IF_NONE_MATCH, etag);
            }
            if let Some(last_modified) = &known.last_modified {
                request = request.header(header::IF_MODIFIED_SINCE, last_modified);
            }
        }
        request
            .send()
            .await
            .map_err(|error| failed(&error, ErrorKind::Unreachable))
    }

    /// A client that knows of these machines alone.
    fn client(&self, url: &Url, machines: &[SocketAddr]) -> reqwest::Result<Client> {
        let mut client = Client::builder()
            .user_agent(&self.agent)
            .redirect(redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .pool_max_idle_per_host(0)
            .connect_timeout(CONNECT.min(self.time))
            .read_timeout(SILENCE);
        if let Some(name) = url.domain() {
            client = client.resolve_to_addrs(name, machines);
        }
        client.build()
    }

    /// What an answer that leads no further says.
    async fn outcome(
        &self,
        url: &Url,
        again: &Url,
        response: Response,
        was_known: bool,
    ) -> Result<Outcome, ErrorKind> {
        match response.status() {
            StatusCode::OK | StatusCode::NON_AUTHORITATIVE_INFORMATION => {}
            StatusCode::NOT_MODIFIED if was_known => return Ok(Outcome::Unchanged),
            StatusCode::NOT_FOUND | StatusCode::GONE => return Err(ErrorKind::Gone),
            status => return Err(ErrorKind::Status(status.as_u16())),
        }
        let text = |name| text(response.headers(), &name);
        if let Some(packed) = text(header::CONTENT_ENCODING).filter(|how| is_packed(how)) {
            return Err(ErrorKind::Encoding(error::shown(&packed)));
        }
        let kind = Kind::read(&text(header::CONTENT_TYPE).unwrap_or_default());
        let Some(endings) = kind.endings() else {
            return Err(ErrorKind::ContentType(kind.essence));
        };
        let disposition = text(header::CONTENT_DISPOSITION);
        let short = |value: &String| value.len() <= MAX_VALIDATOR && value.is_ascii();
        let validators = Validators {
            etag: text(header::ETAG).filter(short),
            last_modified: text(header::LAST_MODIFIED).filter(short),
        };
        if response
            .content_length()
            .is_some_and(|length| length > self.max_bytes)
        {
            return Err(ErrorKind::TooLarge(self.max_bytes));
        }
        let (bytes, is_whole) = body(response, self.max_bytes).await?;
        if !is_whole {
            return Err(ErrorKind::TooLarge(self.max_bytes));
        }
        let name = name::file_name(url, disposition.as_deref(), &kind, endings, &bytes);
        let Some(file_name) = name else {
            return Err(ErrorKind::ContentType(kind.essence));
        };
        Ok(Outcome::Fetched(Page {
            bytes,
            file_name,
            content_type: kind.essence,
            charset: kind.charset,
            address: url.to_string(),
            again: again.to_string(),
            validators,
            fetched_at: catalogue::now(),
        }))
    }

    /// Whether the site lets programs fetch this address.
    async fn obey_robots(&self, url: &Url) -> Result<(), ErrorKind> {
        let site = url.origin().ascii_serialization();
        let rules = if let Some(rules) = self.remembered(&site) {
            rules
        } else {
            let rules = Arc::new(self.robots(url).await?);
            self.remember(site, Arc::clone(&rules));
            rules
        };
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        if rules.allow(&path) {
            Ok(())
        } else {
            Err(ErrorKind::Robots)
        }
    }

    /// The robots.txt of the site of an address (RFC 9309): where there is none, there are no rules; where it cannot be
    /// had, nobody knows.
    async fn robots(&self, url: &Url) -> Result<Rules, ErrorKind> {
        let mut url = url.join("/robots.txt").map_err(|_| ErrorKind::BadAddress)?;
        for step in 0..=MAX_REDIRECTS {
            let response = self.ask(&url, None).await.map_err(|kind| match step {
                // The site itself cannot be asked, which says more.
                0 => kind,
                _ => ErrorKind::RobotsUnread,
            })?;
            let status = response.status();
            if let Some(next) = target(&url, &response) {
                let next = next.and_then(|next| self.step(&url, next));
                url = next.map_err(|_| ErrorKind::RobotsUnread)?;
                continue;
            }
            if status.is_client_error() {
                return Ok(Rules::default());
            }
            let packed = text(response.headers(), &header::CONTENT_ENCODING);
            if !status.is_success() || packed.is_some_and(|how| is_packed(&how)) {
                return Err(ErrorKind::RobotsUnread);
            }
            let (bytes, _) = body(response, robots::MAX_BYTES as u64)
                .await
                .map_err(|_| ErrorKind::RobotsUnread)?;
            return Ok(Rules::read(&bytes));
        }
        // By the RFC, what leads on so often is taken to be not there.
        Ok(Rules::default())
    }

    fn remembered(&self, site: &str) -> Option<Arc<Rules>> {
        let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, rules) = sites.get(site)?;
        (since.elapsed() < REMEMBERED).then(|| Arc::clone(rules))
    }

    fn remember(&self, site: String, rules: Arc<Rules>) {
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        if sites.len() >= MAX_SITES {
            sites.retain(|_, (since, _)| since.elapsed() < REMEMBERED);
        }
        if sites.len() >= MAX_SITES {
            sites.clear();
        }
        sites.insert(site, (Instant::now(), rules));
    }
}

/// The address to which an answer leads on; none where it does not.
fn target(url: &Url, response: &Response) -> Option<Result<Url, ErrorKind>> {
    let leads_on = matches!(
        response.status(),
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    let location = text(response.headers(), &header::LOCATION).filter(|_| leads_on)?;
    Some(url.join(&location).map_err(|_| ErrorKind::BadAddress))
}

/// Whether a content coding is left that was not undone on the way.
fn is_packed(coding: &str) -> bool {
    !matches!(coding.trim().to_ascii_lowercase().as_str(), "" | "identity")
}

/// A header as text; servers send names of files as they have them.
fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests;
