# The settings of a library.
settings-threshold-own = threshold: { $value } (set for this library)
settings-threshold-configured = threshold: { $value } (the configured one)
settings-bad-value = The setting { $name } cannot be `{ $value }`; it must be { $allowed }.
settings-allowed-language = `ar` or `en`
settings-allowed-ids = a list of channels or roles, by mention or id
settings-allowed-id = one channel, by mention or id
