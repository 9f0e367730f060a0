-- What each library holds. Columns are TEXT, BIGINT or DOUBLE PRECISION only, and every id is made by us, so that the
-- same lines work on SQLite and on PostgreSQL. Moments are milliseconds since 1970, flags 0 or 1, lists JSON.

-- Numbers that only grow. `change` counts the changes of all libraries together: as long as it stands, nothing is new.
CREATE TABLE counter (
    name TEXT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
);
INSERT INTO counter (name, last) VALUES ('change', 0), ('version', 0), ('audit', 0);

CREATE TABLE library (
    id TEXT NOT NULL PRIMARY KEY,
    -- Grows with every change of the library, in the same transaction.
    generation BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);

-- The bytes of sources as they came, each once, however many libraries hold them.
CREATE TABLE content (
    -- Their SHA-256, in hexadecimal.
    hash TEXT NOT NULL PRIMARY KEY,
    n_bytes BIGINT NOT NULL,
    -- Compressed (zstd), then base64.
    bytes TEXT NOT NULL
);

-- What the bytes were read into; can be made again from them.
CREATE TABLE parsed (
    hash TEXT NOT NULL REFERENCES content (hash),
    format TEXT NOT NULL,
    -- Which version of the readers read them.
    reader BIGINT NOT NULL,
    -- Passages as JSON, compressed (zstd), then base64.
    passages TEXT NOT NULL,
    PRIMARY KEY (hash, format)
);

CREATE TABLE source (
    library TEXT NOT NULL REFERENCES library (id),
    id TEXT NOT NULL,
    -- The key of the current version.
    current_version BIGINT NOT NULL,
    withdrawn BIGINT NOT NULL,
    PRIMARY KEY (library, id)
);

CREATE TABLE version (
    -- Unique in the whole catalogue and never given twice: buttons carry it.
    version_key BIGINT NOT NULL PRIMARY KEY,
    library TEXT NOT NULL,
    source TEXT NOT NULL,
    -- From 1, within the source.
    number BIGINT NOT NULL,
    attribution TEXT NOT NULL,
    format TEXT NOT NULL,
    file_name TEXT NOT NULL,
    content_hash TEXT NOT NULL REFERENCES content (hash),
    n_paragraphs BIGINT NOT NULL,
    n_footnotes BIGINT NOT NULL,
    added_by TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    FOREIGN KEY (library, source) REFERENCES source (library, id),
    UNIQUE (library, source, number)
);
CREATE INDEX version_content ON version (content_hash);

CREATE TABLE setting (
    library TEXT NOT NULL REFERENCES library (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (library, name)
);

-- Who changed what, and when.
CREATE TABLE audit (
    id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    changed_by TEXT NOT NULL,
    library TEXT NOT NULL REFERENCES library (id),
    what TEXT NOT NULL,
    -- What it was and what it became, as JSON.
    was TEXT,
    became TEXT
);
CREATE INDEX audit_library ON audit (library, id);

-- What was asked, never by whom; the day (since 1970) and no moment, so that no message can be told by it.
CREATE TABLE question (
    library TEXT NOT NULL REFERENCES library (id),
    question TEXT NOT NULL,
    language TEXT NOT NULL,
    outcome TEXT NOT NULL,
    asked_day BIGINT NOT NULL
);
CREATE INDEX question_day ON question (asked_day);

-- What the installation remembers.
CREATE TABLE memory (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- When the bot identified itself to Discord.
CREATE TABLE identify (
    at BIGINT NOT NULL
);
CREATE INDEX identify_at ON identify (at);
