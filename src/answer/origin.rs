//! Where an alternative of a question word came from: what is to be mended where it is wrong.

/// Where an alternative came from. The numbers are those of [entries](crate::language::lexicon::Entry::number).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The word's own stem.
    Stem,
    /// The digits of a number word.
    Digits,
    /// What is left of the word without a particle attached to it.
    Reading,
    /// Another form of the word, by the list of Arabic forms.
    Forms,
    /// The verb from which the word is made, by the list of Arabic forms.
    Base,
    /// A translation, by an entry of the lexicon.
    Translation(u32),
    /// Another form of a translation, by an entry of the lexicon and the list of Arabic forms.
    FormOfTranslation(u32),
    /// A word of the same entry with the same consonants.
    Family(u32),
    /// Another word of the same entry.
    Synonym(u32),
    /// A word of the index that sounds like the name.
    Sound,
    /// A word of the index that shares most pairs of letters.
    Likeness,
    /// A known word that is one slip of the pen away.
    Repair,
}

impl Origin {
    /// The word that stands for it in data.
    pub fn code(self) -> &'static str {
        match self {
            Self::Stem => "stem",
            Self::Digits => "digits",
            Self::Reading => "reading",
            Self::Forms => "forms",
            Self::Base => "base",
            Self::Translation(_) => "translation",
            Self::FormOfTranslation(_) => "form_of_translation",
            Self::Family(_) => "family",
            Self::Synonym(_) => "synonym",
            Self::Sound => "sound",
            Self::Likeness => "likeness",
            Self::Repair => "repair",
        }
    }

    /// The entry of the lexicon that it came from.
    pub fn entry(self) -> Option<u32> {
        match self {
            Self::Translation(entry)
            | Self::FormOfTranslation(entry)
            | Self::Family(entry)
            | Self::Synonym(entry) => Some(entry),
            Self::Stem
            | Self::Digits
            | Self::Reading
            | Self::Forms
            | Self::Base
            | Self::Sound
            | Self::Likeness
            | Self::Repair => None,
        }
    }
}
