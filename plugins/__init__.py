"""Bundled programme plugins, one folder each, imported as `tracker_plugins.<name>`."""
