# Why the bot cannot run.
connection-token-refused = Discord refuses the token in DISCORD_TOKEN; copy it anew from the application's page, under Bot.
connection-intents-refused = Discord refuses the bot's intents; the application may be disabled or restricted: look at its page, under Bot.
connection-unreachable = Discord cannot be reached at { $base }: { $cause }
connection-unfit = What answers at { $base } is not Discord as the bot knows it: { $cause }
connection-system = The operating system does not let the bot run: { $cause }
