//! The settings of a server, in words.

use std::time::Duration;

use super::sheet::{Sheet, one_line, shortened, taken};
use super::{Reply, in_words_of, voices};
use crate::config::Config;
use crate::language::Language;
use crate::library::setting::{
    AUDIT_CHANNEL, COOLDOWN, KEEP_QUESTIONS, KEEP_WITHDRAWN, LANGUAGE, MAX_MEGABYTES, MAX_SOURCES,
    MENTION_CHANNELS, MODERATOR_ROLES, SETTINGS, THRESHOLD,
};
use crate::wording::{language_name, say};

/// How many channels or roles of a list are named where there is room for a line.
const NAMED: usize = 20;
/// How many where there is none.
const FEW: usize = 3;
/// How long what we did not write may be.
const FOREIGN: usize = 100;

/// What holds where a server sets nothing, or at most whatever it sets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::discord) struct Defaults {
    threshold: f32,
    cooldown: Duration,
    sources: u32,
    megabytes: u32,
    withdrawn: u32,
    questions: u32,
}

impl Defaults {
    /// As the configuration says.
    pub(in crate::discord) fn of(config: &Config) -> Self {
        Self {
            threshold: config.answer.threshold,
            cooldown: config.discord.cooldown,
            sources: config.quota.sources,
            megabytes: config.quota.megabytes,
            withdrawn: config.retention.withdrawn,
            questions: config.retention.questions,
        }
    }

    /// The most that a server may set, where the host limits it.
    pub(in crate::discord) fn most(&self, setting: &str) -> Option<u32> {
        match setting {
            MAX_SOURCES => Some(self.sources),
            MAX_MEGABYTES => Some(self.megabytes),
            KEEP_QUESTIONS => Some(self.questions),
            _ => None,
        }
    }

    /// What holds of what a server set: the host may have come to allow less since.
    fn held(&self, setting: &str, stored: &str) -> String {
        let own = stored.parse::<u32>().ok();
        let held = own.zip(self.most(setting));
        held.map_or_else(
            || stored.to_owned(),
            |(own, most)| own.min(most).to_string(),
        )
    }

    /// What holds where nothing is set.
    fn value(&self, voice: Language, setting: &str) -> String {
        let counted = |n: u32| value(voice, setting, &n.to_string(), NAMED);
        match setting {
            THRESHOLD => self.threshold.to_string(),
            LANGUAGE => say(voice, "setting-language-automatic", &[]),
            MENTION_CHANNELS => say(voice, "setting-mention-channels-none", &[]),
            MODERATOR_ROLES => say(voice, "setting-moderator-roles-none", &[]),
            AUDIT_CHANNEL => say(voice, "setting-audit-channel-none", &[]),
            COOLDOWN if self.cooldown.is_zero() => say(voice, "setting-cooldown-none", &[]),
            COOLDOWN => {
                let seconds = ("count", self.cooldown.as_secs_f64().into());
                say(voice, "setting-seconds", &[seconds])
            }
            MAX_SOURCES => counted(self.sources),
            MAX_MEGABYTES => counted(self.megabytes),
            KEEP_WITHDRAWN => counted(self.withdrawn),
            KEEP_QUESTIONS => counted(self.questions),
            _ => String::new(),
        }
    }
}

/// What another version of this program may have written.
pub(super) fn foreign(text: &str) -> String {
    shortened(&one_line(text), FOREIGN)
}

/// What a setting is called.
pub(super) fn name(voice: Language, setting: &str) -> String {
    let id = match setting {
        THRESHOLD => "setting-threshold-name",
        LANGUAGE => "setting-language-name",
        MENTION_CHANNELS => "setting-mention-channels-name",
        MODERATOR_ROLES => "setting-moderator-roles-name",
        AUDIT_CHANNEL => "setting-audit-channel-name",
        COOLDOWN => "setting-cooldown-name",
        MAX_SOURCES => "setting-max-sources-name",
        MAX_MEGABYTES => "setting-max-megabytes-name",
        KEEP_WITHDRAWN => "setting-keep-withdrawn-name",
        KEEP_QUESTIONS => "setting-keep-questions-name",
        other => return foreign(other),
    };
    say(voice, id, &[])
}

fn meaning(voice: Language, setting: &str) -> String {
    let id = match setting {
        THRESHOLD => "setting-threshold-meaning",
        LANGUAGE => "setting-language-meaning",
        MENTION_CHANNELS => "setting-mention-channels-meaning",
        MODERATOR_ROLES => "setting-moderator-roles-meaning",
        AUDIT_CHANNEL => "setting-audit-channel-meaning",
        COOLDOWN => "setting-cooldown-meaning",
        MAX_SOURCES => "setting-max-sources-meaning",
        MAX_MEGABYTES => "setting-max-megabytes-meaning",
        KEEP_WITHDRAWN => "setting-keep-withdrawn-meaning",
        KEEP_QUESTIONS => "setting-keep-questions-meaning",
        _ => return String::new(),
    };
    say(voice, id, &[])
}

/// A stored value in words, as Markdown; at most so many of a list are named.
pub(super) fn value(voice: Language, setting: &str, stored: &str, most: usize) -> String {
    let counted = |id| {
        let Ok(count) = stored.parse::<u32>() else {
            return foreign(stored);
        };
        let count = [("count", count.into())];
        say(voice, id, &count)
    };
    let marked = |mark: &str| {
        let ids = stored.split(',').filter_map(|id| id.parse::<u64>().ok());
        let ids: Vec<String> = ids.map(|id| format!("<{mark}{id}>")).collect();
        listed(voice, &ids, most)
    };
    match setting {
        LANGUAGE => match Language::from_code(stored) {
            Some(language) => language_name(voice, language),
            None => foreign(stored),
        },
        MENTION_CHANNELS | AUDIT_CHANNEL => marked("#"),
        MODERATOR_ROLES => marked("@&"),
        COOLDOWN if stored == "0" => say(voice, "setting-cooldown-none", &[]),
        COOLDOWN => counted("setting-seconds"),
        MAX_SOURCES => counted("setting-sources"),
        MAX_MEGABYTES => counted("setting-megabytes"),
        KEEP_WITHDRAWN | KEEP_QUESTIONS => counted("setting-days"),
        _ => foreign(stored),
    }
}

/// Marks one after the other, at most so many of them, and how many more there are.
pub(super) fn listed(voice: Language, marks: &[String], most: usize) -> String {
    let comma = match voice {
        Language::Arabic => "، ",
        Language::English | Language::Other => ", ",
    };
    let (named, further) = marks.split_at(most.min(marks.len()));
    let list = named.join(comma);
    if further.is_empty() {
        return list;
    }
    let count = ("count", further.len().into());
    say(voice, "setting-more", &[("list", list.into()), count])
}

/// What a setting is now, in a line.
fn line(
    voice: Language,
    setting: &str,
    stored: Option<&str>,
    defaults: &Defaults,
    most: usize,
) -> String {
    let name = ("name", format!("**{}**", name(voice, setting)).into());
    let default = defaults.value(voice, setting);
    match stored {
        Some(stored) => {
            let stored = defaults.held(setting, stored);
            let value = value(voice, setting, &stored, most);
            let value = ("value", value.into());
            say(
                voice,
                "settings-own",
                &[name, value, ("default", default.into())],
            )
        }
        None => say(
            voice,
            "settings-default",
            &[name, ("value", default.into())],
        ),
    }
}

/// All settings, what they are, what they are by default, and what they mean.
pub(in crate::discord) fn settings(
    sheet: Sheet,
    language: Language,
    stored: &[(String, String)],
    defaults: &Defaults,
) -> Reply {
    let heading = in_words_of(language, |language| say(language, "settings-heading", &[]));
    let heading = heading.join(super::sources::BESIDE);
    let all = |has_meaning: bool, most: usize| {
        let own = |setting: &str| {
            let mut stored = stored.iter();
            let found = stored.find(|(name, _)| name == setting);
            found.map(|(_, value)| value.as_str())
        };
        let mut groups: Vec<Vec<String>> = SETTINGS
            .iter()
            .map(|(setting, _)| {
                let told = voices(language).iter().flat_map(|voice| {
                    let line = line(*voice, setting, own(setting), defaults, most);
                    [Some(line), has_meaning.then(|| meaning(*voice, setting))]
                });
                told.flatten().collect()
            })
            .collect();
        groups.push(in_words_of(language, |language| {
            say(language, "settings-how", &[])
        }));
        groups
    };
    let room = sheet.room(&heading);
    let mut groups = all(true, NAMED);
    // What each means is said by its own command too, and so are long lists.
    for most in [NAMED, FEW] {
        if taken(&groups) > room {
            groups = all(false, most);
        }
    }
    while taken(&groups) > room && groups.len() > 1 {
        groups.pop();
    }
    sheet.message(&heading, &groups, Vec::new())
}

/// One setting, as [`settings`] tells it.
pub(in crate::discord) fn setting(
    language: Language,
    setting: &str,
    stored: Option<&str>,
    defaults: &Defaults,
) -> Reply {
    let lines = voices(language).iter().flat_map(|voice| {
        let line = line(*voice, setting, stored, defaults, NAMED);
        [line, meaning(*voice, setting)]
    });
    Reply::in_markdown(&lines.collect::<Vec<_>>())
}

/// That a setting was changed from one value to another, or was that already.
pub(in crate::discord) fn changed(
    language: Language,
    setting: &str,
    before: Option<&str>,
    after: Option<&str>,
    defaults: &Defaults,
) -> Vec<String> {
    in_words_of(language, |voice| {
        let shown = |stored: Option<&str>| {
            let default = || defaults.value(voice, setting);
            stored.map_or_else(default, |stored| value(voice, setting, stored, NAMED))
        };
        let name = ("name", format!("**{}**", name(voice, setting)).into());
        let after_shown = ("after", shown(after).into());
        if before == after {
            return say(voice, "settings-unchanged", &[name, after_shown]);
        }
        let before = ("before", shown(before).into());
        say(voice, "settings-changed", &[name, after_shown, before])
    })
}

/// That the host allows no more than that.
pub(in crate::discord) fn too_much(language: Language, setting: &str, most: u32) -> Vec<String> {
    in_words_of(language, |voice| {
        let name = ("name", format!("**{}**", name(voice, setting)).into());
        let value = value(voice, setting, &most.to_string(), NAMED);
        say(voice, "settings-most", &[name, ("value", value.into())])
    })
}
