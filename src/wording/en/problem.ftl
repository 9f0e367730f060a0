# What is wrong with a source, one sentence a kind, with the remedy. `place` is the file, or file:line.
problem-line = Line { $line }
problem-file = The file
problem-unknown-format = { $place }: files ending in `{ $found }` cannot be read; .txt (article text), .md and .markdown (Markdown), .html, .htm and .xhtml (web pages), .docx and .docm, .epub, .pdf, .jsonl and .ndjson (JSON Lines) can, and a .zip of those.
problem-no-id = { $place }: the name `{ $found }` has no letter or digit to make an id of; give one with --id.
problem-empty = { $place }: it is empty.
problem-too-large = { $place }: it has { $found } bytes, more than a source may have; divide it.
problem-too-many-lines = { $place }: it has { $found } lines with text, more than a source may have; divide it.
problem-nul-byte = { $place }: it holds a NUL byte, so it is no text, or text in UTF-16; save it as UTF-8.
problem-not-utf8 = { $place }: the bytes { $found } are not UTF-8; save the file as UTF-8.
problem-line-too-long = { $place }: the line has { $found } bytes, more than a paragraph may have; each paragraph stands on a line of its own.
problem-no-paragraph = { $place }: there is no paragraph in it; in plain text each stands on a line of its own.
problem-not-a-record = { $place }: `{ $found }` is no JSON object; each line is one, with id, title and text.
problem-wrong-type = { $place }: the field `{ $found }` is not of its type; id, title and text are strings.
problem-no-text = { $place }: the record has no text.
problem-duplicate-key = { $place }: the id `{ $found }` stands in a record before; each record needs its own.
problem-bad-attribution = { $place }: this is no attribution ({ $found }); it has title and language (ar, en or other), and author, publisher, licence and address where they are known.
problem-marker-without-footnote = { $place }: the marker [{ $found }] has no footnote in the source; answers will say so.
problem-footnote-without-marker = { $place }: no marker cites the footnote `{ $found }`; it is searched all the same.
problem-empty-footnote = { $place }: a footnote has no text (in plain text: nothing behind `^`); it counts all the same.
problem-footnote-among-paragraphs = { $place }: paragraphs follow the footnote `{ $found }`; if it is a paragraph, begin it with something else than `^`.
problem-heading-without-paragraph = { $place }: `{ $found }` looks like a heading, but no paragraph stands below it, so it is read as one; in plain text a full stop at its end says so.
problem-control-character = { $place }: it holds the control character { $found }; it is kept, but not shown at a terminal.
problem-encrypted = { $place }: it is locked by a password; save it without one.
problem-disguised = { $place }: its bytes are not what its name says, but { $found }; give it its true ending, or give the text itself.
problem-broken = { $place }: it is damaged ({ $found }); open it in the program that made it and save it again.
problem-too-many-pages = { $place }: it has { $found } pages, more than a source may have; divide it.
problem-too-many-files = { $place }: it has { $found } files in it, more than an archive may have; divide it.
problem-unpacked-too-large = { $place }: unpacked it is larger than a source may be; divide it.
problem-nested-archive = { $place }: there is an archive in the archive (`{ $found }`); unpack that one first.
problem-unsafe-path = { $place }: a file in it would lie outside of it (`{ $found }`); pack it anew.
problem-too-slow = { $place }: reading it took longer than { $found } seconds, so it was given up; divide it, or save it more simply.
problem-too-much-memory = { $place }: reading it took more memory than it may; divide it, or save it more simply.
problem-not-read = { $place }: could not be read now, by no fault of its own ({ $found }); try again, and tell whoever runs Sanad if it stays so.
problem-nested-too-deep = { $place }: its parts lie in one another deeper than in any document; save it more simply.
problem-entity-declared = { $place }: it declares entities of its own, which can be made to grow without end; save it with an ordinary program.
problem-only-pictures = { $place }: its pages are pictures without text (scanned); text recognition is not done here, so give a file that has its text.
problem-nothing-to-read = { $place }: there is no file in it that can be read as a source.
problem-mixed-encodings = { $place }: parts of it are in one encoding and parts in another (the bytes { $found }); save the whole file as UTF-8.
problem-page-without-text = { $place }: these pages have no text and cannot be found: { $found }.
problem-overlong-paragraph = { $place }: the paragraph `{ $found }` is too long to be quoted whole; it is divided where sentences end.
problem-encoding-guessed = { $place }: it does not say its encoding; it was read as { $found }. Look whether the letters are right.
problem-left-out = { $place }: `{ $found }` in it is no source and was left out.
problem-more =
    { $found ->
        [1] { $place }: and one more problem.
       *[other] { $place }: and { $found } more problems.
    }

# Why a library could not do what was asked.
library-no-source = There is no source `{ $id }` in the library { $library }.
library-full-sources = This would be more than the { $most } sources that the library { $library } may hold; remove one, or have the limit raised.
library-full-megabytes = With this the library { $library } would hold more than { $most } megabytes, former versions included; have the limit raised, or remove a source and wait until it is purged.
library-full-passages = With this the library { $library } would hold more than { $most } passages; remove a source, or have the limit raised.
library-full-drafts = More than { $most } drafts, or very large ones, wait in the library { $library }; publish or discard some.
library-read-only = The library { $library } may not be changed.
library-catalogue-failed = The catalogue cannot be read or written: { $cause }
library-index-failed = The index failed: { $cause }. `sanad reindex` builds it anew; nothing is lost.
