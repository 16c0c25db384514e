"""One project with a row of every kind in it, and a person for each access role around it."""

from __future__ import annotations

from datetime import date
from secrets import token_hex
from typing import Any

import pytest
from flask import Flask

from tracker.adoption import services as adoption
from tracker.agenda import services as agenda
from tracker.agenda.queries import stopping_link
from tracker.attachments import services as attachments
from tracker.attachments.domain import PaperKind
from tracker.attachments.models import Attachment
from tracker.auth import own
from tracker.auth import services as auth
from tracker.auth.domain import LinkPurpose
from tracker.auth.models import LoginSession, User
from tracker.blobs.papers import checked
from tracker.case_studies import services as case_studies
from tracker.charter import services as charter
from tracker.charter.domain import Verdict
from tracker.charter.models import Decision
from tracker.charter.queries import load, standing
from tracker.comments import services as comments
from tracker.comments.models import Comment
from tracker.db import db, unit_of_work
from tracker.drivers import services as drivers
from tracker.drivers.domain import Level
from tracker.measures import explaining
from tracker.measures import services as measures
from tracker.measures.models import AnnotationKind
from tracker.organisations import placing, to_confirm
from tracker.organisations import services as organisations
from tracker.organisations.domain import OrganisationKind
from tracker.organisations.models import OrganisationQuestion, QuestionAbout
from tracker.pdsa import services as pdsa
from tracker.permissions import Role
from tracker.plugin_api import Cadence, Chart, Direction, MeasureKind
from tracker.projects import services as projects
from tracker.projects.models import Project, Sharing
from tracker.projects.queries import everybody
from tracker.risks import services as risks
from tracker.stakeholders import services as stakeholders
from tracker.stakeholders.domain import Details
from tracker.sustaining import services as sustaining
from tracker.sustaining.domain import Answer, Sheet
from tracker.tasks import services as tasks
from tracker.testing import case_studies as made
from tracker.testing import factories

PLACES = {
    Role.PSC_MANAGER: "psc",
    Role.NATIONAL_VIEWER: "region",
    Role.SYSTEM_ADMINISTRATOR: None,
}
"""Where each role is held, when not at the trust."""

LONG_AGO = date(2020, 1, 1)

PASSING = measures.Counting(
    title="Passing",
    kind=MeasureKind.OUTCOME,
    unit="people",
    better=Direction.DOWN,
    chart=Chart.RUN,
    cadence=Cadence.MONTHLY,
    numerator="People",
)


def decided(project: Project) -> Decision:
    """An administrator's approval of a charter."""
    administrator = factories.person(role=Role.ORGANISATION_ADMINISTRATOR, on=project.organisation)
    with unit_of_work():
        seen = standing(load(project), everybody(project)).fingerprint
        return charter.decide(project, Verdict.APPROVED, reason="", seen=seen, by=administrator)


class World:
    """A region, an ICB, a PSC and a trust; the trust's project, shared with the organisation."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._kept: dict[str, object] = {}
        self._addresses = app.url_map.bind("localhost")
        self.region = factories.organisation(kind=OrganisationKind.REGION)
        self.psc = factories.psc()
        self.icb = factories.organisation(kind=OrganisationKind.ICB, part_of=self.region)
        self.trust = factories.organisation(part_of=self.icb, psc=self.psc)
        self.elsewhere = factories.organisation()
        self.lead = factories.person()
        self.project = factories.project(
            by=self.lead,
            organisation=self.trust,
            psc=self.psc,
            programme="generic",
            sharing=Sharing.ORGANISATION,
        )
        self.rated = factories.project(
            by=self.lead,
            organisation=self.trust,
            psc=self.psc,
            programme="opioids",
            sharing=Sharing.ORGANISATION,
        )
        self.cycle = factories.cycle(self.project, by=self.lead)
        self.measure = factories.points(
            factories.measure(self.project, by=self.lead), [3, 5, 4], by=self.lead
        )
        self.signalling = factories.points(
            factories.measure(self.project, by=self.lead, chart=Chart.RUN),
            [1] * 10 + [9] * 10,
            by=self.lead,
        )
        with unit_of_work():
            self.event = measures.annotate(
                self.project,
                kind=AnnotationKind.INTERVENTION,
                starts_on=date(2024, 2, 1),
                text="New form",
                measure=self.measure,
                by=self.lead,
            )
            phase = measures.set_phase(
                self.measure, starts_on=date(2024, 3, 1), reason="Known", by=self.lead
            )
            baseline = measures.set_baseline(
                self.measure,
                name="2024",
                first_on=date(2024, 1, 1),
                last_on=date(2024, 3, 1),
                by=self.lead,
            )
            adoption.include("opioids", [self.trust], on=LONG_AGO, by=self.lead)
            self.driver = drivers.add_driver(self.project, Level.PRIMARY, "Staying", by=self.lead)
            self.idea = drivers.add_idea(self.project, "Staying", under=[self.driver], by=self.lead)
            self.task = tasks.add(self.project, tasks.Asked(what="Passing"), by=self.lead)
            self.risk = risks.add(self.project, risks.Judgement("Passing"), by=self.lead)
            self.document = self._document()
            self.stakeholder = stakeholders.add(
                self.project, Details(name="Staying"), on=LONG_AGO, by=self.lead
            )
            self.flow = stakeholders.add_link(
                self.project, source="Staying", target="Ward", flows="Advice", by=self.lead
            )
            self.group = charter.consider(self.project, charter.Assessment("Staying"), by=self.lead)
            self.involvement = charter.involve(
                self.project, charter.Contribution("Staying"), by=self.lead
            )
        self._end_boards()
        self.decision = decided(self.project)
        self.case_study = made.case_study(self.project, by=self.lead)
        self.photo = made.photo(self.case_study, by=self.lead)
        self.published = made.published(self.case_study, by=self.lead)
        self.sha256 = made.dot_hash()
        self.bodies: dict[str, dict[str, Any]] = {
            "measures.remove_phase": {"id": phase.id},
            "measures.remove_baseline": {"id": baseline.id},
            "drafts.keep": {"form_key": "a"},
            "drivers.act": {"do": "remove"},
            "drivers.act_on_idea": {"do": "remove"},
            "drafts.discard": {"form_key": "a"},
        }

    def _document(self) -> Attachment:
        paper = checked(b"Passing", "a.txt")
        kind = PaperKind.OTHER
        return attachments.add_file(self.project, paper, title="Passing", kind=kind, by=self.lead)

    def _end_boards(self) -> None:
        """Two boards of the PSC that ended: one was split, and leaves a location; one merged."""
        boards = [
            factories.organisation(kind=OrganisationKind.ICB, part_of=self.region, psc=self.psc)
            for _ in range(4)
        ]
        self.split, self.merged, one, other = boards
        self.location = factories.organisation(kind=OrganisationKind.SUB_ICB, part_of=self.split)
        with unit_of_work():
            organisations.split(
                self.split, into=[one, other], going={}, on=date(2024, 4, 1), by=None
            )
            organisations.merge([self.merged], into=one, on=date(2024, 4, 1), by=None)
            db.session.add(
                OrganisationQuestion(
                    organisation_id=self.split.id, about=QuestionAbout.LEAD_SUCCESSOR, text="Who?"
                )
            )
        self.successor = one

    def person(self, column: str) -> User:
        """Somebody with the access role that a column of the table names."""
        if column == "foreign":
            return factories.person(role=Role.QI_LEAD, on=self.elsewhere)
        role = Role(column)
        place = PLACES.get(role, "trust")
        return factories.person(role=role, on=getattr(self, place) if place else None)

    def parts(self, endpoint: str, by: User | None) -> dict[str, object]:
        """What the address of an endpoint is made of; a row that a request uses up is new."""
        if not self._kept:
            self._kept = {
                "project_id": self.project.id,
                "organisation_id": self.trust.id,
                "key": "generic",
                "kind": "project",
                "subject_id": self.project.id,
                "cycle_id": self.cycle.id,
                "measure_id": self.measure.id,
                "event_id": self.event.id,
                "driver_id": self.driver.id,
                "idea_id": self.idea.id,
                "risk_id": self.risk.id,
                "task_id": self.task.id,
                "attachment_id": self.document.id,
                "stakeholder_id": self.stakeholder.id,
                "link_id": self.flow.id,
                "group_id": self.group.id,
                "involvement_id": self.involvement.id,
                "decision_id": self.decision.id,
                "number": 1,
                "element": "any",
                "case_study_id": self.case_study.id,
                "published_id": self.published.id,
                "picture_id": self.photo.id,
                "uid": self.published.uid,
                "sha256": self.sha256,
                "name": self.app.extensions["qi_assets"].named["qi.css"],
            }
        with unit_of_work():
            return self._kept | self._used_up(endpoint, by)

    def address(self, endpoint: str, by: User | None) -> str:
        """The address of an endpoint, on rows that are there.

        Of several addresses the shortest: the longer ones name a part that not every thing has.
        """
        parts = self.parts(endpoint, by)
        wanted = min((rule.arguments for rule in self.app.url_map.iter_rules(endpoint)), key=len)
        return self._addresses.build(endpoint, {name: parts[name] for name in wanted})

    def _used_up(self, endpoint: str, by: User | None) -> dict[str, object]:
        lead = self.lead
        match endpoint:
            case "pdsa.delete" | "pdsa.restore":
                plan = pdsa.CyclePlan(title="Passing", starts_on=LONG_AGO)
                cycle = pdsa.plan(self.project, plan, by=lead)
                if endpoint == "pdsa.restore":
                    pdsa.delete(cycle, by=lead)
                return {"cycle_id": cycle.id}
            case "pdsa.remove_note" | "pdsa.restore_note":
                note = pdsa.note(self.cycle, what="Passing", surprise="", on=LONG_AGO, by=lead)
                if endpoint == "pdsa.restore_note":
                    pdsa.remove_note(note, by=lead)
                return {"note_id": note.id, "deleted_id": note.id}
            case "drivers.act" | "drivers.restore":
                driver = drivers.add_driver(self.project, Level.PRIMARY, token_hex(8), by=lead)
                if endpoint == "drivers.restore":
                    drivers.remove(driver, by=lead)
                return {"driver_id": driver.id}
            case "drivers.act_on_idea" | "drivers.restore_idea":
                idea = drivers.add_idea(self.project, token_hex(8), by=lead)
                if endpoint == "drivers.restore_idea":
                    drivers.remove(idea, by=lead)
                return {"idea_id": idea.id}
            case "attachments.delete" | "attachments.restore":
                document = self._document()
                if endpoint == "attachments.restore":
                    attachments.delete(document, by=lead)
                return {"attachment_id": document.id}
            case "sustaining.delete" | "sustaining.restore":
                answers = [Answer("networks", "yes")]
                made_now = sustaining.add_round(
                    self.project, Sheet.ENABLERS, answers, on=LONG_AGO, by=lead
                )
                if endpoint == "sustaining.restore":
                    sustaining.delete(made_now, by=lead)
                return {"round_id": made_now.id}
            case "tasks.delete" | "tasks.restore":
                task = tasks.add(self.project, tasks.Asked(what="Passing"), by=lead)
                if endpoint == "tasks.restore":
                    tasks.delete(task, by=lead)
                return {"task_id": task.id}
            case "risks.delete" | "risks.restore":
                risk = risks.add(self.project, risks.Judgement("Passing"), by=lead)
                if endpoint == "risks.restore":
                    risks.delete(risk, by=lead)
                return {"risk_id": risk.id}
            case "stakeholders.remove" | "stakeholders.restore":
                passing = Details(name="Passing")
                row = stakeholders.add(self.project, passing, on=LONG_AGO, by=lead)
                if endpoint == "stakeholders.restore":
                    stakeholders.remove(row, by=lead)
                return {"stakeholder_id": row.id}
            case "stakeholders.remove_link" | "stakeholders.restore_link":
                flow = stakeholders.add_link(
                    self.project, source="Ward", target="Unit", flows=token_hex(8), by=lead
                )
                if endpoint == "stakeholders.restore_link":
                    stakeholders.remove_link(flow, by=lead)
                return {"link_id": flow.id}
            case "charter.remove_group" | "charter.restore_group":
                group = charter.consider(self.project, charter.Assessment("Passing"), by=lead)
                if endpoint == "charter.restore_group":
                    charter.remove(group, by=lead)
                return {"group_id": group.id}
            case "charter.remove_involvement" | "charter.restore_involvement":
                entry = charter.involve(self.project, charter.Contribution("Passing"), by=lead)
                if endpoint == "charter.restore_involvement":
                    charter.remove(entry, by=lead)
                return {"involvement_id": entry.id}
            case "measures.delete" | "measures.restore":
                measure = measures.add_local(self.project, PASSING, by=lead)
                if endpoint == "measures.restore":
                    measures.delete(measure, by=lead)
                return {"measure_id": measure.id, "deleted_id": measure.id}
            case "measures.delete_event" | "measures.restore_event":
                event = measures.annotate(
                    self.project,
                    kind=AnnotationKind.POLICY,
                    starts_on=LONG_AGO,
                    text="Passing",
                    measure=self.measure,
                    by=lead,
                )
                if endpoint == "measures.restore_event":
                    measures.delete_annotation(event, by=lead)
                return {"event_id": event.id, "deleted_id": event.id}
            case "measures.take_back_explanation" | "measures.restore_explanation":
                said = explaining.explain(
                    self.measure,
                    rule="any",
                    period=LONG_AGO,
                    text="Passing",
                    cycle_ids=(),
                    annotation_ids=(),
                    by=lead,
                )
                if endpoint == "measures.restore_explanation":
                    explaining.take_back(said, by=lead)
                return {"explanation_id": said.id, "deleted_id": said.id}
            case "measures.explain":
                return {
                    "measure_id": self.signalling.id,
                    "rule": "run-above",
                    "first": "2024-11-01",
                }
            case "organisations.place" | "organisations.settle":
                return {"organisation_id": self.split.id, "about": "lead_successor"}
            case "organisations.undo_placement":
                waits = to_confirm.waiting_ids(
                    self.split, among=[self.location.id], on=date(2024, 4, 1)
                )
                if waits:
                    placing.place(
                        waits, left=self.split, into=self.successor, on=date(2024, 4, 1), by=lead
                    )
                newest = to_confirm.placements(self.split)[0]
                return {"organisation_id": self.split.id, "placement_id": newest.id}
            case "programmes.carry_over":
                return {"organisation_id": self.merged.id}
            case "adoption.take_back_training" | "adoption.restore_training":
                record = adoption.record_training(
                    self.trust,
                    programme="opioids",
                    given_by="Passing",
                    what="Passing",
                    on=LONG_AGO,
                    people=1,
                    role="Passing",
                    by=lead,
                )
                if endpoint == "adoption.restore_training":
                    adoption.take_back_training(record, by=lead)
                    return {"key": "opioids", "deleted_id": record.id}
                return {"key": "opioids", "record_id": record.id}
            case "progress.rate":
                return {"project_id": self.rated.id, "rubric": "wsa_phase"}
            case "adoption.pathway" | "adoption.phases" | "adoption.mark_phase":
                return {"key": "psirf", "pathway": "psirf_phase", "phase": "orientation"}
            case endpoint if endpoint.startswith("adoption."):
                return {"key": "opioids", "rubric": "wsa_phase"}
            case "programmes.set_own" | "programmes.end_own":
                return {
                    "key": "opioids",
                    "kind": "measure",
                    "name": "high_dose_count",
                    "field": "title",
                }
            case "programmes.events" | "programmes.part":
                return {"key": "time_critical_meds", "part": "joining"}
            case "case_studies.delete" | "case_studies.restore":
                draft = made.draft(self.project, by=lead)
                if endpoint == "case_studies.restore":
                    case_studies.delete(draft, by=lead)
                return {"case_study_id": draft.id, "deleted_id": draft.id}
            case "case_studies.remove_picture":
                return {"picture_id": made.add_dot(self.case_study, by=lead).id}
            case "projects.remove_member":
                member = projects.add_member(
                    self.project, by=lead, on=LONG_AGO, name="Passing", team_role="Lead"
                )
                return {"member_id": member.id}
            case "deleted.delete_project" | "deleted.restore_project":
                project = projects.start(
                    title="Passing",
                    organisation=self.trust,
                    psc=self.psc,
                    by=lead,
                    on=LONG_AGO,
                    sharing=Sharing.ORGANISATION,
                )
                if endpoint == "deleted.restore_project":
                    projects.delete(project, by=lead)
                return {"project_id": project.id}
            case "comments.restore":
                taken: Comment = comments.add(self.project, "Passing", by=by or lead)
                comments.take_back(taken, by=by or lead)
                return {"deleted_id": taken.id}
            case "comments.take_back" | "comments.resolve" | "comments.reopen":
                # One's own, where there is a role to write with.
                comment: Comment = comments.add(self.project, "Passing", by=by or lead)
                return {"comment_id": comment.id}
            case endpoint if endpoint.startswith("people."):
                user = auth.create_user(f"{token_hex(8)}@example.org", "Passing", by=None)
                held = auth.give_membership(
                    user, Role.VIEWER, organisation_id=self.trust.id, on=LONG_AGO, by=None
                )
                return {"user_id": user.id, "membership_id": held.id}
            case "agenda.feed":
                return {"secret": agenda.make_feed(by or lead)}
            case "agenda.stop":
                return {"token": stopping_link(by or lead).rpartition("/")[2]}
            case "auth.end_one":
                return {"sign_in_id": self._sign_in_of(by or lead)}
            case "auth.set_password":
                link = auth.make_link(lead, purpose=LinkPurpose.RESET, by=None)
                return {"token": link}
            case "auth.confirm_email":
                address = f"{token_hex(8)}@example.org"
                return {"token": own.ask_for_new_email(by or lead, address)}
        return {}

    def _sign_in_of(self, user: User) -> int:
        auth.sign_in(user, address=None, browser="other")
        of_user = db.select(db.func.max(LoginSession.id)).where(LoginSession.user_id == user.id)
        return db.session.scalars(of_user).one() or 0


@pytest.fixture
def world(app: Flask) -> World:
    return World(app)


class BlankPage:
    """What WeasyPrint would have laid out: one page with nothing on it."""

    pages = (None,)

    def write_pdf(self, **options: Any) -> bytes:
        return b"%PDF-1.7"


@pytest.fixture
def blank_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents as PDF come blank and drawings as PNG are one dot.

    For walks over every route, which prove who gets an answer and what its headers say. Setting a
    page takes longer than all else a walk does, and is the same for every role; that documents
    and drawings are set right is proved where they are made (tests/documents, tests/charts,
    tests/case_studies, tests/drivers), and that stored text does no harm in them in
    `tests/security/test_every_text.py`, on the real ones.
    """
    import resvg_py
    import weasyprint

    monkeypatch.setattr(weasyprint.HTML, "render", lambda *args, **options: BlankPage())
    monkeypatch.setattr(resvg_py, "svg_to_bytes", lambda **options: made.DOT)
