"""Who may do what: one table, one question, one decorator, deny by default."""

from .access import Scope, can, granted, is_closed, register, roles_on, scope_of, visible
from .guard import HasEnded, check_routes, public, requires
from .verbs import GRANTS, Permission, Role

__all__ = [
    "GRANTS",
    "HasEnded",
    "Permission",
    "Role",
    "Scope",
    "can",
    "check_routes",
    "granted",
    "is_closed",
    "public",
    "register",
    "requires",
    "roles_on",
    "scope_of",
    "visible",
]
