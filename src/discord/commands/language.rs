//! `/language`: in which language the bot's own words are, to one person or in a whole server.

use serenity::all::CommandInteraction;

use super::Context;
use crate::discord::button::Home;
use crate::discord::conversation;
use crate::discord::data::{Data, Failure};
use crate::discord::delivery::{Delivery, To};
use crate::discord::preference::Preferences;
use crate::discord::reply::{Reply, in_words_of};
use crate::discord::report::{self, Unreported};
use crate::discord::rights;
use crate::language::Language;
use crate::library::Viewer;
use crate::wording::{language_name, say};

/// What can be chosen.
#[derive(Clone, Copy, poise::ChoiceParameter)]
enum Choice {
    #[name = "Arabic · العربية"]
    Arabic,
    #[name = "English · الإنجليزية"]
    English,
    #[name = "Automatic · تلقائية"]
    Automatic,
}

/// For whom.
#[derive(Clone, Copy, PartialEq, Eq, poise::ChoiceParameter)]
enum Scope {
    #[name = "Mine · لي"]
    Mine,
    #[name = "Server · للخادم كله"]
    Server,
}

/// What came of it.
enum Done {
    /// It is so now; perhaps it could not be reported.
    Chosen(Option<Unreported>),
    /// There is no server here whose language could be chosen.
    Nowhere,
    /// Who asked may not choose for others.
    Refused,
}

/// In which language I speak · بأي لغة أتكلم
#[poise::command(
    slash_command,
    install_context = "Guild|User",
    interaction_context = "Guild|BotDm|PrivateChannel"
)]
pub(super) async fn language(
    context: Context<'_>,
    #[description = "The language of my own words · لغة كلامي، لا لغة المصادر"] language: Choice,
    #[description = "For you, or for the server if you manage it · لك أم للخادم إن كنت تديره"]
    scope: Option<Scope>,
) -> Result<(), Failure> {
    let interaction = context.interaction;
    let home = super::home(context);
    let scope = scope.unwrap_or(Scope::Mine);
    let chosen = match language {
        Choice::Arabic => Some(Language::Arabic),
        Choice::English => Some(Language::English),
        Choice::Automatic => None,
    };
    let to = To::Interaction {
        id: interaction.id,
        token: &interaction.token,
        is_private: true,
    };
    let sheet = conversation::sheet(interaction.app_permissions);
    let data = context.data();
    let before = super::spoken(context, home).await;
    let mut delivery = Delivery::new(data, to, sheet, before);
    let work = tokio::spawn(choose(
        data.clone(),
        interaction.clone(),
        home,
        scope,
        chosen,
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
    // In the language that holds from now on, so that it shows at once.
    let now = super::spoken(context, home).await;
    let said = in_words_of(now, |language| sentence(language, &done, scope, chosen));
    let unreported = match done {
        Done::Chosen(unreported) => unreported,
        Done::Nowhere | Done::Refused => None,
    };
    let mut lines = said;
    lines.extend(unreported.iter().flat_map(|report| report.lines(now)));
    delivery.deliver(&|_| Reply::in_markdown(&lines)).await;
    Ok(())
}

async fn choose(
    data: Data,
    interaction: CommandInteraction,
    home: Home,
    scope: Scope,
    chosen: Option<Language>,
) -> Result<Done, Failure> {
    let person = interaction.user.id;
    if scope == Scope::Mine {
        data.preferences.choose(person, chosen).await?;
        return Ok(Done::Chosen(None));
    }
    if home == Home::Starter {
        return Ok(Done::Nowhere);
    }
    if !rights::manages(interaction.member.as_deref()) {
        return Ok(Done::Refused);
    }
    let library = conversation::library(&data, home, Viewer::All).await?;
    Preferences::choose_for_all(&library, chosen, person).await?;
    tracing::info!(
        library = library.id(),
        language = chosen.map_or("automatic", Language::code),
        "the server's language is chosen"
    );
    Ok(Done::Chosen(report::announce(&data, &library).await))
}

fn sentence(language: Language, done: &Done, scope: Scope, chosen: Option<Language>) -> String {
    match (done, scope, chosen) {
        (Done::Nowhere, ..) => say(language, "language-nowhere", &[]),
        (Done::Refused, ..) => say(language, "language-refused", &[]),
        (Done::Chosen(_), Scope::Mine, None) => say(language, "language-mine-automatic", &[]),
        (Done::Chosen(_), Scope::Mine, Some(chosen)) => {
            let name = ("name", language_name(language, chosen).into());
            say(language, "language-mine", &[name])
        }
        (Done::Chosen(_), Scope::Server, None) => say(language, "language-server-automatic", &[]),
        (Done::Chosen(_), Scope::Server, Some(chosen)) => {
            let name = ("name", language_name(language, chosen).into());
            say(language, "language-server", &[name])
        }
    }
}
