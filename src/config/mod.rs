//! The configuration: flag over environment over file over default.
//!
//! Two steps: what was said (`said`: raw words with where they stand), then what it means ([`Config`]: typed, checked,
//! ready to use). Every key stands in [`KEYS`] and, with its meaning, unit and default, in the shipped `config.toml`.

mod said;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use secrecy::SecretString;

use said::Said;

/// Every key, as `section.key`.
pub const KEYS: &[&str] = &[
    "data.dir",
    "index.dir",
    "index.open",
    "answer.threshold",
    "answer.max_question",
    "retention.questions",
    "discord.api_url",
    "discord.register_in",
    "discord.cdn",
    "discord.defer_after_ms",
    "discord.cooldown_ms",
    "discord.cooldown_burst",
    "discord.timeout_ms",
    "discord.retry_first_ms",
    "discord.retry_tries",
    "discord.reconnect_window_ms",
    "discord.reconnect_limit",
    "discord.restart_backoff_ms",
    "discord.restart_backoff_max_ms",
    "discord.identify_per_day",
    "discord.shutdown_ms",
    "fetch.allow",
    "chat.bidi",
    "log.level",
    "log.terminal",
    "log.format",
];

/// The environment variable that holds the bot's token.
pub const TOKEN: &str = "DISCORD_TOKEN";

/// The file that is read where none is named, in the working folder.
const FILE: &str = "config.toml";

/// Why a configuration is refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read.
    #[error("`{}` cannot be read", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("{}:{line}: not TOML: {found}", file.display())]
    Syntax {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What the parser says.
        found: String,
    },
    /// There is no such key.
    #[error("{place}: no key is named `{key}`")]
    UnknownKey {
        /// Where it stands.
        place: SaidIn,
        /// The key, or the name of the variable.
        key: String,
        /// The key or variable that was probably meant.
        meant: Option<String>,
    },
    /// A key has a value that it cannot have.
    #[error("{place}: `{key}` is `{found}`, expected {allowed}")]
    WrongValue {
        /// Where it stands.
        place: SaidIn,
        /// The key.
        key: &'static str,
        /// The value found.
        found: String,
        /// What it may be.
        allowed: Allowed,
    },
}

/// Where a value was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaidIn {
    /// In the file, at a line from 1.
    File(PathBuf, usize),
    /// In an environment variable.
    Variable(String),
    /// With `--set`.
    Flag,
}

impl std::fmt::Display for SaidIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(file, line) => write!(f, "{}:{line}", file.display()),
            Self::Variable(name) => f.write_str(name),
            Self::Flag => f.write_str("--set"),
        }
    }
}

/// What a value may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// A number between two, both included.
    Between(String, String),
    /// One of a few words.
    OneOf(&'static [&'static str]),
    /// A text that is not empty.
    Text,
    /// A list of texts.
    List,
    /// `scheme://host:port` without a path, `http` or `https`.
    Base,
    /// `global` or the decimal id of a server.
    RegisterIn,
    /// A list of `host:port`.
    HostsAndPorts,
    /// Filter words for the log, such as `info` or `info,sanad=debug`.
    LogFilter,
}

impl std::fmt::Display for Allowed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Between(least, most) => write!(f, "a number from {least} to {most}"),
            Self::OneOf(words) => write!(f, "one of {}", words.join(", ")),
            Self::Text => f.write_str("a text"),
            Self::List => f.write_str("a list of texts"),
            Self::Base => f.write_str("scheme://host:port without a path"),
            Self::RegisterIn => f.write_str("`global` or the id of a server"),
            Self::HostsAndPorts => f.write_str("a list of host:port"),
            Self::LogFilter => f.write_str("a filter such as `info`"),
        }
    }
}

/// The configuration, checked and ready to use.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Where the catalogue lies and what is stored in it.
    pub data: Data,
    /// Where the indexes lie.
    pub index: Index,
    /// How questions are answered.
    pub answer: Answer,
    /// How long things are kept.
    pub retention: Retention,
    /// The bot.
    pub discord: Discord,
    /// What may be fetched.
    pub fetch: Fetch,
    /// The chat at the terminal.
    pub chat: Chat,
    /// The log.
    pub log: Log,
}

/// The section `[data]`.
#[derive(Clone, Debug)]
pub struct Data {
    /// The folder of the catalogue's database.
    pub dir: PathBuf,
}

/// The section `[index]`.
#[derive(Clone, Debug)]
pub struct Index {
    /// The folder of the indexes, one a library.
    pub dir: PathBuf,
    /// How many indexes may be open at once.
    pub open: usize,
}

/// The section `[answer]`.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The confidence from which the first passage is the answer, 0 to 1.
    pub threshold: f32,
    /// How many characters a question may have.
    pub max_question: usize,
}

/// The section `[retention]`.
#[derive(Clone, Debug)]
pub struct Retention {
    /// For how many days question texts are kept, without their author; 0 keeps none.
    pub questions: u32,
}

/// The section `[discord]`, and the token.
#[derive(Clone, Debug)]
pub struct Discord {
    /// The bot's token, from the environment alone; none where it is not set or empty.
    pub token: Option<SecretString>,
    /// `scheme://host:port` of Discord, without a path.
    pub api_url: String,
    /// Where the commands are registered.
    pub register_in: RegisterIn,
    /// The hosts that attachments may come from.
    pub cdn: Vec<String>,
    /// How long an answer may take before it is announced with «thinking…».
    pub defer_after: Duration,
    /// How long a person waits for the next question once the burst is used up; zero is no limit.
    pub cooldown: Duration,
    /// How many questions a person may ask at once.
    pub cooldown_burst: u32,
    /// How long one request to Discord may take.
    pub timeout: Duration,
    /// The first pause before a request is sent again; it doubles each time.
    pub retry_first: Duration,
    /// How often a request is sent at most, the first time included.
    pub retry_tries: u32,
    /// The window in which reconnects are counted.
    pub reconnect_window: Duration,
    /// How many reconnects in that window are a storm, after which the client is stopped and started again.
    pub reconnect_limit: u32,
    /// The first pause before a stopped client is started again; it doubles each time.
    pub restart_backoff: Duration,
    /// The longest such pause.
    pub restart_backoff_max: Duration,
    /// How many times in 24 hours the bot may identify itself.
    pub identify_per_day: u32,
    /// How long the bot takes at most to leave.
    pub shutdown: Duration,
}

/// Where the bot's commands are registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisterIn {
    /// Everywhere.
    Global,
    /// In one server, at once: for trying out.
    Guild(u64),
}

/// The section `[fetch]`.
#[derive(Clone, Debug, Default)]
pub struct Fetch {
    /// `host:port` of private addresses that may be fetched.
    pub allow: Vec<String>,
}

/// The section `[chat]`.
#[derive(Clone, Debug, Default)]
pub struct Chat {
    /// Who puts Arabic in order.
    pub bidi: Bidi,
}

/// Who puts right-to-left text in order at a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bidi {
    /// The terminal where it is known to, else Sanad.
    #[default]
    Auto,
    /// The terminal: lines go out as they are, wrapped.
    Terminal,
    /// Sanad: letters are shaped and lines laid out from the right.
    Sanad,
    /// Nobody: text goes out as it is.
    Off,
}

/// The section `[log]`.
#[derive(Clone, Debug)]
pub struct Log {
    /// What the bot logs, as filter words.
    pub level: String,
    /// What the other commands log.
    pub terminal: String,
    /// How a line of the log looks.
    pub format: LogFormat,
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Default for Data {
    fn default() -> Self {
        Self {
            dir: PathBuf::from("data"),
        }
    }
}

impl Default for Index {
    fn default() -> Self {
        Self {
            dir: PathBuf::from("index"),
            open: 64,
        }
    }
}

impl Default for Answer {
    fn default() -> Self {
        Self {
            threshold: 0.5,
            max_question: 500,
        }
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self { questions: 90 }
    }
}

impl Default for Discord {
    fn default() -> Self {
        Self {
            token: None,
            api_url: "https://discord.com".to_owned(),
            register_in: RegisterIn::Global,
            cdn: vec![
                "cdn.discordapp.com".to_owned(),
                "media.discordapp.net".to_owned(),
            ],
            defer_after: Duration::from_secs(1),
            cooldown: Duration::from_secs(3),
            cooldown_burst: 5,
            timeout: Duration::from_secs(10),
            retry_first: Duration::from_millis(500),
            retry_tries: 5,
            reconnect_window: Duration::from_mins(1),
            reconnect_limit: 10,
            restart_backoff: Duration::from_secs(5),
            restart_backoff_max: Duration::from_mins(5),
            identify_per_day: 900,
            shutdown: Duration::from_secs(10),
        }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self {
            level: "info".to_owned(),
            terminal: "warn".to_owned(),
            format: LogFormat::Text,
        }
    }
}

impl Config {
    /// The configuration of this process: `file` or else `./config.toml` if it is there, the environment, and the
    /// `section.key=value` of `--set`.
    pub fn load(file: Option<&Path>, flags: &[String]) -> Result<Self, Error> {
        let path = file.unwrap_or(Path::new(FILE));
        let text = match std::fs::read_to_string(path) {
            Ok(text) => Some(text),
            Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => None,
            Err(source) => {
                return Err(Error::Unreadable {
                    file: path.to_owned(),
                    source,
                });
            }
        };
        Self::read(
            text.as_deref().map(|text| (path, text)),
            std::env::vars_os(),
            flags,
        )
    }

    /// The configuration that a file's text, an environment and flags come to.
    pub fn read(
        file: Option<(&Path, &str)>,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
        flags: &[String],
    ) -> Result<Self, Error> {
        let mut said = Said::default();
        if let Some((path, text)) = file {
            said.read_file(path, text)?;
        }
        let mut token = None;
        for (name, value) in environment {
            let (name, value) = (name.to_string_lossy(), value.to_string_lossy());
            if name == TOKEN {
                let value = value.trim();
                token = (!value.is_empty()).then(|| SecretString::from(value.to_owned()));
            } else {
                said.read_variable(&name, &value)?;
            }
        }
        for flag in flags {
            said.read_flag(flag)?;
        }
        let base = file
            .and_then(|(path, _)| path.parent())
            .unwrap_or(Path::new(""));
        let mut config = Self::from_said(said, base)?;
        config.discord.token = token;
        Ok(config)
    }

    fn from_said(mut said: Said, base: &Path) -> Result<Self, Error> {
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
            },
            discord: discord(&mut said, default.discord)?,
            fetch: Fetch {
                allow: said.list(
                    "fetch.allow",
                    default.fetch.allow,
                    Allowed::HostsAndPorts,
                    is_host_and_port,
                )?,
            },
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

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../config.toml");

    fn read(text: &str, environment: &[(&str, &str)], flags: &[&str]) -> Result<Config, Error> {
        let environment = environment
            .iter()
            .map(|(name, value)| (OsString::from(name), OsString::from(value)));
        let flags: Vec<String> = flags.iter().map(|flag| (*flag).to_owned()).collect();
        Config::read(
            Some((Path::new("etc/config.toml"), text)),
            environment,
            &flags,
        )
    }

    #[track_caller]
    fn refused(text: &str, environment: &[(&str, &str)], expected: &str) {
        let error = read(text, environment, &[]).expect_err("it is wrong");
        assert_eq!(
            crate::wording::configuration(crate::language::Language::English, &error),
            expected
        );
    }

    #[test]
    fn the_shipped_file_says_the_defaults() {
        let shipped = Config::read(Some((Path::new("config.toml"), SHIPPED)), [], &[]).unwrap();
        assert_eq!(format!("{shipped:?}"), format!("{:?}", Config::default()));
    }

    #[test]
    fn the_shipped_file_explains_every_key() {
        let mut section = String::new();
        let mut comment = String::new();
        let mut explained = Vec::new();
        for line in SHIPPED.lines() {
            if let Some(name) = line
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'))
            {
                name.clone_into(&mut section);
            } else if let Some(words) = line.strip_prefix("# ") {
                comment.push_str(words);
                comment.push(' ');
                continue;
            } else if let Some((name, value)) = line.split_once(" = ") {
                let key = format!("{section}.{name}");
                assert!(
                    comment.contains(&format!("Default: {value}.")),
                    "{key}: {comment}"
                );
                assert!(comment.contains("Unit: "), "{key}: {comment}");
                explained.push(key);
            }
            comment.clear();
        }
        assert_eq!(explained, KEYS);
    }

    #[test]
    fn flag_over_environment_over_file_over_default() {
        let text = "[index]\nopen = 2\n[answer]\nmax_question = 20\n[log]\nlevel = \"debug\"\n";
        let environment = [
            ("SANAD_ANSWER__MAX_QUESTION", "30"),
            ("SANAD_LOG__LEVEL", "error,sanad=info"),
            ("HOME", "/"),
        ];
        let config = read(text, &environment, &["log.level=trace"]).unwrap();
        assert_eq!(config.index.open, 2);
        assert_eq!(config.answer.max_question, 30);
        assert_eq!(config.log.level, "trace");
        assert_eq!(config.retention.questions, 90);
    }

    #[test]
    fn relative_paths_count_from_the_folder_of_the_file() {
        let config = read(
            "[data]\ndir = \"store\"\n",
            &[("SANAD_INDEX__DIR", "/var/index")],
            &[],
        )
        .unwrap();
        assert_eq!(config.data.dir, Path::new("etc/store"));
        assert_eq!(config.index.dir, Path::new("/var/index"));
        let config = Config::read(None, [], &[]).unwrap();
        assert_eq!(config.data.dir, Path::new("data"));
    }

    #[test]
    fn lists_are_separated_by_commas_in_the_environment() {
        let environment = [
            ("SANAD_FETCH__ALLOW", "localhost:8080, [::1]:9"),
            ("SANAD_DISCORD__CDN", ""),
        ];
        let config = read("", &environment, &[]).unwrap();
        assert_eq!(config.fetch.allow, ["localhost:8080", "[::1]:9"]);
        assert!(config.discord.cdn.is_empty());
    }

    #[test]
    fn an_empty_token_is_none_and_no_token_is_shown() {
        assert!(
            read("", &[(TOKEN, " ")], &[])
                .unwrap()
                .discord
                .token
                .is_none()
        );
        let config = read("", &[(TOKEN, "abc.def")], &[]).unwrap();
        assert!(config.discord.token.is_some());
        assert!(!format!("{config:?}").contains("abc.def"));
    }

    #[test]
    fn what_is_unknown_is_refused_with_its_place() {
        refused(
            "[data]\ndir = \"x\"\n\n[answer]\ntreshold = 0.5\n",
            &[],
            "etc/config.toml:5: there is no key `answer.treshold`; did you mean `answer.threshold`?",
        );
        refused(
            "[dta]\ndir = 1\n",
            &[],
            "etc/config.toml:2: there is no key `dta.dir`; did you mean `data.dir`?",
        );
        refused(
            "[zebra]\n",
            &[],
            "etc/config.toml:1: there is no key `zebra`.",
        );
        refused(
            "data = 1\n",
            &[],
            "etc/config.toml:1: there is no key `data`.",
        );
        refused(
            "",
            &[("SANAD_DATA_DIR", "x")],
            "SANAD_DATA_DIR: there is no such variable; did you mean `SANAD_DATA__DIR`?",
        );
        refused(
            "",
            &[("SANAD_QQQQ", "x")],
            "SANAD_QQQQ: there is no such variable.",
        );
    }

    #[test]
    fn values_are_checked_with_key_and_range() {
        refused(
            "[answer]\nthreshold = 1.5\n",
            &[],
            "etc/config.toml:2: `answer.threshold` is `1.5`; it must be a number from 0 to 1.",
        );
        refused(
            "[index]\nopen = \"many\"\n",
            &[],
            "etc/config.toml:2: `index.open` is `many`; it must be a number from 1 to 10000.",
        );
        refused(
            "",
            &[("SANAD_CHAT__BIDI", "left")],
            "SANAD_CHAT__BIDI: `chat.bidi` is `left`; it must be one of: auto, terminal, sanad, off.",
        );
        refused(
            "[discord]\napi_url = \"https://discord.com/api\"\n",
            &[],
            "etc/config.toml:2: `discord.api_url` is `https://discord.com/api`; it must be scheme://host:port without a path, \
             such as https://discord.com.",
        );
        refused(
            "[discord]\nrestart_backoff_ms = 9000\nrestart_backoff_max_ms = 10\n",
            &[],
            "etc/config.toml:3: `discord.restart_backoff_max_ms` is `10`; it must be a number from 9000 to 86400000.",
        );
        refused(
            "[fetch]\nallow = [\"localhost\"]\n",
            &[],
            "etc/config.toml:2: `fetch.allow` is `localhost`; it must be a list of host:port, such as localhost:8080.",
        );
        refused(
            "[data]\ndir = 7\n",
            &[],
            "etc/config.toml:2: `data.dir` is `7`; it must be a text that is not empty.",
        );
        refused(
            "[data]\ndir = \n",
            &[],
            "etc/config.toml:2: this is not TOML: string values must be quoted, expected literal string",
        );
    }

    #[test]
    fn where_commands_are_registered() {
        assert_eq!(
            read("", &[], &["discord.register_in=42"])
                .unwrap()
                .discord
                .register_in,
            RegisterIn::Guild(42)
        );
        assert_eq!(
            read("", &[], &["discord.register_in=global"])
                .unwrap()
                .discord
                .register_in,
            RegisterIn::Global
        );
        assert!(read("", &[], &["discord.register_in=here"]).is_err());
    }
}
