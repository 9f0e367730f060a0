use proptest::prelude::*;

use super::*;
use crate::source::tree::{assert_tree, tree};

fn read_text(markup: &str) -> Reading {
    super::read(markup.as_bytes())
}

/// The tree of a page without its problems.
#[track_caller]
fn reads(markup: &str, expected: &str) {
    let tree = tree(&read_text(markup));
    let tree: Vec<&str> = tree.lines().filter(|line| !line.starts_with('!')).collect();
    let expected: Vec<&str> = expected
        .trim()
        .lines()
        .map(|line| line.strip_prefix("        ").unwrap_or(line))
        .collect();
    assert_eq!(tree, expected, "{markup}");
}

#[track_caller]
fn texts(markup: &str, expected: &[&str]) {
    let source = read_text(markup).source;
    let texts: Vec<String> = source
        .into_iter()
        .flat_map(|source| source.passages)
        .map(|passage| passage.text)
        .collect();
    assert_eq!(texts, expected, "{markup}");
}

#[test]
fn pages_of_real_producers_are_read_whole() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sources");
    for name in [
        "pandoc.ar.html",
        "pandoc.en.html",
        "libreoffice.ar.html",
        "mediawiki.ar.html",
        "parsoid.en.html",
    ] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        assert_tree(&super::read(&bytes), name);
    }
}

#[test]
fn elements_are_paragraphs() {
    texts(
        "<p>a\n b<br>c <b>d</b>e&nbsp;f</p>bare<div>text <p>in</p>a div</div><blockquote>q</blockquote><pre>\n x\n  y\n</pre>\
         <dl><dt>t<dd>d</dl><figure><img alt=z><figcaption>cap</figcaption></figure>",
        &[
            "a b c de\u{a0}f",
            "bare",
            "text",
            "in",
            "a div",
            "q",
            " x\n  y",
            "t",
            "d",
            "cap",
        ],
    );
}

#[test]
fn items_keep_their_marks() {
    texts(
        "<ul><li>a<li><p>b</p><p>c</p><ol start=4><li>d<li value=9>e<li>f</ol>g</ul>",
        &["• a", "• b", "c", "4. d", "9. e", "10. f", "g"],
    );
}

#[test]
fn rows_are_paragraphs_and_layout_is_none() {
    texts(
        "<table><caption>c</caption><tr><th>a<th>b<tr><td><p>1</p><p>2</p><td><td>3</table>\
         <table><tr><td><h2>h</h2><p>x<p>y<td>z</table>",
        &["c", "a | b", "1 2 | 3", "x", "y", "z"],
    );
}

#[test]
fn what_is_no_text_is_left_out() {
    texts(
        "<nav>n</nav><script>s</script><style>s</style><noscript>n</noscript><p hidden>h</p><p style='Display : none'>h</p>\
         <p aria-hidden=true>h</p><button>b</button><div role=navigation>n</div><main><p>text<div class=toc>t</div>\
         <h2>المحتويات</h2><ul><li><a href='#a'>A</a><ul><li><a href='#b'>1. B</a></ul></ul><p>more</main><p>around",
        &["text", "more"],
    );
}

#[test]
fn a_list_of_links_elsewhere_is_text() {
    texts(
        "<h2>Contents</h2><ul><li><a href='/a'>A</a><li><a href='/b'>B</a></ul>",
        &["• A", "• B"],
    );
}

#[test]
fn direction_marks_and_raised_numbers_are_kept() {
    texts(
        "<p>قال \u{200f}(نعم)\u{200f} 10<sup>3</sup> م<sup>2</sup> 1<sup>st</sup> H<sub>2</sub>O <q>a</q>",
        &["قال \u{200f}(نعم)\u{200f} 10³ م² 1st H2O “a”"],
    );
}

#[test]
fn headings_are_sections_and_anchors() {
    reads(
        "<title>T - Site</title><h1>T</h1><p>a<section id=s><h2>U</h2><p>b<p id=own>c</section><h2 id=v>V</h2>\
         <h3><a name=w></a>W</h3><p><a id=x></a>d",
        "
        title: T
        p1
            a
        p2 U #s
            b
        p3 U #own
            c
        p4 V / W #x
            d",
    );
}

#[test]
fn generic_footnotes_lead_there_and_back() {
    reads(
        "<p id=a>x<sup><a href='#n1' id=r1>1</a></sup> y<a href='#n2' name=r2>[2]</a>, see <sup><a href='#h'>up</a></sup>\
         <h2 id=h>H</h2><p>z<a href='#n3' id=r3>(*)</a><hr>\
         <p id=n1><a href='#r1'>1</a>. One.<p><a name=n2></a>[2] Two <a href='#r2'>back</a><div id=n3>Three. <a href='#r3'>↩</a></div>",
        "
        p1 #a [1]=1→n1 [2]=2→n2
            x[1] y[2], see up
        p2 H #h (*)=*→n3
            z(*)
        n1 (1) #n1 ← p1
            One.
        n2 (2) #n2 ← p1
            Two
        n3 (*) #n3 ← p2
            Three.",
    );
}

#[test]
fn the_renderers_of_markdown_are_known() {
    reads(
        "<p>a<sup id='fnref:1' role=doc-noteref><a href='#fn:1' class=footnote rel=footnote>1</a></sup></p>\
         <div class=footnotes role=doc-endnotes><ol><li id='fn:1' role=doc-endnote><p>N.&#160;<a href='#fnref:1' class=reversefootnote>&#8617;</a></p></li></ol></div>",
        "
        p1 [1]=1→n1
            a[1]
        n1 (1) #fn:1 ← p1
            N.",
    );
    // GitHub's.
    reads(
        "<p>a<sup><a href='#user-content-fn-x-1' id='user-content-fnref-x-1' data-footnote-ref aria-describedby=l>1</a></sup></p>\
         <section data-footnotes class=footnotes><h2 class=sr-only id=l>Footnotes</h2><ol><li id='user-content-fn-x-1'><p>N \
         <a href='#user-content-fnref-x-1' data-footnote-backref class=data-footnote-backref>↩</a></p></li></ol></section>",
        "
        p1 [1]=1→n1
            a[1]
        n1 (1) Footnotes #user-content-fn-x-1 ← p1
            N",
    );
}

#[test]
fn words_footnotes_are_known() {
    reads(
        "<p>a<a href='#_ftn1' name='_ftnref1' title=''><span class=MsoFootnoteReference>[1]</span></a> b\
         <div><br clear=all><hr><div id=ftn1><p class=MsoFootnoteText><a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> Ibid.</p><p>More.</div></div>",
        "
        p1 [1]=1→n1
            a[1] b
        n1 (1) #_ftn1 ← p1
            Ibid. More.",
    );
}

#[test]
fn notes_that_are_missing_or_not_cited_are_said() {
    let reading = read_text(
        "<p>a<a role=doc-noteref href='#gone'>1</a><section role=doc-endnotes><ol start=5><li>Five.</ol></section>",
    );
    assert_eq!(
        tree(&reading),
        "! marker_without_footnote 1\n! footnote_without_marker Five.\np1 [1]=1→none\n    a[1]\nn1 (5) ← \n    Five.\n"
    );
}

#[test]
fn a_page_with_furniture_is_read_where_its_text_is() {
    let paragraph = "The ark was built of gopher wood, and it was pitched within and without, as it is told, at length. ";
    let body = format!("<p>{}</p>", paragraph.repeat(4)).repeat(4);
    let page = format!(
        "<body><div class=menu><ul><li><a href=/a>Home</a></ul></div><div id=wrap><div class=post>{body}<p>Short.</p></div>\
         <div class=sidebar><p>Buy now</p></div></div><div id=footer>Imprint</div>"
    );
    let passages = read_text(&page).source.unwrap().passages;
    assert_eq!(passages.len(), 5);
    assert_eq!(passages[4].text, "Short.");
}

#[test]
fn chapters_share_their_notes() {
    let chapter = |markup: &str, file: &str| Page::new(markup, file, Kind::Chapter).unwrap();
    let pages = [
        chapter(
            "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='x'><head><title/></head><body>\
             <span epub:type='pagebreak' id='p9' title='9'/><h1>I</h1><p>a<a epub:type='noteref' href='notes.xhtml#n1' id='r1'>1</a> \
             <span role='doc-pagebreak' aria-label='Page 10'/>b<sup><a href='../t/notes.xhtml#n2' id='r2'>2</a></sup></p><p>c</p></body></html>",
            "t/c1.xhtml",
        ),
        chapter(
            "<html><body><h1>II</h1><p>d<a epub:type=noteref href='#n'>*</a></p><aside epub:type=footnote id=n>In place.</aside>",
            "t/c2.xhtml",
        ),
        chapter(
            "<html><body><h1>Notes</h1><p id=n1>1. First.</p><p id=n2><a href='c1.xhtml#r2'>2</a> Second.</p>",
            "t/notes.xhtml",
        ),
    ];
    let notes = Notes::of(&pages);
    let mut document = Document::default();
    let mut number = None;
    for page in &pages {
        number = page.read_into(&mut document, &notes, number);
    }
    assert_eq!(number, Some(10));
    let tree = tree(&document.into_reading(Problems::default()));
    assert_eq!(
        tree,
        "p1 I page 9 [1]=1→n2 [2]=2→n3\n    a[1] b[2]\np2 I page 10\n    c\np3 II page 10 [*]=*→n1\n    d[*]\n\
         n1 (*) #t/c2.xhtml#n page 10 ← p3\n    In place.\nn2 (1) Notes #t/notes.xhtml#n1 page 10 ← p1\n    First.\nn3 (2) Notes #t/notes.xhtml#n2 page 10 ← p1\n    Second.\n"
    );
}

#[test]
fn hostile_pages_are_refused_or_read() {
    let problem = |markup: &str| {
        let reading = read_text(markup);
        assert_eq!(reading.source, None);
        reading.problems[0].kind
    };
    for tag in [
        "<div>",
        "<b>",
        "<blockquote><i>",
        "<span class=a>",
        "<font size=1>",
    ] {
        assert_eq!(
            problem(&tag.repeat(100_000)),
            ProblemKind::NestedTooDeep,
            "{tag}"
        );
    }
    assert_eq!(
        problem(&format!("{}x", "<div>".repeat(300))),
        ProblemKind::NestedTooDeep
    );
    assert_eq!(problem(""), ProblemKind::Empty);
    assert_eq!(
        problem("<html><head><title>a</title>"),
        ProblemKind::NoParagraph
    );
    assert_eq!(
        problem("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><p>&b;</p>"),
        ProblemKind::EntityDeclared
    );
    let headings = "<h2>a</h2><p>b</p>".repeat(10_000);
    assert_eq!(read_text(&headings).source.unwrap().passages.len(), 10_000);
    let anchors = format!(
        "{}{}",
        "<a href='#n'>[1]</a>".repeat(5_000),
        "<p id=n>x</p>".repeat(5_000)
    );
    assert!(read_text(&anchors).source.is_some());
}

#[test]
fn old_pages_are_read_in_their_encoding() {
    let markup = "<html><head><meta http-equiv='Content-Type' content='text/html; charset=windows-1256'></head><p>قامت العلاقات";
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(markup);
    let reading = super::read(&bytes);
    assert_eq!(reading.problems, []);
    assert_eq!(reading.source.unwrap().passages[0].text, "قامت العلاقات");
}

/// A block of a page, and the words in it.
fn block() -> impl Strategy<Value = String> {
    let words = "(w[a-z]{1,6}|ك[ا-ي]{1,5}) ?";
    let inline = proptest::collection::vec((words, 0..8_u8), 1..6).prop_map(|runs| {
        let wrap = |(word, kind): (String, u8)| match kind {
            0 => format!("<b>{word}</b>"),
            1 => format!("<a href='/x'>{word}</a>"),
            2 => format!("<span id=x>{word}</span> "),
            3 => format!("<sup>{word}</sup>"),
            4 => format!("{word}<br>"),
            _ => word,
        };
        runs.into_iter().map(wrap).collect::<String>()
    });
    let leaf = (inline, 0..8_u8).prop_map(|(text, kind)| match kind {
        0 => format!("<h2>{text}</h2>"),
        1 => format!("<li>{text}"),
        2 => format!("<table><tr><td>{text}<td>{text}</table>"),
        3 => text,
        4 => format!("<pre>{text}</pre>"),
        5 => format!("<h1>{text}</h1>"),
        _ => format!("<p>{text}</p>"),
    });
    leaf.prop_recursive(3, 12, 4, |inner| {
        (proptest::collection::vec(inner, 1..4), 0..5_u8).prop_map(|(blocks, kind)| {
            let blocks = blocks.concat();
            match kind {
                0 => format!("<div>{blocks}</div>"),
                1 => format!("<ul><li>{blocks}</ul>"),
                2 => format!("<blockquote>{blocks}</blockquote>"),
                3 => format!("<table><tr><td>{blocks}</table>"),
                _ => format!("<section>{blocks}</section>"),
            }
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn no_word_is_lost(blocks in proptest::collection::vec(block(), 1..8)) {
        let markup = blocks.concat();
        let page = Html::parse_document(&markup);
        let words: Vec<String> = page.tree.root().descendants()
            .filter_map(|node| node.value().as_text().map(|text| text.to_string()))
            .flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        let reading = read_text(&markup);
        let mut all = String::new();
        if let Some(source) = &reading.source {
            all.push_str(source.metadata.title.as_deref().unwrap_or_default());
            for passage in &source.passages {
                all.push_str(&passage.section.concat());
                all.push_str(&passage.text);
            }
        }
        for word in words {
            prop_assert!(reading.source.is_none() || all.contains(&word), "{} of {}", word, markup);
        }
    }

    #[test]
    fn nothing_panics(markup in "(<|>|</|p|div|table|tr|td|li|a href='#x'|h1|sup|=|\"|&#0;|ك| |id=x|pre|select|svg){0,60}") {
        let _ = read_text(&markup);
    }
}
