//! One path for all questions, whether they came by a command, a mention, a direct message or a reply.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use serenity::all::{
    AuthorizingIntegrationOwner, AuthorizingIntegrationOwners, ChannelId, Context, GuildId,
    Permissions, UserId,
};

use super::button::{Home, Spot, Trail};
use super::cooldown::{Own, Taken};
use super::data::{Data, Failure};
use super::delivery::{Delivery, To, note, short_id};
use super::reply::{self, Reply, Sheet, Shown, View, in_words_of};
use crate::answer::{Cited, Outcome, Reason};
use crate::language::{Language, detect};
use crate::library::{Follows, Library, Policy, Viewer};
use crate::source::Kind;
use crate::wording::say;

/// How many passages are ranked: the answer and those that buttons lead to.
const RANKED: usize = super::button::MOST;

/// A question as it came in.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// What was asked.
    pub(super) text: &'a str,
    /// Who asked.
    pub(super) person: UserId,
    /// Which library answers.
    pub(super) home: Home,
    /// What the answer is written on.
    pub(super) sheet: Sheet,
    /// Who asks, and where: what of the library they see.
    pub(super) viewer: &'a Viewer,
    /// How it is answered.
    pub(super) to: To<'a>,
    /// Where the question stands, if somebody else wrote it: a line under the answer says so.
    pub(super) link: Option<&'a str>,
    /// The answer that it replies to; a question that leans takes its subject from there.
    pub(super) replies_to: Option<Spot>,
    /// The thread that it is asked in, where what was answered last stands for the answer that it replies to.
    pub(super) thread: Option<ChannelId>,
}

/// What was found, and what else is needed to show it.
struct Found {
    outcome: Outcome,
    /// Of a footnote that answers: the first paragraph that cites it.
    citing: Option<Arc<Cited>>,
}

/// Answers a question.
pub(super) async fn ask(data: &Data, asked: Asked<'_>) {
    let start = Instant::now();
    let chosen = data.preferences.chosen(asked.person, asked.home).await;
    let language =
        chosen.unwrap_or_else(|| reply::asked_in(asked.text, detect::language(asked.text)));
    let mut delivery = Delivery::new(data, asked.to, asked.sheet, language);
    let policy = data.preferences.policy(asked.home).await;
    let taken = data
        .cooldown
        .take(asked.person.get(), own_cooldown(asked.home, &policy), start);
    if let Taken::Refused { wait, is_first } = taken {
        // An interaction has to be answered each time; a message is told once, lest the bot floods the channel.
        if is_first || !matches!(asked.to, To::Message { .. }) {
            delivery.tell(later(language, wait)).await;
        }
        return;
    }
    tracing::debug!(question = asked.text, "asked");
    // In a task of its own, so that it goes on while Discord is told to wait, and so that a panic in it is a failure of
    // this question and of nothing else.
    let last = || data.threads.last(asked.thread?, asked.home);
    let follows = asked.replies_to.or_else(last);
    let text = asked.text.to_owned();
    let (home, viewer) = (asked.home, asked.viewer.clone());
    let work = tokio::spawn(find(data.clone(), home, viewer, text, follows));
    let found = match delivery.awaits(work).await {
        Ok(Ok(found)) => found,
        Ok(Err(failure)) => return delivery.fail(&failure).await,
        Err(panic) => return delivery.fail(&panic).await,
    };
    let limit = data.config.answer.max_question;
    let write = |sheet| {
        let voice = reply::voice(&found.outcome, chosen);
        let reply = write(sheet, asked.home, &found, chosen, limit);
        match asked.link {
            Some(link) => {
                let link = ("link", link.to_owned().into());
                reply.with_line(&say(voice, "asked-message", &[link]))
            }
            None => reply,
        }
    };
    let outcome = &found.outcome;
    // What one person alone has seen is no answer to lean on for the others.
    let is_private = matches!(asked.to, To::Interaction { is_private, .. } if is_private);
    let answer = outcome
        .answer()
        .and_then(|_| reply::spots(&outcome.ranking).next());
    let thread = asked.thread.filter(|_| !is_private).zip(answer);
    // Before it is delivered: who reads it may ask on before Discord has told us that it took it.
    if let Some((thread, spot)) = thread {
        data.threads.answered(thread, asked.home, spot);
    }
    let is_delivered = delivery.deliver(&write).await;
    if let Some((thread, _)) = thread.filter(|_| !is_delivered) {
        data.threads.forget(thread);
    }
    tracing::info!(
        library = %asked.home.library(),
        language = outcome.language.code(),
        outcome = outcome.reason.map_or("answer", Reason::code),
        confidence = outcome.ranking.first().map(|first| first.confidence),
        time = ?start.elapsed(),
        is_delivered,
        "answered"
    );
    if policy.keep_questions != Some(0) {
        keep(data, asked.home, outcome).await;
    }
}

/// The pace that a server sets for itself, if it does.
fn own_cooldown(home: Home, policy: &Policy) -> Option<Own> {
    match (home, policy.cooldown) {
        (Home::Server(server), Some(seconds)) => Some(Own {
            server,
            every: Duration::from_secs(seconds.into()),
        }),
        _ => None,
    }
}

/// The library of a place, as somebody sees it there.
pub(super) async fn library(data: &Data, home: Home, viewer: Viewer) -> Result<Library, Failure> {
    let whole = data.libraries.library_or_new(&home.library()).await?;
    Ok(whole.seen_by(viewer))
}

async fn find(
    data: Data,
    home: Home,
    viewer: Viewer,
    text: String,
    follows: Option<Spot>,
) -> Result<Found, Failure> {
    let library = library(&data, home, viewer).await?;
    let follows = follows.map(|spot| Follows {
        version_key: spot.version_key,
        place: spot.place,
        sentence: spot.sentence,
    });
    let outcome = library.ask_following(&text, RANKED, follows).await?;
    let citing = match outcome.answer() {
        Some(answer) => citing(&library, &answer.cited).await?,
        None => None,
    };
    Ok(Found { outcome, citing })
}

/// Of a footnote: the first paragraph that cites it.
pub(super) async fn citing(
    library: &Library,
    cited: &Cited,
) -> Result<Option<Arc<Cited>>, Failure> {
    let Some(first) = cited.passage.cited_by.first() else {
        return Ok(None);
    };
    let paragraph = library.cited(cited.version_key, *first).await?;
    Ok(paragraph.filter(|_| cited.passage.place.kind == Kind::Footnote))
}

/// The message for what was found, in the language that was chosen, if one was.
fn write(sheet: Sheet, home: Home, found: &Found, chosen: Option<Language>, limit: usize) -> Reply {
    let outcome = &found.outcome;
    let voice = reply::voice(outcome, chosen);
    let confidence = outcome.answer().map(|answer| answer.confidence);
    let trail = Trail::new(voice, confidence, home, reply::spots(&outcome.ranking));
    let answer = outcome.answer().zip(trail.as_ref());
    let shown = answer.and_then(|(answer, trail)| {
        let shown = Shown {
            cited: &answer.cited,
            view: View::Sentence,
            outcome: Some(outcome),
            citing: found.citing.as_deref(),
        };
        reply::passage(sheet, trail, &shown)
    });
    shown.unwrap_or_else(|| {
        let reason = outcome.reason.unwrap_or(Reason::Unsure);
        let language =
            chosen.unwrap_or_else(|| reply::asked_in(&outcome.question, outcome.language));
        trail.as_ref().map_or_else(
            || reply::nothing(language, outcome, reason, limit),
            |trail| reply::none(sheet, trail, outcome, reason, limit),
        )
    })
}

/// Keeps a question without who asked it, for as long as the configuration says; not what was asked in private rooms,
/// where the library is nobody's and nobody would read it.
async fn keep(data: &Data, home: Home, outcome: &Outcome) {
    if data.config.retention.questions == 0 || home == Home::Starter {
        return;
    }
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let at_ms = now.map_or(0, |now| i64::try_from(now.as_millis()).unwrap_or(i64::MAX));
    let code = outcome.reason.map_or("answer", Reason::code);
    let library = home.library();
    let kept = data.libraries.catalogue().keep_question(
        &library,
        &outcome.question,
        outcome.language.code(),
        code,
        at_ms,
    );
    if let Err(error) = kept.await {
        note(&error);
    }
}

fn later(language: Language, wait: Duration) -> Vec<String> {
    // Whole seconds, rounded up: who asks again then is not refused again.
    let seconds = wait.as_millis().div_ceil(1000).max(1);
    let seconds = u64::try_from(seconds).unwrap_or(u64::MAX);
    in_words_of(language, |language| {
        say(language, "asking-later", &[("seconds", seconds.into())])
    })
}

/// Which library answers an interaction: that of the server where the bot is installed. Who brought the bot along
/// themselves asks the starter sources wherever they are: the server's are for its own.
pub(super) fn home(
    context: &Context,
    guild: Option<GuildId>,
    owners: &AuthorizingIntegrationOwners,
) -> Home {
    let Some(guild) = guild else {
        return Home::Starter;
    };
    let is_installed = owners
        .0
        .iter()
        .any(|owner| matches!(owner, AuthorizingIntegrationOwner::GuildInstall(Some(_))));
    // An interaction that does not say by whom it was authorized is old or odd; then being a member decides.
    let is_member = owners.0.is_empty() && context.cache.guild(guild).is_some();
    if is_installed || is_member {
        Home::Server(guild.get())
    } else {
        Home::Starter
    }
}

/// What an answer to an interaction is written on. Discord says what is permitted there; an old interaction that does
/// not say it may embed.
pub(super) fn sheet(permissions: Option<Permissions>) -> Sheet {
    if permissions.is_none_or(|held| held.contains(Permissions::EMBED_LINKS)) {
        Sheet::Embed
    } else {
        Sheet::Plain
    }
}

/// Tells a person and the log of a command that failed. What it failed of itself was said by itself; this is for what
/// went wrong around it.
pub(super) async fn failed(error: poise::FrameworkError<'_, Data, Failure>) {
    let id = short_id();
    tracing::error!(%id, %error, "a command failed");
    let (data, interaction) = match &error {
        // Discord still shows a command that this version of the bot does not have.
        poise::FrameworkError::UnknownInteraction {
            framework,
            interaction,
            ..
        } => (framework.user_data, *interaction),
        error => match error.ctx() {
            Some(poise::Context::Application(context)) => (context.data(), context.interaction),
            _ => return,
        },
    };
    // Who is still typing waits for nothing.
    if interaction.data.autocomplete().is_some() {
        return;
    }
    let to = To::Interaction {
        id: interaction.id,
        token: &interaction.token,
        is_private: true,
    };
    let mut delivery = Delivery::new(data, to, Sheet::Plain, Language::Other);
    let sentence = |language| say(language, "asking-failed", &[("id", id.clone().into())]);
    delivery.tell(in_words_of(Language::Other, sentence)).await;
}
