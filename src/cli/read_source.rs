//! `sanad read-source`: the worker that reads hostile files. It is no command for people.

use std::process::ExitCode;

use clap::Args;

use crate::source::{Format, worker};

/// What a worker is told.
#[derive(Debug, Args)]
pub struct ReadSource {
    /// The format of the file
    #[arg(long, value_parser = format)]
    format: Format,
    /// How many seconds it may run on the processor
    #[arg(long)]
    seconds: u64,
    /// How many bytes of memory it may take
    #[arg(long)]
    memory: u64,
}

impl ReadSource {
    pub(super) fn run(&self) -> ExitCode {
        match worker::serve(self.format, self.seconds, self.memory) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        }
    }
}

fn format(code: &str) -> Result<Format, String> {
    Format::from_code(code).ok_or_else(|| format!("`{code}` is no format"))
}
