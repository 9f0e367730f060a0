//! Hostile files are read in a process of its own, so that none can take the program down: not by running without end, not
//! by its memory, its stack or a fault in a reader.
//!
//! The process is this very program, called as `sanad read-source` ([`serve`]): it limits itself, reads the file from stdin
//! and writes the [`Reading`] to stdout as JSON. [`Reader`] starts it, and tells what became of it: an answer, too slow, too
//! much memory, or a fault.
//!
//! A newcomer's trap: who is no `sanad` (a test of the library) has no such program to call, and `current_exe` is then
//! something else that must not be called. So the program is handed over by who knows it: `main` sets
//! [`Source::program`](crate::config::Source::program), and without it files are read in the process itself.

use std::io::{Read as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

use rlimit::Resource;

use super::{Format, Problem, ProblemKind, Reading};

/// The word that makes the program a worker.
pub const COMMAND: &str = "read-source";

/// How many files are read at once: each may take its whole memory.
const AT_ONCE: usize = 2;
/// The stack of the thread that reads. Readers descend into what is nested, and refuse before it is used up.
const STACK: usize = 64 << 20;
/// An answer of more bytes is of no file that may be a source.
const MAX_ANSWER: u64 = 512 << 20;
/// How much of what a worker says on stderr is looked at.
const MAX_SAID: u64 = 64 << 10;
/// How long a worker may take to end once it has answered.
const GRACE: Duration = Duration::from_secs(2);
/// How Rust says that there is no memory.
const NO_MEMORY: &str = "memory allocation of";

/// Reads sources, hostile ones in a process of their own. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The program to call; none reads in this process.
    program: Option<PathBuf>,
    /// How many seconds a file may take.
    seconds: u64,
    /// How many bytes of memory.
    memory: u64,
    places: Arc<Places>,
}

impl Default for Reader {
    fn default() -> Self {
        let default = crate::config::Source::default();
        Self::new(None, default.read_seconds, default.read_memory)
    }
}

impl Reader {
    /// A reader that calls `program`, where there is one, and lets it run so many seconds with so many bytes of memory.
    pub fn new(program: Option<PathBuf>, seconds: u64, memory: u64) -> Self {
        Self {
            program,
            seconds,
            memory,
            places: Arc::new(Places::new(AT_ONCE)),
        }
    }

    /// Reads the bytes of a source. It blocks until they are read: call it where that is no harm.
    pub fn read(&self, format: Format, bytes: &[u8]) -> Reading {
        match &self.program {
            Some(program) if format.is_hostile() => {
                let _place = self.places.take();
                self.call(program, format, bytes)
            }
            _ => here(format, bytes),
        }
    }

    fn call(&self, program: &PathBuf, format: Format, bytes: &[u8]) -> Reading {
        let mut command = Command::new(program);
        command
            .arg(COMMAND)
            .args(["--format", format.code()])
            .args(["--seconds", &self.seconds.to_string()])
            .args(["--memory", &self.memory.to_string()])
            // It is to know nothing: neither the token nor where the catalogue lies.
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = match command.spawn() {
            Ok(child) => child,
            Err(error) => {
                tracing::error!(%error, program = %program.display(), "the reader of files cannot be started");
                return failed(ProblemKind::NotRead, Some(&error.to_string()));
            }
        };
        let answer = self.answer(&mut child, bytes);
        // Whatever it does still, nobody waits for it; and it is to leave no zombie.
        let _ = child.kill();
        let _ = child.wait();
        answer
    }

    fn answer(&self, child: &mut Child, bytes: &[u8]) -> Reading {
        let deadline = Instant::now() + Duration::from_secs(self.seconds);
        let too_slow = || failed(ProblemKind::TooSlow, Some(&self.seconds.to_string()));
        let (Some(mut stdin), Some(stdout), Some(stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return failed(ProblemKind::NotRead, Some("no pipe"));
        };
        std::thread::scope(|scope| {
            let (sender, receiver) = mpsc::channel();
            let said = scope.spawn(move || {
                let mut said = Vec::new();
                let _ = stderr.take(MAX_SAID).read_to_end(&mut said);
                String::from_utf8_lossy(&said).into_owned()
            });
            scope.spawn(move || {
                let mut answer = Vec::new();
                let read = stdout.take(MAX_ANSWER).read_to_end(&mut answer);
                // Nobody listens once the time is over.
                let _ = sender.send(read.map(|_| answer));
            });
            scope.spawn(move || {
                // A worker that dies reads no further; what became of it is seen at its end.
                let _ = stdin.write_all(bytes);
            });
            let left = deadline.saturating_duration_since(Instant::now());
            let answer = receiver.recv_timeout(left);
            if answer.is_err() {
                // The threads end with the pipes, and these with the process.
                let _ = child.kill();
                return too_slow();
            }
            let status = wait(child, GRACE);
            let _ = child.kill();
            let said = said.join().unwrap_or_default();
            match (status, answer) {
                (Some(status), Ok(Ok(answer))) if status.success() => {
                    serde_json::from_slice(&answer)
                        .unwrap_or_else(|_| failed(ProblemKind::Broken, Some("JSON")))
                }
                (Some(status), _) => {
                    tracing::warn!(%status, %said, "a file brought its reader down");
                    self.end(status, &said)
                }
                (None, _) => too_slow(),
            }
        })
    }

    /// What the end of a worker that did not answer means.
    fn end(&self, status: ExitStatus, said: &str) -> Reading {
        if said.contains(NO_MEMORY) {
            return failed(ProblemKind::TooMuchMemory, None);
        }
        if said.contains("overflowed its stack") {
            return failed(ProblemKind::NestedTooDeep, None);
        }
        match signal(status) {
            // The limit of its time on the processor.
            Some(24) => failed(ProblemKind::TooSlow, Some(&self.seconds.to_string())),
            // Nobody here kills one before its time: the system does, for want of memory.
            Some(9) => failed(ProblemKind::TooMuchMemory, None),
            Some(signal) => failed(ProblemKind::Broken, Some(&format!("signal {signal}"))),
            None => failed(ProblemKind::Broken, Some(&status.to_string())),
        }
    }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}

/// Waits for a process to end, but not for long.
fn wait(child: &mut Child, at_most: Duration) -> Option<ExitStatus> {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if start.elapsed() < at_most => std::thread::sleep(Duration::from_millis(2)),
            _ => return None,
        }
    }
}

fn failed(kind: ProblemKind, found: Option<&str>) -> Reading {
    Reading {
        source: None,
        problems: vec![Problem::of_file(kind, found)],
    }
}

/// Reads in this process; a fault of a reader is the file's.
fn here(format: Format, bytes: &[u8]) -> Reading {
    catch_unwind(AssertUnwindSafe(|| super::read(format, bytes)))
        .unwrap_or_else(|_| failed(ProblemKind::Broken, Some("panic")))
}

/// What a worker does: limits itself, reads a file from stdin, writes what it read to stdout.
///
/// # Errors
/// stdin or stdout fail, or there is no thread.
pub fn serve(format: Format, seconds: u64, memory: u64) -> std::io::Result<()> {
    limit(seconds, memory);
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    let read = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || here(format, &bytes))?;
    let reading = read
        .join()
        .unwrap_or_else(|_| failed(ProblemKind::Broken, Some("panic")));
    let answer = serde_json::to_vec(&reading)?;
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(&answer)?;
    stdout.flush()
}

/// Limits this process. Where the system knows a limit not, who called it ends it all the same.
fn limit(seconds: u64, memory: u64) {
    let limits = [
        (Resource::AS, memory, memory),
        // Who called it ends it before; this is for one that nobody waits for any more. At the first limit it is told
        // so by a signal of its own, at the second it is killed like one that has no memory.
        (Resource::CPU, seconds + 1, seconds + 5),
        // It has to write no file, and no picture of its memory when it falls.
        (Resource::FSIZE, 0, 0),
        (Resource::CORE, 0, 0),
    ];
    for (resource, soft, hard) in limits {
        if let Err(error) = resource.set(soft, hard) {
            tracing::debug!(%error, ?resource, "a limit could not be set");
        }
    }
}

/// Places for work, of which only so many are taken at once.
#[derive(Debug)]
struct Places {
    free: Mutex<usize>,
    freed: Condvar,
}

/// A place that is taken.
struct Place<'a>(&'a Places);

impl Places {
    fn new(n: usize) -> Self {
        Self {
            free: Mutex::new(n),
            freed: Condvar::new(),
        }
    }

    /// Takes a place as soon as one is free.
    fn take(&self) -> Place<'_> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self
            .freed
            .wait_while(free, |free| *free == 0)
            .unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        Place(self)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn only_so_many_at_once() {
        let places = Places::new(2);
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let _place = places.take();
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::sleep(Duration::from_millis(5));
                    now.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(most.load(Ordering::SeqCst), 2);
    }

    #[test]
    fn a_program_that_is_none_is_no_fault_of_the_file() {
        let reader = Reader::new(Some(PathBuf::from("/nowhere/sanad")), 5, 1 << 30);
        let problems = reader.read(Format::Pdf, b"%PDF-1.7").problems;
        assert_eq!(
            problems.first().map(|problem| problem.kind),
            Some(ProblemKind::NotRead)
        );
    }

    #[test]
    fn text_needs_no_worker() {
        let reader = Reader::new(Some(PathBuf::from("/nowhere/sanad")), 5, 1 << 30);
        assert!(
            reader
                .read(Format::Article, "سطر.".as_bytes())
                .source
                .is_some()
        );
    }

    #[test]
    fn a_reading_goes_there_and_back() {
        let reading = Reader::default().read(Format::Article, "نص[1] هنا.\n^حاشية".as_bytes());
        let text = serde_json::to_vec(&reading).unwrap();
        assert_eq!(serde_json::from_slice::<Reading>(&text).unwrap(), reading);
    }
}
