"""Who may do what: one table, one question, one decorator, deny by default."""

from .access import Scope, can, granted, register, roles_on, scope_of, visible
from .guard import check_routes, public, requires
from .verbs import GRANTS, Permission, Role

__all__ = [
    "GRANTS",
    "Permission",
    "Role",
    "Scope",
    "can",
    "check_routes",
    "granted",
    "public",
    "register",
    "requires",
    "roles_on",
    "scope_of",
    "visible",
]
