"""What stands in the way of an invitation."""

from __future__ import annotations

from datetime import timedelta

from tracker.limits.domain import Limit

INVITATIONS_PER_PERSON = Limit("invitation.person", most=100, within=timedelta(hours=24))


class OutOfReach(Exception):
    """The person asking may not do this, or no longer."""


class CannotInvite(ValueError):
    """A sentence for the inviter."""
