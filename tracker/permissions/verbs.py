"""What can be done, and which access role may do it. The one table of both."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Access roles: they decide what a person may do. Roles on a team do not, save one: ADR 17."""

    VIEWER = "viewer"
    TEAM_MEMBER = "team_member"
    QI_LEAD = "qi_lead"
    COACH = "coach"
    ORGANISATION_ADMINISTRATOR = "organisation_administrator"
    PSC_MANAGER = "psc_manager"
    NATIONAL_VIEWER = "national_viewer"
    SYSTEM_ADMINISTRATOR = "system_administrator"

    @property
    def label(self) -> str:
        """As a person reads it."""
        return TITLES[self]


TITLES = {
    Role.VIEWER: "Viewer",
    Role.TEAM_MEMBER: "Team member",
    Role.QI_LEAD: "QI lead",
    Role.COACH: "Coach",
    Role.ORGANISATION_ADMINISTRATOR: "Organisation administrator",
    Role.PSC_MANAGER: "PSC manager",
    Role.NATIONAL_VIEWER: "National viewer",
    Role.SYSTEM_ADMINISTRATOR: "System administrator",
}


class Permission(StrEnum):
    """A verb on a kind of thing."""

    SIGNED_IN = "signed_in"
    """Needs an account and nothing more: one's own work, account, drafts, and searches that
    show only what one may see."""
    ORGANISATION_READ = "organisation.read"
    ORGANISATION_PLACE = "organisation.place"
    """Say where the parts of an organisation that was split belong."""
    ORGANISATION_SETTLE = "organisation.settle"
    """Decide what a list of changes leaves open, and carry access over to a successor."""
    PROGRAMME_READ = "programme.read"
    PROGRAMME_SWITCH = "programme.switch"
    PLUGINS_READ = "plugins.read"
    PEOPLE_MANAGE = "people.manage"
    PROJECT_START = "project.start"
    PROJECT_READ = "project.read"
    PROJECT_EDIT = "project.edit"
    PROJECT_SHARE = "project.share"
    PROJECT_CLOSE = "project.close"
    PROJECT_DELETE = "project.delete"
    """Delete the whole project, and restore it."""
    TEAM_EDIT = "team.edit"
    MEASURE_EDIT = "measure.edit"
    POINTS_ADD = "points.add"
    CHARTER_APPROVE = "charter.approve"
    """Approve a project's charter; its executive sponsor may as well, whatever their role."""
    DATA_EXPORT = "data.export"
    PDSA_LOG = "pdsa.log"
    COMMENT_ADD = "comment.add"
    STAKEHOLDERS_READ = "stakeholders.read"
    """Read who stands where: what a team writes about people is not for every reader."""
    ADOPTION_RATE = "adoption.rate"
    """Give a level, a phase or a training record."""
    ADOPTION_CONFIRM = "adoption.confirm"
    """Rate as a coach does: the level stands beside the team's own."""
    ADOPTION_SCOPE = "adoption.scope"
    """Say in which organisations a programme's adoption is followed."""
    CASE_STUDY_READ = "case_study.read"
    CASE_STUDY_DRAFT = "case_study.draft"
    """Read what is not published yet."""
    CASE_STUDY_WRITE = "case_study.write"
    CASE_STUDY_REVIEW = "case_study.review"
    CASE_STUDY_PUBLISH = "case_study.publish"
    """Publish what was approved, and withdraw it."""
    CASE_STUDY_OPEN = "case_study.open"
    """Say whether an organisation's case studies may be read without signing in."""


_P = Permission
READ = frozenset(
    {
        _P.PROJECT_READ,
        _P.ORGANISATION_READ,
        _P.PROGRAMME_READ,
        _P.DATA_EXPORT,
        _P.CASE_STUDY_READ,
    }
)
LOG = READ | {
    _P.PDSA_LOG,
    _P.POINTS_ADD,
    _P.COMMENT_ADD,
    _P.STAKEHOLDERS_READ,
    _P.CASE_STUDY_DRAFT,
    _P.CASE_STUDY_WRITE,
}
LEAD = LOG | {
    _P.PROJECT_START,
    _P.PROJECT_EDIT,
    _P.PROJECT_SHARE,
    _P.PROJECT_CLOSE,
    _P.PROJECT_DELETE,
    _P.TEAM_EDIT,
    _P.MEASURE_EDIT,
    _P.ADOPTION_RATE,
    _P.CASE_STUDY_PUBLISH,
}
COACH = READ | {
    _P.COMMENT_ADD,
    _P.STAKEHOLDERS_READ,
    _P.ADOPTION_RATE,
    _P.ADOPTION_CONFIRM,
    _P.CASE_STUDY_DRAFT,
    _P.CASE_STUDY_REVIEW,
}
MANAGE = frozenset({_P.PROGRAMME_SWITCH, _P.ORGANISATION_PLACE, _P.PEOPLE_MANAGE})

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.VIEWER: READ,
    Role.TEAM_MEMBER: LOG,
    Role.QI_LEAD: LEAD,
    Role.COACH: COACH,
    Role.ORGANISATION_ADMINISTRATOR: LEAD | MANAGE | {_P.CHARTER_APPROVE, _P.CASE_STUDY_OPEN},
    Role.PSC_MANAGER: COACH | {_P.PROJECT_START, _P.ADOPTION_SCOPE} | MANAGE,
    Role.NATIONAL_VIEWER: READ,
    Role.SYSTEM_ADMINISTRATOR: frozenset(
        {
            _P.ORGANISATION_READ,
            _P.ORGANISATION_PLACE,
            _P.ORGANISATION_SETTLE,
            _P.PROGRAMME_READ,
            _P.PROGRAMME_SWITCH,
            _P.PLUGINS_READ,
            _P.PEOPLE_MANAGE,
            _P.ADOPTION_SCOPE,
        }
    ),
}

FOR_EVERYONE = frozenset(
    {
        _P.SIGNED_IN,
        _P.ORGANISATION_READ,
        _P.PROGRAMME_READ,
        _P.PROJECT_READ,
        _P.DATA_EXPORT,
        _P.CASE_STUDY_READ,
    }
)
"""What every signed-in person may do with what they can see."""

WHILE_CLOSED = FOR_EVERYONE | {
    _P.STAKEHOLDERS_READ,
    _P.COMMENT_ADD,
    _P.PROJECT_CLOSE,
    _P.PROJECT_DELETE,
    _P.CASE_STUDY_DRAFT,
    _P.CASE_STUDY_WRITE,
    _P.CASE_STUDY_REVIEW,
    _P.CASE_STUDY_PUBLISH,
}
"""What a role still allows once a project has ended: reading, saying something, writing it up,
opening it again, removing it. Everything else waits until it is open."""
