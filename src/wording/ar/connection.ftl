# لماذا لا يعمل البوت.
connection-token-refused = يرفض Discord الرمز الذي في DISCORD_TOKEN؛ انسخه من جديد من صفحة التطبيق، في قسم Bot.
connection-intents-refused = يرفض Discord صلاحيات السماع (intents) التي يطلبها البوت؛ لعل التطبيق موقوف أو مقيّد: انظر صفحته، في قسم Bot.
connection-unreachable = تعذر الوصول إلى Discord في { $base }: { $cause }
connection-unfit = ليس ما يجيب في { $base } هو Discord الذي يعرفه البوت: { $cause }
connection-system = لا يسمح نظام التشغيل بتشغيل البوت: { $cause }
