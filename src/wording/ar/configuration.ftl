config-unreadable = تعذرت قراءة ملف الإعدادات { $file }: { $cause }
config-syntax = { $place }: هذا ليس TOML صحيحًا: { $found }
config-unknown-key = { $place }: لا يوجد مفتاح باسم `{ $key }`.
config-unknown-key-meant = { $place }: لا يوجد مفتاح باسم `{ $key }`؛ هل تقصد `{ $meant }`؟
config-unknown-variable = { $name }: لا يوجد متغير بهذا الاسم.
config-unknown-variable-meant = { $name }: لا يوجد متغير بهذا الاسم؛ هل تقصد `{ $meant }`؟
config-wrong-value = { $place }: قيمة `{ $key }` هي `{ $found }`، والمطلوب { $allowed }.
config-allowed-between = عدد من { $least } إلى { $most }
config-allowed-one-of = إحدى هذه القيم: { $words }
config-allowed-text = نص غير فارغ
config-allowed-list = قائمة نصوص
config-allowed-base = عنوان على هيئة scheme://host:port بلا مسار، مثل https://discord.com
config-allowed-register-in = كلمة global أو رقم خادم
config-allowed-hosts-and-ports = قائمة من host:port، مثل localhost:8080
config-allowed-contact = عنوان بريد أو موقع من 200 حرف لاتيني على الأكثر، أو لا شيء
config-allowed-log-filter = مرشِّح للسجل مثل info أو info,sanad=debug
