# Who may moderate, and who may not.
rights-refused = Only people who may manage this server, or who have one of the roles that /settings names, can do this.
rights-managers = Who moderates is decided by those who may manage the server: you need the permission “Manage Server” for this.
rights-nowhere = This works in servers that I belong to; here there is none whose sources could be managed.
