//! Whole conversations, read as people see them.

mod asking;
mod commands;
mod following;
mod limits;
mod managing;
mod moderating;
mod pressing;
mod seeing;
mod settings;
mod words;

use std::time::Duration;

use super::{Bot, Home};
use crate::discord_double::{Channel, Double, Guild, Person, Reply};

const NONE: [&str; 0] = [];
/// It is answered by the first paragraph of the article.
const WHEN: &str = "متى أقيمت العلاقات الدبلوماسية بين كوريا الشمالية والاتحاد السوفييتي؟";

/// A small source of a server's own, with footnotes and a claim that nobody backs.
const COAST: &str = "The coast of Miram
The town of Miram lies where the river Sel meets the northern sea.[1] Its harbour freezes every winter.
History
The lighthouse of Miram was built in 1889 by the engineer Ada Holm.[2] Its lamp burned whale oil until 1921.[citation needed] A storm broke the tower in 1934.[3]
The fishermen of Miram founded a school of navigation beside the harbour. It taught two hundred pupils.
^R. Dahl, Rivers of the North, p. 12.
^A. Holm, Memoirs, vol. 2, p. 340. See https://example.org/holm/lighthouse for the drawings.
";

/// A server with two people in it, and the bot.
struct Scene {
    double: Double,
    guild: Guild,
    general: Channel,
    ana: Person,
    badr: Person,
    home: Home,
    bot: Bot,
}

/// The scene once the bot is there, with these keys set otherwise.
async fn scene_with(keys: &[(&str, &str)]) -> Scene {
    let double = Double::start().await;
    // A debug build on a busy machine is slow, and how fast the bot is is not what is read here.
    double.gives_the_bot(Duration::from_secs(20));
    double.has_patience(Duration::from_secs(30));
    let guild = double.guild("مكتبة");
    let mut home = Home::new(&double)
        .with("discord.defer_after_ms", "2500")
        .with("discord.cdn", &double.cdn_host());
    for (key, value) in keys {
        home = home.with(key, value);
    }
    let bot = home.start();
    bot.logs(1, "connected name=Sanad").await;
    Scene {
        general: guild.channel("general"),
        ana: guild.member("Ana"),
        badr: guild.member("Badr"),
        double,
        guild,
        home,
        bot,
    }
}

async fn scene() -> Scene {
    scene_with(&[]).await
}

impl Scene {
    /// The bot leaves; nothing that it did was a violation, and nothing that was asked stands in its log.
    #[track_caller]
    fn ends(self) -> impl Future<Output = ()> {
        let place = std::panic::Location::caller();
        async move {
            let ended = self.bot.leaves().await;
            assert_eq!(self.double.violations(), NONE, "{place}: {}", ended.log);
            let mut own = ended.complaints();
            // How serenity's own socket comes to be closed is no matter of a conversation.
            own.retain(|line| line.contains("sanad::"));
            assert_eq!(own, NONE, "{place}");
            for secret in [Double::TOKEN, "interaction-", "السوفييتي", "Pyongyang"] {
                assert!(!ended.log.contains(secret), "{place}: {}", ended.log);
            }
        }
    }

    /// The bot leaves and is started anew.
    async fn restarts(&mut self) {
        let new = self.home.start();
        std::mem::replace(&mut self.bot, new).leaves().await;
        self.bot.logs(1, "connected name=Sanad").await;
    }

    /// Leaves the server with the small source alone.
    async fn fills_the_library(&self) {
        // A server's library is made when it is first asked.
        self.ana.slash("ask", &[("question", "?")]).await;
        self.file("coast.txt", COAST);
        self.source(&["add", "coast.txt"]).await;
        self.source(&["remove", "russia-north-korea"]).await;
    }

    /// Does something with the server's sources at the terminal, while the bot runs.
    async fn source(&self, arguments: &[&str]) {
        let library = self.guild.id().to_string();
        let arguments: Vec<&str> = ["source"]
            .iter()
            .chain(arguments)
            .copied()
            .chain(["--library", &library])
            .collect();
        let mut command = self.home.command(&arguments);
        let output = tokio::task::spawn_blocking(move || command.output().unwrap());
        let output = output.await.unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
    }

    /// The latest changes, as a moderator reads them.
    async fn log(&self) -> String {
        let reader = self.guild.moderator("a reader of the log");
        seen(&reader.slash("audit", &[]).await)
    }

    /// Whether this text stands anywhere in the catalogue's files.
    fn keeps(&self, text: &str) -> bool {
        let files = std::fs::read_dir(self.home.path().join("data")).unwrap();
        let mut files = files.map(|file| std::fs::read(file.unwrap().path()).unwrap_or_default());
        files.any(|bytes| {
            let mut windows = bytes.windows(text.len());
            windows.any(|window| window == text.as_bytes())
        })
    }

    /// Puts a file beside the bot, to be added as a source.
    fn file(&self, name: &str, text: &str) {
        std::fs::write(self.home.path().join(name), text).unwrap();
    }
}

/// A reply as people see it, for a snapshot: without blanks at the ends of lines, which an inline snapshot would lose.
fn seen(reply: &Reply) -> String {
    let text = reply.to_string();
    text.lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
}
