//! The states of libraries: loaded when they are first asked, exchanged when the catalogue has a newer generation, let go
//! when others are asked more.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, RwLock, Weak};

use tokio::sync::watch;

use super::lexicons::Lexicons;
use super::read::Recent;
use super::setting::Policy;
use super::suggestions::{Offer, Offers};
use super::{Error, edition, moderation, starter};
use crate::catalogue::{self, Catalogue, LibraryRecord, SourceRecord, apart};
use crate::config::{self, Config, Retention};
use crate::index::{self, Edition, Health, Index, Snapshot};
use crate::language::layers::Lexicon;

/// How many states are held at most, however few indexes they share.
const STATES: usize = 1_000;
/// How often a state is tried to be loaded while others change the library or its index.
const TRIES: usize = 8;

/// What all libraries of an installation share.
pub(super) struct Shared {
    pub(super) catalogue: Catalogue,
    pub(super) lexicons: Lexicons,
    /// The confidence from which the first passage is the answer, where a library has not set its own.
    pub(super) threshold: f32,
    /// For how many days things are kept.
    pub(super) keep: Retention,
    /// What a server's library may hold.
    pub(super) quota: config::Quota,
    /// How long a question may be.
    pub(super) max_question: usize,
    /// Passages of versions that were looked at lately.
    pub(super) recent: Mutex<Recent>,
    folder: PathBuf,
    open: usize,
    starter: BTreeSet<u64>,
    rooms: Mutex<HashMap<String, Arc<Room>>>,
    indexes: Mutex<HashMap<PathBuf, Weak<Index>>>,
    clock: AtomicU64,
}

/// The place of one library's state.
pub(super) struct Room {
    pub(super) id: String,
    state: RwLock<Option<Arc<State>>>,
    /// When it was last asked, by the clock of questions.
    used: AtomicU64,
    /// Held by who loads a new state, so that many questions after one change load it once.
    loading: tokio::sync::Mutex<()>,
    /// What each edition has to offer while somebody types, as far as it was gathered.
    pub(super) offers: Mutex<HashMap<u64, Arc<Vec<Arc<Offer>>>>>,
    /// Held by who changes the library.
    pub(super) changing: tokio::sync::Mutex<()>,
    /// The generation that a change of ours is bringing about, which is not acknowledged yet; 0 is none.
    pending: AtomicI64,
}

/// What questions are answered from: one generation of a library.
pub(super) struct State {
    pub(super) generation: i64,
    /// The change of the catalogue at which this generation was last found to be the newest.
    verified: AtomicI64,
    /// Its sources by the numbers of their editions.
    pub(super) sources: BTreeMap<u64, SourceRecord>,
    /// The confidence from which the first passage is the answer.
    pub(super) threshold: f32,
    pub(super) folder: PathBuf,
    pub(super) index: Arc<Index>,
    pub(super) snapshot: Arc<Snapshot>,
    /// What its questions are read by.
    pub(super) lexicon: Arc<Lexicon>,
    pub(super) offers: Arc<Offers>,
    /// What of it is seen by those who may not see everything, as far as they asked lately.
    pub(super) views: Mutex<Vec<Arc<State>>>,
}

/// Tells how far the indexing is: (done, all) passages.
pub(super) type Progress = watch::Sender<(u64, u64)>;

/// As long as it lives, a change of ours is under way that is not acknowledged.
pub(super) struct Pending<'a>(&'a Room);

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        self.0.pending.store(0, Ordering::Release);
    }
}

impl Room {
    fn new(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            state: RwLock::default(),
            used: AtomicU64::default(),
            loading: tokio::sync::Mutex::default(),
            offers: Mutex::default(),
            changing: tokio::sync::Mutex::default(),
            pending: AtomicI64::default(),
        }
    }

    /// Announces the generation that a change of ours brings about.
    pub(super) fn announce(&self, generation: i64) -> Pending<'_> {
        self.pending.store(generation, Ordering::Release);
        Pending(self)
    }

    fn state(&self) -> Option<Arc<State>> {
        let state = self.state.read();
        state.expect("no panic while states are exchanged").clone()
    }

    fn exchange(&self, state: Option<Arc<State>>) {
        *self
            .state
            .write()
            .expect("no panic while states are exchanged") = state;
    }
}

impl State {
    /// Itself with nothing in it but some of its editions.
    pub(super) fn within(&self, editions: &BTreeSet<u64>) -> Result<Self, index::Error> {
        let mut sources = self.sources.clone();
        sources.retain(|edition, _| editions.contains(edition));
        let snapshot = Arc::new(self.snapshot.within(editions)?);
        Ok(self.showing(sources, snapshot, Arc::default()))
    }

    /// Itself with another look at its index.
    fn showing(
        &self,
        sources: BTreeMap<u64, SourceRecord>,
        snapshot: Arc<Snapshot>,
        offers: Arc<Offers>,
    ) -> Self {
        Self {
            generation: self.generation,
            verified: AtomicI64::new(self.verified.load(Ordering::Acquire)),
            sources,
            threshold: self.threshold,
            folder: self.folder.clone(),
            index: Arc::clone(&self.index),
            snapshot,
            lexicon: Arc::clone(&self.lexicon),
            offers,
            views: Mutex::default(),
        }
    }
}

impl Shared {
    /// Forgets the questions that were kept for as long as they may be, and purges what was withdrawn for long enough.
    pub(super) async fn forget(&self) -> Result<(), catalogue::Error> {
        let before = moderation::before(self.keep.questions);
        self.catalogue.forget_questions_before(None, before).await?;
        self.purge().await
    }

    pub(super) fn new(catalogue: Catalogue, config: &Config) -> Self {
        Self {
            catalogue,
            lexicons: Lexicons::in_data(&config.data.dir),
            threshold: config.answer.threshold,
            keep: config.retention.clone(),
            quota: config.quota.clone(),
            max_question: config.answer.max_question,
            recent: Mutex::default(),
            folder: config.index.dir.clone(),
            open: config.index.open,
            starter: starter::editions(),
            rooms: Mutex::default(),
            indexes: Mutex::default(),
            clock: AtomicU64::default(),
        }
    }

    /// Whether a library was opened before: it exists then, since none is ever deleted.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.rooms().contains_key(id)
    }

    /// The room of a library that exists.
    pub(super) fn room(&self, id: &str) -> Arc<Room> {
        let mut rooms = self.rooms();
        if let Some(room) = rooms.get(id) {
            return Arc::clone(room);
        }
        let room = Arc::new(Room::new(id));
        rooms.insert(id.to_owned(), Arc::clone(&room));
        room
    }

    fn rooms(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Room>>> {
        self.rooms
            .lock()
            .expect("no panic while rooms are looked up")
    }

    fn indexes(&self) -> std::sync::MutexGuard<'_, HashMap<PathBuf, Weak<Index>>> {
        let indexes = self.indexes.lock();
        indexes.expect("no panic while indexes are looked up")
    }

    /// How many indexes are open.
    #[cfg(test)]
    pub(super) fn n_open(&self) -> usize {
        let indexes = self.indexes();
        indexes
            .values()
            .filter(|index| index.strong_count() > 0)
            .count()
    }

    /// The folder of the index that holds these editions for a library.
    pub(super) fn folder(&self, library: &str, editions: &BTreeSet<u64>) -> PathBuf {
        edition::folder(&self.folder, library, editions, &self.starter)
    }

    /// The newest state of a library.
    pub(super) async fn state(&self, room: &Room) -> Result<Arc<State>, Error> {
        let change = self.catalogue.change().await?;
        let lexicon = self.lexicons.current().await;
        let Some(state) = room.state() else {
            return self.load(room).await;
        };
        if !Arc::ptr_eq(&state.lexicon, &lexicon) {
            return self.load(room).await;
        }
        room.used.store(
            self.clock.fetch_add(1, Ordering::Relaxed) + 1,
            Ordering::Relaxed,
        );
        if state.verified.load(Ordering::Acquire) == change {
            return Ok(state);
        }
        // Something changed somewhere; here?
        if let Some((generation, change)) = self.catalogue.generation(&room.id).await? {
            if generation == state.generation {
                state.verified.store(change, Ordering::Release);
                return Ok(state);
            }
            // While our own change is being indexed, answers come from the state before it.
            let pending = room.pending.load(Ordering::Acquire);
            if generation == pending && generation == state.generation + 1 {
                return Ok(state);
            }
        }
        self.load(room).await
    }

    /// Loads the newest state of a library, unless somebody has done it by the time it is our turn.
    pub(super) async fn load(&self, room: &Room) -> Result<Arc<State>, Error> {
        let _turn = room.loading.lock().await;
        let library = self.record(room).await?;
        let lexicon = self.lexicons.current().await;
        if let Some(state) = room.state()
            && state.generation == library.generation
            && Arc::ptr_eq(&state.lexicon, &lexicon)
        {
            state.verified.store(library.change, Ordering::Release);
            return Ok(state);
        }
        self.build(room, library, &Progress::default()).await
    }

    /// Merges what is due in a library's index, off the threads that wait for others, and shows it merged.
    pub(super) fn settle(self: &Arc<Self>, room: &Arc<Room>) {
        let Some(state) = room.state() else { return };
        let (shared, room) = (Arc::clone(self), Arc::clone(room));
        let runtime = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || match state.index.tidy() {
            Ok(true) => {
                runtime.spawn(async move { shared.exchange_merged(&room).await });
            }
            Ok(false) => {}
            Err(error) => {
                tracing::warn!(library = room.id, %error, "the index could not be merged; it works as it is");
            }
        });
    }

    /// Puts the merged index in the place of the one that a state shows.
    async fn exchange_merged(&self, room: &Room) {
        let _turn = room.loading.lock().await;
        let Some(state) = room.state() else { return };
        let merged = state.index.snapshot();
        if merged.editions() == state.snapshot.editions() {
            let state = state.showing(state.sources.clone(), merged, Arc::clone(&state.offers));
            room.exchange(Some(Arc::new(state)));
        }
    }

    /// Builds a library's index anew and loads it. Questions are answered from the old state until it is there.
    pub(super) async fn rebuild(
        &self,
        room: &Room,
        progress: &Progress,
    ) -> Result<Arc<State>, Error> {
        let _turn = room.loading.lock().await;
        let library = self.record(room).await?;
        let editions = edition::of(library.sources.clone()).into_keys().collect();
        self.discard(&self.folder(&room.id, &editions)).await?;
        self.build(room, library, progress).await
    }

    /// Loads a state in place of one whose index failed. It is opened anew, and built anew only where its files are not
    /// what they were: a question that the engine stumbles over must not cost more than its answer.
    pub(super) async fn replace(&self, room: &Room, failed: &State) -> Result<Arc<State>, Error> {
        let _turn = room.loading.lock().await;
        // Libraries may share an index: one of them mends it, for all.
        let current = self.indexes().get(&failed.folder).and_then(Weak::upgrade);
        if current.is_none_or(|current| Arc::ptr_eq(&current, &failed.index)) {
            self.indexes().remove(&failed.folder);
            let (folder, editions) = (
                failed.folder.clone(),
                failed.sources.keys().copied().collect(),
            );
            if let Health::Damaged(found) = apart(move || Index::check(&folder, &editions)).await {
                tracing::warn!(
                    library = room.id,
                    found,
                    "the index is damaged and is built anew"
                );
                self.discard(&failed.folder).await?;
            }
        }
        let library = self.record(room).await?;
        self.build(room, library, &Progress::default()).await
    }

    async fn record(&self, room: &Room) -> Result<LibraryRecord, Error> {
        let library = self.catalogue.library(&room.id).await?;
        Ok(library.ok_or_else(|| catalogue::Error::NoLibrary {
            library: room.id.clone(),
        })?)
    }

    /// Throws away the index in a folder.
    async fn discard(&self, folder: &Path) -> Result<(), Error> {
        self.indexes().remove(folder);
        let folder = folder.to_owned();
        Ok(searching(&folder.clone(), move || Index::discard(&folder)).await?)
    }

    async fn build(
        &self,
        room: &Room,
        mut library: LibraryRecord,
        progress: &Progress,
    ) -> Result<Arc<State>, Error> {
        let mut is_mended = false;
        let mut folder = PathBuf::new();
        for _ in 0..TRIES {
            let lexicon = self.lexicons.current().await;
            // Read after the generation: a setting that is newer than it comes with a newer one, and is loaded again.
            let policy = Policy::of(&self.catalogue.settings(&room.id).await?);
            let editions = edition::of(library.sources);
            let wanted = editions.keys().copied().collect();
            folder = self.folder(&room.id, &wanted);
            match self.bring(&folder, wanted, &editions, progress).await {
                Ok(Some((index, snapshot))) => {
                    let state = Arc::new(State {
                        generation: library.generation,
                        verified: AtomicI64::new(library.change),
                        sources: editions,
                        threshold: policy.threshold.unwrap_or(self.threshold),
                        folder,
                        index,
                        snapshot,
                        lexicon,
                        offers: Arc::default(),
                        views: Mutex::default(),
                    });
                    self.adopt(room, Arc::clone(&state));
                    return Ok(state);
                }
                // Others changed it meanwhile: again, from what the catalogue says now.
                Ok(None) => {}
                Err(Error::Index(error)) if error.is_damage() && !is_mended => {
                    tracing::warn!(library = room.id, %error, "the index is damaged and is built anew");
                    self.discard(&folder).await?;
                    is_mended = true;
                }
                Err(error) => return Err(error),
            }
            library = self.record(room).await?;
        }
        Err(index::Error::Busy { folder }.into())
    }

    /// Brings the index in a folder to the wanted editions; none where others brought it elsewhere meanwhile.
    async fn bring(
        &self,
        folder: &Path,
        wanted: BTreeSet<u64>,
        editions: &BTreeMap<u64, SourceRecord>,
        progress: &Progress,
    ) -> Result<Option<(Arc<Index>, Arc<Snapshot>)>, Error> {
        let known = self.indexes().get(folder).and_then(Weak::upgrade);
        let path = folder.to_owned();
        let index = searching(folder, move || {
            let index = match known {
                Some(index) => {
                    index.refresh()?;
                    index
                }
                None => Arc::new(Index::open(&path)?),
            };
            Ok(index)
        })
        .await?;
        let held = index.snapshot();
        if held.editions() != &wanted {
            let mut added = Vec::new();
            for (number, record) in editions {
                if !held.editions().contains(number) {
                    added.push(Edition {
                        number: *number,
                        title: record.attribution.title.clone(),
                        passages: self.catalogue.passages(record).await?,
                    });
                }
            }
            let (index, wanted, progress) = (Arc::clone(&index), wanted.clone(), progress.clone());
            searching(folder, move || {
                index.bring_to(&wanted, &added, &|done, all| {
                    progress.send_replace((done, all));
                })
            })
            .await?;
        }
        self.indexes()
            .insert(folder.to_owned(), Arc::downgrade(&index));
        let snapshot = index.snapshot();
        Ok((snapshot.editions() == &wanted).then_some((index, snapshot)))
    }

    /// Puts a state in its place, and lets go of those that were not asked for the longest time where too many indexes
    /// are open.
    fn adopt(&self, room: &Room, state: Arc<State>) {
        room.used.store(
            self.clock.fetch_add(1, Ordering::Relaxed) + 1,
            Ordering::Relaxed,
        );
        room.exchange(Some(state));
        let mut held: Vec<(u64, Arc<Room>, PathBuf)> = self
            .rooms()
            .values()
            .filter_map(|room| {
                let folder = room.state()?.folder.clone();
                Some((room.used.load(Ordering::Relaxed), Arc::clone(room), folder))
            })
            .collect();
        held.sort_by_key(|(used, ..)| std::cmp::Reverse(*used));
        let mut folders = HashSet::new();
        for (nth, (_, room, folder)) in held.iter().enumerate() {
            let is_shared = folders.contains(folder);
            if nth < STATES && (is_shared || folders.len() < self.open) {
                folders.insert(folder);
            } else {
                room.exchange(None);
            }
        }
        self.indexes().retain(|_, index| index.strong_count() > 0);
    }
}

/// Runs what reads or writes an index off the threads that wait for others. An engine that panics over what it reads is
/// one that reads damaged files.
pub(super) async fn searching<T: Send + 'static>(
    folder: &Path,
    work: impl FnOnce() -> Result<T, index::Error> + Send + 'static,
) -> Result<T, index::Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(failed) => {
            tracing::error!(folder = %folder.display(), %failed, "the search engine panicked");
            Err(index::Error::Damaged {
                folder: folder.to_owned(),
            })
        }
    }
}
