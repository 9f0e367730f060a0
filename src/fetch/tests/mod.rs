//! Fetching from servers of the tests' own on the loopback interface, which `fetch.allow` names.

mod admitting;
mod fetching;
mod hostile;
mod permission;
mod refreshing;

use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;

/// A server on the loopback interface, and what it was asked.
struct Site {
    machine: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// Answers by a function; whatever it does not know is not there.
    async fn new(
        answer: impl Fn(&Request) -> Option<Response> + Clone + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let machine = listener.local_addr().unwrap();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let noted = Arc::clone(&asked);
        let router = Router::new().fallback(move |request: Request| {
            noted.lock().unwrap().push(request.uri().to_string());
            let answered = answer(&request);
            std::future::ready(answered.unwrap_or_else(|| status(404)))
        });
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { machine, asked }
    }

    /// Answers with these bytes of HTTP, whatever they say; `pause` lies between one piece and the next.
    async fn raw(pieces: Vec<Vec<u8>>, pause: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let machine = listener.local_addr().unwrap();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let noted = Arc::clone(&asked);
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let (pieces, noted) = (pieces.clone(), Arc::clone(&noted));
                tokio::spawn(async move {
                    let path = path(&mut stream).await;
                    noted.lock().unwrap().push(path.clone());
                    if path == "/robots.txt" {
                        let none = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                        let _ = stream.write_all(none).await;
                        return;
                    }
                    for piece in pieces {
                        if stream.write_all(&piece).await.is_err() {
                            return;
                        }
                        if !pause.is_zero() {
                            tokio::time::sleep(pause).await;
                        }
                    }
                });
            }
        });
        Self { machine, asked }
    }

    fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.machine)
    }

    /// What it was asked so far.
    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// The path that is asked for.
async fn path(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut buffer = [0; 1024];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(n) if n > 0 => head.extend_from_slice(&buffer[..n]),
            _ => break,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    head.split(' ').nth(1).unwrap_or_default().to_owned()
}

fn status(status: u16) -> Response {
    Response::builder()
        .status(status)
        .body(Body::empty())
        .unwrap()
}

/// An answer with these headers and this body.
fn answer(headers: &[(&str, &str)], body: impl Into<Body>) -> Response {
    let builder = headers
        .iter()
        .fold(Response::builder(), |builder, (name, value)| {
            builder.header(*name, *value)
        });
    builder.body(body.into()).unwrap()
}

fn plain(body: &'static str) -> Response {
    answer(&[("content-type", "text/plain; charset=utf-8")], body)
}

fn leads_to(status: u16, location: &str) -> Response {
    Response::builder()
        .status(status)
        .header("location", location)
        .body(Body::empty())
        .unwrap()
}

/// A configuration that lets these sites be fetched.
fn allowing(sites: &[&Site]) -> config::Fetch {
    config::Fetch {
        allow: sites.iter().map(|site| site.machine.to_string()).collect(),
        ..config::Fetch::default()
    }
}

#[track_caller]
fn page(outcome: Result<Outcome, Error>) -> Page {
    match outcome {
        Ok(Outcome::Fetched(page)) => page,
        other => panic!("{other:?}"),
    }
}

async fn fetch(sites: &[&Site], address: &str) -> Result<Outcome, Error> {
    Fetcher::new(&allowing(sites)).fetch(address, None).await
}

async fn refused(sites: &[&Site], address: &str) -> ErrorKind {
    fetch(sites, address).await.unwrap_err().kind
}
