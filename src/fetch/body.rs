//! Reading what a server sends: so many bytes, and no more.

use reqwest::Response;

use super::SILENCE;
use super::error::ErrorKind;

/// The first bytes of an answer, unpacked, and whether they are all of it. Only what is read is unpacked, so that a small
/// answer cannot unpack into a large one, and whatever it says of its own length is no matter.
pub(super) async fn body(mut response: Response, most: u64) -> Result<(Vec<u8>, bool), ErrorKind> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut bytes = Vec::new();
    loop {
        let chunk = response.chunk().await;
        let Some(chunk) = chunk.map_err(|error| failed(&error, ErrorKind::CutOff))? else {
            return Ok((bytes, true));
        };
        let room = most - bytes.len();
        if let Some(fitting) = chunk.get(..room).filter(|_| chunk.len() > room) {
            bytes.extend_from_slice(fitting);
            return Ok((bytes, false));
        }
        bytes.extend_from_slice(&chunk);
    }
}

/// What is wrong when a request failed, `otherwise` where it is nothing in particular.
pub(super) fn failed(error: &reqwest::Error, otherwise: ErrorKind) -> ErrorKind {
    if error.is_connect() {
        ErrorKind::Unreachable
    } else if error.is_timeout() {
        ErrorKind::TooSlow(SILENCE.as_secs())
    } else {
        otherwise
    }
}
