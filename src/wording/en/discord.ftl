# What the bot says in Discord.

# Buttons.
button-previous = Previous
button-next = Next
button-context = In context
button-footnotes = Footnotes
button-citation = Copy citation
button-back = Back to the passage
button-earlier = What stands before
button-later = Read on
button-delete = Delete
button-open = Open { $number }
button-footnotes-earlier = Earlier footnotes
button-footnotes-later = Further footnotes

# Which passage, and which part of it.
passage-place =
    { $count_form ->
        [one] Passage { $place } of the { $count } found.
       *[other] Passage { $place } of the { $count } found, the likeliest first.
    }
nearest-place =
    { $count_form ->
        [one] The nearest passage; I did not find an answer that I would rely on.
       *[other] Number { $place } of the { $count } nearest passages; I did not find an answer that I would rely on.
    }
part-sentence = Shown: sentence { $sentence } of { $count }.
part-sentences = Shown: sentences { $first } to { $last } of { $count }.
part-cut = A sentence that is too long for one message is shown in part.

# Footnotes that do not fit.
footnote-elsewhere = [{ $marker }] A long footnote, to be read under “Footnotes”.
footnotes-elsewhere = { $markers } To be read under “Footnotes”.
footnotes-more =
    { $count_form ->
        [one] And one more under “Footnotes”.
       *[other] And { $count } more under “Footnotes”.
    }
footnotes-page = Footnotes, page { $page } of { $count }

# Presses that lead nowhere.
press-unknown = I do not know this button. Ask me anew and use the buttons of that answer.
press-not-yours = Only the person who asked can delete this answer.
press-withdrawn = That passage has been withdrawn from the sources here.

# Questions that are not asked.
asking-no-text = There is no text in that message that I could look for.
asking-later =
    { $seconds_form ->
        [one] You ask faster than I answer. You can ask again in one second.
       *[other] You ask faster than I answer. You can ask again in { $seconds } seconds.
    }
asking-failed = Something went wrong, and it is not your question's fault. Whoever runs me finds it in the log under: { $id }

# Permissions that are missing.
permission-send = I may not answer in { $channel }: there I lack the permission “Send Messages”.
permission-history = I could not reply to your message itself: here I lack the permission “Read Message History”.

# A message that somebody else wrote.
asked-message = Asked with this message: { $link }

# The commands.
ping-here = I am here.
ping-version = Version { $version }
ping-since = Running since { $since }
