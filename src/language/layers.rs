//! The lexicon that questions are read by: ours, and below it those that an operator imported.
//!
//! Entries of ours come first. What an imported lexicon adds to a word that ours has counts less (`answer` says how
//! much); a word that only it has is read by it in full. Imported lexicons are never looked at while a source is indexed,
//! so an index does not depend on them.

use super::compile::Tables;
use super::lexicon::{self, Entry, EntryId, OURS, Side, Table};

/// What a stored lexicon begins with.
const MAGIC: [u8; 8] = *b"sanadlex";
/// Raised whenever a stored lexicon looks otherwise than before.
const VERSION: u32 = 1;
/// How many bytes stand before the table: the magic, the version, [`lexicon::version`], the table's checksum.
const HEAD: usize = 8 + 4 + 8 + 8;
/// How many imported lexicons are read.
pub const MOST: usize = 200;
/// How many entries of one key are read, of an imported lexicon.
const PER_KEY: usize = 32;

/// Ours, and below it the imported ones in the order of their names.
#[derive(Default)]
pub struct Lexicon {
    layers: Vec<Layer>,
}

/// An imported lexicon.
pub struct Layer {
    name: String,
    table: Vec<u8>,
}

impl Lexicon {
    /// Ours with these below it; more than [`MOST`] are left out.
    pub fn new(mut layers: Vec<Layer>) -> Self {
        layers.sort_by(|a, b| a.name.cmp(&b.name));
        layers.truncate(MOST);
        Self { layers }
    }

    /// The imported ones.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The entries of an English form, as [`lexicon::english`] finds them, those of ours first.
    pub fn english(&self, form: &str) -> Vec<Entry<'_>> {
        let mut entries: Vec<Entry<'_>> = OURS.english(form);
        for table in self.tables() {
            entries.extend(table.english(form).into_iter().take(PER_KEY));
        }
        entries
    }

    /// The English forms that are one slip of the pen away from an unknown one, with their entries, most frequent first.
    pub fn english_like(&self, form: &str) -> Vec<(String, Vec<Entry<'_>>)> {
        let mut near: Vec<(String, Vec<Entry<'_>>)> = OURS.english_like(form);
        for table in self.tables() {
            for (key, entries) in table.english_like(form) {
                match near.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, known)) => known.extend(entries.into_iter().take(PER_KEY)),
                    None => near.push((key, entries)),
                }
            }
        }
        let zipf =
            |entries: &[Entry<'_>]| entries.iter().map(|entry| entry.zipf()).fold(0.0, f32::max);
        near.sort_by(|a, b| {
            zipf(&b.1)
                .total_cmp(&zipf(&a.1))
                .then_with(|| a.0.cmp(&b.0))
        });
        near
    }

    /// The entries of which an Arabic word is an alternative, by its stem, those of ours first.
    pub fn arabic_stems(&self, stems: &str) -> Vec<Entry<'_>> {
        let mut entries: Vec<Entry<'_>> = OURS.find(Side::Arabic, stems);
        for table in self.tables() {
            entries.extend(table.find(Side::Arabic, stems).into_iter().take(PER_KEY));
        }
        entries
    }

    /// Whether a stem is that of an Arabic word in one of them.
    pub fn knows_arabic(&self, stem: &str) -> bool {
        let knows = |table: Table<'_>| table.position(Side::Arabic, stem).is_some();
        knows(OURS) || self.tables().any(knows)
    }

    /// The entry of that id; none where there is none.
    pub fn entry(&self, id: EntryId) -> Option<Entry<'_>> {
        let table: Table<'_> = match id.layer {
            0 => OURS,
            layer => self.layers.get(usize::from(layer) - 1)?.table(layer),
        };
        ((id.number as usize) < table.len()).then(|| table.entry(id.number))
    }

    /// The name of the imported lexicon that an entry is of; none where it is ours.
    pub fn imported(&self, id: EntryId) -> Option<&str> {
        let nth = usize::from(id.layer).checked_sub(1)?;
        self.layers.get(nth).map(Layer::name)
    }

    fn tables(&self) -> impl Iterator<Item = Table<'_>> {
        (1..).zip(&self.layers).map(|(layer, one)| one.table(layer))
    }
}

impl Layer {
    /// Reads what [`Layer::to_bytes`] wrote; none where it is damaged, or no stored lexicon at all.
    pub fn from_bytes(name: &str, mut bytes: Vec<u8>) -> Option<Self> {
        let head = bytes.get(..HEAD)?;
        let (magic, rest) = head.split_first_chunk::<8>()?;
        let (version, rest) = rest.split_first_chunk::<4>()?;
        let (made_by, checksum) = rest.split_first_chunk::<8>()?;
        let is_readable = *magic == MAGIC && u32::from_le_bytes(*version) == VERSION;
        let made_by = u64::from_le_bytes(*made_by);
        let checksum = u64::from_le_bytes(checksum.try_into().ok()?);
        if !is_readable || lexicon::checksum(bytes.get(HEAD..)?) != checksum {
            return None;
        }
        bytes.drain(..HEAD);
        let table = Table::new(&bytes, 1);
        if !table.is_sound() {
            return None;
        }
        // Another version of the program may have stemmed otherwise.
        let table = if made_by == lexicon::version() {
            bytes
        } else {
            anew(table)
        };
        Some(Self::new(name, table))
    }

    /// An imported lexicon of that name.
    pub(super) fn new(name: &str, table: Vec<u8>) -> Self {
        Self {
            name: name.to_owned(),
            table,
        }
    }

    /// The lexicon as it is stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD + self.table.len());
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(lexicon::version().to_le_bytes());
        bytes.extend(lexicon::checksum(&self.table).to_le_bytes());
        bytes.extend(&self.table);
        bytes
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many entries it has.
    pub fn n_entries(&self) -> usize {
        self.table(1).len()
    }

    /// How many Arabic alternatives its entries have.
    pub fn n_alternatives(&self) -> usize {
        let entries = self.table(1).entries();
        entries.map(|entry| entry.alternatives().count()).sum()
    }

    fn table(&self, layer: u8) -> Table<'_> {
        Table::new(&self.table, layer)
    }
}

/// A table compiled anew from what it says.
fn anew(table: Table<'_>) -> Vec<u8> {
    let mut forms: Vec<Vec<String>> = table
        .entries()
        .map(|entry| vec![entry.lemma().to_owned()])
        .collect();
    for (key, numbers) in table.english_keys() {
        for number in numbers {
            if let Some(forms) = forms.get_mut(number as usize) {
                forms.push(key.to_owned());
            }
        }
    }
    let mut tables = Tables::default();
    for (entry, forms) in table.entries().zip(&forms) {
        let alternatives: Vec<String> = entry.alternatives().map(str::to_owned).collect();
        let zipf = entry.tenths();
        // What had room before has room again, unless folding has changed much.
        tables.add_entry(forms, entry.class() as u8, zipf, &alternatives);
    }
    tables.compile()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::dictionary::tsv;
    use crate::language::lexicon::{Class, checksum};

    const TEXT: &str = "zorblax, zorblaxes\tn\t3.2\tخربشول، خرابيش\nBaghdad\tدار السلام\nrelation\tوشيجة\n\
                        quux horn\tنقانق\n";

    fn layer(name: &str) -> Layer {
        tsv::read(TEXT.as_bytes()).unwrap().compile(name)
    }

    #[test]
    fn ours_comes_first_and_what_only_an_imported_one_has_is_found() {
        let lexicon = Lexicon::new(vec![layer("b"), layer("a")]);
        let names = |form: &str| -> Vec<Option<String>> {
            let entries = lexicon.english(form);
            entries
                .iter()
                .map(|entry| lexicon.imported(entry.id()).map(str::to_owned))
                .collect()
        };
        let imported = [Some("a".to_owned()), Some("b".to_owned())];
        assert_eq!(names("zorblax"), imported);
        assert_eq!(names("zorblaxes"), imported);
        let relations = names("relations");
        assert_eq!(relations[0], None);
        assert_eq!(relations[relations.len() - 2..], imported);
        assert_eq!(names("qqq"), []);
        for entry in lexicon.english("zorblax") {
            let same = lexicon.entry(entry.id()).unwrap();
            assert_eq!(same.lemma(), "zorblax");
            assert_eq!(same.class(), Class::Noun);
        }
        assert!(lexicon.knows_arabic("خربشول") && !Lexicon::default().knows_arabic("خربشول"));
        assert_eq!(lexicon.arabic_stems("خربشول").len(), 2);
        let near = lexicon.english_like("zorblxa");
        assert_eq!(near[0].0, "zorblax");
        assert_eq!(near[0].1.len(), 2);
    }

    #[test]
    fn our_own_functions_know_nothing_of_imported_ones() {
        let lexicon = Lexicon::new(vec![layer("a")]);
        assert_eq!(lexicon.english("zorblax").len(), 1);
        assert!(lexicon::english("zorblax").is_empty());
        assert!(lexicon::arabic_stems("خربشول").is_empty());
    }

    #[test]
    fn a_stored_lexicon_is_read_again_and_a_damaged_one_is_not() {
        let stored = layer("a").to_bytes();
        let read = Layer::from_bytes("a", stored.clone()).unwrap();
        assert_eq!(read.table, layer("a").table);
        assert_eq!((read.n_entries(), read.n_alternatives()), (4, 5));
        for cut in 0..stored.len() {
            assert!(
                Layer::from_bytes("a", stored[..cut].to_vec()).is_none(),
                "{cut}"
            );
        }
        for nth in 0..stored.len() {
            // What tells the version of the program may differ; then it is compiled anew.
            if !(12..20).contains(&nth) {
                let mut bytes = stored.clone();
                bytes[nth] ^= 0x20;
                assert!(Layer::from_bytes("a", bytes).is_none(), "{nth}");
            }
        }
    }

    #[test]
    fn one_of_another_version_of_the_program_is_compiled_anew() {
        let mut stored = layer("a").to_bytes();
        stored[12..20].fill(7);
        let read = Layer::from_bytes("a", stored).unwrap();
        let lexicon = Lexicon::new(vec![read]);
        assert_eq!(lexicon.english("zorblaxes")[0].lemma(), "zorblax");
        assert_eq!(lexicon.english("quux horn").len(), 1);
        let stems: Vec<&str> = lexicon.english("zorblax")[0].stems().collect();
        assert_eq!(stems, ["خربشول", "خرابيش"]);
        assert!((lexicon.english("zorblax")[0].zipf() - 3.2).abs() < 0.01);
    }

    #[test]
    fn no_table_that_passes_the_check_panics() {
        let whole = layer("a").table;
        let mut random = fastrand::Rng::with_seed(11);
        let mut n_sound = 0;
        for _ in 0..4_000 {
            let mut table = whole.clone();
            for _ in 0..random.usize(1..4) {
                let at = random.usize(..table.len());
                table[at] = match random.u8(..3) {
                    0 => random.u8(..),
                    1 => table[at].wrapping_add(1),
                    _ => table[at].wrapping_sub(1),
                };
            }
            let mut stored = Layer::new("a", table).to_bytes();
            let sum = checksum(&stored[HEAD..]).to_le_bytes();
            stored[20..28].copy_from_slice(&sum);
            let Some(layer) = Layer::from_bytes("a", stored) else {
                continue;
            };
            n_sound += 1;
            let lexicon = Lexicon::new(vec![layer]);
            for form in ["zorblax", "baghdad", "relation", "quux horn", "x"] {
                for entry in lexicon.english(form) {
                    let n = entry.alternatives().count() + entry.stems().count();
                    assert!(n % 2 == 0 && entry.lemma().len() < 256);
                    let _ = (entry.class(), entry.zipf());
                }
                let _ = lexicon.english_like(form);
            }
            let _ = lexicon.arabic_stems("خربشول");
            let _ = anew(lexicon.layers[0].table(1));
        }
        assert!(n_sound > 20, "{n_sound}");
    }
}
