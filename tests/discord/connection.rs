//! The connection: how the bot starts, what it does when Discord fails it, how it leaves.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::Home;
use crate::discord_double::{Channel, Double, Malformed, Person, Trouble};

const NONE: [&str; 0] = [];

/// A Discord with a server, and somebody in it.
async fn scene() -> (Double, Channel, Person) {
    let double = Double::start().await;
    let guild = double.guild("مكتبة");
    (double, guild.channel("general"), guild.member("Ana"))
}

/// The bot answers, so that it is well.
async fn is_well(person: &Person) {
    let reply = person.slash("ping", &[]).await;
    assert!(!reply.message().to_string().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn it_starts_connects_and_leaves() {
    let (double, _general, ana) = scene().await;
    let bot = Home::new(&double).start();
    bot.logs(1, "connected name=Sanad servers=1").await;
    assert!(bot.log().contains("Discord accepts the token"));
    is_well(&ana).await;
    let ended = bot.leaves().await;
    assert!(ended.log.contains("told to leave"), "{}", ended.log);
    assert_eq!(ended.complaints(), NONE);
    assert_eq!(double.gateway().n_identifies(), 1);
    assert_eq!(double.violations(), NONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_is_said_in_one_line() {
    let double = Double::start().await;
    let home = Home::new(&double).with_token("wrong");
    let ended = home.start().ends().await;
    assert_eq!((ended.code, ended.output.as_str()), (Some(1), ""));
    insta::assert_snapshot!(ended.log, @"Discord refuses the token in DISCORD_TOKEN; copy it anew from the application's page, under Bot.");
    assert_eq!(double.gateway().n_connections(), 0);
    let home = home.with_token("not\u{7}even\na header");
    let ended = home.start().ends().await;
    assert_eq!(ended.code, Some(1));
    insta::assert_snapshot!(ended.log, @"Discord refuses the token in DISCORD_TOKEN; copy it anew from the application's page, under Bot.");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gateway_refuses_for_good() {
    let double = Double::start().await;
    double.gateway().refuses_identify(true);
    let ended = Home::new(&double).start().ends().await;
    assert_eq!((ended.code, ended.output.as_str()), (Some(1), ""));
    insta::assert_snapshot!(ended.sentence(), @"Discord refuses the token in DISCORD_TOKEN; copy it anew from the application's page, under Bot.");

    for code in [4013, 4014] {
        let double = Double::start().await;
        let bot = Home::new(&double).start();
        bot.logs(1, "connected name=Sanad").await;
        double.gateway().closes(code);
        let ended = bot.ends().await;
        assert_eq!((ended.code, ended.output.as_str()), (Some(1), ""));
        insta::allow_duplicates! {
            insta::assert_snapshot!(ended.sentence(), @"Discord refuses the bot's intents; the application may be disabled or restricted: look at its page, under Bot.");
        }
        assert_eq!(double.gateway().n_identifies(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_reached_is_said_in_one_line() {
    let double = Double::start().await;
    // Nobody listens on the port of a listener that is gone.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    let home = Home::new(&double).with("discord.api_url", &base);
    let ended = home.start().ends().await;
    assert_eq!((ended.code, ended.output.as_str()), (Some(1), ""));
    let said = ended.sentence().replace(&base, "http://HERE");
    insta::assert_snapshot!(said, @"Discord cannot be reached at http://HERE: Connection refused (os error 111)");

    // What is there but fails is tried as often as the configuration says.
    double.next(usize::MAX, "GET /gateway", Trouble::Status(503));
    let home = Home::new(&double).with("discord.retry_tries", "3");
    let ended = home.start().ends().await;
    assert_eq!(ended.code, Some(1));
    assert_eq!(double.requests("GET /gateway").len(), 3);
    let said = ended.sentence().replace(&double.url(), "http://HERE");
    assert!(
        said.starts_with("Discord cannot be reached at http://HERE: "),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_check_asks_whether_the_token_is_accepted() {
    let double = Double::start().await;
    let home = Home::new(&double);
    let check = |home: &Home| {
        let mut command = home.command(&["check"]);
        tokio::task::spawn_blocking(move || command.output().unwrap())
    };
    let output = check(&home).await.unwrap();
    assert_eq!(output.status.code(), Some(0));
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap(), @r"
    Everything is sound.
    Discord accepts the token; the bot is Sanad.
    ");
    let output = check(&home.with_token("wrong")).await.unwrap();
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap(), @"The bot: Discord refuses the token in DISCORD_TOKEN; copy it anew from the application's page, under Bot.");
    assert_eq!(double.gateway().n_connections(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_lost_is_resumed() {
    let (double, general, ana) = scene().await;
    let bot = Home::new(&double).start();
    is_well(&ana).await;
    let gateway = double.gateway();
    for nth in 1..=4 {
        match nth {
            1 => gateway.drops(),
            2 => gateway.closes(4000),
            3 => gateway.asks_to_reconnect(),
            _ => gateway.invalidates_session(true),
        }
        assert!(gateway.resumed(nth).await, "{nth}: {}", bot.log());
        bot.logs(nth, "connected again").await;
        is_well(&ana).await;
    }
    assert_eq!(gateway.n_identifies(), 1, "{}", bot.log());
    // A question that comes while the connection is lost is answered once it stands again.
    gateway.drops();
    let question = ana.says(&general, &format!("<@{}> متى؟", Double::BOT));
    let reply = ana.answer_to(&question).await;
    assert_eq!(reply.messages.len(), 1, "{}", double.transcript());
    bot.leaves().await;
    assert_eq!(double.violations(), NONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_gone_begins_anew() {
    let (double, _general, ana) = scene().await;
    let bot = Home::new(&double).start();
    is_well(&ana).await;
    let gateway = double.gateway();
    double.has_patience(Duration::from_secs(20));
    gateway.invalidates_session(false);
    assert!(gateway.identified(2).await, "{}", bot.log());
    bot.logs(2, "connected name=Sanad").await;
    is_well(&ana).await;
    gateway.closes(4009);
    assert!(gateway.identified(3).await, "{}", bot.log());
    bot.logs(3, "connected name=Sanad").await;
    is_well(&ana).await;
    gateway.refuses_resume(true);
    gateway.drops();
    assert!(gateway.identified(4).await, "{}", bot.log());
    bot.logs(4, "connected name=Sanad").await;
    is_well(&ana).await;
    bot.leaves().await;
    assert_eq!(double.violations(), NONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_hears_no_heartbeat_is_left() {
    let (double, _general, ana) = scene().await;
    double.has_patience(Duration::from_secs(20));
    double.gateway().beats_every(Duration::from_millis(400));
    let bot = Home::new(&double).start();
    is_well(&ana).await;
    double.gateway().acknowledges_heartbeats(false);
    assert!(double.gateway().identified(2).await, "{}", bot.log());
    double.gateway().acknowledges_heartbeats(true);
    bot.logs(2, "connected name=Sanad").await;
    is_well(&ana).await;
    bot.leaves().await;
    assert_eq!(double.violations(), NONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_frames_are_survived_and_not_logged() {
    let (double, _general, ana) = scene().await;
    let bot = Home::new(&double).start();
    is_well(&ana).await;
    for malformed in [
        Malformed::BrokenJson,
        Malformed::NullSequence,
        Malformed::UnknownOperation,
        Malformed::UnknownEvent,
        Malformed::MissingField,
    ] {
        double.gateway().sends(malformed);
        is_well(&ana).await;
    }
    // A question in a frame that cannot be read stays out of the log.
    let frame =
        serde_json::json!({"op": 0, "s": null, "t": "MESSAGE_CREATE", "d": {"content": "سر"}});
    double.gateway().says(&frame);
    is_well(&ana).await;
    bot.is_told_to_leave();
    let ended = bot.ends().await;
    assert_eq!(ended.code, Some(0));
    assert!(!ended.log.contains("سر"), "{}", ended.log);
    assert_eq!(double.gateway().n_identifies(), 1);
    assert_eq!(double.violations(), NONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_fail_are_sent_again() {
    const CALLBACK: &str = "POST /interactions/*/*/callback";
    let (double, _general, ana) = scene().await;
    let bot = Home::new(&double).start();
    is_well(&ana).await;
    let mut sent = double.requests(CALLBACK).len();
    for (times, trouble) in [
        (4, Trouble::Status(500)),
        (1, Trouble::Status(502)),
        (2, Trouble::rate_limited(0.05)),
        (4, Trouble::rate_limited_without_headers(0.05)),
        (1, Trouble::Hangup),
    ] {
        double.next(times, CALLBACK, trouble.clone());
        is_well(&ana).await;
        sent += times + 1;
        assert_eq!(double.requests(CALLBACK).len(), sent, "{trouble:?}");
    }
    assert_eq!(double.violations(), NONE);

    // It was done, and only the answer was lost: «answered already» is then as good.
    double.next(1, CALLBACK, Trouble::LostAnswer);
    is_well(&ana).await;
    assert!(double.requested(sent + 2, CALLBACK).await);
    sleep(Duration::from_millis(300)).await;
    assert_eq!(
        double.take_violations(),
        [
            "POST /interactions/‹id›/‹token›/callback: 400 40060 Interaction has already been acknowledged."
        ]
    );

    // What has failed five times is not sent again; the sentence that says so is one more.
    sent = double.requests(CALLBACK).len();
    double.next(5, CALLBACK, Trouble::Status(500));
    let reply = ana.slash("ping", &[]).await;
    assert_eq!(double.requests(CALLBACK).len(), sent + 6);
    assert!(reply.is_ephemeral());
    is_well(&ana).await;
    let ended = bot.leaves().await;
    assert!(!ended.log.contains("tttttttt"), "a token: {}", ended.log);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_posted_once_however_often_it_is_sent() {
    const POST: &str = "POST /channels/*/messages";
    let (double, general, ana) = scene().await;
    let bot = Home::new(&double).start();
    is_well(&ana).await;
    for trouble in [
        Trouble::LostAnswer,
        Trouble::Status(503),
        Trouble::rate_limited(0.05),
        Trouble::rate_limited_without_headers(0.05),
    ] {
        let (sent, shown) = (double.requests(POST).len(), general.messages().len());
        double.next(1, POST, trouble.clone());
        let reply = ana
            .mention(&general, "متى أقيمت العلاقات الدبلوماسية؟")
            .await;
        assert!(double.requested(sent + 2, POST).await, "{trouble:?}");
        assert!(double.settles(Duration::from_millis(200)).await);
        assert_eq!(reply.messages.len(), 1);
        // The question and its answer.
        let both = general.messages().len() - shown;
        assert_eq!(both, 2, "{}", general.transcript());
    }
    bot.leaves().await;
    assert_eq!(double.violations(), NONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_discord_announces_is_kept() {
    const POST: &str = "POST /channels/*/messages";
    let (double, general, ana) = scene().await;
    let bot = Home::new(&double).start();
    is_well(&ana).await;
    double.next(1, POST, Trouble::rate_limited(1.5));
    let start = Instant::now();
    let reply = ana
        .mention(&general, "متى أقيمت العلاقات الدبلوماسية؟")
        .await;
    assert_eq!(reply.messages.len(), 1);
    assert!(start.elapsed() > Duration::from_millis(1500));
    assert_eq!(double.requests(POST).len(), 2);
    bot.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_reconnects_is_stopped() {
    let (double, _general, ana) = scene().await;
    let home = Home::new(&double)
        .with("discord.reconnect_limit", "4")
        .with("discord.restart_backoff_ms", "700");
    let mut bot = home.start();
    is_well(&ana).await;
    let gateway = double.gateway();
    assert_eq!(gateway.n_connections(), 1);
    gateway.drops_next_connections(usize::MAX);
    gateway.drops();
    bot.logs(1, "client is stopped").await;
    sleep(Duration::from_millis(300)).await;
    assert_eq!(gateway.n_connections(), 1 + 4, "{}", bot.log());
    // The next client is on probation: one reconnect without a session is enough.
    bot.logs(2, "client is stopped").await;
    assert!(gateway.n_connections() <= 1 + 4 + 2, "{}", bot.log());
    gateway.drops_next_connections(0);
    bot.logs(2, "connected name=Sanad").await;
    is_well(&ana).await;
    assert!(bot.runs());
    bot.leaves().await;
    assert_eq!(double.violations(), NONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_is_started_again_only_when_discord_says_where() {
    let (double, _general, ana) = scene().await;
    let home = Home::new(&double)
        .with("discord.reconnect_limit", "1")
        .with("discord.retry_tries", "1");
    let bot = home.start();
    is_well(&ana).await;
    double.next(3, "GET /gateway", Trouble::Status(500));
    double.gateway().drops_next_connections(1);
    double.gateway().drops();
    bot.logs(3, "Discord does not say where the gateway is")
        .await;
    bot.logs(2, "connected name=Sanad").await;
    is_well(&ana).await;
    let ended = bot.leaves().await;
    assert!(!ended.log.contains("gateway.discord.gg"), "{}", ended.log);
    assert_eq!(double.violations(), NONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_budget_of_identifications_outlives_the_program() {
    let (double, _general, ana) = scene().await;
    let home = Home::new(&double).with("discord.identify_per_day", "2");
    for nth in 1..=2 {
        let bot = home.start();
        bot.logs(1, "connected name=Sanad").await;
        is_well(&ana).await;
        bot.leaves().await;
        assert_eq!(double.gateway().n_identifies(), nth);
    }
    let mut bot = home.start();
    bot.logs(1, "the bot has identified itself 2 times in 24 hours")
        .await;
    sleep(Duration::from_millis(1500)).await;
    assert_eq!(double.gateway().n_connections(), 2);
    assert!(bot.runs());
    let ended = bot.leaves().await;
    assert_eq!(ended.log.matches("in 24 hours").count(), 1, "{}", ended.log);
    // Nothing but the budget held it.
    let bot = home.with("discord.identify_per_day", "3").start();
    bot.logs(1, "connected name=Sanad").await;
    bot.leaves().await;
    assert_eq!(double.violations(), NONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_cannot_be_reached_costs_no_identification() {
    let double = Double::start().await;
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("ws://{}", gone.local_addr().unwrap());
    drop(gone);
    let home = Home::new(&double)
        .with("discord.identify_per_day", "1")
        .with("discord.reconnect_limit", "1");
    let here = double.gateway().moves_to(&address);
    let bot = home.start();
    bot.logs(2, "client is stopped").await;
    double.gateway().moves_to(&here);
    bot.logs(1, "connected name=Sanad").await;
    bot.leaves().await;
    assert_eq!(double.gateway().n_identifies(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_leave_it_finishes_what_is_under_way() {
    let (double, _general, ana) = scene().await;
    let bot = Home::new(&double).start();
    is_well(&ana).await;
    let callback = "POST /interactions/*/*/callback";
    double.next(1, callback, Trouble::Delay(Duration::from_millis(1200)));
    let sent = double.requests(callback).len();
    let asked = tokio::spawn(async move { ana.slash("ping", &[]).await });
    assert!(double.requested(sent + 1, callback).await);
    let start = Instant::now();
    bot.leaves().await;
    assert!(
        start.elapsed() > Duration::from_millis(800),
        "{:?}",
        start.elapsed()
    );
    assert_eq!(asked.await.unwrap().messages.len(), 1);
    assert!(!double.gateway().is_connected());
    assert_eq!(double.violations(), NONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_leave_it_does_not_wait_for_ever() {
    let (double, _general, ana) = scene().await;
    let home = Home::new(&double).with("discord.shutdown_ms", "400");
    let bot = home.start();
    is_well(&ana).await;
    let callback = "POST /interactions/*/*/callback";
    double.next(1, callback, Trouble::Delay(Duration::from_secs(8)));
    let sent = double.requests(callback).len();
    let asked = tokio::spawn(async move { ana.slash("ping", &[]).await });
    assert!(double.requested(sent + 1, callback).await);
    let start = Instant::now();
    let ended = bot.leaves().await;
    assert!(
        start.elapsed() < Duration::from_secs(3),
        "{:?}",
        start.elapsed()
    );
    assert!(
        ended
            .log
            .contains("1 questions under way could not be finished"),
        "{}",
        ended.log
    );
    asked.abort();

    // While it still looks for Discord it leaves at once.
    double.next(
        usize::MAX,
        "GET /gateway",
        Trouble::Delay(Duration::from_secs(8)),
    );
    let sent = double.requests("GET /gateway").len();
    let bot = home.start();
    assert!(double.requested(sent + 1, "GET /gateway").await);
    bot.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_are_registered_when_they_changed() {
    let (double, _general, ana) = scene().await;
    let guild = double.guild("قاعة");
    let home = Home::new(&double);
    for _ in 0..2 {
        let bot = home.start();
        is_well(&ana).await;
        bot.leaves().await;
    }
    assert_eq!(double.n_command_puts(), 1);
    assert!(guild.commands().is_empty());

    // To try them out in one server, and everywhere again: there they would be offered twice.
    let home = home.with("discord.register_in", &guild.id().to_string());
    let bot = home.start();
    bot.logs(1, "the commands are registered").await;
    assert_eq!(guild.commands().len(), double.commands().len());
    bot.leaves().await;
    let home = home.with("discord.register_in", "global");
    let bot = home.start();
    bot.logs(1, "the commands are registered").await;
    assert!(guild.commands().is_empty());
    bot.leaves().await;
    assert_eq!(double.n_command_puts(), 3);
    assert_eq!(double.violations(), NONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registration_that_fails_holds_nothing_up() {
    const PUT: &str = "PUT /applications/*/commands";
    let (double, general, ana) = scene().await;
    double.next(usize::MAX, PUT, Trouble::Status(500));
    let home = Home::new(&double).with("discord.retry_tries", "1");
    let bot = home.start();
    bot.logs(2, "the commands were not registered").await;
    let reply = ana
        .mention(&general, "متى أقيمت العلاقات الدبلوماسية؟")
        .await;
    assert_eq!(reply.messages.len(), 1, "{}", double.transcript());
    double.no_more_trouble();
    is_well(&ana).await;
    bot.leaves().await;
    assert_eq!(double.violations(), NONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_is_never_logged() {
    let (double, _general, ana) = scene().await;
    let home = Home::new(&double).with("log.level", "trace");
    let bot = home.start();
    is_well(&ana).await;
    double.gateway().drops();
    bot.logs(1, "connected again").await;
    let ended = bot.leaves().await;
    assert!(!ended.log.contains(Double::TOKEN));
    assert!(!ended.log.contains("tttttttt"), "an interaction's token");
}
