//! robots.txt is asked for, obeyed and remembered.

use super::*;

/// A site with this robots.txt.
async fn with_robots(robots: fn() -> Response) -> Site {
    Site::new(move |request| {
        Some(match request.uri().path() {
            "/robots.txt" => robots(),
            "/on" => leads_to(302, "/private/a.txt"),
            "/elsewhere.txt" => plain("User-agent: *\nDisallow: /"),
            "/gone" => status(404),
            "/endless" => leads_to(302, "/endless"),
            _ => plain("x"),
        })
    })
    .await
}

#[tokio::test]
async fn what_a_site_does_not_want_fetched_is_not() {
    let site =
        with_robots(|| plain("User-agent: *\nDisallow: /private\nDisallow: /*?secret\n")).await;
    let fetcher = Fetcher::new(&allowing(&[&site]));
    for path in ["/private/a.txt", "/on", "/a.txt?secret=1"] {
        let error = fetcher.fetch(&site.address(path), None).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Robots, "{path}");
        assert_eq!(error.redirected, path == "/on");
    }
    page(fetcher.fetch(&site.address("/a.txt"), None).await);
    // It was asked for once, and what is not to be fetched never.
    assert_eq!(site.asked(), ["/robots.txt", "/on", "/a.txt"]);
    // Others ask for themselves.
    page(fetch(&[&site], &site.address("/a.txt")).await);
    assert_eq!(site.asked().len(), 5);
}

#[tokio::test]
async fn a_robots_txt_for_us_goes_before_one_for_all() {
    let site =
        with_robots(|| plain("User-agent: *\nDisallow: /\n\nUser-agent: sanad\nDisallow: /no"))
            .await;
    page(fetch(&[&site], &site.address("/a.txt")).await);
    assert_eq!(
        refused(&[&site], &site.address("/no")).await,
        ErrorKind::Robots
    );
}

#[tokio::test]
async fn none_allows_everything_and_one_that_cannot_be_had_nothing() {
    let cases: [(fn() -> Response, Result<(), ErrorKind>); 9] = [
        (|| status(404), Ok(())),
        (|| status(403), Ok(())),
        (|| status(429), Ok(())),
        (|| status(500), Err(ErrorKind::RobotsUnread)),
        (|| status(503), Err(ErrorKind::RobotsUnread)),
        (|| leads_to(301, "/elsewhere.txt"), Err(ErrorKind::Robots)),
        (|| leads_to(301, "/gone"), Ok(())),
        (|| leads_to(301, "/endless"), Ok(())),
        (
            || leads_to(302, "http://169.254.169.254/"),
            Err(ErrorKind::RobotsUnread),
        ),
    ];
    for (nth, (robots, expected)) in cases.into_iter().enumerate() {
        let site = with_robots(robots).await;
        let outcome = fetch(&[&site], &site.address("/a.txt")).await;
        let found = outcome.map(|_| ()).map_err(|error| error.kind);
        assert_eq!(found, expected, "case {nth}");
    }
}

#[tokio::test]
async fn one_that_could_not_be_had_is_asked_for_again() {
    let n_asked = Arc::new(Mutex::new(0));
    let site = Site::new(move |request| {
        let mut n_asked = n_asked.lock().unwrap();
        *n_asked += 1;
        Some(match (request.uri().path(), *n_asked) {
            ("/robots.txt", 1) => status(503),
            ("/robots.txt", _) => status(404),
            _ => plain("x"),
        })
    })
    .await;
    let fetcher = Fetcher::new(&allowing(&[&site]));
    let address = site.address("/a.txt");
    let error = fetcher.fetch(&address, None).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::RobotsUnread);
    page(fetcher.fetch(&address, None).await);
}

#[tokio::test]
async fn a_robots_txt_is_read_to_its_limit_alone() {
    let site = with_robots(|| {
        let rules = format!(
            "User-agent: *\nDisallow: /a\n{}Disallow: /b\n",
            "#\n".repeat(robots::MAX_BYTES / 2)
        );
        answer(&[("content-type", "text/plain")], rules)
    })
    .await;
    assert_eq!(
        refused(&[&site], &site.address("/a")).await,
        ErrorKind::Robots
    );
    page(fetch(&[&site], &site.address("/b.txt")).await);
}

#[tokio::test]
async fn a_site_led_to_is_asked_for_its_own_rules() {
    let closed = with_robots(|| plain("User-agent: *\nDisallow: /")).await;
    let there = closed.address("/a.txt");
    let open =
        Site::new(move |request| (request.uri().path() == "/on").then(|| leads_to(302, &there)))
            .await;
    let error = fetch(&[&open, &closed], &open.address("/on"))
        .await
        .unwrap_err();
    assert_eq!((error.kind, error.redirected), (ErrorKind::Robots, true));
    assert_eq!(closed.asked(), ["/robots.txt"]);
}
