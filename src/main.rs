//! The program: parse, configure, log, hand over.

use std::process::ExitCode;

use clap::Parser as _;
use sanad::cli::{self, Arguments};
use sanad::config::{Config, LogFormat};
use tracing_subscriber::EnvFilter;

/// What is never logged, as filter words: it would show the token, or questions.
#[cfg(feature = "discord")]
const UNLOGGED: &str = sanad::discord::UNLOGGED;
#[cfg(not(feature = "discord"))]
const UNLOGGED: &str = "";

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(code) = arguments.serve() {
        return code;
    }
    match start(&arguments) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("{}", cli::said(&failure));
            ExitCode::FAILURE
        }
    }
}

fn start(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut config = Config::load(arguments.config.as_deref(), &arguments.set)?;
    // Here alone it is known that the program is `sanad`, which can be called to read hostile files.
    config.source.program = std::env::current_exe().ok();
    log(&config, arguments.is_bot(&config));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(cli::run(arguments, &config))
}

/// Logs to stderr: stdout is for results.
fn log(config: &Config, is_bot: bool) {
    let level = if is_bot {
        &config.log.level
    } else {
        &config.log.terminal
    };
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(format!("{level},{UNLOGGED}")))
        .with_writer(std::io::stderr);
    match config.log.format {
        LogFormat::Text => builder.with_ansi(console::Term::stderr().is_term()).init(),
        LogFormat::Json => builder.json().init(),
    }
}
