//! Looking through everything that an installation holds.

use super::{Error, Finding, Libraries, edition};
use crate::catalogue::{Damage, apart};
use crate::index::{Health, Index};

impl Libraries {
    /// Looks through catalogue, imported lexicons and indexes; what it finds, none where everything is sound. An index that
    /// is not there is no finding: it is built when it is needed.
    pub async fn check(&self) -> Result<Vec<Finding>, Error> {
        let catalogue = &self.shared.catalogue;
        let mut findings: Vec<Finding> = catalogue
            .check()
            .await?
            .into_iter()
            .map(|damage| match damage {
                Damage::Database(found) => Finding::Catalogue { found },
                Damage::Source { library, source } => Finding::Source { library, source },
            })
            .collect();
        let damaged = self
            .lexicons()
            .await?
            .into_iter()
            .filter(|one| !one.is_sound);
        findings.extend(damaged.map(|one| Finding::Lexicon { name: one.name }));
        for (id, health) in self.indexes().await? {
            match health {
                Health::Current | Health::Missing => {}
                Health::Stale => findings.push(Finding::IndexStale { library: id }),
                Health::Damaged(found) => {
                    findings.push(Finding::IndexDamaged { library: id, found });
                }
            }
        }
        Ok(findings)
    }

    /// Brings the indexes up that are not of this catalogue, as the next question of each library would. What is not there
    /// is built when it is needed.
    pub async fn catch_up(&self) -> Result<(), Error> {
        for (id, health) in self.indexes().await? {
            if matches!(health, Health::Stale | Health::Damaged(_)) {
                self.shared.state(&self.shared.room(&id)).await?;
            }
        }
        Ok(())
    }

    /// How the index of each library is.
    async fn indexes(&self) -> Result<Vec<(String, Health)>, Error> {
        let catalogue = &self.shared.catalogue;
        let mut indexes = Vec::new();
        for id in catalogue.libraries().await? {
            let Some(library) = catalogue.library(&id).await? else {
                continue;
            };
            let editions = edition::of(library.sources).into_keys().collect();
            let folder = self.shared.folder(&id, &editions);
            indexes.push((id, apart(move || Index::check(&folder, &editions)).await));
        }
        Ok(indexes)
    }
}
