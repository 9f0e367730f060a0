//! Why an address could not be fetched: data, not sentences (`wording` has those, one a kind, in both languages).

/// Why an address could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{address}` cannot be fetched: {kind:?}")]
pub struct Error {
    /// The address as it was given, fit to be shown: short, and without a password. Never the one that a name or a
    /// redirect led to, which may be an inner one.
    pub address: String,
    /// Whether it is true of an address to which this one led on.
    pub redirected: bool,
    /// What is wrong.
    pub kind: ErrorKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// It is no web address.
    BadAddress,
    /// It is neither `http` nor `https`, but this.
    Scheme(String),
    /// It holds a user's name or password.
    Credentials,
    /// It names another port than 80 and 443.
    Port(u16),
    /// It has a number in place of a name.
    Literal,
    /// It leads into a private network.
    Private,
    /// There is no host of that name.
    UnknownHost,
    /// Nothing answers there, or not over a connection that can be trusted.
    Unreachable,
    /// It leads on without end.
    Redirects,
    /// It leads from `https` on to `http`.
    Downgrade,
    /// The site's robots.txt asks programs not to.
    Robots,
    /// The site's robots.txt cannot be had just now, and so nobody knows whether programs may.
    RobotsUnread,
    /// There is nothing there (any more).
    Gone,
    /// The server answers with this status.
    Status(u16),
    /// What is there is of a type that cannot be read.
    ContentType(String),
    /// What is there is packed in a manner that cannot be read.
    Encoding(String),
    /// What is there has more bytes than this.
    TooLarge(u64),
    /// It took longer than so many seconds.
    TooSlow(u64),
    /// The answer broke off.
    CutOff,
}

impl ErrorKind {
    /// One of every kind, so that a test can hold that each has its sentence.
    #[cfg(test)]
    pub(crate) fn all() -> [Self; 19] {
        [
            Self::BadAddress,
            Self::Scheme("ftp".to_owned()),
            Self::Credentials,
            Self::Port(8080),
            Self::Literal,
            Self::Private,
            Self::UnknownHost,
            Self::Unreachable,
            Self::Redirects,
            Self::Downgrade,
            Self::Robots,
            Self::RobotsUnread,
            Self::Gone,
            Self::Status(403),
            Self::ContentType("image/png".to_owned()),
            Self::Encoding("br".to_owned()),
            Self::TooLarge(1 << 20),
            Self::TooSlow(60),
            Self::CutOff,
        ]
    }
}

/// How many characters of what others send are shown.
const MAX_SHOWN: usize = 200;

/// What others sent, fit to be shown in a line: short, and without anything that nobody sees.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text
        .trim()
        .chars()
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .take(MAX_SHOWN + 1)
        .collect();
    if shown.chars().count() > MAX_SHOWN {
        shown.pop();
        shown.push('…');
    }
    shown
}

/// An address as it was given, fit to be shown: of a name and a password in it nothing is.
pub(super) fn shown_address(address: &str) -> String {
    let (scheme, rest) = match address.split_once("://") {
        Some((scheme, rest)) => (format!("{scheme}://"), rest),
        None => (String::new(), address),
    };
    // Where it begins in another way, nobody knows where its path does.
    let end = match rest.find(['/', '\\', '?', '#']) {
        Some(end) if !scheme.is_empty() => end,
        _ => rest.len(),
    };
    let (authority, path) = rest.split_at(end);
    let host = authority.rsplit('@').next().unwrap_or_default();
    let hidden = if host.len() < authority.len() {
        "…@"
    } else {
        ""
    };
    shown(&format!("{scheme}{hidden}{host}{path}"))
}

/// Joiners and marks of direction, which would scramble the line that shows them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_shown_and_nothing_invisible() {
        #[track_caller]
        fn case(address: &str, expected: &str) {
            assert_eq!(shown_address(address), expected);
        }
        case("https://a.example/b?c", "https://a.example/b?c");
        case("https://me:secret@a.example/b@c", "https://…@a.example/b@c");
        case(
            "https://me:p@ss@a.example:99999\\x",
            "https://…@a.example:99999\\x",
        );
        case("me:secret@a.example", "…@a.example");
        case("https:/\\me:secret@a.example/b", "…@a.example/b");
        case(" a\u{202E}b\n", "ab");
        case(&"ا".repeat(300), &format!("{}…", "ا".repeat(200)));
    }
}
