Programmes may bring composites, pathways, self-assessments, driver diagrams, change ideas, invitations, events, impact calculators, glossary terms and stakeholder suggestions.
Plugins can bring code: sections of the project page, pages, links, commands, tables of their own, and listeners. All of it is tried before it is used and guarded while it runs, and the plugins page shows what was set aside at which stage, what fails and what is slow.
`tracker migrate` also brings the tables of plugins up to date, each plugin for itself; `tracker plugins pending`, `migrate` and `export` are about them, and `tracker x PLUGIN` runs the commands that plugins bring.
Authors write a plugin from a tutorial whose code is tested: `tracker plugins new` starts one, the conformance suite of `tracker.testing` tries it.
The maternity and neonatal programme: nine preterm interventions with their limits as values, MEWS and NEWTT2, composites, change package, calculators, and where the sources disagree.
