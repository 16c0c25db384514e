"""Who may read what is published, how it is found, and what travels with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest

from tracker.audit.models import AuditEvent
from tracker.auth.models import User
from tracker.case_studies import queries, services
from tracker.case_studies.domain import Intervention, Outcome, Readers, Setting
from tracker.case_studies.models import Published
from tracker.case_studies.queries import Filters
from tracker.db import db, unit_of_work, utcnow
from tracker.deleted import services as deleting
from tracker.permissions import Role
from tracker.programmes import services as programmes
from tracker.projects import services as projects
from tracker.testing import case_studies as made
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.forms import form_in
from tracker.testing.statements import count_statements

from .conftest import Ward

NewClient = Callable[[], TrackerClient]
YES, NO = 200, 404


def published(ward: Ward, **written: object) -> Published:
    return made.published(made.case_study(ward.project, by=ward.lead, **written), by=ward.lead)


def open_to_public(ward: Ward, *, is_allowed: bool = True) -> None:
    with unit_of_work():
        services.say_public(
            ward.trust,
            is_allowed=is_allowed,
            reason="The board decided",
            on=date(2025, 1, 1),
            by=ward.administrator,
        )


def reader(ward: Ward, who: str) -> User | None:
    trust = ward.trust
    match who:
        case "team":
            return factories.member(ward.project)
        case "trust":
            return factories.person(role=Role.VIEWER, on=trust)
        case "psc":
            return factories.person(role=Role.PSC_MANAGER, on=ward.psc)
        case "network":
            elsewhere = factories.organisation()
            with unit_of_work():
                programmes.switch_on(elsewhere, "opioids", by=None, on=date(2020, 1, 1))
            return factories.person(role=Role.VIEWER, on=elsewhere)
        case "stranger":
            return ward.stranger
    return None


@pytest.mark.parametrize(
    ("readers", "allowed"),
    [
        (Readers.ORGANISATION, {"team", "trust", "psc"}),
        (Readers.NETWORK, {"team", "trust", "psc", "network"}),
        (Readers.NATIONAL, {"team", "trust", "psc", "network", "stranger"}),
        (Readers.PUBLIC, {"team", "trust", "psc", "network", "stranger", "nobody"}),
    ],
)
def test_each_step_adds_readers(
    ward: Ward, new_client: NewClient, readers: Readers, allowed: set[str]
) -> None:
    with unit_of_work():
        projects.change(
            ward.project,
            by=ward.lead,
            title="Hurry",
            problem="",
            programme="opioids",
            psc=ward.psc,
            sites=[],
        )
    if readers is Readers.PUBLIC:
        open_to_public(ward)
    found = published(ward, readers=readers, title="Only for some")
    for who in ("team", "trust", "psc", "network", "stranger", "nobody"):
        client, user = new_client(), reader(ward, who)
        if user is not None:
            client.sign_in(user)
        expected = YES if who in allowed else 302 if user is None else NO
        assert client.get(f"/case-studies/{found.uid}").status_code == expected, who
        if user is not None:
            library = client.get("/case-studies?q=some").text
            assert ("Only for some" in library) is (who in allowed), who


def test_a_public_page_works_without_signing_in_and_only_while_the_organisation_says_so(
    ward: Ward, new_client: NewClient
) -> None:
    open_to_public(ward)
    draft = made.case_study(ward.project, by=ward.lead, readers=Readers.PUBLIC)
    made.photo(draft, by=ward.lead, heading="aim")
    found = made.published(draft, by=ward.lead)
    at, client = f"/case-studies/{found.uid}", new_client()
    shown = client.get(at)
    assert shown.status_code == 200
    assert "X-Robots-Tag" not in shown.headers
    assert client.get(f"{at}/pictures/{made.dot_hash()}").status_code == 200
    assert client.get("/case-studies").status_code == 302

    open_to_public(ward, is_allowed=False)
    assert client.get(at).status_code == 302
    assert client.get(f"{at}/pictures/{made.dot_hash()}").status_code == 302
    signed_in = new_client()
    signed_in.sign_in(ward.stranger)
    assert signed_in.get(at).headers["X-Robots-Tag"] == "noindex, nofollow"


def test_an_address_that_never_was_looks_like_one_that_may_not_be_read(
    ward: Ward, new_client: NewClient
) -> None:
    hidden, client = published(ward), new_client()
    never = "00000000-0000-4000-8000-000000000000"
    for uid in (hidden.uid, never):
        assert client.get(f"/case-studies/{uid}").status_code == 302
    client.sign_in(ward.stranger)
    pages = [client.get(f"/case-studies/{uid}") for uid in (hidden.uid, never)]
    assert [page.status_code for page in pages] == [404, 404]


def test_an_administrator_says_whether_it_may_be_public_and_when(
    ward: Ward, new_client: NewClient
) -> None:
    client, at = new_client(), f"/organisations/{ward.trust.id}/case-studies"
    client.sign_in(ward.administrator)
    form = form_in(client.get(at).text, "form_key")
    assert client.post(at, data=form).status_code == 422
    sent = form | {"is_allowed": "yes", "reason": "The board, 3 March"}
    assert client.post(at, data=sent).status_code == 303
    assert queries.may_be_public(ward.trust.id)
    site = factories.organisation(part_of=ward.trust)
    assert queries.may_be_public(site.id)
    assert not queries.may_be_public(ward.psc.id)
    assert "The board, 3 March" in client.get(at).text
    said = db.session.scalars(
        db.select(AuditEvent).where(AuditEvent.action == "case_studies.opened")
    ).one()
    assert (said.organisation_id, said.user_id) == (ward.trust.id, ward.administrator.id)


def test_a_picture_travels_with_its_type_and_under_its_hash(
    ward: Ward, new_client: NewClient
) -> None:
    draft = made.case_study(ward.project, by=ward.lead)
    picture = made.photo(draft, by=ward.lead)
    made.photo(draft, by=ward.lead)
    found = made.published(draft, by=ward.lead)
    client = new_client()
    client.sign_in(ward.lead)
    for at in (
        f"/projects/{ward.project.id}/case-studies/pictures/{picture.id}",
        f"/case-studies/{found.uid}/pictures/{made.dot_hash()}",
    ):
        answer = client.get(at)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert answer.mimetype == "image/png"
        again = client.get(at, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
    # A picture of another case study is not read through this one.
    assert client.get(f"/case-studies/{found.uid}/pictures/{'a' * 64}").status_code == 404
    client.sign_in(ward.stranger)
    assert client.get(f"/case-studies/{found.uid}/pictures/{made.dot_hash()}").status_code == 404


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"alt": "A dot"}, "Choose a picture"),
        ({"picture": made.DOT}, "Say what the picture shows"),
        ({"picture": b"GIF89a", "alt": "A dot"}, "this file is not one"),
    ],
)
def test_a_picture_needs_to_be_one_and_words_for_those_who_cannot_see_it(
    ward: Ward, new_client: NewClient, sent: dict[str, object], said: str
) -> None:
    draft = made.case_study(ward.project, by=ward.lead)
    client = new_client()
    client.sign_in(ward.lead)
    at = f"/projects/{ward.project.id}/case-studies/{draft.id}/pictures/new"
    form: dict[str, object] = dict(form_in(client.get(at).text, "form_key")) | sent
    if "picture" in sent:
        form["picture"] = (BytesIO(sent["picture"]), "a.png")  # type: ignore[arg-type]
    else:
        form.pop("picture", None)
    refused = client.post(at, data=form, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert said in refused.text
    assert queries.pictures(draft) == []


HOSTILE = (
    "<script>alert(1)</script> [a](javascript:alert(1)) ![x](https://elsewhere.example/t.png) "
    '<b hx-get="/account" style="x">b</b>'
)
HARM = ("<script>alert", 'href="javascript', '<img src="https', '<b hx-get="/account"')


def test_hostile_text_is_words_on_every_page_and_on_paper(
    ward: Ward, new_client: NewClient
) -> None:
    draft = made.case_study(
        ward.project,
        by=ward.lead,
        title=f"T {HOSTILE}"[:200],
        did_not_work=HOSTILE,
        key_learning=HOSTILE[:300],
        authors=f"{HOSTILE}, {HOSTILE}",
    )
    client = new_client()
    client.sign_in(ward.lead)
    pages = [f"/projects/{ward.project.id}/case-studies/{draft.id}{e}" for e in ("", "/preview")]
    every = {h.key: HOSTILE for h in queries.template_of(draft).headings}
    made.rewrite(draft, by=ward.lead, answers=every)
    found = made.published(draft, by=ward.lead)
    pages += [f"/case-studies/{found.uid}", "/case-studies", f"/projects/{ward.project.id}/history"]
    for at in pages:
        html = client.get(at).text
        for harm in (
            "<script>alert",
            'href="javascript',
            '<img src="https',
            '<b hx-get="/account"',
        ):
            assert harm not in html, (at, harm)
    paper = client.get(f"/case-studies/{found.uid}/report.pdf")
    assert paper.data.startswith(b"%PDF")
    assert b"/URI (javascript" not in paper.data


def test_the_filters_are_in_the_address_and_each_narrows(ward: Ward, new_client: NewClient) -> None:
    published(
        ward,
        readers=Readers.NATIONAL,
        title="Alarms",
        setting=Setting.ACUTE_WARD,
        intervention=Intervention.PROMPT,
        outcome=Outcome.DID_NOT,
    )
    published(ward, readers=Readers.NATIONAL, title="Trolleys", outcome=Outcome.WORKED)
    client = new_client()
    client.sign_in(ward.stranger)
    for asked, found in {
        "": {"Alarms", "Trolleys"},
        "?setting=acute_ward": {"Alarms"},
        "?intervention=equipment": {"Trolleys"},
        "?outcome=did_not": {"Alarms"},
        "?failures=yes": {"Alarms", "Trolleys"},
        "?programme=generic": {"Alarms", "Trolleys"},
        "?programme=opioids": set(),
        "?q=alar": {"Alarms"},
        "?q=trolley+example": {"Trolleys", "Alarms"},
        f"?place={ward.trust.id}": {"Alarms", "Trolleys"},
        f"?place={ward.psc.id}&q=alarms": {"Alarms"},
        "?place=1000000": set(),
        "?setting=nonsense&outcome=%00&page=x&place=-1": {"Alarms", "Trolleys"},
    }.items():
        html = client.get(f"/case-studies{asked}").text
        titles = {t for t in ("Alarms", "Trolleys") if f">{t}</a>" in html}
        assert titles == found, asked


def test_the_library_asks_the_database_as_often_for_many_as_for_few(
    ward: Ward, new_client: NewClient
) -> None:
    client = new_client()
    client.sign_in(ward.stranger)

    def asked() -> int:
        with count_statements() as statements:
            client.get("/case-studies?q=example")
        return len(statements)

    published(ward, readers=Readers.NATIONAL)
    few = asked()
    for _ in range(4):
        published(ward, readers=Readers.NATIONAL)
    assert asked() == few
    shelf = queries.library(ward.stranger, Filters())
    assert len(shelf.rows) == 5


def test_what_was_published_outlives_its_project(ward: Ward, new_client: NewClient) -> None:
    found = published(ward, readers=Readers.NATIONAL, title="Outlives")
    uid = found.uid
    with unit_of_work():
        projects.delete(ward.project, by=ward.lead)
        ward.project.deleted_at = utcnow().replace(year=2020)
    with unit_of_work():
        deleting.purge(utcnow())
    client = new_client()
    client.sign_in(ward.stranger)
    assert client.get(f"/case-studies/{uid}").status_code == 200
    assert "Outlives" in client.get("/case-studies?q=outlives").text


def test_a_report_and_a_poster_are_made_of_the_frozen_copy(
    ward: Ward, new_client: NewClient
) -> None:
    draft = made.case_study(ward.project, by=ward.lead)
    made.photo(draft, by=ward.lead, heading="methods")
    found = made.published(draft, by=ward.lead)
    client = new_client()
    client.sign_in(ward.lead)
    for end, name in (("report", "case-study"), ("poster", "poster")):
        answer = client.get(f"/case-studies/{found.uid}/{end}.pdf")
        assert answer.mimetype == "application/pdf"
        assert name in answer.headers["Content-Disposition"]
        assert answer.data.startswith(b"%PDF")
