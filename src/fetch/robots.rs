//! robots.txt: what a site asks programs not to fetch (RFC 9309).
//!
//! Of the groups that name us, all rules count together; where none does, those of `*`. The longest rule that fits a path
//! decides, and `Allow` where two are equally long.
//!
//! A newcomer's trap: paths are compared as percent codes, but `/a%2Fb` is not `/a/b`: only what never needs a code is
//! written without one.

use crate::source::percent::digit;

/// How many bytes of a robots.txt are read; the rest says nothing to us.
pub const MAX_BYTES: usize = 500 << 10;

/// The product that rules may name.
pub const PRODUCT: &str = "Sanad";

/// The rules of a site for us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    allows: bool,
    /// In one spelling, `*` for anything, `$` at its end for the end of the path.
    pattern: String,
}

/// Whom the group is for whose rules are being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Us,
    All,
    Others,
}

impl Rules {
    /// The rules of a robots.txt for [`PRODUCT`]. There is nothing that cannot be read: what is not understood says nothing.
    pub fn read(bytes: &[u8]) -> Self {
        let bytes = bytes.get(..MAX_BYTES).unwrap_or(bytes);
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let (mut ours, mut of_all) = (None, Vec::new());
        let mut group = For::Others;
        let mut is_in_rules = true;
        for line in bytes.split(|byte| matches!(byte, b'\n' | b'\r')) {
            let line = line.split(|byte| *byte == b'#').next().unwrap_or_default();
            let Some(colon) = line.iter().position(|byte| *byte == b':') else {
                continue;
            };
            let (key, value) = line.split_at(colon);
            let key = key.trim_ascii();
            let value = value.get(1..).unwrap_or_default().trim_ascii();
            if key.eq_ignore_ascii_case(b"user-agent") {
                let agent = agent(value);
                // Several agents in a row share the rules below them.
                group = match (is_in_rules, group) {
                    (false, For::Us) => For::Us,
                    (false, For::All) if agent != For::Us => For::All,
                    _ => agent,
                };
                if agent == For::Us {
                    ours.get_or_insert_with(Vec::new);
                }
                is_in_rules = false;
                continue;
            }
            let allows = key.eq_ignore_ascii_case(b"allow");
            if !allows && !key.eq_ignore_ascii_case(b"disallow") {
                continue;
            }
            is_in_rules = true;
            if value.is_empty() {
                continue;
            }
            let rule = Rule {
                allows,
                pattern: pattern(value),
            };
            match group {
                For::Us => ours.get_or_insert_with(Vec::new).push(rule),
                For::All => of_all.push(rule),
                For::Others => {}
            }
        }
        Self {
            rules: ours.unwrap_or(of_all),
        }
    }

    /// Whether a path, with its query, may be fetched. The robots.txt itself always may.
    pub fn allow(&self, path: &str) -> bool {
        let path = spelled(path.as_bytes(), false);
        if path == "/robots.txt" {
            return true;
        }
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, &path));
        let decisive = fitting.max_by_key(|rule| (rule.pattern.len(), rule.allows));
        decisive.is_none_or(|rule| rule.allows)
    }
}

fn agent(value: &[u8]) -> For {
    if value.first() == Some(&b'*') {
        return For::All;
    }
    let is_product = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_');
    let product = value.split(|byte| !is_product(byte)).next();
    if product.is_some_and(|product| product.eq_ignore_ascii_case(PRODUCT.as_bytes())) {
        For::Us
    } else {
        For::Others
    }
}

/// A rule's path in its one spelling.
fn pattern(value: &[u8]) -> String {
    let (value, end) = match value.strip_suffix(b"$") {
        Some(value) => (value, "$"),
        None => (value, ""),
    };
    spelled(value, true) + end
}

/// A path in its one spelling: percent codes for all but what never needs one, and for `$` and, where it is no wildcard,
/// `*`, so that they stand for themselves.
fn spelled(path: &[u8], is_pattern: bool) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut spelled = String::with_capacity(path.len());
    let mut at = 0;
    while let Some(byte) = path.get(at).copied() {
        let code = path.get(at + 1).zip(path.get(at + 2));
        let code = code.and_then(|(high, low)| digit(*high).zip(digit(*low)));
        let (byte, is_coded) = match code.filter(|_| byte == b'%') {
            Some((high, low)) => (high << 4 | low, true),
            None => (byte, false),
        };
        at += if is_coded { 3 } else { 1 };
        let is_plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let stays = !is_coded && byte.is_ascii_graphic() && !b"*$".contains(&byte);
        if is_plain || stays || (!is_coded && is_pattern && byte == b'*') {
            spelled.push(char::from(byte));
        } else {
            spelled.push('%');
            for digit in [byte >> 4, byte & 0xF] {
                spelled.push(char::from(HEX[usize::from(digit)]));
            }
        }
    }
    spelled
}

/// Whether a path begins as a pattern says. What stands between the wildcards is looked for once, from left to right: a
/// hostile pattern takes no longer than a long one.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_the_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else {
        return false;
    };
    let Some(last) = pieces.next_back() else {
        return !to_the_end || rest.is_empty();
    };
    for piece in pieces {
        let Some((_, behind)) = rest.split_once(piece) else {
            return false;
        };
        rest = behind;
    }
    if to_the_end {
        rest.ends_with(last)
    } else {
        rest.contains(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(robots: &str, path: &str, expected: bool) {
        assert_eq!(
            Rules::read(robots.as_bytes()).allow(path),
            expected,
            "{path} by {robots:?}"
        );
    }

    #[test]
    fn the_longest_rule_decides() {
        let robots =
            "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\nAllow: /e\nDisallow: /e\n";
        for (path, expected) in [
            ("/", true),
            ("/a", false),
            ("/abc", false),
            ("/A", true),
            ("/a/b", true),
            ("/a/bx", true),
            ("/a/b/c/d", false),
            ("/e", true),
            ("/robots.txt", true),
        ] {
            case(robots, path, expected);
        }
        case("User-agent: *\nDisallow: /", "/robots.txt", true);
        case("User-agent: *\nDisallow: /", "/robots.txt?x", false);
        case("User-agent: *\nDisallow:\n", "/x", true);
        case("", "/x", true);
    }

    #[test]
    fn wildcards_and_the_end() {
        #[track_caller]
        fn rule(pattern: &str, path: &str, expected: bool) {
            case(
                &format!("user-agent:*\ndisallow:{pattern}"),
                path,
                !expected,
            );
        }
        rule("/*.php", "/index.php", true);
        rule("/*.php", "/folder/index.php?x", true);
        rule("/*.php$", "/index.php", true);
        rule("/*.php$", "/index.php?x", false);
        rule("/*.php$", "/php", false);
        rule("/fish*", "/fishing", true);
        rule("/a*b*c", "/a-c-b", false);
        rule("/a*b*c", "/a-b-c-d", true);
        rule("/a*a$", "/a", false);
        rule("/a*a$", "/aa", true);
        rule("*", "/", true);
        rule("**$", "/x", true);
        rule("/$", "/", true);
        rule("/$", "/x", false);
        rule("$", "/", false);
        rule("x", "/x", false);
        rule("/a$b", "/a$b", true);
        rule("/a%24", "/a$", true);
        rule("/a%2A", "/a*", true);
        rule("/a%2A", "/ab", false);
    }

    #[test]
    fn codes_are_compared_not_letters() {
        let robots = "User-agent: *\nDisallow: /كتب\nDisallow: /%62a%7er\nDisallow: /a%2fb\n";
        for (path, expected) in [
            ("/%D9%83%D8%AA%D8%A8/1", false),
            ("/%d9%83%d8%aa%d8%a8", false),
            ("/ba~r", false),
            ("/a%2Fb", false),
            ("/a/b", true),
            ("/%", true),
        ] {
            case(robots, path, expected);
        }
    }

    #[test]
    fn our_group_counts_alone_and_all_of_them_together() {
        let robots = "Disallow: /none\nUser-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: SANAD/1.0\n\
                      Crawl-delay: 1\nDisallow: /x # there\n\nUser-agent: other\nDisallow: /y\nuser-agent : sanad\r\
                      Disallow: /z\n";
        for (path, expected) in [
            ("/", true),
            ("/none", true),
            ("/x", false),
            ("/y", true),
            ("/z", false),
        ] {
            case(robots, path, expected);
        }
        // A group of ours without a rule allows everything.
        case(
            "User-agent: *\nDisallow: /\nUser-agent: sanad\nDisallow:\n",
            "/x",
            true,
        );
        case("User-agent: sanadbot\nDisallow: /", "/x", true);
        case("User-agent: a\nUser-agent: *\nDisallow: /", "/x", false);
        case("User-agent: *\nUser-agent: a\nDisallow: /", "/x", false);
        case(
            "\u{FEFF}User-agent: *\nSitemap: /s\nDisallow: /x",
            "/x",
            false,
        );
    }

    #[test]
    fn only_so_much_is_read_and_wildcards_take_no_time() {
        let long = format!("User-agent: *\n{}Disallow: /x", "#\n".repeat(MAX_BYTES));
        case(&long, "/x", true);
        let stars = format!("User-agent: *\nDisallow: /{}b", "*a".repeat(200_000));
        case(&stars, &format!("/{}", "a".repeat(400_000)), true);
    }
}
