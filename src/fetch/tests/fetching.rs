//! What comes of fetching.

use super::*;

#[tokio::test]
async fn content_comes_with_its_name_type_charset_and_address() {
    let site = Site::new(|request| {
        let agent = request.headers().get("user-agent")?.to_str().ok()?;
        let agent = agent.to_owned();
        Some(match request.uri().path() {
            "/kitab.html" => answer(
                &[
                    ("content-type", "text/html; charset=windows-1256"),
                    ("etag", "W/\"7\""),
                    ("last-modified", "Wed, 25 Nov 2026 10:00:00 GMT"),
                ],
                b"<p>\xDF\xCA\xC7\xC8".to_vec(),
            ),
            "/who" => answer(&[("content-type", "text/plain")], agent),
            _ => return None,
        })
    })
    .await;
    let fetched = page(fetch(&[&site], &site.address("/kitab.html?a=b#c")).await);
    assert_eq!(fetched.bytes, b"<p>\xDF\xCA\xC7\xC8");
    assert_eq!(fetched.file_name, "kitab.html");
    assert_eq!(fetched.content_type, "text/html");
    assert_eq!(fetched.charset.as_deref(), Some("windows-1256"));
    assert_eq!(fetched.address, site.address("/kitab.html?a=b"));
    assert_eq!(fetched.again, fetched.address);
    assert_eq!(fetched.validators.etag.as_deref(), Some("W/\"7\""));
    assert_eq!(
        fetched.validators.last_modified.as_deref(),
        Some("Wed, 25 Nov 2026 10:00:00 GMT")
    );
    let metadata = fetched.metadata();
    assert_eq!(metadata.address, Some(fetched.address));
    assert_eq!(metadata.accessed, Some(day(catalogue::now())));

    let mut config = allowing(&[&site]);
    config.contact = "mailto:me@a.example".to_owned();
    let fetcher = Fetcher::new(&config);
    let who = page(fetcher.fetch(&site.address("/who"), None).await);
    let who = String::from_utf8(who.bytes).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(who, format!("Sanad/{version} (+mailto:me@a.example)"));
    let who = page(fetch(&[&site], &site.address("/who")).await);
    assert_eq!(who.bytes, format!("Sanad/{version}").as_bytes());
}

#[tokio::test]
async fn what_is_unchanged_is_not_fetched_again() {
    let site = Site::new(|request| {
        let said = |name: &str| {
            request
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap())
        };
        let is_known = said("if-none-match") == Some("\"1\"")
            || said("if-modified-since") == Some("yesterday");
        Some(match request.uri().path() {
            "/robots.txt" => return None,
            "/always" => status(304),
            _ if is_known => status(304),
            _ => plain("x"),
        })
    })
    .await;
    let fetcher = Fetcher::new(&allowing(&[&site]));
    let known = |etag: Option<&str>, last_modified: Option<&str>| Validators {
        etag: etag.map(str::to_owned),
        last_modified: last_modified.map(str::to_owned),
    };
    let address = site.address("/a.txt");
    for same in [known(Some("\"1\""), None), known(None, Some("yesterday"))] {
        let outcome = fetcher.fetch(&address, Some(&same)).await.unwrap();
        assert_eq!(outcome, Outcome::Unchanged);
    }
    let other = known(Some("\"0\""), None);
    page(fetcher.fetch(&address, Some(&other)).await);
    // Nothing was known, so nothing can be unchanged.
    for known in [None, Some(&known(None, None))] {
        let error = fetcher.fetch(&site.address("/always"), known).await;
        assert_eq!(error.unwrap_err().kind, ErrorKind::Status(304));
    }
    // What a catalogue holds may be anything; it is no reason to fail in another way.
    let odd = known(Some("a\nb"), None);
    let error = fetcher.fetch(&address, Some(&odd)).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unreachable);
}

#[tokio::test]
async fn redirects_are_followed_and_told() {
    let site = Site::new(|request| {
        Some(match request.uri().path() {
            "/robots.txt" => return None,
            "/old" => leads_to(301, "/moved?x"),
            "/moved" => leads_to(308, "new.txt#part"),
            "/today" => leads_to(302, "/old"),
            "/half" => leads_to(301, "/today"),
            "/nowhere" => status(302),
            path => match path.strip_prefix("/down/").map(str::parse::<u32>) {
                Some(Ok(n)) if n > 0 => leads_to(307, &format!("/down/{}", n - 1)),
                _ => plain("x"),
            },
        })
    })
    .await;
    let moved = page(fetch(&[&site], &site.address("/old")).await);
    assert_eq!(moved.address, site.address("/new.txt"));
    assert_eq!(moved.again, moved.address, "it has moved for good");
    assert_eq!(moved.file_name, "new.txt");
    let today = page(fetch(&[&site], &site.address("/half")).await);
    assert_eq!(today.address, site.address("/new.txt"));
    assert_eq!(
        today.again,
        site.address("/today"),
        "tomorrow it leads elsewhere"
    );
    page(fetch(&[&site], &site.address("/down/5")).await);
    let error = fetch(&[&site], &site.address("/down/6")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Redirects);
    assert_eq!(
        (error.address, error.redirected),
        (site.address("/down/6"), true)
    );
    assert_eq!(
        refused(&[&site], &site.address("/nowhere")).await,
        ErrorKind::Status(302)
    );
}

#[tokio::test]
async fn redirects_go_through_the_same_guard() {
    let inner = Site::new(|_| Some(plain("secret"))).await;
    let there = inner.address("/");
    let loops = Site::new(move |request| {
        Some(match request.uri().path() {
            "/robots.txt" => return None,
            "/inner" => leads_to(302, &there),
            "/number" => leads_to(302, "http://0x7f.1/"),
            "/name" => leads_to(301, "//localhost/"),
            "/metadata" => leads_to(307, "http://169.254.169.254/latest/meta-data/"),
            "/file" => leads_to(302, "file:///etc/passwd"),
            "/port" => leads_to(302, "http://a.example:22/"),
            "/password" => leads_to(302, "http://me:pw@a.example/"),
            "/broken" => leads_to(302, "http://[/"),
            _ => leads_to(302, "/loop"),
        })
    })
    .await;
    for (path, expected) in [
        ("/inner", ErrorKind::Private),
        ("/number", ErrorKind::Private),
        ("/name", ErrorKind::Private),
        ("/metadata", ErrorKind::Private),
        ("/file", ErrorKind::Scheme("file".to_owned())),
        ("/port", ErrorKind::Port(22)),
        ("/password", ErrorKind::Credentials),
        ("/broken", ErrorKind::BadAddress),
        ("/loop", ErrorKind::Redirects),
    ] {
        let address = loops.address(path);
        let error = fetch(&[&loops], &address).await.unwrap_err();
        assert_eq!(error.kind, expected, "{path}");
        // What is told is the address that was given.
        assert_eq!((error.address, error.redirected), (address, true), "{path}");
    }
    assert_eq!(inner.asked(), [""; 0], "it was never asked");
    let fetcher = Fetcher::new(&config::Fetch::default());
    let secure = Url::parse("https://a.example/").unwrap();
    let open = Url::parse("http://a.example/").unwrap();
    assert_eq!(
        fetcher.step(&secure, open.clone()),
        Err(ErrorKind::Downgrade)
    );
    assert!(fetcher.step(&open, secure).is_ok());
}

#[tokio::test]
async fn what_is_not_there_or_not_readable_is_told_apart() {
    let site = Site::new(|request| {
        let kind = |kind| answer(&[("content-type", kind)], "x");
        Some(match request.uri().path() {
            "/robots.txt" => return None,
            "/gone" => status(410),
            "/forbidden" => status(403),
            "/broken" => status(500),
            "/part" => status(206),
            "/empty" => status(204),
            "/picture" => kind("image/png"),
            "/json" => kind("application/json"),
            "/any" => kind("application/octet-stream"),
            "/book.epub" => kind("application/octet-stream"),
            "/untyped.pdf" => answer(&[], "x"),
            "/packed" => answer(
                &[("content-type", "text/plain"), ("content-encoding", "br")],
                "x",
            ),
            "/twice" => answer(
                &[
                    ("content-type", "text/plain"),
                    ("content-encoding", "gzip, gzip"),
                ],
                "x",
            ),
            "/named" => answer(
                &[
                    ("content-type", "application/octet-stream"),
                    ("content-disposition", "attachment; filename=\"ark.docx\""),
                ],
                "x",
            ),
            _ => return None,
        })
    })
    .await;
    for (path, expected) in [
        ("/none", ErrorKind::Gone),
        ("/gone", ErrorKind::Gone),
        ("/forbidden", ErrorKind::Status(403)),
        ("/broken", ErrorKind::Status(500)),
        ("/part", ErrorKind::Status(206)),
        ("/empty", ErrorKind::Status(204)),
        ("/picture", ErrorKind::ContentType("image/png".to_owned())),
        (
            "/json",
            ErrorKind::ContentType("application/json".to_owned()),
        ),
        (
            "/any",
            ErrorKind::ContentType("application/octet-stream".to_owned()),
        ),
        ("/packed", ErrorKind::Encoding("br".to_owned())),
        ("/twice", ErrorKind::Encoding("gzip, gzip".to_owned())),
    ] {
        assert_eq!(
            refused(&[&site], &site.address(path)).await,
            expected,
            "{path}"
        );
    }
    for (path, name) in [
        ("/book.epub", "book.epub"),
        ("/untyped.pdf", "untyped.pdf"),
        ("/named", "ark.docx"),
    ] {
        assert_eq!(
            page(fetch(&[&site], &site.address(path)).await).file_name,
            name
        );
    }
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    // A port that was free a moment ago.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let machine = listener.local_addr().unwrap();
    drop(listener);
    let config = config::Fetch {
        allow: vec![machine.to_string()],
        ..config::Fetch::default()
    };
    let fetcher = Fetcher::new(&config);
    let nobody = fetcher.fetch(&format!("http://{machine}/"), None).await;
    assert_eq!(nobody.unwrap_err().kind, ErrorKind::Unreachable);
    // One that speaks no TLS.
    let site = Site::new(|_| None).await;
    let secure = site.address("/").replace("http:", "https:");
    assert_eq!(refused(&[&site], &secure).await, ErrorKind::Unreachable);
}
