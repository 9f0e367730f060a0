//! `sanad source add https://…` and `sanad source refresh`, against a site of the test's own.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::json;

use super::{Ran, Sanad};

/// What a site has at a path: the status, headers and body of its answer.
type Answer = (u16, &'static str, &'static str);

/// A site on the loopback interface that says what the test wants it to.
struct Site {
    machine: SocketAddr,
    answer: Arc<Mutex<Answer>>,
}

impl Site {
    fn new(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let machine = listener.local_addr().unwrap();
        let answer = Arc::new(Mutex::new(answer));
        let said = Arc::clone(&answer);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answer = *said.lock().unwrap();
                // Whoever has gone away misses nothing.
                let _ = serve(stream, answer);
            }
        });
        Self { machine, answer }
    }

    fn says(&self, answer: Answer) {
        *self.answer.lock().unwrap() = answer;
    }

    fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.machine)
    }
}

fn serve(mut stream: TcpStream, (status, headers, body): Answer) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut known = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        if let Some(etag) = line.strip_prefix("if-none-match: ") {
            etag.trim().clone_into(&mut known);
        }
    }
    let (status, headers, body) = if first.starts_with("GET /robots.txt ") {
        (200, "", "User-agent: *\nDisallow: /private\n")
    } else if !known.is_empty() && headers.contains(&known) {
        (304, "", "")
    } else {
        (status, headers, body)
    };
    let n_bytes = body.len();
    let head = format!(
        "HTTP/1.1 {status} x\r\nContent-Type: text/plain\r\n{headers}Connection: close\r\nContent-Length: {n_bytes}\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())
}

const FIRST: Answer = (
    200,
    "ETag: \"1\"\r\n",
    "Noah built the ark of gopher wood. It floated for forty days.",
);
const SECOND: Answer = (
    200,
    "ETag: \"2\"\r\n",
    "Noah built the ark of cedar wood. It floated for forty days.",
);

fn run(sanad: &Sanad, site: &Site, arguments: &[&str]) -> Ran {
    let allow = site.machine.to_string();
    sanad.run_with(arguments, &[("SANAD_FETCH__ALLOW", &allow)], "")
}

#[test]
fn an_address_is_added_as_a_file_would_be_and_refreshed() {
    let (sanad, site) = (Sanad::new(), Site::new(FIRST));
    let address = site.address("/books/ark.txt");
    let added = run(
        &sanad,
        &site,
        &["source", "add", "--json", &address, "--licence", "CC0"],
    )
    .json();
    let added = &added["added"][0];
    assert_eq!(added["file"], json!(address));
    assert_eq!(added["source"]["id"], "ark");
    assert_eq!(added["source"]["file_name"], "ark.txt");
    let attribution = &added["source"]["attribution"];
    assert_eq!(
        (&attribution["address"], &attribution["licence"]),
        (&json!(address), &json!("CC0"))
    );
    let accessed = attribution["accessed"].as_str().unwrap();
    assert!(
        accessed.len() == 10 && accessed.starts_with("20"),
        "{accessed}"
    );
    let answer = sanad
        .run(&["ask", "--json", "What wood was the ark built of?"])
        .json();
    assert_eq!(answer["answer"]["passage"]["id"], "ark:p1");

    let same = run(&sanad, &site, &["source", "refresh", "ark"]).done();
    assert_eq!(same, "Unchanged: ark is as it is at its address.\n");
    let same = run(&sanad, &site, &["source", "refresh", "--json", "ark"]).json();
    assert_eq!(
        (&same["unchanged"], &same["source"]["version"]),
        (&json!(true), &json!(1))
    );

    site.says(SECOND);
    let changed = run(&sanad, &site, &["source", "refresh", "ark"]).done();
    assert!(changed.starts_with("Added version 2 of ark: "), "{changed}");
    let answer = sanad
        .run(&["ask", "--json", "What wood was the ark built of?"])
        .json();
    let text = answer["answer"]["sentence"]["text"].as_str().unwrap();
    assert!(text.contains("cedar"), "{text}");

    site.says((410, "", "x"));
    let gone = || run(&sanad, &site, &["source", "refresh", "ark"]);
    gone().failed(1, &format!("{address}: there is nothing at this address"));
    gone().failed(1, "ark stays as it is.");
    let shown = sanad.run(&["source", "show", "--json", "ark"]).json();
    assert_eq!(
        (&shown["version"], &shown["attribution"]["licence"]),
        (&json!(2), &json!("CC0"))
    );
}

#[test]
fn what_is_said_goes_over_what_fetching_says() {
    let (sanad, site) = (Sanad::new(), Site::new(FIRST));
    let address = site.address("/ark.txt");
    let arguments = [
        "source",
        "add",
        "--json",
        &address,
        "--id",
        "boat",
        "--title",
        "The boat",
        "--address",
        "https://a.example/",
        "--accessed",
        "2020-02-29",
    ];
    let added = run(&sanad, &site, &arguments).json();
    let source = &added["added"][0]["source"];
    assert_eq!(source["id"], "boat");
    assert_eq!(source["attribution"]["title"], "The boat");
    assert_eq!(source["attribution"]["address"], "https://a.example/");
    assert_eq!(source["attribution"]["accessed"], "2020-02-29");
    // Where it is asked for again is where it was fetched from.
    site.says(SECOND);
    let changed = run(&sanad, &site, &["source", "refresh", "boat"]).done();
    assert!(
        changed.starts_with("Added version 2 of boat: “The boat”"),
        "{changed}"
    );
}

#[test]
fn what_must_not_be_fetched_is_refused_with_the_remedy() {
    let (sanad, site) = (Sanad::new(), Site::new(FIRST));
    let private = site.address("/ark.txt");
    sanad
        .run(&["source", "add", &private])
        .failed(1, &format!("{private}: it lies in a private network"));
    sanad
        .run(&["source", "add", "https://me:secret@a.example/"])
        .failed(1, "https://…@a.example/: it holds a name or a password");
    let closed = site.address("/private/ark.txt");
    run(&sanad, &site, &["source", "add", &closed]).failed(1, "robots.txt");
    site.says((404, "", ""));
    let arabic = sanad.run_with(
        &["source", "add", &site.address("/gone.txt")],
        &[
            ("LANG", "ar"),
            ("SANAD_FETCH__ALLOW", &site.machine.to_string()),
        ],
        "",
    );
    arabic.failed(1, "لا شيء في هذا العنوان");
    // One of several that fails does not stop the others.
    sanad.file("good.txt", FIRST.2);
    run(
        &sanad,
        &site,
        &["source", "add", "good.txt", &site.address("/gone.txt")],
    )
    .failed(1, "nothing at this address");
    let list = sanad.run(&["source", "list", "--json"]).json();
    assert_eq!(list["sources"].as_array().unwrap().len(), 2);
}

#[test]
fn what_was_not_fetched_cannot_be_refreshed() {
    let (sanad, site) = (Sanad::new(), Site::new(FIRST));
    run(&sanad, &site, &["source", "refresh", "russia-north-korea"])
        .failed(1, "russia-north-korea was not fetched from a web address.");
    run(&sanad, &site, &["source", "refresh", "none"]).failed(1, "There is no source `none`");
}
