//! The address that attachments are fetched from, apart from the API as Discord's own is.
//!
//! It serves whatever was attached, by people or by the bot, and the lies that a test asks for: a file that is gone, one
//! larger than announced.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{StatusCode, header},
    response::Response,
};
use tokio::net::TcpListener;

/// The files by path.
#[derive(Debug, Clone, Default)]
pub(super) struct Shelf(Arc<Mutex<HashMap<String, File>>>);

/// One file on the shelf.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) content_type: String,
    pub(super) bytes: Vec<u8>,
    pub(super) gone: bool,
}

impl Shelf {
    pub(super) fn put(&self, path: &str, file: File) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(path.to_owned(), file);
    }

    pub(super) fn get(&self, path: &str) -> Option<File> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(path)
            .cloned()
    }
}

/// Serves the shelf until the runtime ends.
pub(super) fn serve(listener: TcpListener, shelf: Shelf) -> tokio::task::JoinHandle<()> {
    let router = Router::new().fallback(answer).with_state(shelf);
    tokio::spawn(async move {
        let _ = axum::serve(listener, router).await;
    })
}

async fn answer(State(shelf): State<Shelf>, request: Request) -> Response {
    let mut response = Response::default();
    let there = shelf.get(request.uri().path()).filter(|file| !file.gone);
    if let Some(file) = there {
        if let Ok(kind) = file.content_type.parse() {
            response.headers_mut().insert(header::CONTENT_TYPE, kind);
        }
        *response.body_mut() = Body::from(file.bytes);
    } else {
        *response.status_mut() = StatusCode::NOT_FOUND;
        *response.body_mut() = Body::from("This content is no longer available.");
    }
    response
}
