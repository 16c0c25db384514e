The history of every project is sealed and shown in words; databases are backed up and restored by command; `tracker doctor` looks for unsafe settings.
`tracker doctor` also looks at trusted hosts, the length of sign-ins, the clock, superusers and unencrypted connections of PostgreSQL, backups others can read and plugin folders others can write in.
Counts of 1 to 4, and what would give them away, are hidden from readers outside the provider, on every page and in every download.
