A project has a driver diagram: what its aim depends on and the ideas to test, drawn as a tree or read as an outline, changed box by box without script, with the loose ends named.
A diagram starts from a programme's template, from another project one may read, or from indented text that is checked first; every sitting is a version that can be compared and gone back to.
The diagram can be taken away as PDF, PowerPoint with real boxes, PNG, SVG and text.
The aim of a project is judged by three months together, when it was due and now, and says in words whether the target was reached.
A chart's lines can be held at a baseline, so that later figures are judged against it alone.
A project has a risk log: what could go wrong, how likely and how bad it is in five steps each, who looks after it and when it is looked at again; overdue looks are named first, comments stand beside each risk, closing one says how, and the log comes as Excel and CSV.
Documents and links are kept with a project: PDF, Office, OpenDocument, pictures and text up to 8 MB each, told by their content, with older versions kept; what holds a program or an NHS number is refused, and readers from outside the organisation see names, not files.
Stakeholder map: people and groups on a grid of influence and interest and in a table, widest gap first, with stance now and needed, action, owner and next contact. Contacts and changes of stance are kept, overdue contacts are marked, and a part on the team that falls vacant is shown on the map and on the project's page. Suggestions of the programme are taken over in one press; a system map shows what flows between whom. The team and its coach read it, and nobody else.
A project has a charter of one page: problem, background, scope, team and where it reports. Its executive sponsor or an administrator approves it as it stands or sends it back; what changed since is shown word for word and asked for again. It can be printed.
The roles that a team should have filled are checked, on the project's page, among its people and on the charter; a programme may name its own. A role that somebody leaves is vacant from that day.
A project keeps an equality impact assessment, a row a group, with what should be charted and when to look again, and a record of who co-produced it, in which cycles and what changed because of it.
The page of an aim shows what it serves: the national ambition, the programme, what PSC and ICB set, and the team's own.
One search box looks through all that one may read: projects, aims, drivers, change ideas, cycles, predictions, measures, notes, comments and published case studies, with the words that matched; `tracker search rebuild` makes its index anew and `tracker doctor` says when that is needed.
Cycles on one idea stand side by side as a ramp whose scale grows, with the decision on each link, and on a timeline above the charts of the main measures; a scale that shrinks is named.
Every number that was predicted is listed with what was seen, for a project and for an organisation: how many were met, and the mean error.
Each cycle and each project shows which of five features of a good test are there, the fact that says so, and what to add.
A quick log: four fields from the top of My work, added beside a test as a dated note under one's own name.
The storyboard shows a project on one page: aim, drivers, charts, what was tried and learned, what comes next, and who; it prints, and comes as one sheet of A4 or A3 (PDF) however long the story is.
The eight key enablers are answered yes, part or no with a note, and ten factors of sustainability on four levels of our own, as often as a team likes; the first answers and the latest stand side by side, the factors drawn as bars.
