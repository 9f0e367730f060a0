# Why there is no answer.
reason-empty = There is no word in your question to look for. Ask in Arabic or English.
reason-too-long =
    { $limit_form ->
        [one] Your question is too long; the limit is { $limit } character.
       *[other] Your question is too long; the limit is { $limit } characters.
    }
reason-other-language = I understand Arabic and English only.
reason-unknown-words = Hardly any word of your question appears in the sources.
reason-never-together = The words of your question appear in the sources, but nowhere together.
reason-name-absent = The name you ask about does not appear in the sources.
reason-unsure = I did not find an answer that I would rely on.
nearest-passages = The nearest that I found:

# The span that answers, before the passage that it stands in.
answer-in-short = In short, from the source:

# How sure the answer is.
confidence-high = This is very likely the answer.
confidence-medium = This is likely the answer.
confidence-low = This may be the answer.

# How question and passage met.
read-as-following = I took your question as a follow-up to: { $place }
read-as = I read “{ $asked }” as “{ $read }”.
met-question-english = Your question is in English, the source in Arabic; these words matched:
met-question-arabic = Your question is in Arabic, the source in English; these words matched:
met-question-arabizi = Your question is Arabic in Latin letters; these words matched:
met-question-other = Your question is not in the language of the source; these words matched:

# The citation.
citation-author = Author: { $author }
citation-editor = Editor: { $editor }
citation-edition = Edition: { $edition }
citation-publisher = Publisher: { $publisher }
citation-accessed = Read there on { $day }
citation-licence = Licence: { $licence }
citation-address = Address: { $address }
citation-version = From an earlier version of the source, number { $version }
citation-paragraph = Paragraph { $ordinal }
citation-paragraph-part = Paragraph { $ordinal }, part { $part }
citation-footnote = Footnote { $ordinal }
citation-footnote-marker = Footnote [{ $marker }]
citation-page = Page { $page }
citation-quoted-title = “{ $title }”
citation-quoted-editor = ed. { $editor }
citation-quoted-edition = edition { $edition }
citation-quoted-section = section “{ $section }”
citation-separator = {", "}
citation-cited-by =
    { $count_form ->
        [0] No paragraph cites this footnote.
        [one] One paragraph cites this footnote: { $places }
       *[other] { $count } paragraphs cite this footnote: { $places }
    }
footnote-given = [{ $marker }] { $footnote }
footnote-absent = [{ $marker }] The source does not give this footnote.
claim-unbacked =
    { $count_form ->
        [one] Note: the source itself marks a claim in this passage as unsourced.
       *[other] Note: the source itself marks { $count } claims in this passage as unsourced.
    }
