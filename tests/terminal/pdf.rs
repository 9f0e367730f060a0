//! PDF at the terminal: read by a worker that the program starts of itself.

use super::Sanad;

const ARTICLE: &[u8] = include_bytes!("../sources/article-weasyprint.ar.pdf");

#[test]
fn a_pdf_is_added_and_answers_with_its_page() {
    let sanad = Sanad::new();
    std::fs::write(sanad.folder.path().join("relations.pdf"), ARTICLE).unwrap();
    sanad.run(&["source", "add", "relations.pdf"]).done();
    sanad
        .run(&["source", "remove", "russia-north-korea"])
        .done();
    let question = "من زار موسكو في أبريل من عام 2002؟";
    let answer = sanad.run(&["ask", "--json", question]).json();
    let passage = &answer["answer"]["passage"];
    assert_eq!(passage["source"], "relations", "{answer}");
    assert_eq!(passage["source_title"], "العلاقات الروسية الكورية الشمالية");
    assert!(passage["locator"]["page"].is_number(), "{passage}");
}

#[test]
fn a_pdf_without_end_is_refused_and_the_library_stays() {
    let sanad = Sanad::new();
    let before = sanad.run(&["source", "list", "--json"]).done();
    std::fs::write(
        sanad.folder.path().join("endless.pdf"),
        crate::worker::endless(),
    )
    .unwrap();
    sanad
        .run(&[
            "--set",
            "source.read_seconds=1",
            "source",
            "add",
            "endless.pdf",
        ])
        .failed(1, "endless.pdf");
    assert_eq!(sanad.run(&["source", "list", "--json"]).done(), before);
}
