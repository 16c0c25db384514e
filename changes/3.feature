The history of every project is sealed and shown in words; databases are backed up and restored by command; `tracker doctor` looks for unsafe settings.
`tracker doctor` also looks at trusted hosts, the length of sign-ins, the clock, superusers and unencrypted connections of PostgreSQL, backups others can read and plugin folders others can write in.
