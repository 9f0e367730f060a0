# Imported lexicons.
lexicon-imported = Imported { $name }: { $entries }, { $alternatives }. Questions are read by it from now on; where our own lexicon has a word too, ours counts more.
lexicon-removed = Removed the imported lexicon { $name }.
lexicon-missing = There is no imported lexicon `{ $name }`.
lexicon-none = No imported lexicon. Import one with: sanad lexicon import FILE
lexicon-no-name = { $file }: its name has no letter or digit to make a name of; give one with --name.
lexicon-bad-name = `{ $name }` cannot be the name of a lexicon: letters, digits and hyphens, at most 48.
lexicon-unknown-format = { $file } cannot be imported; .tsv (two or four columns) and the .index, .dict and .dict.dz of dictd can.
lexicon-no-pair = { $file }: there is no { $missing } beside it; an index and its texts are imported together.
lexicon-folder = { $path }: the folder of the imported lexicons cannot be read or written: { $cause }
check-lexicon = The imported lexicon { $name } is damaged and left out; import it again, or: sanad lexicon remove { $name }
count-entries =
    { $count_form ->
        [one] 1 entry
       *[other] { $count } entries
    }
count-alternatives =
    { $count_form ->
        [one] 1 Arabic alternative
       *[other] { $count } Arabic alternatives
    }
column-entries = entries
column-alternatives = alternatives
state-sound = sound
state-damaged = damaged
progress-importing = importing { $file }

# What is wrong with a dictionary, one sentence a kind. `place` is the file, or file:line.
dictionary-empty = { $place }: it has no entry with English and Arabic words.
dictionary-too-large = { $place }: it is larger than a dictionary may be, unpacked or in its entries together ({ $found } bytes for a file).
dictionary-too-many-entries = { $place }: it has more entries than a dictionary may have ({ $found }).
dictionary-not-utf8 = { $place }: it is not UTF-8.
dictionary-columns = { $place }: { $found_form ->
        [one] 1 column
       *[other] { $found } columns
    }; a line has two, English and Arabic, or the four of our own lexicon; of an index, three.
dictionary-class = { $place }: `{ $found }` is no class; n, v, adj, adv, num, place, person, org and the others of data/lexicon/README.md are.
dictionary-frequency = { $place }: `{ $found }` is no frequency; it is a number from 1 to 8.
dictionary-no-english = { $place }: `{ $found }` is no English word; English stands in the first column.
dictionary-no-arabic = { $place }: `{ $found }` has no Arabic word; Arabic stands in the last column.
dictionary-too-long = { $place }: `{ $found }` is too long; words and terms have at most 255 bytes.
dictionary-not-gzip = { $place }: it is not packed by gzip or dictzip, or not to its end.
dictionary-number = { $place }: `{ $found }` is no number in the digits of dictd (A–Z a–z 0–9 + /).
dictionary-outside = { $place }: the entry lies outside the file with the texts (bytes { $found }); index and texts do not belong together, or one of them is cut off.
dictionary-entry-too-large = { $place }: the entry has { $found } bytes, more than one may have.
dictionary-more =
    { $found_form ->
        [one] { $place }: and one more problem.
       *[other] { $place }: and { $found } more problems.
    }
