"""From a draft to a copy that nothing changes: who may, what is needed, what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from tracker.audit.models import AuditEvent
from tracker.case_studies import freezing, queries, services
from tracker.case_studies.domain import CaseStudyStatus, Readers, ReviewDecision
from tracker.case_studies.drafting import facts_of
from tracker.case_studies.models import CaseStudy, Published
from tracker.db import db, unit_of_work
from tracker.measures import queries as measures
from tracker.permissions import Role
from tracker.plugin_api import CaseStudyShared, CaseStudyTemplate
from tracker.plugin_host import current_host
from tracker.programmes.models import StoredDefinition
from tracker.projects import services as projects
from tracker.testing import case_studies as made
from tracker.testing import factories
from tracker.testing.client import TrackerClient
from tracker.testing.forms import form_in

from .conftest import Ward

NewClient = Callable[[], TrackerClient]


def url(case_study: CaseStudy, end: str = "") -> str:
    return f"/projects/{case_study.project_id}/case-studies/{case_study.id}{end}"


def as_(new_client: NewClient, user: object) -> TrackerClient:
    client = new_client()
    client.sign_in(user)  # type: ignore[arg-type]
    return client


def follow(client: TrackerClient, address: str) -> str:
    """The page that a post leads to."""
    return client.get(client.post(address).headers["Location"]).text


def article(html: str) -> str:
    start = html.index('<div class="qi-cols qi-cols--side" id="case-study">')
    return html[start : html.index("</main>")]


def test_the_whole_way_from_a_project_to_the_library(
    app: Flask, ward: Ward, new_client: NewClient
) -> None:
    lead, coach = as_(new_client, ward.lead), as_(new_client, ward.coach)
    begin = f"/projects/{ward.project.id}/case-studies/new"
    sent = form_in(lead.get(begin).text, "idem_key") | {"form": "generic/poster@1"}
    at = lead.post(begin, data=sent).headers["Location"]
    page = lead.get(at).text
    assert "Increase cord clamping at 60 seconds" in page
    assert "Drafted from" in page
    assert "What to write" in page
    form = form_in(page)
    words = {f"answers-{n}-text": f"Words {n}" for n in range(1, 6) if n != 4}
    words |= {
        "answers-4-text": "It went from 75% to 97% for 2 babies more",
        "key_learning": "Stand on the left",
        "did_not_work": "Short cords did not reach",
        "readers": "national",
    }
    assert lead.post(at, data=form | words).status_code == 303
    assert lead.post(f"{at}/send", data=token(lead, at)).status_code == 303

    review = coach.get(f"{at}/review").text
    assert "2 babies" in review
    said = form_in(review) | {"decision": "approve"}
    assert coach.post(f"{at}/review", data=said).status_code == 303

    consent = form_in(lead.get(f"{at}/consent").text, "idem_key")
    consent |= {"who": "Example Sponsor", "role": "Executive sponsor", "readers": "national"}
    assert lead.post(f"{at}/consent", data=consent).status_code == 303

    publish = lead.get(f"{at}/publish").text
    assert "“2 babies”" in publish
    form = form_in(publish)
    refused = lead.post(f"{at}/publish", data=form)
    assert refused.status_code == 422
    assert "mend “2 babies”, or say why it is right" in refused.text
    explained = {name: "The parents agreed" for name in form if name.endswith("-reason")}
    done = lead.post(f"{at}/publish", data=form | explained)
    assert done.status_code == 303
    shown = lead.get(done.headers["Location"]).text
    assert "Lena Lead (" in shown
    assert "What did not work" in shown

    stranger = as_(new_client, ward.stranger)
    library = stranger.get("/case-studies").text
    assert "Stand on the left" in library
    assert stranger.get(done.headers["Location"]).status_code == 200
    assert stranger.get(at).status_code == 404


def token(client: TrackerClient, at: str) -> dict[str, str]:
    return {"csrf_token": form_in(client.get(at).text)["csrf_token"]}


def test_under_headings_without_words_nothing_is_missed_and_nothing_is_printed(ward: Ward) -> None:
    (form,) = (
        form
        for form in current_host().of(CaseStudyTemplate)
        if (form.programme, form.key) == ("opioids", "medsip_lived_experience")
    )
    with unit_of_work():
        study = services.begin(ward.project, form, facts_of(ward.project), by=ward.lead)
        study.answers = {h.key: f"Under {h.key} 2 babies died." for h in form.headings}
    places = {c.heading for c in freezing.caught_in(study, form, ()) if "2 babies" in c.words}
    assert {"Place", "Why here", "First result", "Advice"} <= places
    assert len(places) == len(form.headings)
    assert {part["heading"] for part in freezing.frozen(study, form)["parts"]} == {""}


@pytest.mark.parametrize(
    ("lacks", "said"),
    [
        ("review", "has not approved this text"),
        ("consent", "Nobody has agreed to these readers"),
        ("words", "Key learning has no words yet"),
        ("failures", "What did not work has no words yet"),
        ("organisation", "has not said that its case studies may be public"),
    ],
)
def test_publishing_needs_review_consent_and_words(ward: Ward, lacks: str, said: str) -> None:
    written = {"words": {"key_learning": ""}, "failures": {"did_not_work": ""}}.get(lacks, {})
    readers = Readers.PUBLIC if lacks == "organisation" else Readers.NETWORK
    draft = made.case_study(ward.project, by=ward.lead, readers=readers, **written)
    with unit_of_work():
        if lacks != "review":
            services.send(draft, by=ward.lead)
            services.review(draft, ReviewDecision.APPROVE, note="", notes={}, by=ward.coach)
        # To fewer readers than it is for.
        given = Readers.ORGANISATION if lacks == "consent" else readers
        services.record_consent(
            draft, who="A", role="Sponsor", readers=given, on=date(2025, 1, 1), by=ward.lead
        )
    body = freezing.frozen(draft, queries.template_of(draft))
    with pytest.raises(services.NotNow, match=said), unit_of_work():
        services.publish(draft, body, uid=draft.uid, address="x", cleared=(), by=ward.lead)
    assert db.session.scalars(db.select(Published)).all() == []


def test_the_tab_leads_each_person_to_what_they_may_do(ward: Ward, new_client: NewClient) -> None:
    draft = made.case_study(ward.project, by=ward.lead, title="Half done")
    made.published(made.case_study(ward.project, by=ward.lead, title="Done"), by=ward.lead)
    with unit_of_work():
        services.send(draft, by=ward.lead)
    viewer = factories.person(role=Role.VIEWER, on=ward.trust)
    at = f"/projects/{ward.project.id}/case-studies"
    for user, leads_to, may_withdraw in (
        (ward.lead, url(draft), True),
        (ward.coach, url(draft, "/review"), False),
        (viewer, None, False),
    ):
        page = as_(new_client, user).get(at).text
        assert ("Half done" in page) is (leads_to is not None)
        assert leads_to is None or f'href="{leads_to}"' in page
        assert ">Done</a>" in page
        assert ("Withdraw it" in page) is may_withdraw


def test_a_draft_is_deleted_and_restored_unless_readers_or_a_reviewer_have_it(
    ward: Ward, new_client: NewClient
) -> None:
    study = made.case_study(ward.project, by=ward.lead, title="A draft of ours")
    client = as_(new_client, ward.lead)
    client.post(url(study, "/send"))
    home = f"/projects/{ward.project.id}/case-studies"
    assert "Delete this draft" not in client.get(url(study)).text
    assert "Take it back to delete it" in follow(client, url(study, "/delete"))
    client.post(url(study, "/take-back"))
    assert "Draft deleted" in follow(client, url(study, "/delete"))
    assert client.get(url(study)).status_code == 404
    assert study.title not in client.get(home).text
    listed = client.get(f"/projects/{ward.project.id}/deleted").text
    assert f'action="{home}/{study.id}/restore"' in listed
    assert "Draft restored" in follow(client, f"{home}/{study.id}/restore")
    made.published(study, by=ward.lead)
    assert "withdrawn, not deleted" in follow(client, url(study, "/delete"))
    assert "Delete this draft" not in client.get(url(study)).text


def test_nobody_reviews_what_they_sent(ward: Ward) -> None:
    both = factories.person(role=Role.COACH, on=ward.trust)
    draft = made.case_study(ward.project, by=ward.lead)
    with unit_of_work():
        services.send(draft, by=both)
    with pytest.raises(services.OwnWork), unit_of_work():
        services.review(draft, ReviewDecision.APPROVE, note="", notes={}, by=both)


def test_a_change_after_approval_asks_for_another_review(ward: Ward) -> None:
    draft = made.case_study(ward.project, by=ward.lead)
    made.published(draft, by=ward.lead)
    before = draft.status
    made.rewrite(draft, by=ward.lead, key_learning="Another thing")
    assert (before, draft.status) == (CaseStudyStatus.PUBLISHED, CaseStudyStatus.DRAFT)


def test_nobody_writes_while_a_reviewer_reads(ward: Ward, new_client: NewClient) -> None:
    draft = made.case_study(ward.project, by=ward.lead)
    lead = as_(new_client, ward.lead)
    form = form_in(lead.get(url(draft)).text)
    with unit_of_work():
        services.send(draft, by=ward.lead)
    # The form was drawn before: somebody else sent it meanwhile.
    assert lead.post(url(draft), data=form | {"title": "Other"}).status_code == 422
    again = form_in(lead.get(url(draft)).text) | {"title": "Other"}
    refused = lead.post(url(draft), data=again)
    assert refused.status_code == 422
    assert "Take it back to change it" in refused.text
    assert lead.post(f"{url(draft)}/take-back", data=token(lead, url(draft))).status_code == 303
    assert lead.post(url(draft), data=form_in(lead.get(url(draft)).text)).status_code == 303


def test_changes_are_asked_for_in_words_beside_the_headings(
    ward: Ward, new_client: NewClient
) -> None:
    draft = made.case_study(ward.project, by=ward.lead)
    coach, lead = as_(new_client, ward.coach), as_(new_client, ward.lead)
    with unit_of_work():
        services.send(draft, by=ward.lead)
    form = form_in(coach.get(f"{url(draft)}/review").text) | {"decision": "ask_changes"}
    assert coach.post(f"{url(draft)}/review", data=form).status_code == 422
    form |= {"notes-2-note": "Which babies?"}
    assert coach.post(f"{url(draft)}/review", data=form).status_code == 303
    page = lead.get(url(draft)).text
    assert "Cora Coach asked for changes" in page
    assert "Which babies?" in page


def test_two_people_who_write_lose_nothing(ward: Ward, new_client: NewClient) -> None:
    draft = made.case_study(ward.project, by=ward.lead)
    one, two = as_(new_client, ward.lead), as_(new_client, ward.administrator)
    mine, theirs = (form_in(c.get(url(draft)).text) for c in (one, two))
    assert one.post(url(draft), data=mine | {"answers-0-text": "Aim of one"}).status_code == 303
    met = two.post(url(draft), data=theirs | {"answers-1-text": "Background of two"})
    assert met.status_code == 409
    assert "Aim of one" in met.text
    assert "Background of two" in met.text
    assert two.post(url(draft), data=form_in(met.text)).status_code == 303
    db.session.expire_all()
    assert draft.answers["aim"] == "Aim of one"
    assert draft.answers["background"] == "Background of two"


def test_what_is_published_never_changes(
    app: Flask, ward: Ward, new_client: NewClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = made.case_study(ward.project, by=ward.lead, readers=Readers.NATIONAL)
    made.photo(draft, by=ward.lead, heading="results")
    published = made.published(draft, by=ward.lead)
    at, body = f"/case-studies/{published.uid}", json.dumps(published.body, sort_keys=True)
    reader = as_(new_client, ward.stranger)
    before = article(reader.get(at).text)
    assert "Clamped at 60 seconds" in before

    (measure,) = measures.of_projects([ward.project.id])
    factories.points(measure, [(30, 30)], first=date(2024, 6, 1), by=ward.lead)
    factories.cycle(ward.project, by=ward.lead, title="A later test")
    (picture,) = queries.pictures(draft)
    with unit_of_work():
        projects.change(
            ward.project,
            by=ward.lead,
            title="Renamed",
            problem="",
            programme=None,
            psc=None,
            sites=[],
        )
        services.remove_picture(picture, by=ward.lead)
    made.rewrite(draft, by=ward.lead, key_learning="Changed", answers={"aim": "Changed"})
    with unit_of_work():
        stored = db.session.get_one(StoredDefinition, draft.definition_id)
        changed = {**stored.body, "title": "Another form"}
        changed["headings"] = [{**h, "text": "Other"} for h in stored.body["headings"]]
        stored.body = changed
    # Without its plugins.
    monkeypatch.setattr(app.extensions["tracker_plugins"], "active", {}, raising=False)

    assert article(reader.get(at).text) == before
    db.session.expire_all()
    assert json.dumps(published.body, sort_keys=True) == body
    shown = reader.get(f"{at}/pictures/{made.dot_hash()}")
    assert (shown.status_code, shown.mimetype) == (200, "image/png")


def test_a_new_version_supersedes_and_the_old_one_stays_at_its_address(
    ward: Ward, new_client: NewClient
) -> None:
    draft = made.case_study(ward.project, by=ward.lead, readers=Readers.NATIONAL, title="First")
    first = made.published(draft, by=ward.lead)
    made.rewrite(draft, by=ward.lead, title="Second")
    second = made.published(draft, by=ward.lead)
    assert (second.number, second.uid != first.uid) == (2, True)
    reader = as_(new_client, ward.stranger)
    old = reader.get(f"/case-studies/{first.uid}").text
    assert "There is a newer version of this" in old
    assert f"/case-studies/{second.uid}" in old
    assert "Version 1" in old
    library = reader.get("/case-studies").text
    assert "Second" in library
    assert "First" not in library
    assert "First" not in reader.get("/case-studies?q=first").text


def test_what_is_withdrawn_says_so_at_its_address_and_nowhere_else(
    ward: Ward, new_client: NewClient
) -> None:
    published = made.published(
        made.case_study(
            ward.project, by=ward.lead, readers=Readers.NATIONAL, title="Withdrawn one"
        ),
        by=ward.lead,
    )
    lead, reader = as_(new_client, ward.lead), as_(new_client, ward.stranger)
    at, withdraw = (
        f"/case-studies/{published.uid}",
        f"/case-studies/versions/{published.id}/withdraw",
    )
    assert reader.post(withdraw).status_code == 403
    form = form_in(lead.get(withdraw).text, "form_key")
    assert lead.post(withdraw, data=form).status_code == 422
    assert lead.post(withdraw, data=form | {"reason": "A figure was wrong"}).status_code == 303
    gone = reader.get(at)
    assert gone.status_code == 410
    assert "A figure was wrong" in gone.text
    assert "Ask those who push" not in gone.text
    assert reader.get(f"{at}/report.pdf").status_code == 404
    assert reader.get(f"{at}/pictures/{'0' * 64}").status_code == 404
    assert "Withdrawn one" not in reader.get("/case-studies").text
    assert "Withdrawn one" not in reader.get("/case-studies?q=withdrawn").text
    assert "already" in lead.post(withdraw, data=form | {"reason": "Again"}).text


def test_plugins_are_told_of_what_is_published(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(current_host(), "tell", told.append)
    made.published(made.case_study(ward.project, by=ward.lead), by=ward.lead)
    (event,) = [each for each in told if isinstance(each, CaseStudyShared)]
    assert (event.project_id, event.programme) == (ward.project.id, "generic")


def test_what_looks_like_an_nhs_number_is_refused_under_its_heading(
    ward: Ward, new_client: NewClient
) -> None:
    draft = made.case_study(ward.project, by=ward.lead)
    lead = as_(new_client, ward.lead)
    form = form_in(lead.get(url(draft)).text) | {"answers-1-text": "Baby 943 476 5919"}
    refused = lead.post(url(draft), data=form)
    assert refused.status_code == 422
    assert "Background: this looks like an NHS number" in refused.text


def test_each_step_is_in_the_history_and_names_nobody(ward: Ward, new_client: NewClient) -> None:
    draft = made.case_study(ward.project, by=ward.lead)
    made.published(draft, by=ward.lead)
    events = db.session.scalars(
        db.select(AuditEvent).where(AuditEvent.project_id == ward.project.id)
    )
    found = {e.action: json.dumps(e.detail) for e in events if e.action.startswith("case_study.")}
    assert set(found) == {
        "case_study.begun",
        "case_study.written",
        "case_study.sent",
        "case_study.approved",
        "case_study.consent_recorded",
        "case_study.published",
    }
    assert "Example Sponsor" not in "".join(found.values())
    assert "Example Author" not in "".join(found.values())
    page = as_(new_client, ward.lead).get(f"/projects/{ward.project.id}/history").text
    assert "published a case study" in page
