//! Sources from web addresses: added, refreshed, gone.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};

use super::{ENGLISH, ended, finds, moderator, scene_with, seen};

/// What the site has at `/light.txt`; none where it is gone.
type Page = Arc<Mutex<Option<String>>>;

async fn answer(
    State(page): State<Page>,
    uri: Uri,
    headers: HeaderMap,
) -> (StatusCode, [(&'static str, String); 2], String) {
    let page = page.lock().unwrap().clone();
    let text = page.filter(|_| uri.path() == "/light.txt");
    let tag = format!("\"{}\"", text.as_ref().map_or(0, String::len));
    let kind = ("content-type", "text/plain; charset=utf-8".to_owned());
    let is_known = headers
        .get("if-none-match")
        .is_some_and(|known| *known == *tag);
    let headers = [kind, ("etag", tag)];
    match text {
        None => (StatusCode::NOT_FOUND, headers, String::new()),
        Some(_) if is_known => (StatusCode::NOT_MODIFIED, headers, String::new()),
        Some(text) => (StatusCode::OK, headers, text),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_becomes_a_source_and_is_fetched_again() {
    let text =
        "The lighthouse\nThe lighthouse of Miram was built in 1889 by the engineer Ada Holm.\n";
    let page: Page = Arc::new(Mutex::new(Some(text.to_owned())));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = listener.local_addr().unwrap().to_string();
    let site = Router::new().fallback(answer).with_state(Arc::clone(&page));
    let site = tokio::spawn(async move { axum::serve(listener, site).await });
    let scene = scene_with(&[("fetch.allow", &place)]).await;
    let mona = moderator(&scene, ENGLISH).await;
    let address = format!("http://{place}/light.txt");
    let options = [("address", address.as_str()), ("author", "Ada Holm")];
    let report = ended(mona.slash("source add", &options).await).await;
    let said = seen(&report).replace(&place, "‹place›");
    assert!(
        said.contains("Published")
            && said.contains("Address: http")
            && said.contains("Fetch again"),
        "{said}"
    );
    let again = ended(mona.slash("source add", &[("address", &address)]).await).await;
    assert!(again.to_string().contains("Nothing changed"), "{again}");

    let same = mona.slash("source refresh", &[("id", "light")]).await;
    assert!(
        same.to_string()
            .contains("what is at its address is what is here"),
        "{same}"
    );
    *page.lock().unwrap() = Some(text.replace("1889", "1890 or so"));
    mona.press(&report, "Fetch again").await;
    let now = report.now().to_string();
    assert!(
        now.contains("Published as version 2") && now.contains("Ada Holm"),
        "{now}"
    );
    assert!(
        finds(
            &scene.badr,
            "When was the lighthouse of Miram built?",
            "1890"
        )
        .await
    );

    *page.lock().unwrap() = None;
    let gone = mona.slash("source refresh", &[("id", "light")]).await;
    let said = gone.to_string();
    assert!(
        said.contains("The source stays as it is") && gone.is_ephemeral(),
        "{said}"
    );
    assert!(
        finds(
            &scene.badr,
            "When was the lighthouse of Miram built?",
            "1890"
        )
        .await
    );

    for (address, expected) in [
        ("http://169.254.169.254/latest", "http"),
        ("ftp://example.org/a", "ftp"),
        ("not an address", "address"),
        ("http://localhost/a", "localhost"),
    ] {
        let refused = ended(mona.slash("source add", &[("address", address)]).await).await;
        let said = refused.to_string();
        assert!(
            said.contains(expected) && !said.contains("Published") && !said.contains("wrong"),
            "{said}"
        );
    }
    let never = mona
        .slash("source refresh", &[("id", "russia-north-korea")])
        .await;
    assert!(
        never
            .to_string()
            .contains("does not come from a web address"),
        "{never}"
    );
    site.abort();
    scene.ends().await;
}
