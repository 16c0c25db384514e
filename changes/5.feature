A project has a driver diagram: what its aim depends on and the ideas to test, drawn as a tree or read as an outline, changed box by box without script, with the loose ends named.
A diagram starts from a programme's template, from another project one may read, or from indented text that is checked first; every sitting is a version that can be compared and gone back to.
The diagram can be taken away as PDF, PowerPoint with real boxes, PNG, SVG and text.
The aim of a project is judged by three months together, when it was due and now, and says in words whether the target was reached.
A chart's lines can be held at a baseline, so that later figures are judged against it alone.
A project has a risk log: what could go wrong, how likely and how bad it is in five steps each, who looks after it and when it is looked at again; overdue looks are named first, comments stand beside each risk, closing one says how, and the log comes as Excel and CSV.
Documents and links are kept with a project: PDF, Office, OpenDocument, pictures and text up to 8 MB each, told by their content, with older versions kept; what holds a program or an NHS number is refused, and readers from outside the organisation see names, not files.
