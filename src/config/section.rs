//! The sections of the configuration with their defaults.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

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
    /// For how many days a withdrawn source can be restored, unless its library says otherwise; 0 purges it at once.
    pub withdrawn: u32,
}

/// The section `[quota]`: what the library of a server may hold.
#[derive(Clone, Debug)]
pub struct Quota {
    /// How many sources.
    pub sources: u32,
    /// How many megabytes in all versions of all sources.
    pub megabytes: u32,
    /// How many passages.
    pub passages: u32,
}

/// The section `[source]`, and the program that reads.
#[derive(Clone, Debug)]
pub struct Source {
    /// How many seconds the reading of a file may take.
    pub read_seconds: u64,
    /// How many bytes of memory it may take.
    pub read_memory: u64,
    /// The program that is called to read hostile files in a process of their own. No key: `main` sets it to itself;
    /// without it they are read in the process.
    pub program: Option<PathBuf>,
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
#[derive(Clone, Debug)]
pub struct Fetch {
    /// `host:port` of private addresses that may be fetched.
    pub allow: Vec<String>,
    /// How many bytes may be fetched from one address, unpacked.
    pub max_bytes: u64,
    /// How long fetching one address may take, everything included.
    pub time: Duration,
    /// An e-mail or web address that goes with every request; empty where none is to.
    pub contact: String,
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
            threshold: 0.46,
            max_question: 500,
        }
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            questions: 90,
            withdrawn: 30,
        }
    }
}

impl Default for Quota {
    fn default() -> Self {
        Self {
            sources: 1_000,
            megabytes: 1_000,
            passages: 500_000,
        }
    }
}

impl Default for Source {
    fn default() -> Self {
        Self {
            read_seconds: 60,
            read_memory: 1 << 30,
            program: None,
        }
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

impl Default for Fetch {
    fn default() -> Self {
        Self {
            allow: Vec::new(),
            max_bytes: 32 << 20,
            time: Duration::from_mins(1),
            contact: String::new(),
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
