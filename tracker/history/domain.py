"""An event of the history in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ACTIONS = {
    "adoption.unit_left_out": "left a unit out of the scope of a programme",
    "adoption.units_added": "brought units into the scope of a programme",
    "aim.judged_by": "chose the measure that the aim is judged by",
    "aim.set": "wrote the aim",
    "annotation.added": "added an event to the charts",
    "annotation.changed": "changed an event on the charts",
    "annotation.deleted": "took an event off the charts",
    "annotation.purged": "removed an event for good",
    "annotation.restored": "put an event back on the charts",
    "attachment.added": "put a document or link with the project",
    "attachment.changed": "changed the name or address of a document or link",
    "attachment.deleted": "deleted a document or link",
    "attachment.purged": "removed a document or link for good",
    "attachment.replaced": "put a newer version of a document in front",
    "attachment.restored": "put a document or link back",
    "baseline.removed": "removed a baseline",
    "baseline.set": "set a baseline",
    "calendar.ended": "closed their calendar address",
    "calendar.made": "made a calendar address",
    "case_studies.closed": "said that case studies may not be public",
    "case_studies.opened": "said that case studies may be public",
    "case_study.approved": "approved a case study",
    "case_study.begun": "began a case study",
    "case_study.changes_asked": "asked for changes to a case study",
    "case_study.consent_recorded": "recorded consent to a case study",
    "case_study.deleted": "deleted a draft of a case study",
    "case_study.picture_added": "added a picture to a case study",
    "case_study.picture_removed": "removed a picture from a case study",
    "case_study.published": "published a case study",
    "case_study.purged": "removed a draft of a case study for good",
    "case_study.restored": "restored a draft of a case study",
    "case_study.sent": "sent a case study for review",
    "case_study.taken_back": "took a case study back from review",
    "case_study.withdrawn": "withdrew a published case study",
    "case_study.written": "wrote in a case study",
    "charter.approved": "approved the charter",
    "charter.sent_back": "sent the charter back",
    "charter.written": "wrote the charter",
    "comment.added": "wrote a comment",
    "comment.deleted": "took a comment back",
    "comment.reopened": "opened a comment again",
    "comment.resolved": "resolved a comment",
    "comment.purged": "removed a comment for good",
    "comment.restored": "put a comment back",
    "data.exported": "downloaded figures",
    "definition.adopted": "copied a definition",
    "driver.added": "added a driver",
    "driver.changed": "changed a driver",
    "driver.moved": "moved a driver",
    "driver.purged": "removed a driver for good",
    "driver.removed": "took a driver off the diagram",
    "driver.restored": "put a driver back on the diagram",
    "drivers.aim_measured": "changed the measures of the aim",
    "drivers.brought_in": "brought drivers and ideas in",
    "drivers.version_restored": "went back to a version of the driver diagram",
    "equality.added": "considered a group in the equality impact assessment",
    "equality.changed": "changed what the equality impact assessment says of a group",
    "equality.purged": "removed a group of the equality impact assessment for good",
    "equality.removed": "took a group out of the equality impact assessment",
    "equality.restored": "put a group back into the equality impact assessment",
    "equality.signed_off": "signed the equality impact assessment off",
    "idea.added": "added a change idea",
    "idea.changed": "changed a change idea",
    "idea.moved": "moved a change idea",
    "idea.purged": "removed a change idea for good",
    "idea.removed": "took a change idea off the diagram",
    "idea.restored": "put a change idea back on the diagram",
    "involvement.added": "noted who had a part in the work",
    "involvement.changed": "changed an entry of the co-production record",
    "involvement.purged": "removed an entry of the co-production record for good",
    "involvement.removed": "took an entry out of the co-production record",
    "involvement.restored": "put an entry back into the co-production record",
    "measure.added": "added a measure",
    "measure.changed": "changed how a measure is counted",
    "measure.deleted": "deleted a measure",
    "measure.purged": "removed a measure for good",
    "measure.restored": "restored a measure",
    "measure.upgrade_undone": "went back to the earlier national definition of a measure",
    "measure.upgraded": "took up a newer national definition of a measure",
    "measure.target_set": "set the target of a measure",
    "note.added": "logged what happened in a cycle",
    "note.purged": "removed a note of a cycle for good",
    "note.removed": "took a note off a cycle",
    "note.restored": "put a note back on a cycle",
    "email.asked": "asked for a new e-mail address",
    "email.changed": "changed their e-mail address",
    "membership.ended": "ended somebody's access",
    "membership.given": "gave somebody access",
    "link.made": "made a link that sets a password",
    "organisation.added": "added an organisation",
    "organisation.carried_over": "carried access and programmes over to a successor",
    "organisation.linked": "linked an organisation to another",
    "organisation.merged": "ended an organisation that became part of another",
    "organisation.placed": "placed parts of a split organisation",
    "organisation.placement_undone": "took a placement back",
    "organisation.question_settled": "settled what the lists left open",
    "organisation.split": "ended an organisation that was split",
    "organisation.unlinked": "ended a link between organisations",
    "organisations.changed": "brought in a list of changes to organisations",
    "organisations.loaded": "loaded the lists of organisations",
    "override.ended": "ended an own value of a programme",
    "override.set": "set an own value of a programme",
    "pdsa.decided": "decided on a cycle",
    "pdsa.deleted": "deleted a cycle",
    "pdsa.done": "wrote down what happened in a cycle",
    "pdsa.plan_changed": "changed the plan of a cycle",
    "pdsa.planned": "planned a cycle",
    "pdsa.purged": "removed a cycle for good",
    "pdsa.restored": "restored a cycle",
    "pdsa.studied": "studied a cycle",
    "phase.marked": "marked a phase of a pathway",
    "phase.removed": "removed a phase",
    "phase.set": "set a phase",
    "points.recorded": "added figures",
    "person.disabled": "disabled an account",
    "person.enabled": "enabled an account again",
    "person.invited": "invited a person",
    "person.invitation_withdrawn": "withdrew an invitation",
    "project.archived": "put the closed project into the archive",
    "project.changed": "changed the project's details",
    "project.closed": "closed the project",
    "project.copied": "began the project from another's plan",
    "project.deleted": "deleted the project",
    "project.purged": "removed the project for good",
    "project.reopened": "opened the project again",
    "project.restored": "restored the project",
    "project.shared": "changed who can read the project",
    "project.unarchived": "took the project out of the archive",
    "project.started": "started the project",
    "rating.given": "rated adoption or progress",
    "reset.asked": "asked for a link that sets a new password",
    "risk.added": "put a risk on the log",
    "risk.changed": "judged a risk anew",
    "risk.closed": "closed a risk",
    "risk.deleted": "took a risk off the log",
    "risk.looked_at": "looked at a risk and left it as it was",
    "risk.purged": "removed a risk for good",
    "risk.reopened": "opened a risk again",
    "risk.restored": "put a risk back on the log",
    "stakeholder.added": "put somebody on the stakeholder map",
    "stakeholder.changed": "changed a stakeholder",
    "stakeholder.contacted": "wrote down a contact with a stakeholder",
    "stakeholder.moved": "moved a stakeholder on the grid",
    "stakeholder.purged": "removed a stakeholder for good",
    "stakeholder.removed": "took somebody off the stakeholder map",
    "stakeholder.restored": "put somebody back on the stakeholder map",
    "stakeholder_link.added": "added a flow to the system map",
    "stakeholder_link.changed": "changed a flow of the system map",
    "stakeholder_link.purged": "removed a flow of the system map for good",
    "stakeholder_link.removed": "took a flow off the system map",
    "stakeholder_link.restored": "put a flow back on the system map",
    "sustaining.answered": "answered what keeps the work going",
    "sustaining.deleted": "took answers about what keeps the work going away",
    "sustaining.purged": "removed answers about what keeps the work going for good",
    "sustaining.restored": "put answers about what keeps the work going back",
    "task.added": "added a task",
    "task.changed": "changed a task",
    "task.deleted": "deleted a task",
    "task.done": "ticked off a task",
    "task.opened": "said that a task is still to do",
    "task.purged": "removed a task for good",
    "task.restored": "put a task back",
    "signal.explained": "said what explains a signal",
    "signal.purged": "removed an explanation of a signal for good",
    "signal.restored": "put an explanation of a signal back",
    "signal.taken_back": "took an explanation of a signal back",
    "team.joined": "added a person to the team",
    "team.left": "took a person off the team",
    "text.not_nhs_number": "said that a text holds no NHS number",
    "training.recorded": "recorded training",
    "training.taken_back": "took a training record back",
    "training.restored": "put a training record back",
    "training.purged": "removed a training record for good",
    "user.changed": "changed their name or job",
    "weekly_message.started": "asked for the weekly message again",
    "weekly_message.stopped": "stopped the weekly message",
}
"""What each action is called in a sentence that begins with a person's name."""

KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "aim": ("Aim and drivers", ("aim.", "driver.", "drivers.", "idea.")),
    "measures": ("Measures and figures", ("measure.", "points.", "baseline.", "annotation.")),
    "cycles": ("PDSA cycles", ("pdsa.", "note.", "prediction.")),
    "tasks": ("Tasks", ("task.",)),
    "people": ("People", ("team.", "membership.", "stakeholder.", "stakeholder_link.")),
    "comments": ("Comments", ("comment.",)),
    "papers": (
        "Charter, risks and documents",
        ("charter.", "equality.", "involvement.", "sustaining.", "risk.", "attachment."),
    ),
    "adoption": ("Adoption", ("rating.", "phase.", "training.", "adoption.")),
    "case_study": ("Case study", ("case_study.",)),
    "project": ("The project itself", ()),
}
"""What a history can be narrowed to: its words, and how its actions begin. The last is the rest."""

QUIET = ("data.exported", "text.not_nhs_number")
"""Actions that change nothing in a project."""

LONGEST = 120


def sentence(action: str) -> str:
    """The action as the end of a sentence; an unknown one as its own words."""
    return ACTIONS.get(action) or action.replace(".", " ").replace("_", " ")


NUMBERS_OF_PEOPLE = frozenset({"figure"})
"""Fields that may hold a small number worked out from the figures: not told outside."""


def details(detail: Mapping[str, Any], *, outside: bool = False) -> list[str]:
    """What changed, a line a field: `Target: 95 became 98`."""
    return [
        line
        for name, value in detail.items()
        if not (outside and name in NUMBERS_OF_PEOPLE) and (line := _line(name, value))
    ]


def _line(name: str, value: Any) -> str:
    label = name.replace("_id", "").replace("_", " ").capitalize()
    if isinstance(value, list) and len(value) == 2:
        old, new = (_words(each) for each in value)
        if not old:
            return f"{label}: {new}" if new else ""
        return f"{label}: {old} became {new or 'empty'}"
    words = _words(value)
    return f"{label}: {words}" if words else ""


def _words(value: Any) -> str:
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(filter(None, map(_words, value)))
    if isinstance(value, dict):
        return "; ".join(f"{key} {_words(each)}" for key, each in value.items())
    text = str(value)
    if text.startswith("sha256:"):
        return "a long text"
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"
