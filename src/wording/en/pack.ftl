# Source packs: why one could not be made or restored.
pack-the-pack = The pack
pack-not-a-pack = This is no source pack: there is no sanad-pack.json in it. /export and `sanad export` make source packs.
pack-broken = The pack is damaged or not complete ({ $found }); download or export it again.
pack-newer = The pack was made by a newer version of Sanad (format { $found }; this one reads up to { $most }). Update Sanad.
pack-manifest = sanad-pack.json in the pack is not as Sanad writes it ({ $found }); export it again.
pack-unknown-format = `{ $id }` in the pack is in the format `{ $format }`, which this version of Sanad does not read. Update Sanad, or name the sources to restore without it.
pack-lacks = The pack lacks the file `{ $path }`; export it again.
pack-altered = The file `{ $path }` in the pack is not the one that was packed. Download or export the pack again, or name the sources to restore without it.
pack-unreadable = Version { $version } of `{ $id }` cannot be read as a source; name the sources to restore without it.
pack-no-source = There is no source `{ $id }` in the pack.
pack-too-large =
    { $count_form ->
        [one] One source is larger than a part may be ({ $most }): { $sources }. Name the others to export them, and have this one exported at the terminal with larger parts: sanad export --source ID
       *[other] { $count } sources are larger than a part may be ({ $most }): { $sources }. Name the others to export them, and have these exported at the terminal with larger parts: sanad export --source ID
    }
pack-size-kilobytes = { $size } kB
pack-size-megabytes = { $size } MB

# What came of exporting.
pack-written = { $file }: { $sources }, { $size }
pack-file-exists = { $file } is there already; choose another place with --to.
progress-exporting = exporting { $library }
pack-count-sources =
    { $count_form ->
        [0] no source
        [one] 1 source
       *[other] { $count } sources
    }
pack-count-versions =
    { $count_form ->
        [0] no version
        [one] 1 version
       *[other] { $count } versions
    }

# What comes of restoring.
pack-of =
    { $parts ->
        [1] Source pack of the library { $library }, exported on { $day }:
       *[other] Source pack of the library { $library }, exported on { $day }, part { $part } of { $parts }:
    }
pack-source-new = { $id }: “{ $title }”, new, { $versions }
pack-source-added = { $id }: “{ $title }”, { $versions } added: { $numbers }
pack-source-same = { $id }: “{ $title }”, no new version
pack-number = { $number } (in the pack { $packed })
pack-note-current = version { $current } is the current one; it was { $was }
pack-note-withdrawn = withdrawn, as in the pack; it can be restored
pack-note-back = no longer withdrawn
pack-note-limits = limited to the channels and roles that the pack names
pack-note-nobody = seen by moderators only: the pack limits it to channels or roles of another server. Say who may see it.
pack-unchanged =
    { $count_form ->
        [one] 1 source is as in the pack already.
       *[other] { $count } sources are as in the pack already.
    }
pack-nothing = Nothing changes: the library has all of it.
pack-setting-new = { $name }: { $value } (it was not set)
pack-setting = { $name }: { $value } (it was { $was })
pack-left-out = Settings left out, since they name channels or roles of another server or are not yours to set: { $names }
pack-unknown = Left out, since this version of Sanad does not know it: { $names }

# In Discord.
pack-exporting =
    { $count_form ->
        [one] Your source pack comes in the next message. Save it: Discord removes files that only you see.
       *[other] Your source packs come in the next { $count } messages. Save them: Discord removes files that only you see. Each can be restored alone.
    }
pack-part =
    { $parts ->
        [1] { $sources }:
       *[other] Part { $part } of { $parts }, { $sources }:
    }
pack-too-many-parts = That would be { $count } files, too many to send here. Export source by source, or ask whoever runs me: sanad export --library { $library }
pack-took-too-long = Sending the files took too long, so some are missing. Export source by source, or try again later.
pack-preview = Nothing has changed yet. Importing this file would do this:
pack-preview-kept = The file waits for a day.
pack-more-lines =
    { $count_form ->
        [one] … and one more line.
       *[other] … and { $count } more lines.
    }
pack-imported = Imported
pack-gone = This source pack is not there any more: it was imported or discarded, or a day has passed. Attach it again if it is needed.
pack-discarded = Discarded. Nothing was imported.
pack-seen-by-nobody = Only moderators see it: it came limited to channels or roles of another server.
button-import = Import
button-discard-pack = Discard

# Backups of the whole installation.
backup-exists = { $file } is there already; --force replaces it.
backup-in-data = { $file } is one of the files that are to be backed up; choose another place.
backup-no-catalogue = There is no catalogue ({ $file }), so there is nothing to back up.
backup-damaged = The catalogue is damaged ({ $found }). No backup was written, so that no sound one is replaced; copy the folder of the data and see `sanad check`.
backup-unusable = { $path } cannot be read or written: { $cause }
backup-not-a-backup = { $file } is no backup, or it is damaged: { $found }. Nothing was changed.
backup-newer = The backup was made by a newer version of Sanad (format { $found }; this one reads up to { $most }). Update Sanad. Nothing was changed.
backup-unsound = The catalogue in the backup cannot be used: { $cause }. Nothing was changed.
backup-in-use = The catalogue in { $folder } is in use: stop the bot and every other `sanad` that works with it, then restore.
backup-made = { $file }: { $size }, { $lexicons }
backup-restored = Restored what was backed up on { $day }: { $libraries }, { $versions }, { $lexicons }.
backup-kept = What was there before is kept: { $path }
backup-count-libraries =
    { $count_form ->
        [0] no library
        [one] 1 library
       *[other] { $count } libraries
    }
backup-count-lexicons =
    { $count_form ->
        [0] no imported lexicon
        [one] 1 imported lexicon
       *[other] { $count } imported lexicons
    }
