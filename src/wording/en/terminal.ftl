# What the commands at the terminal say.
cli-unknown-library = There is no library `{ $library }`.
cli-unknown-passage = There is no passage `{ $id }`.
cli-unknown-source-id = `{ $id }` cannot be the id of a source: letters, digits and hyphens, at most 48.
cli-file-unreadable = { $file } cannot be read: { $cause }
cli-file-unwritable = { $file } cannot be written: { $cause }
cli-folder = { $file } is a folder; name the files in it.
cli-one-id = --id names one source, but { $count } files are given.
cli-no-discord = This program was built without Discord; build it with the feature `discord`.
cli-no-token = No token: set DISCORD_TOKEN to the token of your Discord application.
cli-failed = That failed: { $cause }

# Answers.
answer-in-full = In full:
answer-further = Further passages:

# The chat.
chat-welcome = Ask in Arabic or English; an empty line or Ctrl-D leaves.
chat-sources =
    { $count_form ->
        [0] There is no source to answer from; add one with: sanad source add FILE
        [one] I answer from one source: { $titles }
       *[other] I answer from { $count } sources: { $titles }
    }
chat-connect = To connect to Discord: DISCORD_TOKEN=… sanad (the README tells where to get a token).
chat-prompt = ?

# Sources.
source-added =
    { $version ->
        [1] Added { $id }: “{ $title }”, { $paragraphs }, { $footnotes }.
       *[other] Added version { $version } of { $id }: “{ $title }”, { $paragraphs }, { $footnotes }.
    }
source-unchanged = Unchanged: { $id } is there already, byte for byte.
source-removed = Removed { $id }. It is kept: sanad source restore { $id }
source-restored = Restored { $id }, version { $version }.
source-no-version = { $id } has no version to restore.
source-no-versions-to-compare = { $id } has no such versions to compare.
source-edited = Changed what citations name of { $id }; it is now version { $version }.
source-edited-alike = Unchanged: citations of { $id } name just that already.
source-limited =
    { $channels ->
        [0] { $id } is now seen only by who has one of the roles named ({ $roles }).
       *[other] { $roles ->
            [0] { $id } is now seen only in the channels named ({ $channels }).
           *[other] { $id } is now seen only in the channels named ({ $channels }), by who has one of the roles named ({ $roles }).
        }
    }
source-unlimited = Everybody sees { $id }.
diff-head = { $id }, version { $before } → { $after }: changed { $changed }, the same { $same }
diff-added = { $place } is new:
diff-removed = { $place } is gone:
diff-reworded = { $place } reads otherwise:
source-none = No sources. Add one with: sanad source add FILE
source-warnings =
    { $count_form ->
        [one] One doubt:
       *[other] { $count } doubts:
    }
count-paragraphs =
    { $count_form ->
        [0] no paragraph
        [one] 1 paragraph
       *[other] { $count } paragraphs
    }
count-footnotes =
    { $count_form ->
        [0] no footnote
        [one] 1 footnote
       *[other] { $count } footnotes
    }
column-id = id
column-title = title
column-language = language
column-version = version
column-paragraphs = paragraphs
column-footnotes = footnotes
column-licence = licence
column-file = file
column-by = by
column-at = at
column-number = number
column-change = change
column-of = of
column-before = before
column-after = after
column-state = state
state-current = current
state-former = former
state-withdrawn = withdrawn

# Long work.
progress-adding = reading { $file }
progress-indexing = indexing { $library }
progress-asking = asking
reindexed = The index of { $library } is built anew.

# The check.
check-sound = Everything is sound.
check-catalogue = The catalogue is damaged: { $found }
check-index-stale = The index of { $library } is not of this catalogue; mend it with: sanad reindex --library { $library }
check-index-damaged = The index of { $library } is damaged ({ $found }); mend it with: sanad reindex --library { $library }
check-source-damaged = In { $library } the bytes of { $source } are not those that were added; add the source again.
check-token-none = No token is set; the bot is not checked.
check-token-accepted = Discord accepts the token; the bot is { $name }.
check-token-refused = The bot: { $cause }

# The evaluation.
eval-nothing-found = { $place }: no passage has { $wanted }.
eval-several-found = { $place }: more than one passage has { $wanted }; it must be exactly one.
eval-not-a-question = { $place }: this is no question: { $cause }
eval-no-passage = { $place }: an answerable question needs `passage` or `passage_contains`.
