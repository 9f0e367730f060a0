# What is wrong with a source, one sentence a kind, with the remedy. `place` is the file, or file:line.
problem-unknown-format = { $place }: files ending in `{ $found }` cannot be read; .txt (article text), .jsonl and .ndjson (JSON Lines) can.
problem-no-id = { $place }: the name `{ $found }` has no letter or digit to make an id of; give one with --id.
problem-empty = { $place }: it is empty.
problem-too-large = { $place }: it has { $found } bytes, more than a source may have; divide it.
problem-too-many-lines = { $place }: it has { $found } lines with text, more than a source may have; divide it.
problem-nul-byte = { $place }: it holds a NUL byte, so it is no text, or text in UTF-16; save it as UTF-8.
problem-not-utf8 = { $place }: the bytes { $found } are not UTF-8; save the file as UTF-8.
problem-line-too-long = { $place }: the line has { $found } bytes, more than a paragraph may have; each paragraph stands on a line of its own.
problem-no-paragraph = { $place }: there is no paragraph; a source has one paragraph a line.
problem-not-a-record = { $place }: `{ $found }` is no JSON object; each line is one, with id, title and text.
problem-wrong-type = { $place }: the field `{ $found }` is not of its type; id, title and text are strings.
problem-no-text = { $place }: the record has no text.
problem-duplicate-key = { $place }: the id `{ $found }` stands in a record before; each record needs its own.
problem-bad-attribution = { $place }: this is no attribution ({ $found }); it has title and language (ar, en or other), and author, publisher, licence and address where they are known.
problem-marker-without-footnote = { $place }: the marker [{ $found }] has no footnote in the source; answers will say so.
problem-footnote-without-marker = { $place }: no marker cites the footnote `{ $found }`; it is searched all the same.
problem-empty-footnote = { $place }: there is nothing behind `^`; the footnote counts, but has no text.
problem-footnote-among-paragraphs = { $place }: paragraphs follow the footnote `{ $found }`; if it is a paragraph, begin it with something else than `^`.
problem-heading-without-paragraph = { $place }: `{ $found }` looks like a heading, but no paragraph stands below it, so it is read as one; if it is one, end it with a full stop.
problem-control-character = { $place }: it holds the control character { $found }; it is kept, but not shown at a terminal.
problem-more =
    { $found ->
        [1] { $place }: and one more problem.
       *[other] { $place }: and { $found } more problems.
    }

# Why a library could not do what was asked.
library-no-source = There is no source `{ $id }` in the library { $library }.
library-read-only = The library { $library } may not be changed.
library-catalogue-failed = The catalogue cannot be read or written: { $cause }
library-index-failed = The index failed: { $cause }. `sanad reindex` builds it anew; nothing is lost.
