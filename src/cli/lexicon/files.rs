//! The files of a dictionary on the disk: one of TSV, or the index and the texts of dictd.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::super::{Said, terminal};
use crate::language::dictionary::{Dictionary, LARGEST, Problem, dictd, tsv};
use crate::source::SourceId;
use crate::wording::{self, say};

/// The files of one dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Files {
    /// A file of TSV.
    Tsv(PathBuf),
    /// Of dictd.
    Dictd {
        /// The index.
        index: PathBuf,
        /// The texts, packed where they end in `.dz`.
        texts: PathBuf,
    },
}

impl Files {
    /// The files of which one was named.
    pub(super) fn of(named: &Path) -> Result<Self, Said> {
        let text = named.to_string_lossy();
        let name = named.file_name().unwrap_or_default().to_string_lossy();
        let shown = ("file", text.clone().into_owned().into());
        let with = |stem: &str, ending: &str| PathBuf::from(format!("{stem}{ending}"));
        let missing = |ending: &str| {
            let arguments = [shown.clone(), ("missing", ending.to_owned().into())];
            Said(say(terminal::language(), "lexicon-no-pair", &arguments))
        };
        let is_there = |file: &Path| std::fs::exists(file).unwrap_or(false);
        if name.ends_with(".tsv") {
            return Ok(Self::Tsv(named.to_owned()));
        }
        if let Some(stem) = text.strip_suffix(".index") {
            let texts = [".dict.dz", ".dict"].map(|ending| with(stem, ending));
            return match texts.into_iter().find(|file| is_there(file)) {
                Some(texts) => Ok(Self::Dictd {
                    index: named.to_owned(),
                    texts,
                }),
                None => Err(missing(".dict.dz")),
            };
        }
        let stem = text
            .strip_suffix(".dict.dz")
            .or_else(|| text.strip_suffix(".dict"));
        let Some(stem) = stem else {
            let sentence = say(terminal::language(), "lexicon-unknown-format", &[shown]);
            return Err(Said(sentence));
        };
        let index = with(stem, ".index");
        if !is_there(&index) {
            return Err(missing(".index"));
        }
        Ok(Self::Dictd {
            index,
            texts: named.to_owned(),
        })
    }

    /// The name that the files give: that of the first up to its first dot.
    pub(super) fn name(&self) -> Result<SourceId, Said> {
        let file = self.first();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        SourceId::from_file_name(&name).map_err(|_| {
            let shown = [("file", file.display().to_string().into())];
            Said(say(terminal::language(), "lexicon-no-name", &shown))
        })
    }

    fn first(&self) -> &Path {
        let (Self::Tsv(file) | Self::Dictd { index: file, .. }) = self;
        file
    }

    /// That there is something wrong with the dictionary as a whole.
    pub(super) fn refused(&self, problem: &Problem) -> Said {
        refused(self.first(), std::slice::from_ref(problem))
    }

    /// Reads the dictionary; else everything that is wrong with it.
    pub(super) fn read(&self) -> Result<Dictionary, Said> {
        match self {
            Self::Tsv(file) => {
                tsv::read(&bytes(file)?).map_err(|problems| refused(file, &problems))
            }
            Self::Dictd { index, texts } => {
                let (lines, packed) = (bytes(index)?, bytes(texts)?);
                let is_packed = texts.extension().is_some_and(|ending| ending == "dz");
                let unpacked = dictd::unpack(&packed, is_packed)
                    .map_err(|problem| refused(texts, &[problem]))?;
                dictd::read(&lines, &unpacked).map_err(|problems| refused(index, &problems))
            }
        }
    }
}

/// The bytes of a file, no more than one over what a dictionary may have: reading it then says that it is too large.
fn bytes(file: &Path) -> Result<Vec<u8>, Said> {
    let language = terminal::language();
    let shown = ("file", file.display().to_string().into());
    if file.is_dir() {
        return Err(Said(say(language, "cli-folder", &[shown])));
    }
    let mut bytes = Vec::new();
    let read = std::fs::File::open(file)
        .and_then(|file| file.take(LARGEST as u64 + 1).read_to_end(&mut bytes));
    match read {
        Ok(_) => Ok(bytes),
        Err(error) => {
            let arguments = [shown, ("cause", error.to_string().into())];
            Err(Said(say(language, "cli-file-unreadable", &arguments)))
        }
    }
}

fn refused(file: &Path, problems: &[Problem]) -> Said {
    let (language, file) = (terminal::language(), file.display().to_string());
    let lines = problems
        .iter()
        .map(|problem| wording::dictionary(language, problem, &file));
    Said(lines.collect::<Vec<_>>().join("\n"))
}
