# إعدادات المكتبة.
settings-threshold-own = threshold: { $value } (حدُّ هذه المكتبة)
settings-threshold-configured = threshold: { $value } (الحد المضبوط في الإعدادات)
settings-bad-value = لا يصلح `{ $value }` قيمةً للإعداد { $name }؛ والمطلوب { $allowed }.
settings-allowed-language = `ar` أو `en`
settings-allowed-ids = قائمة قنوات أو أدوار، بالإشارة إليها أو بأرقامها
settings-allowed-id = قناة واحدة، بالإشارة إليها أو برقمها
