//! Opening the database: its file, its pragmas, its schema.

use std::fmt::Write as _;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{AnyConnection, ConnectOptions as _, Connection as _, Executor as _};

use super::watch::Watch;
use super::{Catalogue, Error, FILE};
use crate::source::worker::Reader;

/// The schema, step by step.
static MIGRATIONS: Migrator = sqlx::migrate!("src/catalogue/migrations");

/// How many connections read.
const READERS: u32 = 4;

/// What every connection is told; foreign keys are on by sqlx's default, but a promise should not hang on a default.
/// Others' writing is waited for up to 10 s.
pub(super) const PRAGMAS: &str = "PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000;";

impl Catalogue {
    /// Opens the catalogue in a folder, making both where they are missing, and brings its schema up to date. A file that
    /// is damaged, foreign or of a newer program is an error and stays as it is.
    pub async fn open(folder: &Path) -> Result<Self, Error> {
        sqlx::any::install_default_drivers();
        let unusable = |source: std::io::Error| Error::Unusable {
            path: folder.to_owned(),
            source: source.into(),
        };
        std::fs::create_dir_all(folder).map_err(unusable)?;
        let file = std::path::absolute(folder.join(FILE)).map_err(unusable)?;
        let options = options(&file, "rwc").map_err(|error| said(&file, error))?;
        let in_use = prepare(&file, &options).await?;
        let pool = |n, synchronous: &'static str| {
            AnyPoolOptions::new()
                .max_connections(n)
                .min_connections(1)
                // A connection to a file does not grow stale, and the watch wants one that stays.
                .idle_timeout(None)
                .max_lifetime(None)
                .test_before_acquire(false)
                .after_connect(move |connection, _| {
                    Box::pin(async move {
                        connection.execute(PRAGMAS).await?;
                        connection.execute(synchronous).await.map(|_| ())
                    })
                })
                .connect_with(options.clone())
        };
        let failed = |error| said(&file, error);
        let durable = pool(1, "PRAGMA synchronous = FULL").await.map_err(failed)?;
        let light = pool(READERS, "PRAGMA synchronous = NORMAL")
            .await
            .map_err(failed)?;
        Ok(Self {
            durable,
            light,
            watch: Arc::new(Watch::over(&file)),
            reader: Reader::default(),
            seen: Arc::new(Mutex::new(None)),
            in_use: Arc::new(in_use),
        })
    }
}

/// Makes the file where it is missing, has it log ahead (WAL) and brings its schema up to date. Two processes that start
/// at once on a new folder do this one after the other: neither the switch to WAL nor sqlx's migrations wait by
/// themselves on SQLite. The file that is returned says that the catalogue is open, for as long as it is.
async fn prepare(file: &Path, options: &AnyConnectOptions) -> Result<File, Error> {
    let failed = |error| said(file, error);
    let _alone = lock(file).await?;
    let in_use = use_it(file).await?;
    let mut connection = options.connect().await.map_err(failed)?;
    connection.execute(PRAGMAS).await.map_err(failed)?;
    connection
        .execute("PRAGMA journal_mode = WAL")
        .await
        .map_err(failed)?;
    migrate(file, &mut connection).await?;
    connection.close().await.map_err(failed)?;
    Ok(in_use)
}

pub(super) async fn migrate(file: &Path, connection: &mut AnyConnection) -> Result<(), Error> {
    match MIGRATIONS.run_direct(None, connection, false).await {
        Ok(()) => Ok(()),
        Err(MigrateError::VersionMissing(found)) => Err(Error::Newer {
            file: file.to_owned(),
            found,
        }),
        Err(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => {
            Err(said(file, error))
        }
        Err(error) => Err(Error::Damaged {
            file: file.to_owned(),
            source: error.into(),
        }),
    }
}

/// Waits until no other process prepares the same file; ends with the returned value.
pub(super) async fn lock(file: &Path) -> Result<File, Error> {
    let path = file.with_extension("db-opening");
    super::apart(move || {
        let attempt = || {
            let lock = File::options().create(true).append(true).open(&path)?;
            lock.lock()?;
            Ok(lock)
        };
        attempt().map_err(|source: std::io::Error| Error::Unusable {
            path: path.clone(),
            source: source.into(),
        })
    })
    .await
}

/// The file whose lock says that a catalogue is open: shared by those who have it open.
pub(super) fn in_use(file: &Path) -> PathBuf {
    file.with_extension("db-in-use")
}

/// Says that the catalogue is open; whoever wants it alone wants the lock above first, so nobody is waited for here.
async fn use_it(file: &Path) -> Result<File, Error> {
    let path = in_use(file);
    super::apart(move || {
        let attempt = || {
            let lock = File::options().create(true).append(true).open(&path)?;
            lock.lock_shared()?;
            Ok(lock)
        };
        attempt().map_err(|source: std::io::Error| Error::Unusable {
            path: path.clone(),
            source: source.into(),
        })
    })
    .await
}

/// Connects to a file, for reading (`ro`) or for writing too (`rw`).
pub(super) async fn connect(file: &Path, mode: &str) -> Result<AnyConnection, Error> {
    sqlx::any::install_default_drivers();
    let file = std::path::absolute(file).map_err(|error| Error::Unusable {
        path: file.to_owned(),
        source: error.into(),
    })?;
    let options = options(&file, mode).map_err(|error| said(&file, error))?;
    options.connect().await.map_err(|error| said(&file, error))
}

/// How to connect to a file. sqlx reads a URL; whatever could mean something in one is written as percent codes.
fn options(file: &Path, mode: &str) -> Result<AnyConnectOptions, sqlx::Error> {
    let mut url = String::from("sqlite:");
    for byte in file.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(byte) {
            url.push(char::from(*byte));
        } else {
            write!(url, "%{byte:02X}").expect("a string can be written to");
        }
    }
    url.push_str("?mode=");
    url.push_str(mode);
    // Statements are not logged: at `debug` they would drown what is.
    Ok(url
        .parse::<AnyConnectOptions>()?
        .disable_statement_logging())
}

/// An error of the database, told by its number: a damaged file and one that cannot be opened are things that a person
/// can do something about.
pub(super) fn said(file: &Path, error: sqlx::Error) -> Error {
    /// SQLite's numbers of a damaged file, and of one that is no database.
    const DAMAGED: [u32; 2] = [11, 26];
    /// Those of a file that may not be used: no permission, read-only, disk failing, full, cannot be opened.
    const UNUSABLE: [u32; 5] = [3, 8, 10, 13, 14];
    let number = error
        .as_database_error()
        .and_then(|error| error.code()?.parse::<u32>().ok())
        // The lower byte says what happened, the rest says more of where.
        .map(|number| number & 0xFF);
    match (number, error) {
        (Some(number), sqlx::Error::Database(error)) if DAMAGED.contains(&number) => {
            Error::Damaged {
                file: file.to_owned(),
                source: error.into_error(),
            }
        }
        (Some(number), sqlx::Error::Database(error)) if UNUSABLE.contains(&number) => {
            Error::Unusable {
                path: file.to_owned(),
                source: error.into_error(),
            }
        }
        (_, error) => Error::Database(error),
    }
}
