"""Scales and forms that programmes share: sound for any programme, and their meaning held."""

from __future__ import annotations

import pytest

from tracker.plugin_api import Definition, Element, Proof, common

MADE: dict[str, tuple[Definition, str]] = {
    "adoption": (common.stage_of_adoption("falls"), "859e8e3efa0595bf"),
    "progress": (common.project_progress_score("falls"), "2c04a849e1705fa5"),
    "support": (common.psc_support_level("falls"), "d0c81772be72d412"),
    "poster": (common.poster("falls"), "91b81e549ad8e601"),
    "review": (common.coach_review("falls"), "bf2fe837a46ccacd"),
    "enablers": (common.key_enablers("falls"), "1f18af6b36e26395"),
}


@pytest.mark.parametrize("name", MADE)
def test_what_programmes_share_is_sound_and_means_what_it_meant(name: str) -> None:
    """A plugin that uses it has this fingerprint in its lock file: a change needs a version."""
    definition, fingerprint = MADE[name]
    definition.check()
    assert definition.source is not None
    assert definition.fingerprint().startswith(fingerprint)


def test_stages_that_count_and_what_they_need_are_those_of_the_programmes() -> None:
    stages = common.stage_of_adoption("falls").stages
    assert [int(stage.score) for stage in stages if stage.counts] == [5, 6, 7]
    needed = {int(stage.score): stage.needs for stage in stages if stage.needs}
    assert list(needed) == [4, 6, 7]
    assert [need.any_of[0] for need in needed[4]] == [Proof.TRAINING, Proof.USE]
    assert needed[7][0].at_least == 6


def test_each_programme_rates_its_own_elements() -> None:
    shoes = Element(key="shoes", title="Shoes", definition="Fitting shoes are worn")
    rubric = common.stage_of_adoption("falls", elements=[shoes])
    rubric.check()
    assert (rubric.programme, rubric.elements) == ("falls", (shoes,))
