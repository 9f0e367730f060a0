config-unreadable = the configuration file { $file } cannot be read: { $cause }
config-syntax = { $place }: this is not TOML: { $found }
config-unknown-key = { $place }: there is no key `{ $key }`.
config-unknown-key-meant = { $place }: there is no key `{ $key }`; did you mean `{ $meant }`?
config-unknown-variable = { $name }: there is no such variable.
config-unknown-variable-meant = { $name }: there is no such variable; did you mean `{ $meant }`?
config-wrong-value = { $place }: `{ $key }` is `{ $found }`; it must be { $allowed }.
config-allowed-between = a number from { $least } to { $most }
config-allowed-one-of = one of: { $words }
config-allowed-text = a text that is not empty
config-allowed-list = a list of texts
config-allowed-base = scheme://host:port without a path, such as https://discord.com
config-allowed-register-in = global or the id of a server
config-allowed-hosts-and-ports = a list of host:port, such as localhost:8080
config-allowed-contact = an e-mail or web address of at most 200 plain letters, or nothing
config-allowed-log-filter = a filter for the log, such as info or info,sanad=debug
