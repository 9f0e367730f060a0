# How an outcome came about: `sanad why`.
why-wanted = It asks for { $kind }.
wanted-date = a date
wanted-number = a number
wanted-share = a share
wanted-person = a person
wanted-place = a place
wanted-cause = a reason
wanted-definition = what something is
wanted-anything = anything

# Each word.
why-stop = Stop words, not searched for: { $words }
why-repeated = Asked twice, counting once: { $words }
why-word = “{ $word }” counts { $importance }: { $weight } by itself × rarity { $rarity }
why-remark = {"; "}{ $remark }
why-name = a name
why-phrase = read as one term
why-unknown = nothing that it may be appears in the library
why-alternative = { $origin }: { $term } · weight { $weight } · { $passages }
why-together = standing whole: { $terms } · weight { $weight }
why-absent = in no passage: { $terms }
why-entry = lexicon, “{ $lemma }” ({ $class })
why-entry-imported = imported lexicon { $name }, “{ $lemma }” ({ $class })
origin-stem = its stem
origin-digits = its digits
origin-reading = without an attached particle
origin-forms = list of forms
origin-base = list of forms, its verb
origin-form-of-translation = { $entry } and list of forms
origin-family = same root in { $entry }
origin-synonym = synonym in { $entry }
origin-sound = name by sound
origin-sound-stem = name by sound, its stem
origin-likeness = written alike
origin-repair = spelling repaired
count-passages =
    { $count_form ->
        [0] no passage
        [one] 1 passage
       *[other] { $count } passages
    }

# Each passage.
why-met = These words matched:
why-met-none = No word of the question appears in it.
why-score = Score { $score } (first look { $first }), the sum of:
why-confidence = Confidence { $confidence }, the logistic function of { $sum }: the constant { $constant } and
why-held-below = It is held at { $confidence }: no passage is surer than the one above it.
why-part = { $name }: { $value } × { $weight } = { $contribution }
why-answer = Its confidence { $confidence } reaches the threshold { $threshold }: the first passage is the answer.
why-none = The best confidence { $confidence } is below the threshold { $threshold }: there is no answer.
why-known = The library has words for { $share } of what the question's words count.
why-lacks-name = A name asked for appears nowhere in it.
signal-first-look = first look beside the best passage
signal-coverage = question in the passage
signal-sentence = question in the best sentence
signal-window = question in two sentences
signal-together = neighboring words together
signal-heading = question in title and headings
signal-kind = kind of answer in the best sentence
signal-definition = passage begins with what is to be defined
signal-density = matches close together
signal-footnote = footnote
signal-opening = question in the first words
signal-exact = question letter for letter
signal-rarest = rarest word
signal-exact-sentence = question letter for letter in the best sentence
signal-saturation = first look beside the most possible
signal-lead = lead over the next passage
signal-words = words asked
signal-foreign = source in another language
signal-name-absent = name absent
