//! The guard: which addresses may be asked at all, and at which machines they may be asked.
//!
//! It looks twice. First at the address as it is written ([`Guard::admit`]): `http` or `https`, no password, the usual
//! ports, a name and no number. `url` has brought every spelling of a number (`2130706433`, `0x7f.1`, `１２７。０。０。１`) to one
//! form by then. Then at what the name stands for ([`Guard::machines`]): when *any* of its machines is not public, none is
//! asked. What was looked at is what is connected to; the name is not looked up a second time in between.
//!
//! What the configuration allows (`host:port`) is let through both.

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs as _};
use std::sync::Arc;

use url::{Host, Url};

use super::address::is_public;
use super::error::{ErrorKind, shown};
use crate::catalogue::apart;

/// The machines that a name stands for.
pub type Lookup = Arc<dyn Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync>;

/// Endings of names that are only known within a network.
const INNER: [&str; 10] = [
    "corp",
    "home",
    "home.arpa",
    "internal",
    "intranet",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "private",
];

/// Decides which addresses may be asked.
#[derive(Clone)]
pub struct Guard {
    /// Hosts, written as `url` writes them, with their ports.
    allowed: BTreeSet<(String, u16)>,
    lookup: Lookup,
}

impl Guard {
    /// A guard that lets these `host:port` through whatever they are, and asks the system for names.
    pub fn new(allow: &[String]) -> Self {
        let lookup = |host: &str| -> io::Result<Vec<IpAddr>> {
            let machines = (host, 0).to_socket_addrs()?;
            Ok(machines.map(|machine| machine.ip()).collect())
        };
        Self::with_lookup(allow, Arc::new(lookup))
    }

    /// The same, with names looked up elsewhere.
    pub fn with_lookup(allow: &[String], lookup: Lookup) -> Self {
        let written = |allowed: &String| {
            let url = Url::parse(&format!("http://{allowed}/")).ok()?;
            let port = url.port_or_known_default()?;
            Some((url.host_str()?.trim_end_matches('.').to_owned(), port))
        };
        Self {
            allowed: allow.iter().filter_map(written).collect(),
            lookup,
        }
    }

    /// An address that may be asked, as it is written in full: without a fragment, the host in its one form.
    pub fn admit(&self, address: &str) -> Result<Url, ErrorKind> {
        let url = Url::parse(address.trim()).map_err(|_| ErrorKind::BadAddress)?;
        self.admit_url(url)
    }

    /// The same of an address that was read already.
    pub(super) fn admit_url(&self, mut url: Url) -> Result<Url, ErrorKind> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(ErrorKind::Scheme(shown(url.scheme())));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(ErrorKind::Credentials);
        }
        url.set_fragment(None);
        // `localhost.` is `localhost`, fully written.
        if let Some(Host::Domain(name)) = url.host()
            && name.ends_with('.')
        {
            let name = name.trim_end_matches('.').to_owned();
            url.set_host(Some(&name))
                .map_err(|_| ErrorKind::BadAddress)?;
        }
        if self.allows(&url) {
            return Ok(url);
        }
        match url.host() {
            None => return Err(ErrorKind::BadAddress),
            Some(Host::Ipv4(address)) => return Err(literal(address.into())),
            Some(Host::Ipv6(address)) => return Err(literal(address.into())),
            Some(Host::Domain(name)) if is_inner(name) => return Err(ErrorKind::Private),
            Some(Host::Domain(_)) => {}
        }
        match url.port_or_known_default() {
            Some(80 | 443) => Ok(url),
            port => Err(ErrorKind::Port(port.unwrap_or_default())),
        }
    }

    /// The machines at which an admitted address may be asked, all looked at.
    pub(super) async fn machines(&self, url: &Url) -> Result<Vec<SocketAddr>, ErrorKind> {
        let port = url.port_or_known_default().ok_or(ErrorKind::BadAddress)?;
        let addresses = match url.host() {
            None => return Err(ErrorKind::BadAddress),
            Some(Host::Ipv4(address)) => vec![address.into()],
            Some(Host::Ipv6(address)) => vec![address.into()],
            Some(Host::Domain(name)) => {
                let (name, lookup) = (name.to_owned(), Arc::clone(&self.lookup));
                let found = apart(move || lookup(&name)).await;
                found.map_err(|_| ErrorKind::UnknownHost)?
            }
        };
        if addresses.is_empty() {
            return Err(ErrorKind::UnknownHost);
        }
        if !self.allows(url) && !addresses.iter().all(|address| is_public(*address)) {
            return Err(ErrorKind::Private);
        }
        let machines = addresses.into_iter();
        Ok(machines
            .map(|address| SocketAddr::new(address, port))
            .collect())
    }

    fn allows(&self, url: &Url) -> bool {
        let host = url.host_str().zip(url.port_or_known_default());
        host.is_some_and(|(host, port)| self.allowed.contains(&(host.to_owned(), port)))
    }
}

/// What is said of a number in place of a name: whose it is, where it is nobody's business.
fn literal(address: IpAddr) -> ErrorKind {
    if is_public(address) {
        ErrorKind::Literal
    } else {
        ErrorKind::Private
    }
}

/// Whether a name is only known within a network.
fn is_inner(name: &str) -> bool {
    let is_below = |ending: &&str| {
        name.strip_suffix(*ending)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    !name.contains('.') || INNER.iter().any(is_below)
}
