"""What cycles said of their idea before there were ideas becomes ideas."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update

from tracker.db import db, unit_of_work
from tracker.drivers.models import ChangeIdea
from tracker.pdsa.models import PdsaCycle
from tracker.testing import factories

VERSIONS = Path(__file__).parents[2] / "migrations" / "versions"


def migration() -> Any:
    (path,) = VERSIONS.glob("*_keep_driver_diagrams.py")
    spec = spec_from_file_location("keep_driver_diagrams", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_idea_that_cycles_name_becomes_one_and_the_words_stay(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, other = factories.project(), factories.project()
    said = ["LifeStart trolley", "lifestart  trolley", "", "Leaflet"]
    for words in said:
        factories.cycle(project, change_idea=words)
    factories.cycle(other, change_idea="Leaflet")
    with unit_of_work():
        db.session.execute(update(PdsaCycle).values(change_idea_id=None))
        db.session.execute(delete(ChangeIdea))
    module = migration()
    with db.engine.begin() as connection:
        monkeypatch.setattr(module, "op", SimpleNamespace(get_bind=lambda: connection))
        module._ideas_of_cycles()

    ideas = db.session.scalars(db.select(ChangeIdea).order_by(ChangeIdea.id)).all()
    assert [(i.project_id, i.text) for i in ideas] == [
        (project.id, "LifeStart trolley"),
        (project.id, "Leaflet"),
        (other.id, "Leaflet"),
    ]
    assert len({i.uid for i in ideas}) == 3
    cycles = db.session.scalars(
        db.select(PdsaCycle).where(PdsaCycle.project_id == project.id).order_by(PdsaCycle.number)
    ).all()
    assert [c.change_idea for c in cycles] == said
    first, last = ideas[0].id, ideas[1].id
    assert [c.change_idea_id for c in cycles] == [first, first, None, last]
