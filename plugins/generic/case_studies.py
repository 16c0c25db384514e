"""The poster: the form that fits any project.

There are no measures here. A definition says what exactly is counted, and for work of no programme
only the team can say that.
"""

from __future__ import annotations

from tracker.plugin_api.common import poster

TEMPLATES = (poster("generic"),)
