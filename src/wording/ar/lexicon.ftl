# المعاجم المستوردة.
lexicon-imported = استُورد { $name }: { $entries }، { $alternatives }. تُقرأ به الأسئلة من الآن؛ وما ورد في معجمنا أيضًا فمعجمنا فيه مقدَّم.
lexicon-removed = أُزيل المعجم المستورد { $name }.
lexicon-missing = لا يوجد معجم مستورد باسم `{ $name }`.
lexicon-none = لا معجم مستورد. استورد معجمًا بالأمر: sanad lexicon import FILE
lexicon-no-name = { $file }: ليس في اسمه حرف ولا رقم يصلح اسمًا؛ اذكر اسمًا بعد --name.
lexicon-bad-name = لا يصلح `{ $name }` اسمًا لمعجم: حروف وأرقام وشرطات، 48 على الأكثر.
lexicon-unknown-format = لا يمكن استيراد { $file }؛ يُستورد .tsv (بعمودين أو أربعة) وملفات dictd المنتهية بـ.index و.dict و.dict.dz.
lexicon-no-pair = { $file }: ليس بجانبه { $missing }؛ يُستورد الفهرس ونصوصه معًا.
lexicon-folder = { $path }: تعذرت قراءة مجلد المعاجم المستوردة أو الكتابة فيه: { $cause }
check-lexicon = في المعجم المستورد { $name } ضرر فتُرك؛ استورده من جديد، أو: sanad lexicon remove { $name }
count-entries =
    { $count_form ->
        [zero] لا مداخل
        [one] مدخل واحد
        [two] مدخلان
        [few] { $count } مداخل
        [many] { $count } مدخلًا
       *[other] { $count } مدخل
    }
count-alternatives =
    { $count_form ->
        [zero] لا مقابلات عربية
        [one] مقابل عربي واحد
        [two] مقابلان عربيان
        [few] { $count } مقابلات عربية
        [many] { $count } مقابلًا عربيًا
       *[other] { $count } مقابل عربي
    }
column-entries = المداخل
column-alternatives = المقابلات
state-sound = سليم
state-damaged = متضرر
progress-importing = استيراد { $file }

# ما في المعجم من خلل، جملة لكل نوع. و`place` الملف أو الملف والسطر.
dictionary-empty = { $place }: ليس فيه مدخل فيه كلمات إنجليزية وعربية.
dictionary-too-large = { $place }: هو أكبر مما يجوز لمعجم، بعد فك ضغطه أو بمداخله مجتمعة (للملف { $found } بايت).
dictionary-too-many-entries = { $place }: مداخله أكثر مما يجوز لمعجم ({ $found }).
dictionary-not-utf8 = { $place }: ليس بترميز UTF-8.
dictionary-columns = { $place }: { $found_form ->
        [zero] لا أعمدة
        [one] عمود واحد
        [two] عمودان
        [few] { $found } أعمدة
        [many] { $found } عمودًا
       *[other] { $found } عمود
    }؛ في السطر عمودان، إنجليزي وعربي، أو أربعة أعمدة معجمنا؛ وفي الفهرس ثلاثة.
dictionary-class = { $place }: ليس `{ $found }` صنفًا؛ الأصناف n وv وadj وadv وnum وplace وperson وorg وسائر ما في data/lexicon/README.md.
dictionary-frequency = { $place }: ليس `{ $found }` ترددًا؛ وهو عدد من 1 إلى 8.
dictionary-no-english = { $place }: ليس `{ $found }` كلمة إنجليزية؛ الإنجليزية في العمود الأول.
dictionary-no-arabic = { $place }: ليس في `{ $found }` كلمة عربية؛ العربية في العمود الأخير.
dictionary-too-long = { $place }: `{ $found }` أطول مما ينبغي؛ للكلمة أو المصطلح 255 بايت على الأكثر.
dictionary-not-gzip = { $place }: ليس مضغوطًا ببرنامج gzip أو dictzip، أو ليس كاملًا.
dictionary-number = { $place }: ليس `{ $found }` عددًا بأرقام dictd (A–Z a–z 0–9 + /).
dictionary-outside = { $place }: يقع المدخل خارج ملف النصوص (البايتات { $found })؛ فليس الفهرس لهذه النصوص، أو قُطع أحدهما.
dictionary-entry-too-large = { $place }: طول المدخل { $found } بايت، وهو أكبر مما يجوز.
dictionary-more =
    { $found_form ->
        [zero] { $place }: ولا خلل غير هذا.
        [one] { $place }: وخلل آخر.
        [two] { $place }: وخللان آخران.
        [few] { $place }: و{ $found } مواضع خلل أخرى.
        [many] { $place }: و{ $found } موضع خلل آخر.
       *[other] { $place }: و{ $found } موضع خلل آخر.
    }
