//! Keeping the sources of a server in order, from within Discord.
//!
//! `/source` and its like come in as commands (`commands/source`), everything that follows as a [`Step`]: a button, a
//! choice from a list, a form. Whoever acts is judged at each of them ([`Who::moderator`]), and only a [`Moderator`] gets
//! hold of the library. What was read and waits for a word lies in the catalogue as a draft, so that all of it goes on
//! after a restart.

mod adding;
mod describing;
mod limiting;
mod looking;
mod many;
mod packing;
mod progress;
mod refreshing;
mod step;
mod suggesting;
mod withdrawing;

pub(super) use adding::{From, Incoming, add, text_name};
pub(super) use packing::{export, import};
pub(super) use step::{Goal, Of, Step};
pub(super) use suggesting::{Which, suggest};

use serde_json::json;
use serenity::all::{
    ActionRowComponent, AuthorizingIntegrationOwners, CommandInteraction, ComponentInteraction,
    ComponentInteractionDataKind, Context, InteractionId, Member, ModalInteraction, UserId,
};

use super::button::Home;
use super::conversation;
use super::data::{Data, Failure};
use super::delivery::{Delivery, To};
use super::reply::source::{self as said, Form, Notice};
use super::reply::{Reply, Sheet, in_words_of};
use super::rights::{self, Refused};
use crate::catalogue::{SourceRecord, VersionRecord};
use crate::language::Language;
use crate::library::{self, Library};
use crate::source::SourceId;
use crate::wording::say;

/// Who acts, and where: what every step brings along anew.
#[derive(Clone)]
pub(super) struct Who {
    data: Data,
    person: UserId,
    member: Option<Member>,
    home: Home,
    sheet: Sheet,
    chosen: Option<Language>,
}

/// Somebody who may moderate the library, found to be so just now.
#[derive(Clone)]
pub(super) struct Moderator {
    data: Data,
    /// All of the library.
    library: Library,
    /// Whether they manage the server itself.
    manages: bool,
    person: UserId,
    home: Home,
    sheet: Sheet,
    chosen: Option<Language>,
}

/// What comes of a step.
pub(super) enum Answer {
    /// This, in place of the message that it was taken on, if there is one.
    Instead(Reply),
    /// This beside it, for the person alone.
    Beside(Reply),
}

impl Who {
    /// Who used a command.
    pub(super) async fn commands(
        context: &Context,
        data: &Data,
        command: &CommandInteraction,
    ) -> Self {
        let owners = &command.authorizing_integration_owners;
        let home = conversation::home(context, command.guild_id, owners);
        Self {
            data: data.clone(),
            person: command.user.id,
            member: command.member.as_deref().cloned(),
            home,
            sheet: conversation::sheet(command.app_permissions),
            chosen: data.preferences.chosen(command.user.id, home).await,
        }
    }

    /// Who pressed a button or chose from a list.
    async fn presses(context: &Context, data: &Data, press: &ComponentInteraction) -> Self {
        let owners = &press.authorizing_integration_owners;
        let home = conversation::home(context, press.guild_id, owners);
        Self {
            data: data.clone(),
            person: press.user.id,
            member: press.member.clone(),
            home,
            sheet: conversation::sheet(press.app_permissions),
            chosen: data.preferences.chosen(press.user.id, home).await,
        }
    }

    /// Who sent a form. It does not say by whom the bot was brought, so being a member decides.
    async fn fills(context: &Context, data: &Data, form: &ModalInteraction) -> Self {
        let home = conversation::home(
            context,
            form.guild_id,
            &AuthorizingIntegrationOwners::default(),
        );
        Self {
            data: data.clone(),
            person: form.user.id,
            member: form.member.clone(),
            home,
            sheet: conversation::sheet(form.app_permissions),
            chosen: data.preferences.chosen(form.user.id, home).await,
        }
    }

    /// The language that they are spoken to where no source says one: theirs, else both of ours.
    pub(super) fn language(&self) -> Language {
        self.chosen.unwrap_or(Language::Other)
    }

    /// A step here.
    pub(super) fn step(&self, goal: Goal) -> Step {
        Step {
            voice: said::voice(self.chosen, Language::Other),
            home: self.home,
            goal,
        }
    }

    /// Them as a moderator, where they may moderate the library of this place.
    pub(super) async fn moderator(self) -> Result<Result<Moderator, Refused>, Failure> {
        let library = rights::moderated(&self.data, self.home, self.member.as_ref()).await?;
        let manages = rights::manages(self.member.as_ref());
        Ok(library.map(|library| Moderator {
            library,
            manages,
            data: self.data,
            person: self.person,
            home: self.home,
            sheet: self.sheet,
            chosen: self.chosen,
        }))
    }

    /// Does something that takes a moderator, and answers.
    pub(super) async fn does<W>(
        self,
        to: To<'_>,
        work: impl FnOnce(Moderator) -> W + Send + 'static,
    ) where
        W: Future<Output = Result<Answer, Failure>> + Send + 'static,
    {
        let (data, sheet, language) = (self.data.clone(), self.sheet, self.language());
        let mut delivery = Delivery::new(&data, to, sheet, language);
        // In a task of its own, so that a panic in it is a failure of this step and of nothing else.
        let task = tokio::spawn(async move {
            match self.moderator().await? {
                Ok(moderator) => work(moderator).await,
                Err(refused) => Ok(Answer::Beside(refused.said(language))),
            }
        });
        match delivery.awaits(task).await {
            Ok(Ok(Answer::Instead(reply))) => {
                delivery.deliver(&|_| reply.clone()).await;
            }
            Ok(Ok(Answer::Beside(reply))) => delivery.tell_reply(reply).await,
            Ok(Err(failure)) => delivery.fail(&failure).await,
            Err(panic) => delivery.fail(&panic).await,
        }
    }

    /// Opens the form that `work` gives. A form has to be the first answer, so nothing that takes long may be done for it.
    pub(super) async fn opens<W>(
        self,
        id: InteractionId,
        token: &str,
        work: impl FnOnce(Moderator) -> W + Send + 'static,
    ) where
        W: Future<Output = Result<Result<Form, Answer>, Failure>> + Send + 'static,
    {
        let (data, sheet, language) = (self.data.clone(), self.sheet, self.language());
        let to = To::Interaction {
            id,
            token,
            is_private: true,
        };
        let mut delivery = Delivery::new(&data, to, sheet, language);
        let task = tokio::spawn(async move {
            match self.moderator().await? {
                Ok(moderator) => work(moderator).await,
                Err(refused) => Ok(Err(Answer::Beside(refused.said(language)))),
            }
        });
        match task.await {
            Ok(Ok(Ok(form))) => {
                let response = json!({"type": 9, "data": form});
                if let Err(error) = data.wire.respond(id, token, &response).await {
                    // Its three seconds may be over, and then nothing can be said any more.
                    tracing::warn!(%error, "a form could not be opened");
                }
            }
            Ok(Ok(Err(Answer::Instead(reply) | Answer::Beside(reply)))) => {
                delivery.tell_reply(reply).await;
            }
            Ok(Err(failure)) => delivery.fail(&failure).await,
            Err(panic) => delivery.fail(&panic).await,
        }
    }
}

impl Moderator {
    /// Who changes something, as the catalogue writes it.
    fn by(&self) -> String {
        rights::by(self.person)
    }

    /// The language that they are spoken to where no source says one.
    fn language(&self) -> Language {
        self.chosen.unwrap_or(Language::Other)
    }

    /// A step about a source of a language.
    fn step(&self, source: Language, goal: Goal) -> Step {
        Step {
            voice: said::voice(self.chosen, source),
            home: self.home,
            goal,
        }
    }

    /// A sentence for the person alone.
    fn beside(&self, notice: &Notice) -> Answer {
        Answer::Beside(said::notice(self.language(), notice))
    }

    /// A sentence in place of a message whose buttons lead nowhere any more.
    fn instead(&self, notice: &Notice) -> Answer {
        Answer::Instead(said::notice(self.language(), notice))
    }

    /// What the library refuses, as a sentence; whatever else went wrong is a failure.
    fn refused(error: library::Error) -> Result<Notice, Failure> {
        match error {
            library::Error::NoSource { id, .. } => Ok(Notice::NoSource(id.to_string())),
            library::Error::Full { what, most, .. } => Ok(Notice::Full(what, most)),
            library::Error::Unreadable { .. } => Ok(Notice::BadDetails),
            error => Err(error.into()),
        }
    }

    /// The source that somebody wrote the id or the title of.
    async fn named(
        &self,
        said: &str,
        withdrawn_too: bool,
    ) -> Result<Option<SourceRecord>, Failure> {
        let mut all = self.library.sources().await?;
        if withdrawn_too {
            all.extend(self.library.withdrawn().await?);
        }
        let said = said.trim();
        let id: Option<SourceId> = said.parse().ok();
        let by_id = all
            .iter()
            .position(|source| Some(&source.id) == id.as_ref());
        let mut titled = all
            .iter()
            .enumerate()
            .filter(|(_, source)| source.attribution.title == said);
        let by_title = match (titled.next(), titled.next()) {
            (Some((at, _)), None) => Some(at),
            _ => None,
        };
        Ok(by_id.or(by_title).map(|at| all.swap_remove(at)))
    }

    /// All versions of the source that one of its versions is named of, the newest first; empty where it is purged.
    async fn versions(&self, key: i64) -> Result<Vec<VersionRecord>, Failure> {
        match self.library.by_key(key).await? {
            Some(version) => Ok(self.library.history(&version.record.id).await?),
            None => Ok(Vec::new()),
        }
    }

    /// The current version of that source, unless it is withdrawn.
    async fn current(&self, key: i64) -> Result<Option<SourceRecord>, Failure> {
        let versions = self.versions(key).await?;
        let mut there = versions
            .into_iter()
            .filter(|version| version.current && !version.withdrawn);
        Ok(there.next().map(|version| version.record))
    }
}

/// A step that was taken by a button or a list. The message has to be ours, and to have that part on it: an id alone is
/// easily copied.
pub(super) async fn pressed(context: &Context, data: &Data, press: &ComponentInteraction) {
    let who = Who::presses(context, data, press).await;
    let (id, token) = (press.id, press.token.as_str());
    let step = Step::parse(&press.data.custom_id).filter(|step| {
        let bot = data.bot.get().copied();
        let bot = bot.unwrap_or_else(|| context.cache.current_user().id);
        let is_own = press.message.author.id == bot && carries(press);
        is_own && step.home == who.home
    });
    let Some(step) = step else {
        return unknown(&who, id, token).await;
    };
    let step = step.spoken(who.chosen);
    let to = To::Pressed { id, token };
    let goal = step.goal;
    match (&press.data.kind, goal) {
        (ComponentInteractionDataKind::Button, Goal::Form(of, page)) => {
            who.opens(id, token, move |moderator| async move {
                moderator.form(of, page).await
            })
            .await;
        }
        (ComponentInteractionDataKind::Button, goal) => {
            who.does(
                to,
                move |moderator| async move { moderator.goes(goal).await },
            )
            .await;
        }
        (ComponentInteractionDataKind::StringSelect { values }, Goal::Open) => {
            let of = values.first().and_then(|value| Of::parse(value));
            // The list stays, so that the next one can be opened.
            let to = To::Interaction {
                id,
                token,
                is_private: true,
            };
            who.does(
                to,
                move |moderator| async move { moderator.opened(of).await },
            )
            .await;
        }
        (ComponentInteractionDataKind::StringSelect { values }, Goal::Language(of)) => {
            let language = values.first().and_then(|code| Language::from_code(code));
            who.does(to, move |moderator| async move {
                moderator.in_language(of, language).await
            })
            .await;
        }
        (ComponentInteractionDataKind::ChannelSelect { values }, Goal::Channels(key)) => {
            let channels = values.iter().map(|channel| channel.get()).collect();
            who.does(to, move |moderator| async move {
                moderator.limits_channels(key, channels).await
            })
            .await;
        }
        (ComponentInteractionDataKind::RoleSelect { values }, Goal::Roles(key)) => {
            let roles = values.iter().map(|role| role.get()).collect();
            who.does(to, move |moderator| async move {
                moderator.limits_roles(key, roles).await
            })
            .await;
        }
        _ => unknown(&who, id, token).await,
    }
}

/// A form that was sent.
pub(super) async fn submitted(context: &Context, data: &Data, form: &ModalInteraction) {
    let who = Who::fills(context, data, form).await;
    let (id, token) = (form.id, form.token.as_str());
    let step = Step::parse(&form.data.custom_id).filter(|step| step.home == who.home);
    let value = |id: &str| field(form, id);
    match step.map(|step| step.goal) {
        Some(Goal::Paste) => {
            let pasted = said::pasted(value);
            let incoming = adding::pasted(&pasted);
            add(who, id, token, vec![incoming]).await;
        }
        Some(Goal::Form(of, page)) => {
            let filled = said::filled(page, value);
            // A form that a command opened stands under no message.
            let to = if form.message.is_some() {
                To::Pressed { id, token }
            } else {
                To::Interaction {
                    id,
                    token,
                    is_private: true,
                }
            };
            who.does(to, move |moderator| async move {
                moderator.described(of, filled).await
            })
            .await;
        }
        _ => unknown(&who, id, token).await,
    }
}

impl Moderator {
    /// Takes a step of a button.
    async fn goes(self, goal: Goal) -> Result<Answer, Failure> {
        match goal {
            Goal::Publish(key) => self.publishes(key).await,
            Goal::Discard(key) => self.discards(key).await,
            Goal::PublishAll(first, last) => self.publishes_all(first, last).await,
            Goal::DiscardAll(first, last) => self.discards_all(first, last).await,
            Goal::Show(key) => self.shows(key).await,
            Goal::Withdraw(key) => self.asks_withdrawal(key).await,
            Goal::WithdrawSurely(key) => self.withdraws(key).await,
            Goal::Restore(key) => self.restores(key).await,
            Goal::History(key, page) => self.history(key, page).await,
            Goal::Compare(before, after, page) => self.compares(before, after, page).await,
            Goal::Limits(key) => self.limits(key).await,
            Goal::Everybody(key) => self.unlimits(key).await,
            Goal::Refresh(key) => self.refreshes(key).await,
            Goal::Import(key) => self.imports(key).await,
            Goal::DiscardPack(key) => self.discards_pack(key).await,
            // These are no buttons' goals.
            Goal::Open
            | Goal::Form(..)
            | Goal::Language(_)
            | Goal::Channels(_)
            | Goal::Roles(_)
            | Goal::Paste => Ok(Answer::Beside(Reply::said(in_words_of(
                self.language(),
                |language| say(language, "manage-press-unknown", &[]),
            )))),
        }
    }
}

async fn unknown(who: &Who, id: InteractionId, token: &str) {
    let to = To::Pressed { id, token };
    let mut delivery = Delivery::new(&who.data, to, who.sheet, who.language());
    let lines = in_words_of(who.language(), |language| {
        say(language, "manage-press-unknown", &[])
    });
    delivery.tell(lines).await;
}

/// Whether the message has the part whose id this is.
fn carries(press: &ComponentInteraction) -> bool {
    let id = press.data.custom_id.as_str();
    let mut parts = press
        .message
        .components
        .iter()
        .flat_map(|row| &row.components);
    parts.any(|part| match part {
        ActionRowComponent::SelectMenu(list) => list.custom_id.as_deref() == Some(id),
        part => super::press::custom_id(part) == Some(id),
    })
}

/// What stands in a field of a form.
fn field(form: &ModalInteraction, id: &str) -> Option<String> {
    let mut parts = form.data.components.iter().flat_map(|row| &row.components);
    parts.find_map(|part| match part {
        ActionRowComponent::InputText(field) if field.custom_id == id => field.value.clone(),
        _ => None,
    })
}
