from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tracker.plugin_api import (
    NEEDS_DENOMINATOR,
    AppliesTo,
    Basis,
    CaseStudyTemplate,
    Chart,
    Definition,
    DefinitionError,
    Heading,
    Measure,
    Programme,
    ProgrammeAim,
    Replaces,
    Rubric,
    Source,
    Stage,
    as_json,
    from_json,
)

SOURCE = Source(code="S", title="A report", basis=Basis.DERIVED, published=date(2024, 1, 31))
PROGRAMME = Programme(
    key="falls",
    programme="falls",
    title="Preventing falls",
    opened_on=date(2024, 4, 1),
    aims=(ProgrammeAim(key="one", title="One", text="Fewer", figure=Decimal("62.50")),),
    source=SOURCE,
)


def stage(score: str, **changes: Any) -> Stage:
    key = f"s{score.replace('.', '_')}"
    return replace(Stage(key=key, score=Decimal(score), label="L", descriptor="D"), **changes)


RUBRIC = Rubric(
    key="use",
    programme="falls",
    version=2,
    title="Use",
    applies_to=AppliesTo.SITE,
    stages=(stage("0"), stage("0.5", counts=True, grouping="G", source=SOURCE), stage("1")),
    replaces=Replaces(version=1, stage_map={"none": "s0"}),
)
TEMPLATE = CaseStudyTemplate(
    key="poster",
    programme="falls",
    title="Poster",
    headings=(Heading(key="aim", text="Aim", words=100),),
)


def faults(definition: Definition) -> tuple[str, ...]:
    with pytest.raises(DefinitionError) as caught:
        definition.check()
    return caught.value.faults


@pytest.mark.parametrize("definition", [PROGRAMME, RUBRIC, TEMPLATE])
def test_sound_definitions_pass(definition: Definition) -> None:
    definition.check()


def test_a_definition_has_a_name_among_its_kind_and_among_all(measure: Measure) -> None:
    assert replace(measure, version=3).ref == "falls/falls_rate@3"
    assert measure.ident == "measure:falls/falls_rate@1"


# --- fingerprints --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Falls on the ward"},
        {"lag_months": 2},
        {"data_source": "Datix"},
        {"notes": ("Beware",)},
        {"source": SOURCE},
        {"provisional": True},
        {"multiplier": Decimal("1.0")},
    ],
)
def test_better_words_keep_the_fingerprint(measure: Measure, change: dict[str, Any]) -> None:
    assert replace(measure, **change).fingerprint() == measure.fingerprint()


@pytest.mark.parametrize(
    "change",
    [
        {"key": "falls_count"},
        {"version": 2},
        {"numerator": "Falls with harm in the month"},
        {"denominator": "Occupied bed days"},
        {"exclusions": ("Visitors",)},
        {"unit": "falls"},
        {"chart": Chart.UP},
        {"multiplier": Decimal(1000)},
        {"target": Decimal(0)},
    ],
)
def test_a_change_of_meaning_changes_the_fingerprint(
    measure: Measure, change: dict[str, Any]
) -> None:
    assert replace(measure, **change).fingerprint() != measure.fingerprint()


def test_numbers_are_compared_by_value(measure: Measure) -> None:
    prints = {
        replace(measure, target=Decimal(text)).fingerprint() for text in ("62", "62.0", "6.2e1")
    }
    assert len(prints) == 1


def test_meaning_is_seen_inside_the_parts_too() -> None:
    first, *rest = RUBRIC.stages
    relabelled = replace(RUBRIC, stages=(replace(first, label="Nothing"), *rest))
    redefined = replace(RUBRIC, stages=(replace(first, descriptor="Nothing"), *rest))
    assert relabelled.fingerprint() == RUBRIC.fingerprint()
    assert redefined.fingerprint() != RUBRIC.fingerprint()


def test_definitions_of_different_kinds_differ() -> None:
    programme = Programme(key="same", programme="same", title="Same")
    template = CaseStudyTemplate(key="same", programme="same", title="Same", headings=())
    assert programme.fingerprint() != template.fingerprint()


# --- stored copies -------------------------------------------------------------------------------


@pytest.mark.parametrize("definition", [PROGRAMME, RUBRIC, TEMPLATE])
def test_a_stored_copy_reads_back_as_the_definition(definition: Definition) -> None:
    assert from_json(type(definition), as_json(definition)) == definition


def test_a_stored_copy_of_a_measure_reads_back(measure: Measure) -> None:
    whole = replace(measure, target=Decimal("2.50"), exclusions=("Visitors",), source=SOURCE)
    body = as_json(whole)
    assert body["target"] == "2.50"
    assert body["source"]["published"] == "2024-01-31"
    assert from_json(Measure, body) == whole


def test_a_copy_from_a_later_release_is_read_without_what_is_not_known(measure: Measure) -> None:
    assert from_json(Measure, as_json(measure) | {"from_later": [1]}) == measure


def test_a_copy_from_an_earlier_release_gets_the_defaults(measure: Measure) -> None:
    body = as_json(measure)
    del body["notes"]
    assert from_json(Measure, body) == measure


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("chart", "pie", "measure.chart is 'pie', not one of Chart"),
        ("target", "many", "measure.target is 'many', not a Decimal"),
        ("exclusions", "none", "measure.exclusions is 'none', not a list"),
        ("lag_months", True, "measure.lag_months is True, not a whole number"),
        ("source", [], "measure.source is [], not a mapping"),
    ],
)
def test_a_damaged_copy_says_where(measure: Measure, field: str, value: Any, said: str) -> None:
    with pytest.raises(DefinitionError, match=said.replace("[", r"\[")):
        from_json(Measure, as_json(measure) | {field: value})


def test_a_copy_that_lacks_a_field_names_it(measure: Measure) -> None:
    body = as_json(measure)
    del body["unit"], body["numerator"]
    with pytest.raises(DefinitionError, match="measure lacks unit, numerator"):
        from_json(Measure, body)


# --- what the types cannot say -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"target": 0.95}, 'target is 0.95 (float); write Decimal("0.95")'),
        ({"target": 62}, 'target is 62 (int); write Decimal("62")'),
        ({"target": Decimal("NaN")}, "target is NaN, not a number"),
        ({"chart": "u"}, "chart is 'u' (str); give it one of Chart"),
        ({"exclusions": ["Visitors"]}, "exclusions is ['Visitors'] (list); write a tuple"),
        ({"exclusions": (1,)}, "exclusions[0] is 1 (int); give it text"),
        ({"lag_months": True}, "lag_months is True (bool); give it a whole number"),
        ({"unit": None}, "unit is None (NoneType); give it text"),
        ({"source": "a report"}, "source is 'a report' (str); give it one of Source"),
    ],
)
def test_a_wrong_type_is_named(measure: Measure, change: dict[str, Any], said: str) -> None:
    (fault,) = faults(replace(measure, **change))
    assert fault.startswith("measure:falls/falls_rate@1: measure.")
    assert said in fault


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"key": "Falls-Rate"}, "key 'Falls-Rate' is not lower_snake_case"),
        ({"version": 0}, "version is 0; versions start at 1"),
        ({"title": " "}, "has no title"),
        ({"unit": ""}, "has no unit"),
        ({"numerator": ""}, "has no numerator"),
        ({"lag_months": -1}, "lag_months is -1; it must be 0 or more"),
        ({"multiplier": Decimal(0)}, "multiplier is 0; it must be above 0"),
        (
            {"chart": Chart.C, "denominator": None, "multiplier": Decimal(100)},
            "multiplier is 100, but there is no denominator",
        ),
    ],
)
def test_a_measure_that_cannot_be_used_says_why(
    measure: Measure, change: dict[str, Any], said: str
) -> None:
    (fault,) = faults(replace(measure, **change))
    assert fault.endswith(f": {said}")


@pytest.mark.parametrize("chart", Chart)
def test_only_charts_whose_limits_follow_a_denominator_need_one(
    measure: Measure, chart: Chart
) -> None:
    bare = replace(measure, chart=chart, denominator=None)
    if chart in NEEDS_DENOMINATOR:
        assert faults(bare) == (f"{bare.ident}: a {chart} chart needs a denominator",)
    else:
        bare.check()


def test_every_fault_is_told_at_once(measure: Measure) -> None:
    assert len(faults(replace(measure, title="", unit="", version=0))) == 3


def test_a_programme_has_one_name() -> None:
    (fault,) = faults(replace(PROGRAMME, key="fall"))
    assert fault.endswith("key is 'fall' and programme 'falls'; write the same word")


def test_a_programme_does_not_close_before_it_opens() -> None:
    (fault,) = faults(replace(PROGRAMME, closed_on=date(2024, 3, 31)))
    assert fault.endswith("closes on 2024-03-31, before it opens on 2024-04-01")


def test_aims_have_keys_of_their_own() -> None:
    (fault,) = faults(replace(PROGRAMME, aims=PROGRAMME.aims * 2))
    assert fault.endswith("aim 'one' occurs twice")


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        (("0", "1", "2", "4"), "has no stage 3; add it to stages 0, 1, 2, 4, or close the gap"),
        (("0.5", "1", "2"), "has no stage 1.5; add it to stages 0.5, 1, 2, or close the gap"),
        (("0", "2", "1"), "stages must rise; their scores are 0, 2, 1"),
        (("0",), "needs at least two stages"),
    ],
)
def test_a_forgotten_stage_is_named(scores: tuple[str, ...], said: str) -> None:
    rubric = replace(RUBRIC, stages=tuple(stage(s) for s in scores), replaces=None)
    assert faults(rubric) == (f"{rubric.ident}: {said}",)


def test_two_stages_of_one_key_are_refused() -> None:
    twice = (stage("0", key="same"), stage("1", key="same"))
    assert "stage 'same' occurs twice" in faults(replace(RUBRIC, stages=twice, replaces=None))[0]


@pytest.mark.parametrize(
    ("replaces", "said"),
    [
        (Replaces(version=2, stage_map={}), "replaces version 2, which is not before 2"),
        (Replaces(version=1, stage_map={"a": "z"}), "stage_map leads to 'z'"),
    ],
)
def test_a_replaced_rubric_leads_to_stages_that_are_there(replaces: Replaces, said: str) -> None:
    assert said in faults(replace(RUBRIC, replaces=replaces))[0]


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        ((), "has no headings"),
        ((Heading(key="a", text=""),), "heading 'a' has neither a text nor a prompt"),
        ((Heading(key="a", text="A", words=0),), "heading 'a' asks for 0 words"),
        ((Heading(key="a", text="A"), Heading(key="a", text="B")), "heading 'a' occurs twice"),
    ],
)
def test_a_form_needs_headings_that_can_be_filled(headings: tuple[Heading, ...], said: str) -> None:
    assert said in faults(replace(TEMPLATE, headings=headings))[0]
