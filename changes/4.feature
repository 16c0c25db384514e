Programmes may bring composites, pathways, self-assessments, driver diagrams, change ideas, invitations, events, impact calculators, glossary terms and stakeholder suggestions.
Plugins can bring code: sections of the project page, pages, links, commands, tables of their own, and listeners. All of it is tried before it is used and guarded while it runs, and the plugins page shows what was set aside at which stage, what fails and what is slow.
`tracker migrate` also brings the tables of plugins up to date, each plugin for itself; `tracker plugins pending`, `migrate` and `export` are about them, and `tracker x PLUGIN` runs the commands that plugins bring.
Authors write a plugin from a tutorial whose code is tested: `tracker plugins new` starts one, the conformance suite of `tracker.testing` tries it.
The maternity and neonatal programme: nine preterm interventions with their limits as values, MEWS and NEWTT2, composites, change package, calculators, and where the sources disagree.
Adoption has pages: a matrix of elements by units (or of units by quarters) with filters, arrow keys and a download; the history of each pair with team and coach side by side; forms that rate a pair or a row of one unit, with evidence, and ask a reason where something is not shown or a level falls; training records; and the units in scope, brought in one by one or all of a service at once.
Time critical medicines come as a programme: 21 measures, phases of the collaborative, readiness checklist, call for trusts, events, driver diagram, change ideas, forms and calculators, each with its source.
The PSIRF programme: seven phases with months and dates, learning response methods, proposals of measures, change package and action learning sets.
Managing deterioration, medicines safety assurance and valproate are programmes with their measures, change ideas, driver diagrams, forms and calculators; where sources disagree or are silent, they say so.
Adoption over time by collaborative, ICB and element, as chart, table and download, from pairs; and a tab of each project with the score that its data support, the day on which the next can be claimed, and claims by team and coach side by side.
Restrictive practice in mental health and adoption and spread come as closed programmes: readable, with when they ended and what they achieved, and nothing new starts in them.
The pages of a programme show all that it brings: aims, workstreams, measures and composites with how they are counted, rubrics with elements and what has to be shown, phases, the change package, forms, how to join and when to meet (with a calendar file), what an impact figure rests on, people and words, and where sources differ.
An organisation sets thresholds, dates, limits, windows and names of a programme for itself, from a day and with a reason; those under it inherit them, texts show the value in force beside the national one, and the programme's page names who differs.
The demonstration has eighteen made-up neonatal units with levels of nine elements, and two ICBs with phases.
The opioids programme is complete: measures of the work and of systems, phases for places, support by the PSC, driver diagram, change ideas, Breakthrough Series, five forms and calculators. Where its sources disagree, each is quoted with how it is handled.
A measure can name what shows on each of its charts, such as bank holidays.
Five more medicines safety ambitions come as one programme, with the national figures kept as reported and never worked out.
Any improvement project brings the progress score, the coach's review, the key enablers, what a collaborative asks, an aim to start from, and who to bring in.
A case study is drafted from a project in a form of its programme, each heading filled from the aim, the cycles, the charts and what was learned, with its guidance beside it. A coach or PSC manager reviews it, consent is recorded, small counts and names are caught, and it is published as a frozen copy with an address and a citation line; a new version supersedes it, and one that is withdrawn says why.
The new page Case studies finds them by words, programme, setting, kind of change, outcome, place and what did not work; each comes as an A4 report and an A3 poster (PDF). An organisation decides whether its case studies may be read without signing in.
A measure taken from a programme has the limits in force at the organisation in its words, and dated events that the programme knows are marked on its chart.
A newer version of a national definition is offered where the measure is used, with what changed field by field; taken up from a day, the chart splits there and earlier figures keep the label of the version that counted them. What a programme no longer brings says "retired nationally".
A newer version of a rubric proposes how each level reads by its map; a person confirms it, and ratings keep the words they had.
Pathways have pages: phases that overlap on a line of months, how many organisations are where, and each organisation with dates and marks of its own. The page of an organisation lists the programmes whose adoption is followed there.
Whoever may switch programmes goes there from the page of an organisation.
A rating can rest on a published case study.
A draft of a case study can be deleted, and restored for 30 days.
Under a matrix and a roll-up stand the organisations that count by values of their own.
Each figure of a download says by which definition, and which version of it, it was counted.
Whoever has a role in the team and as coach says as whom they rate.
A case study is drafted with the change ideas that were tested, what became of each, and the groups of the stakeholder map.
The demonstration has a published case study and one that is being written.
Taking up a newer version of a national definition can be undone until figures are entered.
