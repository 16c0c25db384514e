The history of every project is sealed and shown in words; databases are backed up and restored by command; `tracker doctor` looks for unsafe settings.
