//! The wire: the only thing that sends to Discord.
//!
//! What fails and may pass is sent again: a server's failure (5xx), a connection that failed, a rate limit. What comes
//! back as an error is final. What a newcomer would get wrong: a request whose answer was lost may have been done, so
//! each method here says why sending it again does no harm, or does not send it again.
//!
//! # Why
//!
//! *Why not serenity's `Http`, which has a rate limiter?* It waits for no server's failure, has no time limit, does not
//! let its caller see `Retry-After`, keeps an entry for every interaction for ever, and where a rate-limit header does
//! not parse it sends the same request again in a loop without a pause. And at another base than discord.com its rate
//! limiter must be off, lest it sends the token to the real Discord: requests would then be limited one way in tests and
//! another way in earnest. So its routes and types are used here, and one way of limiting everywhere.

#![expect(
    clippy::result_large_err,
    reason = "an error of serenity's is as large as it is"
)]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use serenity::all::{
    ApplicationId, ChannelId, CreateAttachment, ErrorResponse, HttpError, InteractionId,
    LightMethod, Multipart, MultipartUpload, Route, UserId,
};

use crate::config::{self, RegisterIn};

/// The longest rate limit that is waited for: after it nobody waits for an answer any more.
const LONGEST_WAIT: Duration = Duration::from_mins(1);
/// How long it may take to send a file: a slow line is no failure.
const LONGEST_UPLOAD: Duration = Duration::from_mins(3);
/// The callback of an interaction that was answered already.
const ALREADY_ANSWERED: isize = 40_060;
/// A message that is not there.
const UNKNOWN_MESSAGE: isize = 10_008;

/// Sends to Discord; cheap to clone.
#[derive(Clone)]
pub(super) struct Wire(Arc<Sender>);

struct Sender {
    client: reqwest::Client,
    /// Where Discord is. Every request goes there and nowhere else.
    base: String,
    /// With its prefix, as the header has it.
    token: SecretString,
    application: OnceLock<ApplicationId>,
    retry_first: Duration,
    retry_tries: u32,
    limits: Mutex<Limits>,
}

/// Until when Discord wants nothing more: at all, and in a channel.
#[derive(Default)]
struct Limits {
    global: Option<Instant>,
    channels: HashMap<ChannelId, Instant>,
}

/// The bot's application, as Discord says it.
#[derive(Debug, serde::Deserialize)]
pub(super) struct Application {
    /// Its id, which the bot's own interactions are answered under.
    pub(super) id: ApplicationId,
    /// Its name.
    pub(super) name: String,
}

/// Whether a request may be sent again though it may have been done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Twice {
    /// Doing it twice comes to the same, or Discord sees that it is the same.
    Harmless,
    /// It would show twice; only what surely was not done is sent again.
    Shows,
}

/// One request.
struct Order<'a> {
    /// What the log calls it: its path holds an interaction's token.
    name: &'static str,
    method: LightMethod,
    route: Route<'a>,
    body: Option<Vec<u8>>,
    /// A file beside the body.
    file: Option<CreateAttachment>,
    twice: Twice,
    channel: Option<ChannelId>,
}

/// A request that failed for good, and how often it was sent.
struct Failed {
    error: serenity::Error,
    tries: u32,
}

impl Wire {
    /// A wire as the configuration says, with this token.
    pub(super) fn new(
        config: &config::Discord,
        token: &SecretString,
    ) -> Result<Self, serenity::Error> {
        Ok(Self(Arc::new(Sender {
            client: client(config.timeout)?,
            base: config.api_url.clone(),
            token: SecretString::from(format!("Bot {}", bare(token.expose_secret()))),
            application: OnceLock::new(),
            retry_first: config.retry_first,
            retry_tries: config.retry_tries,
            limits: Mutex::default(),
        })))
    }

    /// Where the gateway is.
    pub(super) async fn gateway(&self) -> Result<String, serenity::Error> {
        #[derive(serde::Deserialize)]
        struct Gateway {
            url: String,
        }
        let order = Order::new("gateway", LightMethod::Get, Route::Gateway);
        Ok(self.fetch::<Gateway>(order).await?.url)
    }

    /// The bot's application, which only its token sees. What is sent later is sent as this application.
    pub(super) async fn application(&self) -> Result<Application, serenity::Error> {
        let route = Route::Oauth2ApplicationCurrent;
        let order = Order::new("application", LightMethod::Get, route);
        let application: Application = self.fetch(order).await?;
        self.0.application.get_or_init(|| application.id);
        Ok(application)
    }

    /// Registers commands in place of those that were registered there.
    pub(super) async fn register(
        &self,
        place: RegisterIn,
        commands: &(impl Serialize + Sync),
    ) -> Result<(), serenity::Error> {
        let application_id = self.application_id()?;
        let route = match place {
            RegisterIn::Global => Route::Commands { application_id },
            RegisterIn::Guild(guild) => Route::GuildCommands {
                application_id,
                guild_id: guild.into(),
            },
        };
        let order = Order::new("register", LightMethod::Put, route);
        self.done(order.with(commands)?).await
    }

    /// Answers an interaction for the first time: `{"type": …, "data": …}`. Discord takes only one such answer, so that
    /// sending it again is harmless, and «answered already» then means that an earlier try arrived.
    pub(super) async fn respond(
        &self,
        id: InteractionId,
        token: &str,
        response: &(impl Serialize + Sync),
    ) -> Result<(), serenity::Error> {
        let mut response = serde_json::to_value(response)?;
        if response["data"].is_object() && matches!(response["type"].as_u64(), Some(4 | 7)) {
            mention_nobody(&mut response["data"]);
        }
        let route = Route::InteractionResponse {
            interaction_id: id,
            token,
        };
        let order = Order::new("respond", LightMethod::Post, route).with(&response)?;
        match self.send(order).await {
            Err(failed) if failed.was_done(ALREADY_ANSWERED) => Ok(()),
            sent => Ok(sent.map(drop)?),
        }
    }

    /// Edits the first answer to an interaction, or ends its deferral; twice is as once.
    pub(super) async fn edit_original(
        &self,
        token: &str,
        message: &(impl Serialize + Sync),
    ) -> Result<(), serenity::Error> {
        let route = self.original(token)?;
        let order = Order::new("edit_original", LightMethod::Patch, route);
        self.done(order.with_message(message)?).await
    }

    /// Removes the first answer to an interaction; that it is gone already is no failure after a try.
    pub(super) async fn delete_original(&self, token: &str) -> Result<(), serenity::Error> {
        let order = Order::new(
            "delete_original",
            LightMethod::Delete,
            self.original(token)?,
        );
        match self.send(order).await {
            Err(failed) if failed.was_done(UNKNOWN_MESSAGE) => Ok(()),
            sent => Ok(sent.map(drop)?),
        }
    }

    /// Answers an interaction once more. Discord cannot tell one such message from the same sent again, so a request
    /// whose answer was lost is not.
    pub(super) async fn follow_up(
        &self,
        token: &str,
        message: &(impl Serialize + Sync),
    ) -> Result<(), serenity::Error> {
        let route = Route::WebhookFollowupMessages {
            application_id: self.application_id()?,
            token,
        };
        let mut order = Order::new("follow_up", LightMethod::Post, route).with_message(message)?;
        order.twice = Twice::Shows;
        self.done(order).await
    }

    /// Answers an interaction once more, with a file.
    pub(super) async fn follow_up_with(
        &self,
        token: &str,
        message: &(impl Serialize + Sync),
        file_name: &str,
        bytes: Vec<u8>,
    ) -> Result<(), serenity::Error> {
        let route = Route::WebhookFollowupMessages {
            application_id: self.application_id()?,
            token,
        };
        let mut message = serde_json::to_value(message)?;
        message["attachments"] = json!([{"id": 0, "filename": file_name}]);
        let order = Order::new("follow_up_with", LightMethod::Post, route);
        let mut order = order.with_message(&message)?;
        order.twice = Twice::Shows;
        order.file = Some(CreateAttachment::bytes(bytes, file_name));
        self.done(order).await
    }

    /// Posts a message in a channel: once, however often the request had to be sent, because its nonce tells Discord
    /// that it is the same.
    pub(super) async fn post(
        &self,
        channel: ChannelId,
        message: &(impl Serialize + Sync),
    ) -> Result<(), serenity::Error> {
        let mut message = serde_json::to_value(message)?;
        message["nonce"] = json!(fastrand::u64(..).to_string());
        message["enforce_nonce"] = json!(true);
        let route = Route::ChannelMessages {
            channel_id: channel,
        };
        let mut order = Order::new("post", LightMethod::Post, route).with_message(&message)?;
        order.channel = Some(channel);
        self.done(order).await
    }

    /// Shows for some seconds that the bot is writing.
    pub(super) async fn type_in(&self, channel: ChannelId) -> Result<(), serenity::Error> {
        let route = Route::ChannelTyping {
            channel_id: channel,
        };
        // The limit of a channel's messages is not this one's.
        self.done(Order::new("type_in", LightMethod::Post, route))
            .await
    }

    /// The direct messages with a person; asking twice gives the same.
    pub(super) async fn direct_channel(
        &self,
        person: UserId,
    ) -> Result<ChannelId, serenity::Error> {
        #[derive(serde::Deserialize)]
        struct Direct {
            id: ChannelId,
        }
        let order = Order::new("direct_channel", LightMethod::Post, Route::UserMeDmChannels);
        let body = json!({"recipient_id": person.to_string()});
        Ok(self.fetch::<Direct>(order.with(&body)?).await?.id)
    }

    /// The first answer to an interaction.
    fn original<'a>(&self, token: &'a str) -> Result<Route<'a>, serenity::Error> {
        Ok(Route::WebhookOriginalInteractionResponse {
            application_id: self.application_id()?,
            token,
        })
    }

    fn application_id(&self) -> Result<ApplicationId, serenity::Error> {
        let known = self.0.application.get().copied();
        known.ok_or_else(|| HttpError::ApplicationIdMissing.into())
    }

    /// Sends what is done when Discord takes it. The message that it answers with is not read: one with something in it
    /// that serenity does not know yet would make a failure of what was done.
    async fn done(&self, order: Order<'_>) -> Result<(), serenity::Error> {
        Ok(self.send(order).await.map(drop)?)
    }

    async fn fetch<T: DeserializeOwned>(&self, order: Order<'_>) -> Result<T, serenity::Error> {
        let response = self.send(order).await?;
        let bytes = response.bytes().await.map_err(without_address)?;
        Ok(serde_json::from_slice(&bytes)?)
    }

    /// Sends, and sends again while that may help.
    async fn send(&self, order: Order<'_>) -> Result<Response, Failed> {
        let mut tries = 0;
        loop {
            self.0.wait_for_limit(&order).await;
            tries += 1;
            let (error, pause) = match self.0.try_once(&order).await {
                Ok(response) => return Ok(response),
                Err(failure) => failure,
            };
            let pause = pause.map(|pause| {
                let exponential = self.0.retry_first * 2_u32.saturating_pow(tries - 1);
                pause.unwrap_or_else(|| jittered(exponential))
            });
            match pause {
                Some(pause) if tries < self.0.retry_tries && pause <= LONGEST_WAIT => {
                    tracing::warn!(request = order.name, tries, ?pause, %error, "is sent again");
                    tokio::time::sleep(pause).await;
                }
                _ => return Err(Failed { error, tries }),
            }
        }
    }
}

impl Sender {
    /// Sends once. With the error comes the pause after which it may be sent again, if it may at all: a length where
    /// Discord says one.
    async fn try_once(
        &self,
        order: &Order<'_>,
    ) -> Result<Response, (serenity::Error, Option<Option<Duration>>)> {
        let request = serenity::http::Request::new(order.route, order.method);
        let request = match &order.file {
            None => request.body(order.body.clone()),
            Some(file) => request.multipart(Some(Multipart {
                upload: MultipartUpload::Attachments(vec![file.clone()]),
                fields: Vec::new(),
                payload_json: order
                    .body
                    .clone()
                    .and_then(|body| String::from_utf8(body).ok()),
            })),
        };
        let built = request.build(&self.client, self.token.expose_secret(), Some(&self.base));
        let mut request = built.map_err(|error| (error, None))?;
        if order.file.is_some() {
            request = request.timeout(LONGEST_UPLOAD);
        }
        let start = Instant::now();
        let response = match request.send().await {
            Ok(response) => response,
            Err(error) => {
                let again = error.is_connect() || order.twice == Twice::Harmless;
                return Err((without_address(error), again.then_some(None)));
            }
        };
        let status = response.status();
        tracing::debug!(request = order.name, %status, time = ?start.elapsed(), "sent");
        let pause = self.note_limit(order.channel, status, response.headers());
        if status.is_success() {
            return Ok(response);
        }
        let method = order.method.reqwest_method();
        let mut refusal = ErrorResponse::from_response(response, method).await;
        // It holds an interaction's token.
        refusal.url.clear();
        let error = serenity::Error::Http(HttpError::UnsuccessfulRequest(refusal));
        let may_pass = status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error();
        Err((error, may_pass.then_some(pause)))
    }

    /// Notes until when Discord wants nothing more, where it says so; the pause that it wants before this request is sent
    /// again.
    fn note_limit(
        &self,
        channel: Option<ChannelId>,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Option<Duration> {
        let limited = status == StatusCode::TOO_MANY_REQUESTS;
        let wait = if limited {
            seconds(headers, "retry-after")?
        } else if headers
            .get("x-ratelimit-remaining")
            .is_some_and(|left| left == "0")
        {
            seconds(headers, "x-ratelimit-reset-after")?
        } else {
            return None;
        };
        let now = Instant::now();
        let until = now + wait;
        let mut limits = self.limits.lock().unwrap_or_else(PoisonError::into_inner);
        if headers.contains_key("x-ratelimit-global") {
            limits.global = Some(until);
        } else if let Some(channel) = channel {
            limits.channels.retain(|_, until| *until > now);
            limits.channels.insert(channel, until);
        }
        limited.then_some(wait)
    }

    async fn wait_for_limit(&self, order: &Order<'_>) {
        if order.is_answer() {
            return;
        }
        let until = {
            let limits = self.limits.lock().unwrap_or_else(PoisonError::into_inner);
            let channel = order.channel;
            let of_channel = channel.and_then(|channel| limits.channels.get(&channel).copied());
            of_channel.max(limits.global)
        };
        let wait = until.map(|until| until.saturating_duration_since(Instant::now()));
        if let Some(wait) = wait.filter(|wait| !wait.is_zero()) {
            tokio::time::sleep(wait.min(LONGEST_WAIT)).await;
        }
    }
}

impl<'a> Order<'a> {
    fn new(name: &'static str, method: LightMethod, route: Route<'a>) -> Self {
        Self {
            name,
            method,
            route,
            body: None,
            file: None,
            twice: Twice::Harmless,
            channel: None,
        }
    }

    /// Whether it answers an interaction: such requests are outside the global limit.
    fn is_answer(&self) -> bool {
        matches!(
            self.route,
            Route::InteractionResponse { .. }
                | Route::WebhookOriginalInteractionResponse { .. }
                | Route::WebhookFollowupMessages { .. }
        )
    }

    /// A message, which mentions nobody whatever it quotes.
    fn with_message(self, message: &(impl Serialize + Sync)) -> Result<Self, serenity::Error> {
        let mut message = serde_json::to_value(message)?;
        mention_nobody(&mut message);
        self.with(&message)
    }

    fn with(self, body: &(impl Serialize + Sync)) -> Result<Self, serenity::Error> {
        Ok(Self {
            body: Some(serde_json::to_vec(body)?),
            ..self
        })
    }
}

impl Failed {
    /// Whether Discord refuses because an earlier try was done.
    fn was_done(&self, code: isize) -> bool {
        self.tries > 1 && self::code(&self.error) == Some(code)
    }
}

impl From<Failed> for serenity::Error {
    fn from(failed: Failed) -> Self {
        failed.error
    }
}

/// Discord's own code of a refusal, such as 10062 for an interaction that it no longer knows.
pub(super) fn code(error: &serenity::Error) -> Option<isize> {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(refusal)) => Some(refusal.error.code),
        _ => None,
    }
}

/// The HTTP status of a refusal.
pub(super) fn status(error: &serenity::Error) -> Option<u16> {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(refusal)) => {
            Some(refusal.status_code.as_u16())
        }
        _ => None,
    }
}

/// What speaks HTTP. serenity's own has no time limit: an answer that never comes would be waited for for ever.
pub(super) fn client(timeout: Duration) -> Result<reqwest::Client, serenity::Error> {
    let client = reqwest::Client::builder()
        .use_rustls_tls()
        .timeout(timeout)
        .redirect(reqwest::redirect::Policy::none())
        .build();
    client.map_err(without_address)
}

/// A token without the prefix that some people copy with it.
pub(super) fn bare(token: &str) -> &str {
    token.strip_prefix("Bot ").unwrap_or(token).trim()
}

/// Answers quote texts that other people wrote: nothing in a message of ours may call anybody.
fn mention_nobody(message: &mut Value) {
    if let Value::Object(message) = message {
        let nobody = json!({"parse": [], "replied_user": false});
        message.insert("allowed_mentions".to_owned(), nobody);
    }
}

/// An address may hold an interaction's token, which stands in no log and no error.
fn without_address(error: reqwest::Error) -> serenity::Error {
    serenity::Error::Http(HttpError::Request(error.without_url()))
}

/// A header's seconds, at most a day's, since nobody waits longer and no clock may run over; none where it is missing or
/// no such number.
fn seconds(headers: &HeaderMap, name: &str) -> Option<Duration> {
    let seconds: f64 = headers.get(name)?.to_str().ok()?.trim().parse().ok()?;
    let wait = Duration::try_from_secs_f64(seconds).ok()?;
    Some(wait.min(Duration::from_hours(24)))
}

/// A pause and up to half of it more, so that many who failed together do not come back together.
pub(super) fn jittered(pause: Duration) -> Duration {
    pause.mul_f64(1.0 + fastrand::f64() / 2.0)
}

#[cfg(test)]
mod tests;
