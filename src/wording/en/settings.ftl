# The settings of a library.
settings-threshold-own = threshold: { $value } (set for this library)
settings-threshold-configured = threshold: { $value } (the configured one)
settings-bad-value = The setting { $name } cannot be `{ $value }`; it must be { $allowed }.
