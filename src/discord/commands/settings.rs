//! `/settings`: what is set for the server, and changing it.
//!
//! Each setting has a subcommand of its own with options of its own type. A subcommand without any option tells what is
//! set and changes nothing, so that looking is never dangerous.

use std::collections::BTreeSet;

use serenity::all::{ChannelId, CommandInteraction, RoleId};

use super::Context;
use crate::discord::button::Home;
use crate::discord::conversation;
use crate::discord::data::{Data, Failure};
use crate::discord::delivery::{Delivery, To};
use crate::discord::reply::{self, Defaults, Reply, in_words_of};
use crate::discord::report::{self, Unreported};
use crate::discord::rights::{self, Refused};
use crate::language::Language;
use crate::library;
use crate::library::setting::{
    AUDIT_CHANNEL, COOLDOWN, KEEP_QUESTIONS, KEEP_WITHDRAWN, LANGUAGE, MAX_MEGABYTES, MAX_SOURCES,
    MENTION_CHANNELS, MODERATOR_ROLES, THRESHOLD,
};
use crate::wording::{bad_setting, say};

/// A language to be chosen.
#[derive(Clone, Copy, poise::ChoiceParameter)]
enum Choice {
    #[name = "Arabic · العربية"]
    Arabic,
    #[name = "English · الإنجليزية"]
    English,
}

/// What is wanted of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    /// To be told.
    Told,
    /// Its default.
    Default,
    /// This value.
    Value(String),
    /// One more in its list.
    More(u64),
    /// One fewer.
    Fewer(u64),
    /// Several of these at once.
    Unclear,
}

impl Wanted {
    /// Of a setting with one value.
    fn value(value: Option<String>, default: Option<bool>) -> Self {
        match (value, default == Some(true)) {
            (Some(value), false) => Self::Value(value),
            (None, true) => Self::Default,
            (None, false) => Self::Told,
            (Some(_), true) => Self::Unclear,
        }
    }

    /// Of a list.
    fn list(add: Option<u64>, remove: Option<u64>, default: Option<bool>) -> Self {
        match (add, remove, default == Some(true)) {
            (Some(id), None, false) => Self::More(id),
            (None, Some(id), false) => Self::Fewer(id),
            (None, None, true) => Self::Default,
            (None, None, false) => Self::Told,
            _ => Self::Unclear,
        }
    }

    /// The value that a setting is to have; of one that has this value now.
    fn made_of(&self, now: Option<&str>) -> Option<String> {
        let mut ids: BTreeSet<u64> = now
            .into_iter()
            .flat_map(|now| now.split(','))
            .filter_map(|id| id.parse().ok())
            .collect();
        match self {
            Self::Default => return None,
            Self::Value(value) => return Some(value.clone()),
            Self::More(id) => drop(ids.insert(*id)),
            Self::Fewer(id) => drop(ids.remove(id)),
            Self::Told | Self::Unclear => return now.map(str::to_owned),
        }
        let ids: Vec<String> = ids.iter().map(u64::to_string).collect();
        (!ids.is_empty()).then(|| ids.join(","))
    }
}

/// What came of it.
enum Done {
    Refused(Refused),
    /// What is set now.
    Told(Option<String>),
    All(Vec<(String, String)>),
    Unclear,
    /// The host allows no more than that.
    TooMuch(u32),
    /// It cannot be that.
    Bad(String),
    Changed {
        before: Option<String>,
        after: Option<String>,
        unreported: Option<Unreported>,
    },
}

/// What is set for this server, and changing it · إعدادات هذا الخادم وتغييرها
#[poise::command(
    slash_command,
    install_context = "Guild",
    interaction_context = "Guild|BotDm",
    subcommand_required,
    subcommands(
        "show",
        "threshold",
        "language",
        "mention_channels",
        "moderator_roles",
        "audit_channel",
        "cooldown",
        "max_sources",
        "max_megabytes",
        "keep_withdrawn",
        "keep_questions"
    )
)]
#[expect(
    clippy::unused_async,
    reason = "poise wants a future, and Discord calls only its subcommands"
)]
pub(super) async fn settings(_: Context<'_>) -> Result<(), Failure> {
    Ok(())
}

/// All settings, what they are and what they mean · كل الإعدادات وقيمها ومعانيها
#[poise::command(slash_command)]
async fn show(context: Context<'_>) -> Result<(), Failure> {
    run(context, None, Wanted::Told).await
}

/// How sure I have to be of an answer · مقدار الثقة الذي أعطي عنده الجواب
#[poise::command(slash_command)]
async fn threshold(
    context: Context<'_>,
    #[description = "From 0 to 1; higher gives fewer answers · من 0 إلى 1، وكلما ارتفع قلّت الأجوبة"]
    #[min = 0.0]
    #[max = 1.0]
    value: Option<f64>,
    #[description = "Back to the default · إلى القيمة الأصلية"] default: Option<bool>,
) -> Result<(), Failure> {
    let value = value.map(|value| value.to_string());
    run(context, Some(THRESHOLD), Wanted::value(value, default)).await
}

/// The language of my own words in this server · لغة كلامي في هذا الخادم
#[poise::command(slash_command)]
async fn language(
    context: Context<'_>,
    #[description = "Not the language of the sources · لا لغة المصادر"] language: Option<Choice>,
    #[description = "Back to the default, that of each question · إلى الأصل: لغة كل سؤال"]
    default: Option<bool>,
) -> Result<(), Failure> {
    let code = language.map(|language| match language {
        Choice::Arabic => Language::Arabic.code().to_owned(),
        Choice::English => Language::English.code().to_owned(),
    });
    run(context, Some(LANGUAGE), Wanted::value(code, default)).await
}

/// Where I answer mentions; commands work everywhere · أين أجيب من يشير إليّ، والأوامر في كل مكان
#[poise::command(slash_command, rename = "mention-channels")]
async fn mention_channels(
    context: Context<'_>,
    #[description = "One more channel; its threads count too · قناة أخرى، ومعها سلاسلها"]
    #[channel_types("Text", "News", "Voice", "Stage", "Forum")]
    add: Option<ChannelId>,
    #[description = "One channel less · قناة تُزال"]
    #[channel_types("Text", "News", "Voice", "Stage", "Forum")]
    remove: Option<ChannelId>,
    #[description = "Back to the default, all channels · إلى الأصل: كل القنوات"] default: Option<
        bool,
    >,
) -> Result<(), Failure> {
    let (add, remove) = (add.map(ChannelId::get), remove.map(ChannelId::get));
    let wanted = Wanted::list(add, remove, default);
    run(context, Some(MENTION_CHANNELS), wanted).await
}

/// Who may manage sources and settings beside you · من يدير المصادر والإعدادات معك
#[poise::command(slash_command, rename = "moderator-roles")]
async fn moderator_roles(
    context: Context<'_>,
    #[description = "One more role · دور آخر"] add: Option<RoleId>,
    #[description = "One role less · دور يُزال"] remove: Option<RoleId>,
    #[description = "Back to the default, no role · إلى الأصل: لا أدوار"] default: Option<bool>,
) -> Result<(), Failure> {
    let (add, remove) = (add.map(RoleId::get), remove.map(RoleId::get));
    let wanted = Wanted::list(add, remove, default);
    run(context, Some(MODERATOR_ROLES), wanted).await
}

/// Where every change is reported · أين أُخبر بكل تغيير
#[poise::command(slash_command, rename = "audit-channel")]
async fn audit_channel(
    context: Context<'_>,
    #[description = "I have to be allowed to write there · يلزم أن يُسمح لي بالكتابة فيها"]
    #[channel_types("Text", "News", "PublicThread", "PrivateThread")]
    channel: Option<ChannelId>,
    #[description = "Back to the default, no channel · إلى الأصل: لا قناة"] default: Option<bool>,
) -> Result<(), Failure> {
    let channel = channel.map(|channel| channel.to_string());
    run(
        context,
        Some(AUDIT_CHANNEL),
        Wanted::value(channel, default),
    )
    .await
}

/// How long who asked much waits for the next question · كم ينتظر من أكثر السؤال
#[poise::command(slash_command)]
async fn cooldown(
    context: Context<'_>,
    #[description = "0 is no waiting · 0 بلا انتظار"]
    #[min = 0]
    #[max = 3600]
    seconds: Option<u32>,
    #[description = "Back to the default · إلى القيمة الأصلية"] default: Option<bool>,
) -> Result<(), Failure> {
    number(context, COOLDOWN, seconds, default).await
}

/// How many sources this server may hold · كم مصدرًا يتسع له هذا الخادم
#[poise::command(slash_command, rename = "max-sources")]
async fn max_sources(
    context: Context<'_>,
    #[description = "Never more than the host allows · لا أكثر مما يسمح به من يشغّلني"]
    #[min = 1]
    #[max = 100_000]
    sources: Option<u32>,
    #[description = "Back to the default · إلى القيمة الأصلية"] default: Option<bool>,
) -> Result<(), Failure> {
    number(context, MAX_SOURCES, sources, default).await
}

/// How much room the sources may take up · كم تشغل المصادر من مساحة
#[poise::command(slash_command, rename = "max-megabytes")]
async fn max_megabytes(
    context: Context<'_>,
    #[description = "Never more than the host allows · لا أكثر مما يسمح به من يشغّلني"]
    #[min = 1]
    #[max = 1_000_000]
    megabytes: Option<u32>,
    #[description = "Back to the default · إلى القيمة الأصلية"] default: Option<bool>,
) -> Result<(), Failure> {
    number(context, MAX_MEGABYTES, megabytes, default).await
}

/// For how long a withdrawn source can be restored · كم يبقى المصدر المسحوب قابلًا للاسترجاع
#[poise::command(slash_command, rename = "keep-withdrawn")]
async fn keep_withdrawn(
    context: Context<'_>,
    #[description = "0 deletes it for good at once · 0 يحذفه نهائيًا في الحال"]
    #[min = 0]
    #[max = 3650]
    days: Option<u32>,
    #[description = "Back to the default · إلى القيمة الأصلية"] default: Option<bool>,
) -> Result<(), Failure> {
    number(context, KEEP_WITHDRAWN, days, default).await
}

/// For how long questions are kept, without who asked · كم تُحفظ الأسئلة بلا اسم السائل
#[poise::command(slash_command, rename = "keep-questions")]
async fn keep_questions(
    context: Context<'_>,
    #[description = "0 keeps none; never longer than the host keeps them · 0 لا يحفظها، ولا أطول مما يحفظها من يشغّلني"]
    #[min = 0]
    #[max = 3650]
    days: Option<u32>,
    #[description = "Back to the default · إلى القيمة الأصلية"] default: Option<bool>,
) -> Result<(), Failure> {
    number(context, KEEP_QUESTIONS, days, default).await
}

async fn number(
    context: Context<'_>,
    setting: &'static str,
    number: Option<u32>,
    default: Option<bool>,
) -> Result<(), Failure> {
    let value = number.map(|number| number.to_string());
    run(context, Some(setting), Wanted::value(value, default)).await
}

/// Does what is wanted of a setting, or of all where none is named, and tells what came of it.
async fn run(
    context: Context<'_>,
    setting: Option<&'static str>,
    wanted: Wanted,
) -> Result<(), Failure> {
    let interaction = context.interaction;
    let home = super::home(context);
    let to = To::Interaction {
        id: interaction.id,
        token: &interaction.token,
        is_private: true,
    };
    let sheet = conversation::sheet(interaction.app_permissions);
    let data = context.data();
    let before = super::spoken(context, home).await;
    let mut delivery = Delivery::new(data, to, sheet, before);
    let work = tokio::spawn(act(
        data.clone(),
        interaction.clone(),
        home,
        setting,
        wanted,
    ));
    let done = match delivery.awaits(work).await {
        Ok(Ok(done)) => done,
        Ok(Err(failure)) => {
            delivery.fail(&failure).await;
            return Ok(());
        }
        Err(panic) => {
            delivery.fail(&panic).await;
            return Ok(());
        }
    };
    // In the language that holds from now on: it may be the one that was set.
    let language = super::spoken(context, home).await;
    let defaults = Defaults::of(&data.config);
    let write = |sheet| match &done {
        Done::All(stored) => reply::settings(sheet, language, stored, &defaults),
        done => answer(language, setting.unwrap_or_default(), done, &defaults),
    };
    delivery.deliver(&write).await;
    Ok(())
}

async fn act(
    data: Data,
    interaction: CommandInteraction,
    home: Home,
    setting: Option<&'static str>,
    wanted: Wanted,
) -> Result<Done, Failure> {
    let member = interaction.member.as_deref();
    let library = match rights::moderated(&data, home, member).await? {
        Ok(library) => library,
        Err(refused) => return Ok(Done::Refused(refused)),
    };
    let Some(setting) = setting else {
        return Ok(Done::All(library.settings().await?));
    };
    match &wanted {
        Wanted::Told => return Ok(Done::Told(library.setting(setting).await?)),
        Wanted::Unclear => return Ok(Done::Unclear),
        _ => {}
    }
    // A role that moderates shall not give itself company, nor outlive those who gave it.
    if setting == MODERATOR_ROLES && !rights::manages(member) {
        return Ok(Done::Refused(Refused::OnlyManagers));
    }
    let number = match &wanted {
        Wanted::Value(value) => value.parse::<u32>().ok(),
        _ => None,
    };
    let most = Defaults::of(&data.config).most(setting);
    if let Some((_, most)) = number.zip(most).filter(|(number, most)| number > most) {
        return Ok(Done::TooMuch(most));
    }
    let by = rights::by(interaction.user.id);
    let altered = library.alter(setting, &by, |now| wanted.made_of(now)).await;
    let (before, after) = match altered {
        Ok(altered) => altered,
        Err(library::Error::BadSetting { value, .. }) => return Ok(Done::Bad(value)),
        Err(error) => return Err(error.into()),
    };
    let unreported = if before == after {
        None
    } else {
        tracing::info!(library = library.id(), setting, "a setting is changed");
        report::announce(&data, &library).await
    };
    Ok(Done::Changed {
        before,
        after,
        unreported,
    })
}

/// What is told of one setting.
fn answer(language: Language, setting: &str, done: &Done, defaults: &Defaults) -> Reply {
    match done {
        Done::Refused(refused) => refused.said(language),
        Done::Told(stored) => reply::setting(language, setting, stored.as_deref(), defaults),
        Done::All(stored) => reply::settings(reply::Sheet::Plain, language, stored, defaults),
        Done::Unclear => Reply::in_markdown(&in_words_of(language, |language| {
            say(language, "settings-either", &[])
        })),
        Done::TooMuch(most) => Reply::in_markdown(&reply::too_much(language, setting, *most)),
        Done::Bad(value) => Reply::said(in_words_of(language, |language| {
            bad_setting(language, setting, value)
        })),
        Done::Changed {
            before,
            after,
            unreported,
        } => {
            let (before, after) = (before.as_deref(), after.as_deref());
            let mut lines = reply::changed(language, setting, before, after, defaults);
            lines.extend(unreported.iter().flat_map(|report| report.lines(language)));
            Reply::in_markdown(&lines)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::setting::{SETTINGS, Shape};

    #[test]
    fn each_setting_has_a_command_with_the_bounds_that_the_library_holds() {
        let registered = poise::builtins::create_application_commands(&[settings()]);
        let registered = serde_json::to_value(&registered).unwrap();
        let commands = registered[0]["options"].as_array().unwrap();
        assert_eq!(commands.len(), SETTINGS.len() + 1);
        for (setting, shape) in SETTINGS {
            let name = setting.replace('_', "-");
            let command = commands.iter().find(|command| command["name"] == *name);
            let command = command.unwrap_or_else(|| panic!("{setting} has no command"));
            let options = command["options"].as_array().unwrap();
            let last = options.last().unwrap();
            assert_eq!(
                (&last["name"], &last["type"]),
                (&"default".into(), &5.into())
            );
            assert!(options.iter().all(|option| option["required"] != true));
            let first = &options[0];
            let kinds: Vec<u64> = options
                .iter()
                .map(|option| option["type"].as_u64().unwrap())
                .collect();
            match shape {
                Shape::Fraction => {
                    assert_eq!(kinds, [10, 5]);
                    assert_eq!(
                        (&first["min_value"], &first["max_value"]),
                        (&0.0.into(), &1.0.into())
                    );
                }
                Shape::Number(bounds) => {
                    assert_eq!(kinds, [4, 5], "{name}");
                    let bound = |key: &str| first[key].as_f64().unwrap().to_string();
                    assert_eq!(bound("min_value"), bounds.start().to_string(), "{name}");
                    assert_eq!(bound("max_value"), bounds.end().to_string(), "{name}");
                }
                Shape::Language => assert_eq!(first["choices"].as_array().unwrap().len(), 2),
                Shape::Id => assert_eq!(kinds, [7, 5]),
                Shape::Ids => assert!([[7, 7, 5], [8, 8, 5]].contains(&kinds.try_into().unwrap())),
            }
        }
    }

    #[test]
    fn what_is_wanted_of_a_list_is_one_thing_at_a_time() {
        let made = |wanted: Wanted, now: Option<&str>| wanted.made_of(now);
        let list = Wanted::list;
        assert_eq!(made(list(Some(7), None, None), None).as_deref(), Some("7"));
        assert_eq!(
            made(list(Some(7), None, Some(false)), Some("5,9")).as_deref(),
            Some("5,7,9")
        );
        assert_eq!(
            made(list(Some(5), None, None), Some("5")).as_deref(),
            Some("5")
        );
        assert_eq!(
            made(list(None, Some(5), None), Some("5,9")).as_deref(),
            Some("9")
        );
        assert_eq!(made(list(None, Some(5), None), Some("5")), None);
        assert_eq!(made(list(None, None, Some(true)), Some("5,9")), None);
        assert_eq!(list(None, None, None), Wanted::Told);
        for unclear in [
            list(Some(5), Some(6), None),
            list(Some(5), None, Some(true)),
            Wanted::value(Some("1".to_owned()), Some(true)),
        ] {
            assert_eq!(unclear, Wanted::Unclear);
            assert_eq!(made(unclear, Some("5")).as_deref(), Some("5"));
        }
    }
}
