//! English words: their stems, and the lemmas that a form may belong to.

use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};

static PORTER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::new(Algorithm::English));

/// The stem of a folded English word (Snowball's Porter 2).
pub fn stem(word: &str) -> String {
    PORTER.stem(word).into_owned()
}

/// What a folded form may be a regular form of, most likely first, itself at the beginning: `studies` → `studies`,
/// `study`. Which of them exist, the lexicon knows.
pub fn lemmas(form: &str) -> Vec<String> {
    let mut lemmas = vec![form.to_owned()];
    let mut add = |lemma: String| {
        if lemma.len() >= 2 && !lemmas.contains(&lemma) {
            lemmas.push(lemma);
        }
    };
    if let Some(base) = form.strip_suffix("ies") {
        add(format!("{base}y"));
        add(format!("{base}ie"));
    }
    if let Some(base) = form.strip_suffix("ves") {
        add(format!("{base}f"));
        add(format!("{base}fe"));
    }
    if let Some(base) = form.strip_suffix("es") {
        add(base.to_owned());
        add(format!("{base}e"));
        add(format!("{base}is"));
    }
    if let Some(base) = form.strip_suffix('s')
        && !base.ends_with('s')
    {
        add(base.to_owned());
    }
    if let Some(base) = form.strip_suffix("ied") {
        add(format!("{base}y"));
    }
    for ending in ["ed", "ing", "er", "est"] {
        let Some(base) = form.strip_suffix(ending) else {
            continue;
        };
        if base.len() < 2 {
            continue;
        }
        add(base.to_owned());
        add(format!("{base}e"));
        let mut letters = base.chars().rev();
        if let (Some(last), Some(before)) = (letters.next(), letters.next())
            && last == before
        {
            add(base.strip_suffix(last).unwrap_or(base).to_owned());
        }
        if let Some(base) = base.strip_suffix('i') {
            add(format!("{base}y"));
        }
    }
    if let Some(base) = form.strip_suffix("ily") {
        add(format!("{base}y"));
    }
    if let Some(base) = form.strip_suffix("ly") {
        add(base.to_owned());
        add(format!("{base}le"));
    }
    lemmas
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_to_its_lemma() {
        for (form, lemma) in [
            ("relations", "relation"),
            ("studies", "study"),
            ("established", "establish"),
            ("competed", "compete"),
            ("stopped", "stop"),
            ("wives", "wife"),
            ("analyses", "analysis"),
            ("happiest", "happy"),
            ("larger", "large"),
            ("making", "make"),
            ("directly", "direct"),
        ] {
            assert!(
                lemmas(form).iter().any(|l| l == lemma),
                "{form}: {:?}",
                lemmas(form)
            );
        }
        assert_eq!(lemmas("class"), ["class"]);
    }

    #[test]
    fn forms_share_a_stem() {
        assert_eq!(stem("relations"), stem("relation"));
        assert_eq!(stem("visited"), stem("visits"));
    }
}
