//! The HTTP side: reads a request whole, lets planned troubles happen, checks the token, and answers what `routes` says.
//!
//! The listener is our own so that a connection can be closed without an answer, which no HTTP response can express.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Instant,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, Request, State, connect_info::Connected},
    http::{HeaderMap, StatusCode, header},
    response::Response,
    serve::{IncomingStream, Listener},
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

use super::{
    cdn::Shelf,
    multipart::{self, Part},
    refusal::Refusal,
    routes, transcript,
    trouble::{self, Trouble},
    world::{Seen, Shared, TOKEN},
};

/// Bytes of a whole request.
const REQUEST: usize = 25 * 1024 * 1024;

/// A request, read and decoded.
pub(super) struct Call {
    pub(super) method: String,
    /// Behind `/api/v10`.
    pub(super) path: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) body: Value,
    pub(super) files: Vec<Part>,
    pub(super) arrived: Instant,
}

/// What the servers share.
#[derive(Clone)]
pub(crate) struct Backstage {
    pub(super) shared: Shared,
    pub(super) shelf: Shelf,
}

/// Serves REST until the runtime ends.
pub(super) fn serve(listener: TcpListener, backstage: Backstage) -> tokio::task::JoinHandle<()> {
    let router = Router::new().fallback(answer).with_state(backstage);
    let service = router.into_make_service_with_connect_info::<Hangup>();
    tokio::spawn(async move {
        let _ = axum::serve(DroppableListener(listener), service).await;
    })
}

async fn answer(
    State(backstage): State<Backstage>,
    ConnectInfo(hangup): ConnectInfo<Hangup>,
    request: Request,
) -> Response {
    let arrived = Instant::now();
    let shared = &backstage.shared;
    let (head, body) = request.into_parts();
    let full_path = head.uri.path();
    let method = head.method.as_str().to_owned();
    let path = full_path.strip_prefix("/api/v10").unwrap_or_default();
    let path = path.to_owned();
    let planned = shared.change(|world| trouble::happening(&mut world.troubles, &method, &path));
    let decoded = match to_bytes(body, REQUEST).await {
        Ok(bytes) => decode(text(&head.headers, &header::CONTENT_TYPE), &bytes),
        Err(_) => Err(Refusal::new(413, 40005, "Request entity too large")),
    };
    shared.change(|world| {
        world.requests.push(Seen {
            method: method.clone(),
            path: path.clone(),
            body: decoded
                .as_ref()
                .map_or(Value::Null, |(body, _)| body.clone()),
        });
    });
    let mut loses_answer = false;
    for trouble in planned {
        match trouble {
            Trouble::Delay(time) => tokio::time::sleep(time).await,
            Trouble::LostAnswer => loses_answer = true,
            Trouble::Hangup => {
                hangup.0.store(true, Ordering::SeqCst);
                return Response::default();
            }
            Trouble::Status(status) => return plain(status, "upstream connect error"),
            Trouble::RateLimited {
                retry_after,
                headers,
                global,
            } => return rate_limited(retry_after, headers, global),
        }
    }
    let result = decoded.and_then(|(body, files)| {
        admit(&head.headers, full_path, &path)?;
        let query = head.uri.query().unwrap_or_default().split('&');
        let pairs = query.filter_map(|pair| pair.split_once('='));
        let call = Call {
            method: method.clone(),
            path: path.clone(),
            query: pairs
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body,
            files,
            arrived,
        };
        shared.change(|world| routes::route(world, &backstage.shelf, &call))
    });
    if loses_answer {
        hangup.0.store(true, Ordering::SeqCst);
    }
    match result {
        Ok((status, body)) => reply(status, &body),
        Err(refusal) => {
            let line = format!("{method} {}: {}", anonymous(&path), refusal.line());
            shared.change(|world| world.violation(line));
            reply(refusal.status, &refusal.body())
        }
    }
}

/// What is checked of every request before its route.
fn admit(headers: &HeaderMap, full_path: &str, path: &str) -> Result<(), Refusal> {
    if !full_path.starts_with("/api/v10/") {
        return Err(Refusal::new(
            404,
            0,
            format!("404: Not Found ({full_path})"),
        ));
    }
    // Interaction and webhook paths carry their own token; all else needs the bot's.
    let own_token = path.starts_with("/interactions/") || path.starts_with("/webhooks/");
    if !own_token && text(headers, &header::AUTHORIZATION) != format!("Bot {TOKEN}") {
        return Err(Refusal::new(401, 0, "401: Unauthorized"));
    }
    if !text(headers, &header::USER_AGENT).starts_with("DiscordBot (") {
        let wanted = "a user agent of the form `DiscordBot (url, version)` is needed";
        return Err(Refusal::new(403, 40333, wanted));
    }
    Ok(())
}

fn text<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> &'a str {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default()
}

/// A path without ids and tokens, for reading.
fn anonymous(path: &str) -> String {
    let mut segments: Vec<&str> = path.split('/').collect();
    if let ["", "interactions" | "webhooks", _, token, ..] = &mut segments[..] {
        *token = "‹token›";
    }
    transcript::masked(&segments.join("/"))
}

fn decode(content_type: &str, bytes: &[u8]) -> Result<(Value, Vec<Part>), Refusal> {
    let invalid = || Refusal::new(400, 50109, "The request body contains invalid JSON.");
    if bytes.is_empty() {
        return Ok((Value::Null, Vec::new()));
    }
    if !content_type.starts_with("multipart/form-data") {
        if !content_type.starts_with("application/json") {
            return Err(Refusal::form(
                "",
                "CONTENT_TYPE_INVALID",
                "Expected \"Content-Type\" header to be one of {'application/json'}.",
            ));
        }
        return Ok((
            serde_json::from_slice(bytes).map_err(|_| invalid())?,
            Vec::new(),
        ));
    }
    let parts = multipart::parts(content_type, bytes).ok_or_else(invalid)?;
    let (json, files): (Vec<Part>, Vec<Part>) = parts
        .into_iter()
        .partition(|part| part.name == "payload_json");
    let body = match json.first() {
        Some(part) => serde_json::from_slice(&part.bytes).map_err(|_| invalid())?,
        None => json!({}),
    };
    Ok((body, files))
}

fn reply(status: u16, body: &Value) -> Response {
    let mut response = Response::default();
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if status != 204 {
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            header::HeaderValue::from_static("application/json"),
        );
        *response.body_mut() = Body::from(body.to_string());
    }
    response
}

fn plain(status: u16, text: &'static str) -> Response {
    let mut response = reply(status, &Value::Null);
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static("text/plain"),
    );
    *response.body_mut() = Body::from(text);
    response
}

fn rate_limited(retry_after: f64, headers: bool, global: bool) -> Response {
    let body = json!({"message": "You are being rate limited.", "retry_after": retry_after, "global": global});
    let mut response = reply(429, &body);
    if headers {
        let after = format!("{retry_after}");
        let scope = if global { "global" } else { "user" };
        let mut list = vec![
            ("retry-after", after.as_str()),
            ("x-ratelimit-scope", scope),
        ];
        if global {
            list.push(("x-ratelimit-global", "true"));
        } else {
            list.extend([
                ("x-ratelimit-limit", "5"),
                ("x-ratelimit-remaining", "0"),
                ("x-ratelimit-reset-after", after.as_str()),
            ]);
        }
        for (name, value) in list {
            if let Ok(value) = value.parse() {
                response.headers_mut().insert(name, value);
            }
        }
    }
    response
}

/// Set, the connection closes at its next write.
#[derive(Debug, Clone, Default)]
struct Hangup(Arc<AtomicBool>);

struct DroppableListener(TcpListener);

struct DroppableStream {
    inner: TcpStream,
    hangup: Hangup,
}

impl Listener for DroppableListener {
    type Io = DroppableStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (inner, address) = Listener::accept(&mut self.0).await;
        // Without this the kernel may hold a small answer back, which a latency test would measure.
        let _ = inner.set_nodelay(true);
        (
            DroppableStream {
                inner,
                hangup: Hangup::default(),
            },
            address,
        )
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, DroppableListener>> for Hangup {
    fn connect_info(stream: IncomingStream<'_, DroppableListener>) -> Self {
        stream.io().hangup.clone()
    }
}

impl AsyncRead for DroppableStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl AsyncWrite for DroppableStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.hangup.0.load(Ordering::SeqCst) {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}
