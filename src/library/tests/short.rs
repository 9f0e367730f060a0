//! Short answers: the span of the marked sentence that answers, of each kind that a question may want.

use super::*;

const SOURCE: &str = "The bridge of Miram
The stone bridge of Miram was opened by Ada Holm on 12 May 1889. It has seven arches and rests on nine piers.
The river Sel flooded the meadows in March 1920 and in June 1931. Of the farmers 80 % left the valley after the flood.
The tower was rebuilt in October 1934 and painted for the fair of 1936–1937. The council sat in the years 1951-1963.
The first ferry sailed from Lisbon with forty passengers. The new mill was built by Ole Lund and Per Dahl.
المدرسة القديمة
بُنيت المدرسة القديمة في 3 مارس من عام 1911. يعمل في المدرسة القديمة عشرون معلمًا، وفيها 7 قاعات.
صوّت %45 من السكان للخطة الجديدة. سافر المعلم بعد ذلك إلى القاهرة مع أسرته.
افتتح المعرض ميخائيل غورباتشوف وجوزيف ستالين في المساء. قاد السفينة ميخائيل غورباتشوف بعد أيام.
كرّم الشاعر الشاب بغداد ثم عاد. ولد الرسام الهاوي بالقاهرة قبل الحرب.
";

/// What answers a question in short: where the passage is found, whatever its confidence.
async fn short(library: &Library, question: &str) -> Option<String> {
    let outcome = library.ask(question, 1).await.unwrap();
    let first = outcome
        .ranking
        .first()
        .unwrap_or_else(|| panic!("{question} finds nothing"));
    first.in_short().map(str::to_owned)
}

#[tokio::test]
async fn a_short_answer_is_of_the_kind_that_is_wanted_and_no_guess() {
    let home = Home::new();
    let library = home.empty("1").await;
    add(&library, "miram", SOURCE).await;
    for (question, expected) in [
        // Dates: whole, and what the question has itself is none.
        ("When was the stone bridge opened?", Some("12 May 1889")),
        ("متى بُنيت المدرسة القديمة؟", Some("3 مارس من عام 1911")),
        ("When did the river Sel flood the meadows?", None),
        ("When was the tower rebuilt?", Some("October 1934")),
        ("When did the council sit?", Some("1951-1963")),
        (
            "In which month of 1920 did the river Sel flood the meadows before June 1931?",
            Some("March 1920"),
        ),
        // Numbers: of several the one that counts what was asked for; a year counts nothing.
        (
            "How many arches does the bridge have?",
            Some("seven arches"),
        ),
        ("On how many piers does it rest?", Some("nine piers")),
        (
            "How many passengers sailed with the first ferry?",
            Some("forty passengers"),
        ),
        ("كم عدد المعلمين في المدرسة القديمة؟", Some("عشرون معلمًا")),
        ("كم قاعة في المدرسة القديمة؟", Some("7 قاعات")),
        // Shares, with their sign on either side.
        (
            "What percentage of the farmers left the valley?",
            Some("80 %"),
        ),
        ("كم نسبة السكان الذين صوتوا للخطة الجديدة؟", Some("%45")),
        // Persons, where it is clear which.
        ("Who opened the stone bridge?", Some("Ada Holm")),
        ("Who built the new mill?", None),
        ("من افتتح المعرض؟", None),
        ("من قاد السفينة؟", Some("ميخائيل غورباتشوف")),
        // Places, behind a preposition.
        ("Where did the first ferry sail from?", Some("Lisbon")),
        ("إلى أين سافر المعلم؟", Some("القاهرة")),
        ("أين ولد الرسام الهاوي؟", Some("بالقاهرة")),
        ("أين كرّم الشاعر الشاب؟", None),
        // What is no date, number, person or place is not told in short.
        ("Why did the farmers leave the valley?", None),
        ("What is the first ferry?", None),
    ] {
        assert_eq!(
            short(&library, question).await.as_deref(),
            expected,
            "{question}"
        );
    }
}
