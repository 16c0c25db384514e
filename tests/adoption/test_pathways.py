"""Pathways: counts by phase, one organisation's phases, and marking one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tracker.adoption import services
from tracker.adoption.models import PhaseMark
from tracker.auth.models import User
from tracker.charts.timeline import Months, month_heads, months_of, phase_line
from tracker.db import db, unit_of_work
from tracker.permissions import Role
from tracker.plugin_api import (
    AppliesTo,
    Arrival,
    Medium,
    Pathway,
    Phase,
    PhaseStatus,
    PluginInfo,
    Programme,
    ProgrammePlugin,
)
from tracker.plugin_host import PluginHost, given
from tracker.plugin_host.in_app import EXTENSION
from tracker.testing import factories

from .conftest import Region

TOOL = Pathway(
    key="tool",
    programme="preterm",
    title="Early warning tool",
    applies_to=AppliesTo.ORGANISATION,
    phases=(
        Phase(
            key="paper",
            title="On paper",
            starts_on=date(2022, 9, 1),
            ends_on=date(2022, 12, 31),
            path=Medium.PAPER,
        ),
        Phase(key="digital", title="In records", starts_on=date(2022, 11, 1), path=Medium.DIGITAL),
    ),
    arrival=Arrival(title="Paper done and records begun", complete=("paper",), begun=("digital",)),
)
HOME = "/programmes/preterm/adoption"


@pytest.fixture
def lead(region: Region, app: Flask, monkeypatch: pytest.MonkeyPatch) -> User:
    plugin = ProgrammePlugin(
        info=PluginInfo(
            name="preterm", title="Preterm", version="1.0", api=(1, 0), maintainer="Example team"
        ),
        programmes=[Programme(key="preterm", programme="preterm", title="Preterm")],
        pathways=[TOOL],
    )
    monkeypatch.setitem(app.extensions, EXTENSION, PluginHost().load([given(plugin)]))
    return factories.person("Lena Lead", role=Role.QI_LEAD, on=region.alder)


def mark(region: Region, unit: str, phase: str, status: PhaseStatus, on: date) -> None:
    with unit_of_work():
        services.mark_phase(getattr(region, unit), TOOL, phase, status, on=on, by=region.rater)


def test_phases_overlap_and_the_last_mark_holds(region: Region, lead: User, log_in: Any) -> None:
    mark(region, "alder", "paper", PhaseStatus.IN_PROGRESS, date(2022, 10, 1))
    mark(region, "alder", "paper", PhaseStatus.COMPLETE, date(2023, 1, 5))
    mark(region, "alder", "digital", PhaseStatus.IN_PROGRESS, date(2022, 12, 1))
    mark(region, "beech", "paper", PhaseStatus.COMPLETE, date(2023, 1, 5))
    text = " ".join(log_in(lead).get(f"{HOME}/pathways/tool").text.split())
    assert "1 of 3 organisations: paper done and records begun" in text
    assert "September 2022 to December 2022; on paper" in text
    assert 'data-label="Complete">2<' in text
    north = log_in(lead).get(f"{HOME}/pathways/tool?psc={region.south.id}").text
    assert "0 of 1 organisation: paper done" in north
    assert log_in(lead).get(f"{HOME}/pathways/none").status_code == 404


def test_a_lead_marks_a_phase_with_its_own_dates(region: Region, lead: User, log_in: Any) -> None:
    client, url = log_in(lead), f"{HOME}/{region.alder.id}/phases/tool"
    assert client.get(f"{url}/nothing").status_code == 404
    data = {
        "status": "in_progress",
        **{f"on-{part}": n for part, n in (("day", 1), ("month", 2), ("year", 2023))},
        **{f"starts_on-{part}": n for part, n in (("day", 9), ("month", 1), ("year", 2023))},
        **{f"ends_on-{part}": n for part, n in (("day", 8), ("month", 1), ("year", 2023))},
    }
    refused = client.post(f"{url}/paper", data=data)
    assert refused.status_code == 422
    assert "on or after the beginning" in refused.text
    data["ends_on-month"] = 6
    assert client.post(f"{url}/paper", data=data).status_code == 303
    held = db.session.scalars(select(PhaseMark)).one()
    assert (held.path, held.status, held.starts_on) == (
        "paper",
        PhaseStatus.IN_PROGRESS,
        date(2023, 1, 9),
    )
    text = client.get(url).text
    assert "9 January 2023 to 8 June 2023" in text
    assert "Lena Lead" in text
    outside = log_in(factories.person()).get(url).text
    assert "Lena Lead" not in outside


def test_a_phase_is_marked_by_those_with_a_role_there(
    region: Region, lead: User, log_in: Any
) -> None:
    url = f"{HOME}/{region.cedar.id}/phases/tool/paper"
    assert log_in(lead).post(url, data={"status": "complete"}).status_code == 403
    refused = log_in(lead).post(
        f"{HOME}/{region.alder.id}/phases/tool/paper", data={"status": "delayed"}
    )
    assert refused.status_code == 422, "the pathway has no such status"


def test_the_matrix_of_a_programme_with_pathways_only_leads_to_them(
    region: Region, lead: User, log_in: Any
) -> None:
    text = log_in(lead).get(HOME).text
    assert f"{HOME}/pathways/tool" in text
    assert "rates no organisations" in text


def test_a_line_is_as_long_as_its_phase_and_striped_at_an_open_end() -> None:
    months = months_of([date(2023, 1, 10), date(2023, 4, 2)])
    assert months == Months(date(2023, 1, 1), 4)
    whole = phase_line(months, date(2023, 2, 1), date(2023, 1, 1), date(2023, 4, 30))
    assert whole.count("qi-mark") == 1
    assert phase_line(months, date(2030, 1, 1), date(2023, 2, 1), None).count("qi-mark") == 4
    assert "2023" in month_heads(months)
    assert months_of([]) is None
