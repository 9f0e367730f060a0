-- Where the sources come from that were fetched from a web address.
CREATE TABLE origin (
    library TEXT NOT NULL,
    source TEXT NOT NULL,
    -- The address to ask again.
    address TEXT NOT NULL,
    -- What the server said of what it sent, to be told when it is asked again.
    etag TEXT,
    last_modified TEXT,
    -- The content that they are said of; another version of the source may be current by now.
    content_hash TEXT NOT NULL,
    fetched_at BIGINT NOT NULL,
    PRIMARY KEY (library, source),
    FOREIGN KEY (library, source) REFERENCES source (library, id) ON DELETE CASCADE
);
