# What the bot says in Discord.

# Buttons.
button-previous = Previous
button-next = Next
button-context = In context
button-footnotes = Footnotes
button-citation = Copy citation
button-back = Back to the passage
button-earlier = What comes before
button-later = Read on
button-words = Words
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

# The words of a sentence.
words-heading = Words from a word list, not a translation
words-unknown = Not in the word list:
words-none = The word list has none of the words of this sentence.
words-page = Words, page { $page } of { $count }

# Presses that lead nowhere.
press-unknown = I do not know this button. Ask again and use the buttons under the new answer.
press-not-yours = Only the person who asked can delete this answer.
press-withdrawn = That passage is no longer among the sources here.

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
ping-since = Started { $since }

# The help.
help-what = **Sanad** answers questions in Arabic or English with the passage of a source that fits best: quoted word for word, with its citation. No language model writes anything here, and what no source says, I do not say.
help-asking = **Asking:** with a command, by my name, in a direct message, or from the menu of a message:
    `/ask`
    { $mention }
    Apps › Ask Sanad
help-following = **Following up:** reply “and who signed it?” to an answer of mine, and I know what “it” is; in a thread my last answer there counts.
help-buttons = **Buttons** under an answer: further passages, the text around one, its footnotes, the citation to copy, and “Delete” for the person who asked. “Words” lists meanings for the words of a sentence in another language; it is no translation.
help-languages = **Languages:** I answer in the language of your question, unless another is chosen; passages stay in their own.
    `/language`
help-sources = **Sources:** what I answer from here, and how to cite it.
    `/sources`
help-moderating = **Moderators:** the sources and settings here, and who changed what.
    `/source` `/settings` `/audit` `/export` `/import`
help-privacy =
    { $days_form ->
        [one] **Privacy:** questions in servers that I belong to are kept for one day without who asked, others not at all; about you I keep only the language that you choose and, if you manage a server, what you change there.
       *[other] **Privacy:** questions in servers that I belong to are kept for { $days } days without who asked, others not at all; about you I keep only the language that you choose and, if you manage a server, what you change there.
    }
help-privacy-nothing = **Privacy:** no question is kept; about you I keep only the language that you choose and, if you manage a server, what you change there.

# The list of sources.
sources-heading = The sources here
sources-language = Language: { $name }
sources-held = { $paragraphs }, { $footnotes }, version { $version }
sources-citation = Citation
sources-page = Page { $page } of { $count }
sources-none = There is no source here yet.
sources-adding = Moderators of this server add one with `/source add`.
sources-managing = You can manage these sources with /source

# Languages.
language-arabic = Arabic
language-english = English
language-other = other
language-mine = I speak { $name } with you from now on. Passages stay in their own language.
language-mine-automatic = From now on I speak the language of this server with you or, where it has none, that of your question.
language-server = I speak { $name } in this server from now on, except with those who chose for themselves. Passages stay in their own language.
language-server-automatic = From now on I speak the language of each question in this server, except with those who chose for themselves.
language-refused = Only people with the permission “Manage Server” can choose the language of the server. You can always choose your own: leave out “scope”.
language-nowhere = I am in no server here whose language could be chosen. You can always choose your own: leave out “scope”.
