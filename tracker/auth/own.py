"""What people change about their own account: name, job and e-mail address."""

from __future__ import annotations

from sqlalchemy import update

from tracker import audit
from tracker.db import Base, db, utcnow
from tracker.limits import services as limits
from tracker.mail import writing as mail

from . import queries, services
from .domain import LinkNotUsable, LinkPurpose, as_kept, fingerprint
from .models import OneTimeLink, User


def change_details(user: User, *, name: str, job: str) -> User:
    """Change one's own name and job. Teams that have them under the old name get the new one."""
    old, user.name, user.job = user.name, name, job
    audit.record("user.changed", of=user, by=user)
    if name != old:
        # A room above: its table is known here, its models are not.
        members = Base.metadata.tables["project_member"]
        db.session.execute(
            update(members)
            .where(members.c.user_id == user.id, members.c.name == old)
            .values(name=name, version=members.c.version + 1)
        )
    db.session.flush()
    return user


def ask_for_new_email(user: User, email: str) -> str:
    """Send a link to what is to be a person's e-mail address and return its token; an older ends.

    When somebody has an account with it, a message to nobody is written in its place.
    """
    limits.count(queries.asked_new_email(user))
    email, purpose, secret = as_kept(email), LinkPurpose.NEW_EMAIL, mail.secret()
    is_free = queries.by_email(email) is None
    services.end_links(user, ~queries.sets_a_password())
    if is_free:
        db.session.add(
            OneTimeLink(
                token_hash=fingerprint(secret.text),
                user_id=user.id,
                purpose=purpose,
                new_email=email,
                expires_at=utcnow() + purpose.lasts,
            )
        )
    mail.write(
        email if is_free else None,
        "Confirm your new e-mail address for QI Tracker",
        "auth/mail/new_email.txt",
        secret=secret,
        useful_for=purpose.lasts,
        name=user.name,
        token=secret.text,
    )
    audit.record("email.asked", of=user, by=user)
    db.session.flush()
    return secret.text


def use_email_link(token: str, user: User) -> User:
    """Change a person's e-mail address to the one that their link was sent to; tell the old one.

    Their other links end. Raises LinkNotUsable, also when somebody else has the address by now.
    """
    link = services.take_link(queries.open_email_link(token, user))
    old, new = user.email, str(link.new_email)
    if queries.by_email(new) is not None:
        raise LinkNotUsable("Another account has this e-mail address")
    user.email = new
    services.end_links(user)
    audit.record("email.changed", of=user, by=user)
    mail.write(
        old,
        "Your e-mail address for QI Tracker has changed",
        "auth/mail/email_changed.txt",
        name=user.name,
        contact=queries.settings().contact,
    )
    db.session.flush()
    return user
