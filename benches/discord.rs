//! The bot as people wait for it: the real program against a Discord on 127.0.0.1, questions one at a time.
//!
//! `/ping` is what any answer costs on this machine, so the times of `/ask` are told beside it. A time goes from the
//! interaction's frame on the gateway's socket to the arrival of the request that carries the passage.
//!
//! ```text
//! cargo bench --bench discord -- --warm-ups 300 --samples 2000 --starts 5
//! ```

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a measurement that panics is one that failed"
)]
#![expect(clippy::print_stdout, reason = "what was measured goes there")]

#[path = "../tests/discord_double/mod.rs"]
mod discord_double;
#[path = "measure/times.rs"]
mod times;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;
use discord_double::{Double, Person};
use times::Times;

const ARABIC: &str = "متى أقيمت العلاقات الدبلوماسية بين كوريا الشمالية والاتحاد السوفييتي؟";
const ENGLISH: &str =
    "When were diplomatic relations between North Korea and the Soviet Union established?";
/// What the passage that answers both holds.
const ANSWER: &str = "1948";

/// After how many rounds the record of what was seen is begun anew: it would only grow.
const FORGETTING: usize = 100;
/// How long the bot is left alone before it is looked how much memory it holds.
const REST: Duration = Duration::from_secs(1);

/// How long answers in Discord take.
#[derive(Parser)]
struct Arguments {
    /// How many rounds go before the first that counts
    #[arg(long, default_value_t = 300)]
    warm_ups: usize,
    /// How many rounds count; each is one `/ping` and one `/ask` in either language
    #[arg(long, default_value_t = 2000)]
    samples: usize,
    /// How often the bot is started
    #[arg(long, default_value_t = 5)]
    starts: usize,
    /// The program to measure
    #[arg(long, value_name = "FILE", default_value = env!("CARGO_BIN_EXE_sanad"))]
    program: PathBuf,
    /// Given by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

#[tokio::main]
async fn main() {
    let arguments = Arguments::parse();
    let folder = tempfile::tempdir().unwrap();

    // One Discord for all starts: a bot registers its commands once.
    let double = Double::start().await;
    let ana = double.guild("مكتبة").member("Ana").with_locale("en-GB");
    let start = || started(&arguments.program, folder.path(), &double);

    // The first start makes catalogue and index.
    let (bot, first) = start().await;
    let asking = Instant::now();
    asks(&ana, ARABIC).await;
    println!(
        "the very first start: READY after {}, first answer {} later",
        times::milliseconds(first),
        times::milliseconds(asking.elapsed())
    );
    drop(bot);

    let (mut ready, mut answered) = (Times::default(), Times::default());
    for _ in 0..arguments.starts {
        let (_bot, took) = start().await;
        ready.add(took);
        let asking = Instant::now();
        asks(&ana, ARABIC).await;
        answered.add(asking.elapsed());
    }
    println!("READY with a current index  {ready}");
    println!("first answer after that     {answered}");

    let (bot, _) = start().await;
    tokio::time::sleep(REST).await;
    let idle = bot.resident_kib();
    for _ in 0..arguments.warm_ups {
        round(&ana).await;
    }
    let mut times = [Times::default(), Times::default(), Times::default()];
    for n in 0..arguments.samples {
        for (times, time) in times.iter_mut().zip(round(&ana).await) {
            times.add(time);
        }
        if n % FORGETTING == 0 {
            double.clear_transcript();
        }
    }
    let [ping, arabic, english] = &times;
    println!("/ping          {ping}");
    for (name, asked) in [("/ask, Arabic ", arabic), ("/ask, English", english)] {
        println!(
            "{name}  {asked}  p50 × {:.2} of /ping",
            asked.over(ping, 50)
        );
    }
    tokio::time::sleep(REST).await;
    println!(
        "resident memory: {} MiB after the start, {} MiB after {} answers",
        idle / 1024,
        bot.resident_kib() / 1024,
        2 * (arguments.warm_ups + arguments.samples)
    );
    assert_eq!(double.violations(), [""; 0]);
}

/// One round: how long `/ping`, the Arabic and the English question took.
async fn round(ana: &Person) -> [Duration; 3] {
    let ping = ana.slash("ping", &[]).await.latency.unwrap();
    [ping, asks(ana, ARABIC).await, asks(ana, ENGLISH).await]
}

/// How long a question takes; it has to be answered at once, and with the passage.
async fn asks(ana: &Person, question: &str) -> Duration {
    let reply = ana.slash("ask", &[("question", question)]).await;
    assert!(reply.to_string().contains(ANSWER), "{reply}");
    assert_eq!(reply.callback, Some(4), "Discord was told to wait");
    reply.latency.unwrap()
}

/// A running bot; killed when dropped.
struct Bot(Child);

impl Bot {
    /// How much memory it holds, as Linux counts it.
    fn resident_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let number = line.unwrap().split_whitespace().nth(1);
        number.unwrap().parse().unwrap()
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// A bot that lives in a folder, and how long it took from the start to READY.
async fn started(program: &Path, folder: &Path, double: &Double) -> (Bot, Duration) {
    let nth = double.gateway().n_identifies() + 1;
    let start = Instant::now();
    let child = Command::new(program)
        .arg("run")
        .current_dir(folder)
        .env_clear()
        .envs(double.environment())
        .env("SANAD_DISCORD__COOLDOWN_MS", "0")
        .env("SANAD_LOG__LEVEL", "warn")
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let bot = Bot(child);
    assert!(double.gateway().identified(nth).await, "it never connected");
    (bot, start.elapsed())
}
