//! The bot, from outside: the real program against the loopback Discord.

mod connection;
mod conversation;

use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::discord_double::Double;

/// How long a test waits for the program; a debug build on a busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(30);

/// An installation: a folder with catalogue and index, in which the bot can be started again and again.
pub(crate) struct Home {
    folder: Arc<TempDir>,
    environment: Vec<(String, String)>,
}

/// A running bot; killed when dropped.
pub(crate) struct Bot {
    child: Child,
    log: Arc<Mutex<String>>,
    output: Arc<Mutex<String>>,
    readers: Vec<std::thread::JoinHandle<()>>,
    /// Where it lives: kept as long as it does.
    _folder: Arc<TempDir>,
}

/// What came of a bot that has ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// Its exit code; none where a signal killed it.
    pub(crate) code: Option<i32>,
    /// stdout.
    pub(crate) output: String,
    /// stderr.
    pub(crate) log: String,
}

impl Home {
    /// A new one whose bot knows this Discord, and waits less than it would in earnest.
    pub(crate) fn new(double: &Double) -> Self {
        let mut home = Self {
            folder: Arc::new(tempfile::tempdir().unwrap()),
            environment: Vec::new(),
        };
        for (name, value) in double.environment() {
            home.environment.push((name.to_owned(), value));
        }
        // The same filter in every test: an event that serenity does not understand shows only there.
        let level = "info,serenity::client::dispatch=debug";
        home.with("log.level", level)
            .with("discord.retry_first_ms", "20")
            .with("discord.restart_backoff_ms", "100")
            .with("discord.cooldown_ms", "0")
    }

    /// Sets a key of the configuration, `section.key`, over what was set before.
    pub(crate) fn with(mut self, key: &str, value: &str) -> Self {
        let name = format!("SANAD_{}", key.to_uppercase().replace('.', "__"));
        self.sets(&name, value);
        self
    }

    /// Another token than the right one.
    pub(crate) fn with_token(mut self, token: &str) -> Self {
        self.sets("DISCORD_TOKEN", token);
        self
    }

    fn sets(&mut self, name: &str, value: &str) {
        self.environment.retain(|(known, _)| known != name);
        self.environment.push((name.to_owned(), value.to_owned()));
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The program with these arguments, to be started here.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sanad"));
        command
            .args(arguments)
            .current_dir(self.path())
            .env_clear()
            .envs(self.environment.iter().cloned())
            .stdin(Stdio::null());
        command
    }

    /// Starts the bot.
    pub(crate) fn start(&self) -> Bot {
        let mut command = self.command(&["run"]);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (log, output) = (Arc::default(), Arc::default());
        let readers = vec![
            collect(child.stderr.take().unwrap(), &log),
            collect(child.stdout.take().unwrap(), &output),
        ];
        Bot {
            child,
            log,
            output,
            readers,
            _folder: Arc::clone(&self.folder),
        }
    }
}

/// Reads a stream as it comes.
fn collect(
    mut stream: impl std::io::Read + Send + 'static,
    into: &Arc<Mutex<String>>,
) -> std::thread::JoinHandle<()> {
    let into = Arc::clone(into);
    std::thread::spawn(move || {
        let mut rest = Vec::new();
        let mut buffer = [0; 4096];
        while let Ok(read) = stream.read(&mut buffer) {
            if read == 0 {
                break;
            }
            rest.extend_from_slice(&buffer[..read]);
            let whole = match std::str::from_utf8(&rest) {
                Ok(text) => text.len(),
                Err(error) => error.valid_up_to(),
            };
            let text: Vec<u8> = rest.drain(..whole).collect();
            into.lock()
                .unwrap()
                .push_str(&String::from_utf8(text).unwrap());
        }
    })
}

impl Bot {
    /// What it has logged so far.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Waits until its log holds this text so many times.
    #[track_caller]
    pub(crate) fn logs(&self, times: usize, text: &str) -> impl Future<Output = ()> {
        let place = std::panic::Location::caller();
        async move {
            let start = Instant::now();
            while self.log().matches(text).count() < times {
                assert!(
                    start.elapsed() < PATIENCE,
                    "{place}: `{text}` was not logged {times} times:\n{}",
                    self.log()
                );
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
    }

    /// Whether it is still running.
    pub(crate) fn runs(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Tells it to leave, by `SIGTERM`.
    pub(crate) fn is_told_to_leave(&self) {
        // The standard library sends no signal but the one that kills.
        let told = Command::new("sh")
            .args(["-c", &format!("kill -TERM {}", self.child.id())])
            .status()
            .unwrap();
        assert!(told.success());
    }

    /// Waits until it has ended.
    pub(crate) async fn ends(mut self) -> Ended {
        let start = Instant::now();
        let status: ExitStatus = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(
                start.elapsed() < PATIENCE,
                "it does not end:\n{}",
                self.log()
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        for reader in self.readers.drain(..) {
            reader.join().unwrap();
        }
        let output = self.output.lock().unwrap().clone();
        Ended {
            code: status.code(),
            output,
            log: self.log(),
        }
    }

    /// Tells it to leave and waits until it has, which is no failure; nor may there have been an event that serenity did
    /// not understand and dropped.
    #[track_caller]
    pub(crate) fn leaves(self) -> impl Future<Output = Ended> {
        let place = std::panic::Location::caller();
        async move {
            self.is_told_to_leave();
            let ended = self.ends().await;
            assert_eq!(ended.code, Some(0), "{place}: {}", ended.log);
            assert_eq!(ended.output, "", "{place}");
            let dropped = "An unknown event was received";
            assert!(!ended.log.contains(dropped), "{place}: {}", ended.log);
            ended
        }
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // One that has ended is killed in vain.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Ended {
    /// The last line of stderr: the sentence that is meant for people.
    pub(crate) fn sentence(&self) -> &str {
        self.log.trim_end().lines().next_back().unwrap_or_default()
    }

    /// The bot's own warnings and errors in the log.
    pub(crate) fn complaints(&self) -> Vec<&str> {
        let own = |line: &&str| line.contains(" WARN sanad") || line.contains("ERROR sanad");
        self.log.lines().filter(own).collect()
    }
}
