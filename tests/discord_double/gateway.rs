//! The WebSocket side: HELLO, IDENTIFY, RESUME with replay, heartbeats, and every way in which Discord lets go of a bot.
//!
//! A connection has one task; whoever has something to send puts an order into its queue, so frames and faults happen
//! in the order in which the test asked for them.

use std::time::{Duration, Instant};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::mpsc::{self, UnboundedSender},
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Message as Frame,
        handshake::server::{ErrorResponse, Request, Response},
        protocol::{CloseFrame, frame::coding::CloseCode},
    },
};

use super::{
    payload,
    world::{BOT, Order, Session, Shared, TOKEN, World, intent},
};

/// Bytes of one frame from a client.
const FRAME: usize = 4096;
/// Frames that a client may send in a minute.
const FRAMES: usize = 120;

/// The gateway, for a test to count on and to trouble.
#[derive(Clone)]
pub(crate) struct Gateway {
    pub(super) shared: Shared,
}

/// A frame that no healthy gateway sends.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Malformed {
    /// Half a JSON object.
    BrokenJson,
    /// A dispatch whose sequence number is null.
    NullSequence,
    /// An operation code that does not exist.
    UnknownOperation,
    /// An event name that does not exist.
    UnknownEvent,
    /// `MESSAGE_CREATE` without its author.
    MissingField,
}

impl Gateway {
    /// Connections made so far.
    pub(crate) fn n_connections(&self) -> u64 {
        self.shared.read(|world| world.gateway.n_connections)
    }

    /// IDENTIFYs so far, refused ones included.
    pub(crate) fn n_identifies(&self) -> usize {
        self.shared.read(|world| world.gateway.n_identifies)
    }

    /// RESUMEs so far, refused ones included.
    pub(crate) fn n_resumes(&self) -> usize {
        self.shared.read(|world| world.gateway.n_resumes)
    }

    /// Heartbeats so far.
    pub(crate) fn n_heartbeats(&self) -> usize {
        self.shared.read(|world| world.gateway.n_heartbeats)
    }

    /// Whether the bot is connected and has identified itself or resumed.
    pub(crate) fn is_connected(&self) -> bool {
        self.shared.read(World::is_connected)
    }

    /// Sets the address that `GET /gateway` answers; the former one.
    pub(crate) fn moves_to(&self, address: &str) -> String {
        self.shared
            .change(|world| std::mem::replace(&mut world.gateway_url, address.to_owned()))
    }

    /// Waits until the bot is connected and has identified itself or resumed.
    pub(crate) async fn connected(&self) -> bool {
        let patience = self.shared.read(|world| world.patience);
        self.shared
            .until(patience, |world| world.is_connected().then_some(()))
            .await
            .is_some()
    }

    /// Waits until so many IDENTIFYs have come.
    pub(crate) async fn identified(&self, times: usize) -> bool {
        let patience = self.shared.read(|world| world.patience);
        self.shared
            .until(patience, |world| {
                (world.gateway.n_identifies >= times).then_some(())
            })
            .await
            .is_some()
    }

    /// Waits until so many RESUMEs have come.
    pub(crate) async fn resumed(&self, times: usize) -> bool {
        let patience = self.shared.read(|world| world.patience);
        self.shared
            .until(patience, |world| {
                (world.gateway.n_resumes >= times).then_some(())
            })
            .await
            .is_some()
    }

    /// Sets the heartbeat interval that the next HELLO names.
    pub(crate) fn beats_every(&self, interval: Duration) {
        self.shared
            .change(|world| world.gateway.heartbeat = interval);
    }

    /// Op 7: asks the bot to reconnect and resume.
    pub(crate) fn asks_to_reconnect(&self) {
        self.says(&json!({"op": 7, "d": null, "s": null, "t": null}));
    }

    /// Op 1: asks for a heartbeat at once.
    pub(crate) fn asks_for_heartbeat(&self) {
        self.says(&json!({"op": 1, "d": null, "s": null, "t": null}));
    }

    /// Op 9. What cannot be resumed is forgotten here too.
    pub(crate) fn invalidates_session(&self, resumable: bool) {
        self.says(&json!({"op": 9, "d": resumable, "s": null, "t": null}));
        if !resumable {
            self.shared.change(|world| world.sessions.clear());
        }
    }

    /// Closes the WebSocket with a code (4000 may be resumed, 4004 and 4014 are final).
    pub(crate) fn closes(&self, code: u16) {
        self.order(|| Order::Close(code));
        // These end the session on Discord's side as well.
        if matches!(code, 4004 | 4006 | 4007 | 4009..=4014) {
            self.shared.change(|world| world.sessions.clear());
        }
    }

    /// Drops the connection without a word.
    pub(crate) fn drops(&self) {
        self.order(|| Order::Drop);
    }

    /// Accepts the next connections and drops each after the handshake; `usize::MAX` until told otherwise.
    pub(crate) fn drops_next_connections(&self, times: usize) {
        self.shared.change(|world| world.gateway.storm = times);
    }

    /// Whether heartbeats are acknowledged.
    pub(crate) fn acknowledges_heartbeats(&self, does: bool) {
        self.shared
            .change(|world| world.gateway.acknowledges = does);
    }

    /// Whether IDENTIFY is answered by close 4004, as for a bad token.
    pub(crate) fn refuses_identify(&self, does: bool) {
        self.shared
            .change(|world| world.gateway.refuses_identify = does);
    }

    /// Whether RESUME is answered by op 9.
    pub(crate) fn refuses_resume(&self, does: bool) {
        self.shared
            .change(|world| world.gateway.refuses_resume = does);
    }

    /// Grants privileged intents, which are refused by close 4014 otherwise.
    pub(crate) fn allows_message_content(&self) {
        self.shared
            .change(|world| world.gateway.allowed_privileged |= intent::MESSAGE_CONTENT);
    }

    /// Sends something malformed.
    pub(crate) fn sends(&self, malformed: Malformed) {
        match malformed {
            Malformed::BrokenJson => self.order(|| frame("{\"op\":0,\"d\":{".to_owned())),
            Malformed::NullSequence => {
                self.says(&json!({"op": 0, "d": {}, "s": null, "t": "TYPING_START"}));
            }
            Malformed::UnknownOperation => {
                self.says(&json!({"op": 99, "d": null, "s": null, "t": null}));
            }
            Malformed::UnknownEvent => self.dispatches("SOMETHING_NEW", &json!({"id": "1"})),
            Malformed::MissingField => {
                self.dispatches(
                    "MESSAGE_CREATE",
                    &json!({"id": "1", "channel_id": "1", "content": "?"}),
                );
            }
        }
    }

    /// Sends any event, with its sequence number.
    pub(crate) fn dispatches(&self, name: &str, data: &Value) {
        self.shared.change(|world| {
            for session in &mut world.sessions {
                session.send(name, data, None);
            }
        });
    }

    /// Sends any frame as it is.
    pub(crate) fn says(&self, payload: &Value) {
        self.order(|| frame(payload.to_string()));
    }

    fn order(&self, order: impl Fn() -> Order) {
        self.shared.change(|world| {
            world
                .sessions
                .iter()
                .for_each(|session| session.order(order()));
        });
    }
}

fn frame(text: String) -> Order {
    Order::Frame { text, stamp: None }
}

/// Accepts connections until the runtime ends.
pub(super) fn serve(listener: TcpListener, shared: Shared) -> tokio::task::JoinHandle<()> {
    tokio::spawn(async move {
        // Dropped with this task, so that the end of a double ends its conversations.
        let mut conversations = tokio::task::JoinSet::new();
        while let Ok((stream, _)) = listener.accept().await {
            let _ = stream.set_nodelay(true);
            let number = shared.change(|world| {
                world.gateway.n_connections += 1;
                world.gateway.n_connections
            });
            conversations.spawn(converse(stream, shared.clone(), number));
            while conversations.try_join_next().is_some() {}
        }
    })
}

async fn converse(stream: TcpStream, shared: Shared, number: u64) {
    let witness = shared.clone();
    #[expect(
        clippy::result_large_err,
        reason = "the handshake callback's type is tungstenite's"
    )]
    let look = move |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
        if !request
            .uri()
            .query()
            .unwrap_or_default()
            .split('&')
            .any(|pair| pair == "v=10")
        {
            witness.change(|world| world.violation("gateway: the address does not ask for v=10"));
        }
        Ok(response)
    };
    let Ok(mut socket) = tokio_tungstenite::accept_hdr_async(stream, look).await else {
        return;
    };
    let dropped = shared.change(|world| {
        let storm = world.gateway.storm > 0;
        world.gateway.storm = world.gateway.storm.saturating_sub(1);
        storm
    });
    if dropped {
        return;
    }
    let interval = shared.read(|world| world.gateway.heartbeat);
    let hello = json!({"op": 10, "d": {"heartbeat_interval": u64::try_from(interval.as_millis()).unwrap_or(41_250)}, "s": null, "t": null});
    let (writer, mut orders) = mpsc::unbounded_channel();
    let _ = writer.send(frame(hello.to_string()));
    let mut window = Window::default();
    loop {
        tokio::select! {
            biased;
            order = orders.recv() => match order {
                Some(order) => if !obey(&mut socket, &shared, order).await { break },
                None => break,
            },
            received = socket.next() => match received {
                Some(Ok(Frame::Text(text))) => {
                    let sound = text.len() <= FRAME && window.admits();
                    if !sound {
                        shared.change(|world| world.violation("gateway: a frame over 4,096 bytes, or more than 120 in a minute"));
                        let _ = writer.send(Order::Close(if text.len() > FRAME { 4002 } else { 4008 }));
                        continue;
                    }
                    listen(&shared, &text, &writer, number);
                }
                Some(Ok(Frame::Ping(_) | Frame::Pong(_) | Frame::Binary(_) | Frame::Frame(_))) => {}
                Some(Ok(Frame::Close(_)) | Err(_)) | None => break,
            },
        }
    }
    shared.change(|world| {
        for session in &mut world.sessions {
            if session
                .writer
                .as_ref()
                .is_some_and(|(own, _)| *own == number)
            {
                session.writer = None;
            }
        }
    });
}

/// The frames of the last minute.
#[derive(Default)]
struct Window(Vec<Instant>);

impl Window {
    fn admits(&mut self) -> bool {
        let now = Instant::now();
        self.0
            .retain(|earlier| now.duration_since(*earlier) < Duration::from_mins(1));
        self.0.push(now);
        self.0.len() <= FRAMES
    }
}

/// Carries an order out; false when the connection is over.
async fn obey(socket: &mut WebSocketStream<TcpStream>, shared: &Shared, order: Order) -> bool {
    match order {
        Order::Frame { text, stamp } => {
            if let Some(token) = stamp {
                // Before the write: the bot may answer before the write returns.
                shared.change(|world| {
                    if let Some(asked) = world.interactions.get_mut(&token) {
                        asked.sent.get_or_insert_with(Instant::now);
                    }
                });
            }
            socket.send(Frame::Text(text)).await.is_ok()
        }
        Order::Close(code) => {
            let _ = socket
                .close(Some(CloseFrame {
                    code: CloseCode::from(code),
                    reason: "".into(),
                }))
                .await;
            // The peer is left a moment to read the code before the socket goes.
            let _ = timeout(Duration::from_secs(1), async {
                while let Some(Ok(_)) = socket.next().await {}
            })
            .await;
            false
        }
        Order::Drop => false,
    }
}

fn listen(shared: &Shared, text: &str, writer: &UnboundedSender<Order>, number: u64) {
    shared.change(|world| {
        let Ok(heard) = serde_json::from_str::<Value>(text) else {
            world.violation("gateway: a frame that is not JSON");
            let _ = writer.send(Order::Close(4002));
            return;
        };
        match heard["op"].as_u64() {
            Some(1) => {
                world.gateway.n_heartbeats += 1;
                if world.gateway.acknowledges {
                    let _ = writer.send(frame(
                        json!({"op": 11, "d": null, "s": null, "t": null}).to_string(),
                    ));
                }
            }
            Some(2) => identify(world, &heard["d"], writer, number),
            Some(3 | 4 | 8) => {}
            Some(6) => resume(world, &heard["d"], writer, number),
            _ => {
                world.violation("gateway: an unknown operation from the bot");
                let _ = writer.send(Order::Close(4001));
            }
        }
    });
}

/// Discord takes the token with and without its prefix.
fn is_token(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|token| token.trim_start_matches("Bot ") == TOKEN)
}

fn identify(world: &mut World, data: &Value, writer: &UnboundedSender<Order>, number: u64) {
    world.gateway.n_identifies += 1;
    let close = |code| {
        let _ = writer.send(Order::Close(code));
    };
    if world.gateway.refuses_identify {
        return close(4004);
    }
    if !is_token(&data["token"]) {
        world.violation("gateway: IDENTIFY with a wrong token");
        return close(4004);
    }
    let Some(intents) = data["intents"].as_u64() else {
        world.violation("gateway: IDENTIFY without intents");
        return close(4013);
    };
    if intents & intent::PRIVILEGED & !world.gateway.allowed_privileged != 0 {
        world.violation("gateway: IDENTIFY asks for a privileged intent that is not granted");
        return close(4014);
    }
    let shard = match data["shard"].as_array().map(Vec::as_slice) {
        None => (0, 1),
        Some([own, all]) => (own.as_u64().unwrap_or(0), all.as_u64().unwrap_or(0)),
        Some(_) => (0, 0),
    };
    if shard.0 >= shard.1 {
        world.violation("gateway: IDENTIFY with an invalid shard");
        return close(4010);
    }
    let id = format!("session-{number}");
    let mut session = Session {
        id: id.clone(),
        intents,
        shard,
        sequence: 0,
        sent: Vec::new(),
        writer: Some((number, writer.clone())),
    };
    let own = world
        .guilds
        .values()
        .filter(|guild| guild.has_bot && (guild.id >> 22) % shard.1 == shard.0);
    let own: Vec<_> = own.map(|guild| guild.id).collect();
    let guilds: Vec<_> = own
        .iter()
        .map(|guild| json!({"id": guild.to_string(), "unavailable": true}))
        .collect();
    let ready = json!({
        "v": 10,
        "user": payload::user(world, BOT),
        "user_settings": {},
        "private_channels": [],
        "guilds": guilds,
        "session_id": id,
        "session_type": "normal",
        "resume_gateway_url": world.gateway_url,
        "shard": [shard.0, shard.1],
        "application": {"id": BOT.to_string(), "flags": 0},
    });
    session.send("READY", &ready, None);
    if intents & intent::GUILDS != 0 {
        for guild in own {
            session.send("GUILD_CREATE", &payload::guild_create(world, guild), None);
        }
    }
    world.sessions.push(session);
}

fn resume(world: &mut World, data: &Value, writer: &UnboundedSender<Order>, number: u64) {
    world.gateway.n_resumes += 1;
    if !is_token(&data["token"]) {
        world.violation("gateway: RESUME with a wrong token");
        let _ = writer.send(Order::Close(4004));
        return;
    }
    let refuses = world.gateway.refuses_resume;
    let session = world
        .sessions
        .iter_mut()
        .find(|session| data["session_id"] == session.id.as_str());
    let (Some(session), Some(seen), false) = (session, data["seq"].as_u64(), refuses) else {
        let _ = writer.send(frame(
            json!({"op": 9, "d": false, "s": null, "t": null}).to_string(),
        ));
        return;
    };
    session.writer = Some((number, writer.clone()));
    let missed: Vec<_> = session
        .sent
        .iter()
        .filter(|(sequence, ..)| *sequence > seen)
        .cloned()
        .collect();
    for (_, text, stamp) in missed {
        session.order(Order::Frame { text, stamp });
    }
    session.send("RESUMED", &json!({}), None);
}
