Programmes may bring composites, pathways, self-assessments, driver diagrams, change ideas, calls for interest, events, impact calculators, glossary terms and stakeholder suggestions.
