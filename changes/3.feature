Papers for assurance: installation, security with an ASVS 5.0 statement, accessibility, privacy, and starters for a DPIA and a hazard log.
The history of every project is sealed and shown in words; databases are backed up and restored by command; `tracker doctor` looks for unsafe settings.
`tracker doctor` also looks at trusted hosts, the length of sign-ins, the clock, superusers and unencrypted connections of PostgreSQL, backups others can read and plugin folders others can write in.
Counts of 1 to 4, and what would give them away, are hidden from readers outside the provider, on every page and in every download.
`tracker organisations change 2026-04` brings in the integrated care boards of April 2026: twelve end, six begin, three of them are split. Earlier days answer as they did. What the lists leave open waits on the page "To be confirmed", where practices, networks and locations are placed, and access and programmes are carried over to a successor by one press.
People who forget their password get a link by e-mail. Messages go through an SMTP server, or into a folder without one; `tracker mail send` tries again what a server did not take.
Figures are brought in from Excel workbooks as well as from CSV: any sheet, dates and percentages as they are seen, and what cannot be kept is told with the address of its cell.
Comments can be about any field of an aim, a measure, a cycle or a project, are marked where the field is read, can be resolved, and are new on My work until they are read.
Organisation administrators and PSC managers invite people, give and end roles, and disable accounts on the new People page of an organisation; a project’s lead invites who has no account yet to the team.
When two people save one form, what only one of them changed is merged and shown for one press; what both changed stands side by side, with who saved it and when.
The page warns 5 minutes before a sign-in ends and lets people stay signed in.
Whole projects can be deleted and restored for 30 days, as cycles, measures, events and comments can; a page lists what can be restored, and `tracker purge` removes the rest for good. `tracker user` exports, erases, disables and enables a person.
Figures are downloaded as CSV and Excel, for a measure, for a whole project or for a list of projects; charts as SVG and as PNG with title, caption and source in the picture. Text that a spreadsheet would run is disarmed.
The rows of a file that must be put right can be downloaded with the reasons, and the columns of an import are proposed as the last time.
People change their own name, job and e-mail address on the account page. A new address is confirmed by a link sent to it, with the password asked first, and the old one is told.
A training record that was taken back can be put back for 30 days, and is removed for good after them.
