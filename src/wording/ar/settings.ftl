# إعدادات المكتبة.
settings-threshold-own = threshold: { $value } (حدُّ هذه المكتبة)
settings-threshold-configured = threshold: { $value } (الحد المضبوط في الإعدادات)
settings-bad-value = لا يصلح `{ $value }` قيمةً للإعداد { $name }؛ والمطلوب { $allowed }.
