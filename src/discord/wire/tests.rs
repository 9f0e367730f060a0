//! A server that answers as a script says, for what the loopback Discord of the tests outside does not do.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

/// What the server does with a request.
#[derive(Clone, Copy)]
enum Does {
    /// Answers with a status, more headers, and a body.
    Answers(&'static str, &'static str, &'static str),
    /// Hangs up without an answer.
    HangsUp,
}

const TAKEN: Does = Does::Answers("200 OK", "", "{}");
const DONE: Does = Does::Answers("204 No Content", "", "");

/// A wire to a server that does one thing after the other; and what it was asked, as heads and bodies.
async fn wire_to(script: &[Does]) -> (Wire, Arc<Mutex<Vec<(String, Value)>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let config = config::Discord {
        api_url: format!("http://{}", listener.local_addr().unwrap()),
        retry_first: Duration::from_millis(10),
        timeout: Duration::from_millis(500),
        ..config::Discord::default()
    };
    let wire = Wire::new(&config, &SecretString::from("Bot secret")).unwrap();
    wire.0.application.set(ApplicationId::new(7)).unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let (script, seen) = (script.to_vec(), Arc::clone(&asked));
    tokio::spawn(async move {
        for does in script {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            let (head, body) = loop {
                stream.read_buf(&mut request).await.unwrap();
                let text = String::from_utf8(request.clone()).unwrap();
                let Some((head, body)) = text.split_once("\r\n\r\n") else {
                    continue;
                };
                let length = head
                    .lines()
                    .find_map(|line| line.strip_prefix("content-length: "))
                    .map_or(0, |length| length.parse().unwrap());
                if body.len() >= length {
                    break (head.to_owned(), body.to_owned());
                }
            };
            let body = serde_json::from_str(&body).unwrap_or(Value::Null);
            seen.lock().unwrap().push((head, body));
            if let Does::Answers(status, headers, body) = does {
                let length = body.len();
                let answer = format!(
                    "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n{body}"
                );
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        }
        // Whoever asks more than was written down finds nobody.
    });
    (wire, asked)
}

fn message() -> Value {
    json!({"content": "@everyone", "allowed_mentions": {"parse": ["everyone"]}})
}

async fn post(wire: &Wire) -> Result<(), serenity::Error> {
    wire.post(ChannelId::new(3), &message()).await
}

#[tokio::test]
async fn nothing_that_is_sent_mentions_anybody() {
    let (wire, asked) = wire_to(&[DONE, DONE, DONE, TAKEN, TAKEN, TAKEN]).await;
    let id = InteractionId::new(5);
    let bodies = [
        json!({"type": 4, "data": message()}),
        json!({"type": 7, "data": message()}),
        json!({"type": 5, "data": {"flags": 64}}),
    ];
    for body in &bodies {
        wire.respond(id, "token", body).await.unwrap();
    }
    wire.edit_original("token", &message()).await.unwrap();
    wire.follow_up("token", &message()).await.unwrap();
    post(&wire).await.unwrap();
    let asked = asked.lock().unwrap();
    let nobody = json!({"parse": [], "replied_user": false});
    for (nth, (head, body)) in asked.iter().enumerate() {
        let message = if nth < 3 { &body["data"] } else { body };
        let expected = if nth == 2 { &Value::Null } else { &nobody };
        assert_eq!(&message["allowed_mentions"], expected, "{head}");
        assert!(head.contains("authorization: Bot secret"), "{head}");
        assert!(head.contains("user-agent: DiscordBot ("), "{head}");
    }
    assert_eq!(asked[5].1["enforce_nonce"], true);
    assert!(asked[5].1["nonce"].as_str().unwrap().len() <= 25);
    assert!(
        asked[3]
            .0
            .starts_with("PATCH /api/v10/webhooks/7/token/messages/@original ")
    );
}

#[tokio::test]
async fn a_header_that_does_not_parse_is_no_reason_to_send_again() {
    let odd =
        "x-ratelimit-limit: 5.0\r\nx-ratelimit-remaining: 4.0\r\nx-ratelimit-reset-after: soon\r\n";
    let (wire, asked) = wire_to(&[Does::Answers("200 OK", odd, "{}"), TAKEN]).await;
    post(&wire).await.unwrap();
    assert_eq!(asked.lock().unwrap().len(), 1);
    let odd = "retry-after: soon\r\n";
    let (wire, asked) = wire_to(&[Does::Answers("429 Too Many Requests", odd, "{}"), TAKEN]).await;
    let start = Instant::now();
    post(&wire).await.unwrap();
    assert_eq!(asked.lock().unwrap().len(), 2);
    assert!(
        start.elapsed() >= Duration::from_millis(10),
        "without a pause"
    );
}

#[tokio::test]
async fn a_used_up_limit_is_waited_for_in_its_channel_alone() {
    let used_up = "x-ratelimit-remaining: 0\r\nx-ratelimit-reset-after: 0.4\r\n";
    let (wire, _) = wire_to(&[Does::Answers("200 OK", used_up, "{}"), TAKEN, TAKEN]).await;
    post(&wire).await.unwrap();
    let start = Instant::now();
    wire.post(ChannelId::new(4), &message()).await.unwrap();
    assert!(start.elapsed() < Duration::from_millis(300));
    post(&wire).await.unwrap();
    assert!(start.elapsed() > Duration::from_millis(300));
}

#[tokio::test]
async fn the_global_limit_holds_messages_but_no_answers() {
    let global = "retry-after: 0.4\r\nx-ratelimit-global: true\r\n";
    let (wire, asked) = wire_to(&[
        Does::Answers("429 Too Many Requests", global, "{}"),
        DONE,
        TAKEN,
    ])
    .await;
    let start = Instant::now();
    let posted = tokio::spawn({
        let wire = wire.clone();
        async move { post(&wire).await }
    });
    while asked.lock().unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    wire.respond(InteractionId::new(5), "token", &json!({"type": 6}))
        .await
        .unwrap();
    assert!(start.elapsed() < Duration::from_millis(300));
    posted.await.unwrap().unwrap();
    assert!(start.elapsed() > Duration::from_millis(400));
}

#[tokio::test]
async fn a_limit_beyond_all_patience_is_a_failure_at_once() {
    // The last is more than a clock can be set forward by.
    for limit in [
        "retry-after: 3600\r\n",
        "retry-after: 18446744073709550000\r\n",
    ] {
        let refused = Does::Answers("429 Too Many Requests", limit, "{}");
        let (wire, asked) = wire_to(&[refused]).await;
        let error = post(&wire).await.unwrap_err();
        assert_eq!(status(&error), Some(429), "{limit}");
        assert_eq!(asked.lock().unwrap().len(), 1, "{limit}");
    }
}

#[tokio::test]
async fn what_would_show_twice_is_not_sent_again_unless_it_was_not_done() {
    let (wire, asked) = wire_to(&[Does::HangsUp, TAKEN]).await;
    wire.follow_up("token", &message()).await.unwrap_err();
    assert_eq!(asked.lock().unwrap().len(), 1);
    let refused = Does::Answers("503 Service Unavailable", "", "");
    let (wire, asked) = wire_to(&[refused, TAKEN]).await;
    wire.follow_up("token", &message()).await.unwrap();
    assert_eq!(asked.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn what_was_done_by_an_earlier_try_is_done() {
    let answered = Does::Answers("400 Bad Request", "", r#"{"code":40060,"message":"done"}"#);
    let gone = Does::Answers("404 Not Found", "", r#"{"code":10008,"message":"gone"}"#);
    let respond = async |wire: &Wire| {
        let response = json!({"type": 6});
        wire.respond(InteractionId::new(5), "token", &response)
            .await
    };
    let (wire, _) = wire_to(&[Does::HangsUp, answered]).await;
    respond(&wire).await.unwrap();
    let (wire, _) = wire_to(&[answered]).await;
    assert_eq!(code(&respond(&wire).await.unwrap_err()), Some(40_060));
    let (wire, _) = wire_to(&[Does::HangsUp, gone]).await;
    wire.delete_original("token").await.unwrap();
    let (wire, _) = wire_to(&[gone]).await;
    let error = wire.delete_original("token").await.unwrap_err();
    assert_eq!(code(&error), Some(10_008));
}

#[tokio::test]
async fn no_error_shows_a_token() {
    let (wire, _) = wire_to(&[Does::Answers("404 Not Found", "", "{}")]).await;
    for _ in 0..2 {
        // Refused at first; then nobody is there any more.
        let response = json!({"type": 6});
        let sent = wire.respond(InteractionId::new(5), "token-of-it", &response);
        let error = sent.await.unwrap_err();
        let shown = format!("{error:?}") + &format!("{:#}", anyhow::Error::from(error));
        assert!(
            !shown.contains("token-of-it") && !shown.contains("secret"),
            "{shown}"
        );
    }
}
