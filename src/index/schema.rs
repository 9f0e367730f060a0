//! The fields of a passage in the index.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions,
};

/// Raised whenever the fields or what is stored in them change; part of the fingerprint of every index.
pub(super) const VERSION: u32 = 2;

/// The fields of a passage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// The number of its edition, by which it is deleted.
    pub(super) edition: Field,
    /// Which passage of its edition it is, from 0: with the edition, what tells two passages of equal score apart however
    /// the index came to hold them.
    pub(super) nth: Field,
    /// The stems of its words.
    pub(super) stem: Field,
    /// What else its words may be.
    pub(super) reading: Field,
    /// The terms of its title and headings.
    pub(super) heading: Field,
    /// Its folded Arabic words: the vocabulary in which names are looked for.
    pub(super) word: Field,
    /// The passage and its analysis, as `store` lays them out.
    pub(super) record: Field,
}

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    // The tokenizer named here is never run: terms are handed over ready.
    let terms = |record| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_index_option(record),
        )
    };
    let fields = Fields {
        edition: schema.add_u64_field("edition", INDEXED | FAST),
        nth: schema.add_u64_field("nth", FAST),
        stem: schema.add_text_field("stem", terms(IndexRecordOption::WithFreqs)),
        reading: schema.add_text_field("reading", terms(IndexRecordOption::WithFreqs)),
        heading: schema.add_text_field("heading", terms(IndexRecordOption::WithFreqs)),
        word: schema.add_text_field("word", terms(IndexRecordOption::Basic)),
        record: schema.add_bytes_field("record", STORED),
    };
    (schema.build(), fields)
}
