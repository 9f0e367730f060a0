-- What moderators need: when a source was withdrawn (0 where it is not), who may see it (JSON, blank where all may), and
-- what was read but waits for a word before it is published.
ALTER TABLE source ADD COLUMN withdrawn_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN limits TEXT NOT NULL DEFAULT '';
UPDATE source SET withdrawn_at = COALESCE(
    (SELECT MAX(audit.at) FROM audit WHERE audit.library = source.library AND audit.what = 'withdraw'), 0)
    WHERE withdrawn = 1;

CREATE TABLE draft (
    draft_key BIGINT NOT NULL PRIMARY KEY,
    library TEXT NOT NULL REFERENCES library (id),
    file_name TEXT NOT NULL,
    content_hash TEXT NOT NULL REFERENCES content (hash),
    -- What is said of it, as JSON.
    details TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX draft_content ON draft (content_hash);
INSERT INTO counter (name, last) VALUES ('draft', 0);
