use proptest::prelude::*;

use super::*;
use crate::source::tree::{assert_tree, tree};

#[track_caller]
fn texts(text: &str, expected: &[&str]) {
    let source = read(text.as_bytes()).source;
    let texts: Vec<String> = source
        .into_iter()
        .flat_map(|source| source.passages)
        .map(|passage| passage.text)
        .collect();
    assert_eq!(texts, expected, "{text}");
}

#[test]
fn files_are_read_whole() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sources");
    for name in ["article.ar.md", "notes.en.md"] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        assert_tree(&read(&bytes), name);
    }
}

#[test]
fn markup_goes_and_what_it_holds_stays() {
    texts(
        "A *b* __c__ ~~d~~ `e*f` [g](https://x \"t\") ![h](i.png) <https://j> k\\*l &amp; <b>m</b><br>n<!-- o -->  \np\nq",
        &["A b c d e*f g h https://j k*l & m n p q"],
    );
    texts("a[b] [c][d]\n\n[d]: https://x", &["a[b] c"]);
}

#[test]
fn blocks_are_paragraphs() {
    texts(
        "- a\n- b\n  c\n\n  d\n\n3. e\n   * [x] f\n\n> g\n>\n> > h\n\n| i | j |\n|---|---|\n| k | l *m* |\n\n```rust\nn\n\n  o\n```\n\n    p\n\n***\nq",
        &[
            "• a",
            "• b c",
            "d",
            "3. e",
            "• [x] f",
            "g",
            "h",
            "i | j",
            "k | l m",
            "n\n\n  o",
            "p",
            "q",
        ],
    );
}

#[test]
fn blocks_of_html_are_read_as_html() {
    texts(
        "<div align=center>\n<p>a</p><script>s</script>\n<ul><li>b</ul>\n</div>\n\nc\n\n<!-- d -->\n",
        &["a", "• b", "c"],
    );
}

#[test]
fn headings_are_sections_with_their_anchors() {
    let reading =
        read("# T\n\na\n\n## U *v* {#u .k}\n\nb\n\nW[^1]\n---\n\nc\n\n[^1]: d".as_bytes());
    assert_eq!(
        tree(&reading),
        "! footnote_without_marker:14 d\ntitle: T\np1\n    a\np2 U v #u\n    b\np3 W\n    c\nn1 (1) ← \n    d\n"
    );
}

#[test]
fn footnotes_are_joined_by_their_labels() {
    let reading =
        read("a[^Note] b[^2][^gone]\n\n[^2]: Two\n    - x\n\n    y\n[^note]: *One*".as_bytes());
    assert_eq!(
        tree(&reading),
        "! marker_without_footnote:1 gone\np1 [Note]=Note→n2 [2]=2→n1 [gone]=gone→none\n    a[Note] b[2][gone]\n\
         n1 (2) ← p1\n    Two • x y\nn2 (note) ← p1\n    One\n"
    );
    texts("`[^a]` [^ b] [^]", &["[^a] [^ b] [^]"]);
}

#[test]
fn problems_have_their_lines() {
    let reading = read("---\ntitle: a\n---\n\nb\n\nc[^x]\n\nd\u{7}\n\n## e".as_bytes());
    assert_eq!(
        tree(&reading),
        "! marker_without_footnote:7 x\n! control_character:9 U+0007\n! heading_without_paragraph:11 e\n\
         title: a\np1\n    b\np2 [x]=x→none\n    c[x]\np3\n    d\u{7}\np4\n    e\n"
    );
    let kind = |text: &str| read(text.as_bytes()).problems[0].kind;
    assert_eq!(kind(" \n"), ProblemKind::Empty);
    assert_eq!(kind("---\ntitle: a\n---\n"), ProblemKind::NoParagraph);
    assert_eq!(kind(&"<div>".repeat(100_000)), ProblemKind::NestedTooDeep);
}

#[test]
fn deep_and_long_files_are_read() {
    assert!(
        read(format!("{} a", ">".repeat(50_000)).as_bytes())
            .source
            .is_some()
    );
    assert!(
        read(format!("{}a", "[".repeat(50_000)).as_bytes())
            .source
            .is_some()
    );
    let headings = "## a\n\nb\n\n".repeat(10_000);
    assert_eq!(
        read(headings.as_bytes()).source.unwrap().passages.len(),
        10_000
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn no_word_is_lost(lines in proptest::collection::vec(
        ("(|# |## |- |1\\. |> |  - |    |\\| |\\[\\^1\\]: |---|```\n)", "((\\*|__|`|~~|)(w[a-z]{1,6}|ك[ا-ي]{1,5})(\\*|__|`|~~|)( |\\[\\^1\\]|\\|)){0,6}", "(|\n)"), 1..12)
    ) {
        let pieces = lines.iter().flat_map(|(mark, words, end)| [mark.as_str(), words, "\n", end]);
        let text: String = pieces.collect();
        let reading = read(text.as_bytes());
        let mut all = String::new();
        if let Some(source) = &reading.source {
            all.push_str(source.metadata.title.as_deref().unwrap_or_default());
            for passage in &source.passages {
                all.push_str(&passage.section.concat());
                all.push_str(&passage.text);
            }
        }
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            prop_assert!(reading.source.is_none() || all.contains(word), "{} of {}", word, text);
        }
    }

    #[test]
    fn nothing_panics(text in "(\n|#|-|>|\\[|\\]|\\^|1|:|`|~|\\||<|p>|\\*|_|ك| |\\\\){0,80}") {
        let _ = read(text.as_bytes());
    }
}
