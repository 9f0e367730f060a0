//! Moderators keep their sources in order, and strangers try to.

mod adding;
mod archives;
mod changing;
mod fetching;
mod hour;
mod packing;
mod strangers;

use super::{COAST, NONE, Scene, scene, scene_with, seen};
use crate::discord_double::{Person, Reply};

const ENGLISH: &str = "English · الإنجليزية";
const ARABIC: &str = "Arabic · العربية";

/// How a message begins that only tells how far a file is.
const PROGRESS: [&str; 4] = ["Fetching ", "Reading ", "أجلب ", "أقرأ "];

/// A moderator of the scene's server who is spoken to in a language.
async fn moderator(scene: &Scene, language: &str) -> Person {
    let person = scene.guild.moderator("Mona");
    person.slash("language", &[("language", language)]).await;
    person
}

/// A reply once it tells no progress any more.
async fn ended(reply: Reply) -> Reply {
    let mut reply = reply.now();
    loop {
        let text = reply.to_string();
        let text = text.trim_start_matches("(only you see this)\n");
        let tells_progress = PROGRESS.iter().any(|begin| text.starts_with(begin))
            || text.contains("into the index …")
            || text.contains("وأفهرسه الآن …");
        if !tells_progress {
            return reply;
        }
        reply = reply.later().await;
    }
}

/// Attaches a file to `/source add`.
async fn adds(
    scene: &Scene,
    person: &Person,
    name: &str,
    bytes: &[u8],
    more: &[(&str, &str)],
) -> Reply {
    let file = scene.double.file(name, "text/plain", bytes).value();
    let options: Vec<(&str, &str)> = [("file", file.as_str())]
        .into_iter()
        .chain(more.iter().copied())
        .collect();
    ended(person.slash("source add", &options).await).await
}

/// Whether a question is answered from this text.
async fn finds(person: &Person, question: &str, text: &str) -> bool {
    let answer = person.slash("ask", &[("question", question)]).await;
    let first = answer.to_string();
    first.contains(text) && !answer.message().embeds.is_empty()
}
