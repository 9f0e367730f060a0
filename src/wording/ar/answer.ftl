# Why there is no answer.
reason-empty = لم أجد في سؤالك كلمة أبحث عنها. اكتب سؤالًا بالعربية أو الإنجليزية.
reason-too-long =
    { $limit_form ->
        [zero] سؤالك أطول مما ينبغي.
        [one] سؤالك أطول مما ينبغي؛ الحد حرف واحد.
        [two] سؤالك أطول مما ينبغي؛ الحد حرفان.
        [few] سؤالك أطول مما ينبغي؛ الحد { $limit } أحرف.
        [many] سؤالك أطول مما ينبغي؛ الحد { $limit } حرفًا.
       *[other] سؤالك أطول مما ينبغي؛ الحد { $limit } حرف.
    }
reason-other-language = لا أفهم إلا العربية والإنجليزية.
reason-unknown-words = لا يكاد يرد في المصادر شيء من كلمات سؤالك.
reason-never-together = وردت كلمات سؤالك في المصادر، لكنها لم تجتمع في موضع واحد.
reason-name-absent = لم يرد الاسم الذي تسأل عنه في المصادر.
reason-unsure = لم أجد جوابًا أطمئن إليه.
nearest-passages = أقرب ما وجدته:

# The span that answers, before the passage that it stands in.
answer-in-short = باختصار، من المصدر:

# How sure the answer is.
confidence-high = أرجّح كثيرًا أن هذا هو الجواب.
confidence-medium = أرجّح أن هذا هو الجواب.
confidence-low = قد يكون هذا هو الجواب.

# How question and passage met.
read-as-following = فهمتُ سؤالك متابعةً لهذا الموضع: { $place }
read-as = قرأتُ «{ $asked }» على أنها «{ $read }».
met-question-english = سؤالك بالإنجليزية والمصدر بالعربية؛ وهذه الكلمات المتقابلة:
met-question-arabic = سؤالك بالعربية والمصدر بالإنجليزية؛ وهذه الكلمات المتقابلة:
met-question-arabizi = سؤالك عربي مكتوب بحروف لاتينية؛ وهذه الكلمات المتقابلة:
met-question-other = لغة سؤالك غير لغة المصدر؛ وهذه الكلمات المتقابلة:

# The citation.
citation-author = المؤلف: { $author }
citation-editor = المحقق: { $editor }
citation-edition = الطبعة: { $edition }
citation-publisher = الناشر: { $publisher }
citation-accessed = قُرئ هناك في { $day }
citation-licence = الرخصة: { $licence }
citation-address = الرابط: { $address }
citation-version = من نسخة سابقة للمصدر، رقمها { $version }
citation-paragraph = الفقرة { $ordinal }
citation-paragraph-part = الفقرة { $ordinal }، الجزء { $part }
citation-footnote = الحاشية { $ordinal }
citation-footnote-marker = الحاشية [{ $marker }]
citation-page = الصفحة { $page }
citation-quoted-title = «{ $title }»
citation-quoted-editor = تحقيق { $editor }
citation-quoted-edition = ط. { $edition }
citation-quoted-section = قسم «{ $section }»
citation-separator = {"، "}
citation-cited-by =
    { $count_form ->
        [zero] لا تحيل إلى هذه الحاشية أي فقرة.
        [one] تحيل إلى هذه الحاشية فقرة واحدة: { $places }
        [two] تحيل إلى هذه الحاشية فقرتان: { $places }
        [few] تحيل إلى هذه الحاشية { $count } فقرات: { $places }
        [many] تحيل إلى هذه الحاشية { $count } فقرة: { $places }
       *[other] تحيل إلى هذه الحاشية { $count } فقرة: { $places }
    }
footnote-given = [{ $marker }] { $footnote }
footnote-absent = [{ $marker }] لا يورد المصدر نص هذه الحاشية.
claim-unbacked =
    { $count_form ->
        [zero] لا يشير المصدر إلى قول بلا سند في هذا الموضع.
        [one] تنبيه: المصدر نفسه يشير إلى أن قولًا في هذا الموضع بلا سند.
        [two] تنبيه: المصدر نفسه يشير إلى أن قولين في هذا الموضع بلا سند.
        [few] تنبيه: المصدر نفسه يشير إلى أن { $count } أقوال في هذا الموضع بلا سند.
        [many] تنبيه: المصدر نفسه يشير إلى أن { $count } قولًا في هذا الموضع بلا سند.
       *[other] تنبيه: المصدر نفسه يشير إلى أن { $count } قول في هذا الموضع بلا سند.
    }
