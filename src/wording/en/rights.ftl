# Who may moderate, and who may not.
rights-refused = Only people who may manage this server, or who have one of the roles that /settings names, can do this.
rights-managers = Who moderates is decided by those who may manage the server: you need the permission “Manage Server” for this.
rights-nowhere = This works in servers that I belong to; here there is none whose sources could be managed.

# The settings of a server.
setting-threshold-name = Threshold
setting-threshold-meaning = How sure I have to be of an answer, from 0 to 1. A higher one gives fewer answers, and fewer wrong ones.
setting-language-name = Language
setting-language-meaning = The language of my own words in this server, except with those who chose for themselves.
setting-language-automatic = that of each question
setting-mention-channels-name = Channels for mentions
setting-mention-channels-meaning = Where I answer mentions and replies; a thread counts as its channel. Commands work everywhere.
setting-mention-channels-none = all channels
setting-moderator-roles-name = Moderator roles
setting-moderator-roles-meaning = Who may manage sources and settings, beside those with the permission “Manage Server”.
setting-moderator-roles-none = no role
setting-audit-channel-name = Audit channel
setting-audit-channel-meaning = Where every change of sources and settings is reported.
setting-audit-channel-none = no channel
setting-cooldown-name = Cooldown
setting-cooldown-meaning = How long a person waits for their next question once they have asked several in one go.
setting-cooldown-none = no waiting
setting-max-sources-name = Most sources
setting-max-sources-meaning = How many sources this server may hold.
setting-max-megabytes-name = Most megabytes
setting-max-megabytes-meaning = How much room the sources of this server may take up, former versions included.
setting-keep-withdrawn-name = Withdrawn sources kept
setting-keep-withdrawn-meaning = For how long a withdrawn source can be restored before it is deleted for good.
setting-keep-questions-name = Questions kept
setting-keep-questions-meaning = For how long the texts of questions are kept, always without who asked.
setting-seconds =
    { $count_form ->
        [one] one second
       *[other] { $count } seconds
    }
setting-days =
    { $count_form ->
        [0] not at all
        [one] one day
       *[other] { $count } days
    }
setting-sources =
    { $count_form ->
        [one] one source
       *[other] { $count } sources
    }
setting-megabytes =
    { $count_form ->
        [one] one megabyte
       *[other] { $count } megabytes
    }
setting-more =
    { $count_form ->
        [one] { $list } and one more
       *[other] { $list } and { $count } more
    }

# Showing and changing them.
settings-heading = The settings of this server
settings-own = { $name }: { $value } (default: { $default })
settings-default = { $name }: { $value } (default)
settings-how = Each has a command of its own, such as `/settings threshold`; with `default` it goes back to its default.
settings-changed = { $name }: from now on { $after }, before { $before }.
settings-unchanged = { $name }: it was { $after } already.
settings-either = Nothing was changed: choose either a value or `default`, and of “add” and “remove” one at a time.
settings-most = { $name }: whoever runs me allows { $value } at most here. Nothing was changed.

# The log.
audit-heading = What was changed here
audit-heading-of = What was changed here in { $source }
audit-none = Nothing was changed here yet.
audit-none-of = Nothing was ever changed here in a source { $source }.
audit-no-id = That is no id of a source: an id has letters, digits and hyphens only. Choose one of the suggestions.
audit-terminal = the terminal
audit-sanad = Sanad
audit-made = Made this library, with the starter sources
audit-added = Added { $source }, version { $version }
audit-replaced = Gave { $source } a new version: from version { $before } to version { $version }
audit-added-again = Added { $source } again after it was withdrawn: from version { $before } to version { $version }
audit-withdrew = Withdrew { $source }, version { $version }
audit-brought-back = Brought { $source } back, version { $version }
audit-went-back = Restored another version of { $source }: from version { $before } to version { $version }
audit-limited = Changed who sees { $source }: before { $before }, now { $after }
audit-everybody = everybody
audit-channels = everybody in { $channels }
audit-roles = people with { $roles }
audit-channels-roles = people with { $roles } in { $channels }
audit-set = Setting “{ $name }”: from { $before } to { $after }
audit-default = its default
audit-purged = Deleted { $source } for good, some time after it was withdrawn
audit-imported = { $source }: restored from a source pack; version { $version } is current
audit-other = Changed something: { $what }
audit-unreported = The change holds, but I could not report it in { $channel }: that channel is gone, or I may not write there. /settings audit-channel names another one.
audit-unreported-now = The change holds. I could not report it in { $channel } just now; it will be reported with the next change.
audit-further =
    { $count_form ->
        [one] And one change more; /audit shows all.
       *[other] And { $count } changes more; /audit shows all.
    }
button-older = Older
button-newer = Newer
