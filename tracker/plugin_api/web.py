"""What a plugin's pages and commands may use of the tracker."""

from flask_login import current_user

from tracker.db import unit_of_work
from tracker.pages import done, page
from tracker.permissions import Permission, public, requires

__all__ = [
    "Permission",
    "current_user",
    "done",
    "page",
    "public",
    "requires",
    "unit_of_work",
]
