//! Servers that mean harm, or cannot help it.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};

use super::*;

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

/// What fetching gives under tight limits, and how long it took.
async fn tightly(site: &Site, path: &str) -> (Result<Outcome, ErrorKind>, Duration) {
    let config = config::Fetch {
        max_bytes: 100_000,
        time: Duration::from_secs(1),
        ..allowing(&[site])
    };
    let begun = Instant::now();
    let outcome = Fetcher::new(&config).fetch(&site.address(path), None).await;
    (outcome.map_err(|error| error.kind), begun.elapsed())
}

fn gzipped(n_zeros: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![b'0'; 1 << 20];
    for begin in (0..n_zeros).step_by(zeros.len()) {
        let n = zeros.len().min(n_zeros - begin);
        encoder.write_all(&zeros[..n]).unwrap();
    }
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_body_is_read_to_its_limit_and_no_further() {
    let exactly = format!("{HEAD}Connection: close\r\n\r\n{}", "x".repeat(100_000));
    let site = Site::raw(vec![exactly.clone().into_bytes()], Duration::ZERO).await;
    let (outcome, _) = tightly(&site, "/a.txt").await;
    assert_eq!(
        page(outcome.map_err(|kind| panic!("{kind:?}"))).bytes.len(),
        100_000
    );
    let site = Site::raw(vec![(exactly + "x").into_bytes()], Duration::ZERO).await;
    assert_eq!(
        tightly(&site, "/a.txt").await.0,
        Err(ErrorKind::TooLarge(100_000))
    );
}

#[tokio::test]
async fn an_endless_body_is_too_large() {
    let mut pieces = vec![format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n").into_bytes()];
    let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000)).into_bytes();
    pieces.extend(std::iter::repeat_n(chunk, 500));
    let site = Site::raw(pieces, Duration::ZERO).await;
    let (outcome, took) = tightly(&site, "/a.txt").await;
    assert_eq!(outcome, Err(ErrorKind::TooLarge(100_000)));
    assert!(took < Duration::from_secs(1));
}

#[tokio::test]
async fn a_slow_answer_is_given_up_wherever_it_is_slow() {
    let drop_by_drop = |text: &str| text.bytes().map(|byte| vec![byte]).collect::<Vec<_>>();
    let head = drop_by_drop(HEAD);
    let body = {
        let mut pieces = vec![format!("{HEAD}Content-Length: 90000\r\n\r\n").into_bytes()];
        pieces.extend(drop_by_drop(&"x".repeat(1_000)));
        pieces
    };
    for pieces in [head, body, vec![Vec::new(), Vec::new()]] {
        // Each drop comes long before anybody would call it silence.
        let pause = if pieces.len() == 2 { 5_000 } else { 50 };
        let site = Site::raw(pieces, Duration::from_millis(pause)).await;
        let (outcome, took) = tightly(&site, "/a.txt").await;
        assert_eq!(outcome, Err(ErrorKind::TooSlow(1)));
        assert!(took < Duration::from_millis(2_500), "{took:?}");
    }
}

#[tokio::test]
async fn a_machine_that_accepts_and_says_nothing_is_too_slow() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let site = Site {
        machine: listener.local_addr().unwrap(),
        asked: Arc::default(),
    };
    let (outcome, took) = tightly(&site, "/a.txt").await;
    assert_eq!(outcome, Err(ErrorKind::TooSlow(1)));
    assert!(took < Duration::from_millis(2_500), "{took:?}");
}

#[tokio::test]
async fn what_is_packed_small_is_measured_unpacked() {
    let bomb = gzipped(20 << 20);
    assert!(bomb.len() < 40_000);
    let site = Site::new(move |request| {
        let packed = |bytes: Vec<u8>| {
            let headers = [("content-type", "text/plain"), ("content-encoding", "gzip")];
            Some(answer(&headers, bytes))
        };
        match request.uri().path() {
            "/bomb.txt" => packed(bomb.clone()),
            "/fits.txt" => packed(gzipped(100_000)),
            "/broken.txt" => packed(gzipped(50_000)[..60].to_vec()),
            "/no.txt" => packed(b"this is no gzip".to_vec()),
            _ => None,
        }
    })
    .await;
    let config = config::Fetch {
        max_bytes: 100_000,
        ..allowing(&[&site])
    };
    let fetcher = Fetcher::new(&config);
    let fetch = async |path: &str| {
        let outcome = fetcher.fetch(&site.address(path), None).await;
        outcome.map_err(|error| error.kind)
    };
    assert_eq!(fetch("/bomb.txt").await, Err(ErrorKind::TooLarge(100_000)));
    let Ok(Outcome::Fetched(page)) = fetch("/fits.txt").await else {
        panic!("it fits");
    };
    assert_eq!(page.bytes, vec![b'0'; 100_000]);
    assert_eq!(fetch("/broken.txt").await, Err(ErrorKind::CutOff));
    assert_eq!(fetch("/no.txt").await, Err(ErrorKind::CutOff));
}

#[tokio::test]
async fn what_an_answer_says_of_its_length_is_no_matter() {
    for (head, expected) in [
        ("Content-Length: 100", Err(ErrorKind::CutOff)),
        ("Content-Length: 5", Ok("Noah ")),
        (
            "Content-Length: 99999999999",
            Err(ErrorKind::TooLarge(100_000)),
        ),
        ("Content-Length: -1", Err(ErrorKind::Unreachable)),
        (
            "Content-Length: 5\r\nContent-Length: 6",
            Err(ErrorKind::Unreachable),
        ),
        ("Transfer-Encoding: chunked", Err(ErrorKind::CutOff)),
    ] {
        let answer = format!("{HEAD}{head}\r\n\r\nNoah built the ark.");
        let site = Site::raw(vec![answer.into_bytes()], Duration::ZERO).await;
        let (outcome, _) = tightly(&site, "/a.txt").await;
        let text = outcome.map(|outcome| match outcome {
            Outcome::Fetched(page) => String::from_utf8(page.bytes).unwrap(),
            Outcome::Unchanged => panic!("nothing was known"),
        });
        assert_eq!(text, expected.map(str::to_owned), "{head}");
    }
}

#[tokio::test]
async fn what_is_no_http_is_unreachable() {
    let endless = format!("{HEAD}{}", "X-A: b\r\n".repeat(100_000));
    for answer in [
        "SSH-2.0-OpenSSH_9.7\r\n",
        "",
        "HTTP/1.1 999999 x\r\n\r\n",
        endless.as_str(),
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\0\r\n\r\nx",
    ] {
        let site = Site::raw(vec![answer.as_bytes().to_vec()], Duration::ZERO).await;
        let (outcome, _) = tightly(&site, "/a.txt").await;
        let shown: String = answer.chars().take(40).collect();
        assert_eq!(outcome, Err(ErrorKind::Unreachable), "{shown:?}");
    }
}

#[tokio::test]
async fn headers_full_of_rubbish_do_no_harm() {
    let mut answer =
        b"HTTP/1.1 200 OK\r\nContent-Type: \xFF\xFE; charset=\x22\xD9\r\nETag: ".to_vec();
    answer.extend(
        "\"é\"\r\nContent-Disposition: a;filename*=x'y;filename=\"\u{202E}txt.\u{645}".bytes(),
    );
    answer.extend(b".txt\r\nConnection: close\r\n\r\nx");
    let site = Site::raw(vec![answer], Duration::ZERO).await;
    let (outcome, _) = tightly(&site, "/a").await;
    let Err(ErrorKind::ContentType(kind)) = outcome else {
        panic!("{outcome:?}");
    };
    assert!(kind.chars().count() < 10, "{kind}");

    let long = "e".repeat(2_000);
    let answer =
        format!("{HEAD}ETag: \"{long}\"\r\nLast-Modified: é\r\nConnection: close\r\n\r\nx");
    let site = Site::raw(vec![answer.into_bytes()], Duration::ZERO).await;
    let (outcome, _) = tightly(&site, "/a.txt").await;
    let Ok(Outcome::Fetched(page)) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(
        page.validators,
        Validators::default(),
        "too long, or no ASCII"
    );
}
