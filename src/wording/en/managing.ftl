# What moderators are told while they keep their sources in order.

# How a source stands.
manage-draft = Not published yet: look at it, then publish or discard it. It waits for a day.
manage-draft-replaces = Publishing it makes version { $version } of “{ $title }”.
manage-draft-another = This id belongs to the source “{ $title }” already, and publishing makes version { $version } of that. If it is another source, discard this and add it with another id.
manage-published = Published: it is found from now on.
manage-published-version = Published as version { $version }: it is found from now on. Answers given before go on citing the version that they quoted.
manage-unchanged = Nothing changed: this is version { $version }, which is there already.
manage-described = Changed, as version { $version }. The text is the same.
manage-described-alike = Nothing changed: this is what citations name already.
manage-restored-now = Version { $version } is the current one now.
manage-there = Published, version { $version }.
manage-id = Id: { $id }
manage-held = { $sections }, { $paragraphs }, { $footnotes }
manage-no-author = No author is named.
manage-doubtful = Doubtful
manage-proof = How it begins
manage-cited = How it will be cited
manage-choose-language = The language of the source
count-sections =
    { $count_form ->
        [0] no section
        [one] 1 section
       *[other] { $count } sections
    }
manage-problems-more =
    { $count_form ->
        [one] And one more.
       *[other] And { $count } more.
    }

# The buttons.
button-publish = Publish
button-discard = Discard
button-details = Edit details
button-more-details = More details
button-limits = Who sees it
button-history = Versions
button-withdraw = Withdraw
button-withdraw-surely = Withdraw it
button-keep = Keep it
button-undo = Undo
button-restore = Restore version { $version }
button-compare = Compare { $before } and { $after }
button-refresh = Fetch again
button-everybody = Everybody
button-to-source = The source
button-publish-all = Publish all drafts
button-discard-all = Discard all drafts

# What could not be done.
manage-nothing-given = There is nothing to add: attach a file under “file”, or write a web address under “address”.
manage-nothing-in-message = That message has neither a file nor text.
manage-none-such = There is no source “{ $id }” here. Choose one of those that are suggested while you type.
manage-no-versions = That version, or another one to compare it with, is not there.
manage-no-draft = This draft is not there any more: it was published or discarded, or a day has passed. Add the file again if it is needed.
manage-discarded = Discarded. Nothing of it is kept as a source.
manage-all-discarded =
    { $count_form ->
        [one] One draft is discarded.
       *[other] { $count } drafts are discarded.
    }
manage-bad-id = “{ $id }” cannot be an id: it has letters, digits and hyphens only, at most 48 of them.
manage-busy = Several files of this server are waiting to be read already. Try again when they are done.
manage-leaving = I am being stopped. Add the file again in a minute; nothing was changed.
manage-full-sources = This server may not have more than { $most } sources. Withdraw one, or ask whoever runs me for more.
manage-full-megabytes = The sources of this server may not have more than { $most } megabytes, former versions included. Withdraw some and wait until they are purged, or ask whoever runs me for more.
manage-full-passages = The sources of this server may not have more than { $most } passages. Withdraw one, or ask whoever runs me for more.
manage-full-drafts = Too many drafts wait for a word here, or too large ones. Publish or discard some first.
manage-file-elsewhere = That file does not lie where Discord keeps attachments, so I do not fetch it.
manage-file-too-large = The file is too large: a source may have { $most } megabytes. Divide it.
manage-file-gone = The file is not there any more. Attach it again.
manage-file-unreachable = The file could not be fetched from Discord. Try again.
manage-no-address = This source does not come from a web address, so there is nowhere to fetch it again from.
manage-kept = The source stays as it is.
manage-bad-details = These details cannot be kept: each has to fit into one line.
manage-fresh = Nothing changed: what is at its address is what is here.
manage-unreadable = I could not read this file, and nothing of it was kept.
manage-press-unknown = These buttons lead nowhere any more. Use `/source show`.

# How far a file is.
manage-waiting = Another file of this server is being read. Yours comes after it.
manage-fetching = Fetching { $file } …
manage-reading = Reading { $file } ({ $count } kB) …
manage-indexing =
    { $count_form ->
        [one] { $file } is read, one paragraph. It is put into the index …
       *[other] { $file } is read, { $count } paragraphs. They are put into the index …
    }

# Withdrawing.
manage-withdraw-sure = Withdraw this source? It will be in no answer any more, and buttons under earlier answers will not show it.
manage-withdrawn-now = Withdrawn: it is in no answer any more.
manage-restorable-until = It can be restored until:
manage-not-restorable = It cannot be restored: this server keeps nothing that was withdrawn.
manage-is-withdrawn = This source is withdrawn. Restoring a version brings it back.

# The versions.
manage-history = Versions of “{ $title }”
manage-version = Version { $version }
manage-version-current = Version { $version }, the current one
manage-version-first = Added
manage-version-text = The text was replaced
manage-version-details = What citations name was changed
manage-version-held = { $paragraphs }, { $footnotes }
manage-version-file = File: { $file }
manage-version-by = By: { $who }
manage-by-terminal = whoever runs me
manage-by-sanad = Sanad

# What changed between two versions.
compare-heading = “{ $title }”: versions { $before } and { $after }
compare-details = What citations name changed too.
compare-same-text = The text is the same.
compare-reworded =
    { $count_form ->
        [one] One passage is worded otherwise.
       *[other] { $count } passages are worded otherwise.
    }
compare-added =
    { $count_form ->
        [one] One passage is new.
       *[other] { $count } passages are new.
    }
compare-removed =
    { $count_form ->
        [one] One passage is gone.
       *[other] { $count } passages are gone.
    }
compare-same =
    { $count_form ->
        [one] One passage is the same.
       *[other] { $count } passages are the same.
    }
compare-is-new = New: { $place }
compare-is-gone = Gone: { $place }
compare-is-reworded = Worded otherwise: { $place }
compare-before = Before:
compare-after = Now:
compare-shortened = (Shown in part.)

# Who sees a source.
manage-limited-channels = It answers only in these channels and their threads:
manage-limited-roles = Only people with one of these roles see it:
manage-unlimited-now = Everybody here sees it, in every channel.
manage-limits-meaning = Whoever may not see it finds nothing of it: no answer, no suggestion, no count. What you choose holds at once.
manage-choose-channels = The channels in which it answers
manage-choose-roles = The roles that see it

# Several files at once.
manage-many = Several files
manage-many-published =
    { $count_form ->
        [one] One is published.
       *[other] { $count } are published.
    }
manage-many-drafts =
    { $count_form ->
        [one] One waits for your word, for a day.
       *[other] { $count } wait for your word, for a day.
    }
manage-many-alike =
    { $count_form ->
        [one] One was there already.
       *[other] { $count } were there already.
    }
manage-many-failed =
    { $count_form ->
        [one] One was not taken.
       *[other] { $count } were not taken.
    }
manage-one-published = Published: { $file }
manage-one-version = Published as version { $version }: { $file }
manage-one-alike = There already: { $file }
manage-one-draft =
    { $count_form ->
        [0] Look at it first: { $file }
        [one] Look at it first: { $file } (one thing is doubtful)
       *[other] Look at it first: { $file } ({ $count } things are doubtful)
    }
manage-one-unreadable = Not taken: { $file }. { $why }
manage-one-failed = Something went wrong with { $file }. Whoever runs me finds it in the log under: { $id }
manage-choose-one = Look at one of them

# The forms.
form-details = What citations name
form-more-details = What citations name, continued
form-title = Title
form-author = Author
form-publisher = Publisher
form-year = Year, as the source writes it
form-licence = Licence
form-editor = Editor
form-edition = Edition
form-place = Place of publication
form-address = Web address
form-accessed = Read there on (2026-11-25)
form-paste = Add a text
form-text = Text
form-text-hint = At most 4,000 characters, a paragraph a line
form-id = Id
form-id-hint = Letters, digits and hyphens; else from the title
