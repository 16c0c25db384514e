A project has a driver diagram: what its aim depends on and the ideas to test, drawn as a tree or read as an outline, changed box by box without script, with the loose ends named.
