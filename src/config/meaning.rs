//! What was said, as what it means: typed and within its bounds.

use std::path::Path;
use std::time::Duration;

use super::said::Said;
use super::{
    Allowed, Answer, Bidi, Chat, Config, Data, Discord, Error, Fetch, Index, Log, LogFormat, Quota,
    RegisterIn, Retention, Source,
};

impl Config {
    /// The configuration that was said; relative paths count from `base`.
    pub(super) fn from_said(mut said: Said, base: &Path) -> Result<Self, Error> {
        let default = Self::default();
        let config = Self {
            data: Data {
                dir: base.join(said.path("data.dir", default.data.dir)?),
            },
            index: Index {
                dir: base.join(said.path("index.dir", default.index.dir)?),
                open: said.number("index.open", default.index.open, 1..=10_000)?,
            },
            answer: Answer {
                threshold: said.number("answer.threshold", default.answer.threshold, 0.0..=1.0)?,
                max_question: said.number(
                    "answer.max_question",
                    default.answer.max_question,
                    10..=6_000,
                )?,
            },
            retention: Retention {
                questions: said.number(
                    "retention.questions",
                    default.retention.questions,
                    0..=3_650,
                )?,
                withdrawn: said.number(
                    "retention.withdrawn",
                    default.retention.withdrawn,
                    0..=3_650,
                )?,
            },
            quota: Quota {
                sources: said.number("quota.sources", default.quota.sources, 1..=100_000)?,
                megabytes: said.number(
                    "quota.megabytes",
                    default.quota.megabytes,
                    1..=1_000_000,
                )?,
                passages: said.number("quota.passages", default.quota.passages, 1..=100_000_000)?,
            },
            source: Source {
                read_seconds: said.number(
                    "source.read_seconds",
                    default.source.read_seconds,
                    1..=3_600,
                )?,
                // Less is not enough for the program itself and the stack of its reader.
                read_memory: said.number(
                    "source.read_memory",
                    default.source.read_memory,
                    268_435_456..=1_099_511_627_776,
                )?,
                program: None,
            },
            discord: discord(&mut said, default.discord)?,
            fetch: fetch(&mut said, default.fetch)?,
            chat: Chat {
                bidi: match said.one_of(
                    "chat.bidi",
                    "auto",
                    &["auto", "terminal", "sanad", "off"],
                )? {
                    "terminal" => Bidi::Terminal,
                    "sanad" => Bidi::Sanad,
                    "off" => Bidi::Off,
                    _ => Bidi::Auto,
                },
            },
            log: Log {
                level: said.text(
                    "log.level",
                    default.log.level,
                    Allowed::LogFilter,
                    is_log_filter,
                )?,
                terminal: said.text(
                    "log.terminal",
                    default.log.terminal,
                    Allowed::LogFilter,
                    is_log_filter,
                )?,
                format: match said.one_of("log.format", "text", &["text", "json"])? {
                    "json" => LogFormat::Json,
                    _ => LogFormat::Text,
                },
            },
        };
        debug_assert!(said.is_empty(), "every key of `KEYS` is read: {said:?}");
        Ok(config)
    }
}

fn discord(said: &mut Said, default: Discord) -> Result<Discord, Error> {
    let register_in = said.text(
        "discord.register_in",
        "global".to_owned(),
        Allowed::RegisterIn,
        |text| text == "global" || text.parse::<u64>().is_ok_and(|id| id > 0),
    )?;
    let restart_backoff = said.milliseconds(
        "discord.restart_backoff_ms",
        default.restart_backoff,
        0..=3_600_000,
    )?;
    let least = u64::try_from(restart_backoff.as_millis()).expect("an hour is few milliseconds");
    Ok(Discord {
        token: None,
        api_url: said.text("discord.api_url", default.api_url, Allowed::Base, is_base)?,
        register_in: register_in
            .parse()
            .map_or(RegisterIn::Global, RegisterIn::Guild),
        cdn: said.list("discord.cdn", default.cdn, Allowed::List, |host| {
            !host.is_empty()
        })?,
        defer_after: said.milliseconds("discord.defer_after_ms", default.defer_after, 0..=2_500)?,
        cooldown: said.milliseconds("discord.cooldown_ms", default.cooldown, 0..=3_600_000)?,
        cooldown_burst: said.number("discord.cooldown_burst", default.cooldown_burst, 1..=100)?,
        timeout: said.milliseconds("discord.timeout_ms", default.timeout, 100..=120_000)?,
        retry_first: said.milliseconds(
            "discord.retry_first_ms",
            default.retry_first,
            0..=60_000,
        )?,
        retry_tries: said.number("discord.retry_tries", default.retry_tries, 1..=5)?,
        reconnect_window: said.milliseconds(
            "discord.reconnect_window_ms",
            default.reconnect_window,
            100..=3_600_000,
        )?,
        reconnect_limit: said.number(
            "discord.reconnect_limit",
            default.reconnect_limit,
            1..=1_000,
        )?,
        restart_backoff,
        restart_backoff_max: said.milliseconds(
            "discord.restart_backoff_max_ms",
            default.restart_backoff_max.max(restart_backoff),
            least..=86_400_000,
        )?,
        identify_per_day: said.number(
            "discord.identify_per_day",
            default.identify_per_day,
            1..=1_000,
        )?,
        shutdown: said.milliseconds("discord.shutdown_ms", default.shutdown, 0..=60_000)?,
    })
}

fn fetch(said: &mut Said, default: Fetch) -> Result<Fetch, Error> {
    Ok(Fetch {
        allow: said.list(
            "fetch.allow",
            default.allow,
            Allowed::HostsAndPorts,
            is_host_and_port,
        )?,
        max_bytes: said.number("fetch.max_bytes", default.max_bytes, 1_024..=1 << 30)?,
        time: said
            .number("fetch.seconds", default.time.as_secs(), 1..=600)
            .map(Duration::from_secs)?,
        contact: said.text(
            "fetch.contact",
            default.contact,
            Allowed::Contact,
            is_contact,
        )?,
    })
}

/// What can stand in the comment of a `User-Agent`; nothing, too.
fn is_contact(text: &str) -> bool {
    text.len() <= 200
        && text
            .chars()
            .all(|c| c.is_ascii_graphic() && !matches!(c, '(' | ')' | '\\'))
}

/// `http` or `https`, a host, perhaps a port, and nothing after it.
fn is_base(text: &str) -> bool {
    let Some(authority) = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
    else {
        return false;
    };
    is_host_and_port(authority) || is_host(authority)
}

fn is_host_and_port(text: &str) -> bool {
    text.rsplit_once(':')
        .is_some_and(|(host, port)| is_host(host) && port.parse::<u16>().is_ok_and(|port| port > 0))
}

/// A name, an address of IPv4, or one of IPv6 in brackets.
fn is_host(text: &str) -> bool {
    match text.strip_prefix('[') {
        Some(rest) => rest
            .strip_suffix(']')
            .is_some_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok()),
        None => {
            !text.is_empty()
                && text
                    .chars()
                    .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
        }
    }
}

fn is_log_filter(text: &str) -> bool {
    !text.trim().is_empty() && tracing_subscriber::EnvFilter::try_new(text).is_ok()
}
