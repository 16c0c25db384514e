"""Every kind of definition: checked, fingerprinted, kept as a copy, and its references followed."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tracker.plugin_api import (
    LONDON,
    Answer,
    AppliesTo,
    Arrival,
    Baseline,
    CalculatorInput,
    Claim,
    Contradiction,
    Criterion,
    Definition,
    DefinitionError,
    Driver,
    ImpactCalculator,
    Incalculable,
    Need,
    NumberNeeded,
    Parameter,
    ParameterKind,
    Part,
    Percent,
    PercentChange,
    Phase,
    PluginInfo,
    Pooling,
    ProgrammePlugin,
    Proof,
    Ratio,
    Reported,
    Rounding,
    Source,
    Sum,
    WorkedExample,
    Workstream,
    as_json,
    from_json,
    why_not_added,
)
from tracker.plugin_host import PluginFault, PluginHost, given
from tracker.testing import samples

MARCH, APRIL = date(2025, 3, 1), date(2025, 4, 1)


def faults(definition: Definition) -> str:
    with pytest.raises(DefinitionError) as caught:
        definition.check()
    return "; ".join(caught.value.faults)


@pytest.mark.parametrize("definition", samples.ALL, ids=lambda one: one.kind_name)
def test_a_sound_one_passes_and_its_stored_copy_reads_back(definition: Definition) -> None:
    definition.check()
    body = json.loads(json.dumps(as_json(definition)))
    copy = from_json(type(definition), body)
    assert copy == definition
    assert copy.fingerprint() == definition.fingerprint()


@pytest.mark.parametrize("definition", samples.ALL, ids=lambda one: one.kind_name)
def test_better_words_keep_the_fingerprint_and_a_new_version_changes_it(
    definition: Definition,
) -> None:
    assert "title" in {field.name for field in fields(definition)}
    retitled: Definition = replace(definition, title="Another", provisional=True)  # type: ignore[call-arg]
    assert retitled.fingerprint() == definition.fingerprint()
    assert replace(definition, version=2).fingerprint() != definition.fingerprint()


# The first release took rubrics without one.
TITLED = [one for one in samples.ALL if one.kind_name != "rubric"]


@pytest.mark.parametrize("definition", TITLED, ids=lambda one: one.kind_name)
def test_one_without_a_title_is_refused(definition: Definition) -> None:
    assert "has no title" in faults(replace(definition, title=" "))  # type: ignore[call-arg]


def test_parts_and_sources_are_found_at_any_depth() -> None:
    assert [part.key for part in samples.USE.parts()] == ["none", "all", "shoes"]
    assert [part.key for part in samples.DIAGRAM.parts()] == ["p1", "s11"]
    assert list(samples.HUDDLE.sources()) == [samples.OTHER]
    assert list(samples.PROGRAMME.sources()) == [samples.SOURCE] * 3 + [samples.OTHER]


@pytest.mark.parametrize(
    ("definition", "change", "said"),
    [
        (
            samples.PROGRAMME,
            {"workstreams": (Workstream(key="a", title="A", opened_on=APRIL, closed_on=MARCH),)},
            "workstream 'a' closes before it opens",
        ),
        (
            samples.PROGRAMME,
            {
                "contradictions": (
                    Contradiction(
                        key="a",
                        title="A",
                        claims=(Claim(text="1", source=samples.SOURCE),),
                        handling="",
                    ),
                )
            },
            (
                "contradiction 'a' needs what two sources say; programme:falls/falls@1: "
                "contradiction 'a' does not say how it is handled"
            ),
        ),
        (
            samples.RATE,
            {"baselines": (Baseline(key="b", title="B", starts=APRIL, ends=MARCH),)},
            "baseline 'b' ends before it starts",
        ),
        (samples.ALL_GIVEN, {"components": ("rate",)}, "needs at least two components"),
        (samples.ALL_GIVEN, {"components": ("a", "a")}, "component 'a' occurs twice"),
        (samples.ALL_GIVEN, {"pooling": Pooling.ROLLING_MEAN}, "a rolling mean is of one measure"),
        (samples.ALL_GIVEN, {"periods": 6}, "periods is for a rolling mean"),
        (samples.USE, {"applies_to": AppliesTo.SITE}, "has elements, but applies to each site"),
        (samples.USE, {"elements": samples.USE.elements * 2}, "element 'shoes' occurs twice"),
        (
            samples.USE,
            {"stages": tuple(replace(one, counts=False) for one in samples.USE.stages)},
            "Adoption score is rolled up, but no stage counts",
        ),
        (
            samples.USE,
            {
                "stages": tuple(
                    replace(one, needs=(Need(any_of=(), text="x", at_least=0),))
                    for one in samples.USE.stages
                )
            },
            "stage 'none': the need 'x' names no proof",
        ),
        (samples.READY, {"domains": samples.READY.domains * 2}, "domain 'people' occurs twice"),
        (samples.READY, {"domains": samples.READY.domains * 2}, "statement 'lead' occurs twice"),
        (samples.READY, {"responses": ()}, "needs at least two responses"),
        (samples.ROLL_OUT, {"phases": ()}, "has no phases"),
        (
            samples.ROLL_OUT,
            {"arrival": Arrival(title="There", complete=("gone",))},
            "arrival 'There' names the phase 'gone', which is not one of its own",
        ),
        (
            samples.ROLL_OUT,
            {"phases": (Phase(key="plan", title="P", starts_month=4, ends_month=3),)},
            "phase 'plan' ends in month 3, before it starts",
        ),
        (
            samples.ROLL_OUT,
            {"phases": (Phase(key="plan", title="P", starts_on=APRIL, ends_on=MARCH),)},
            "phase 'plan' ends on 2025-03-01, before it starts on 2025-04-01",
        ),
        (samples.DIAGRAM, {"primary": samples.DIAGRAM.primary * 2}, "driver 's11' occurs twice"),
        (samples.DIAGRAM, {"primary": (Driver(key="a", text=""),)}, "driver 'a' has no text"),
        (samples.COHORT, {"closes": samples.COHORT.opens}, "closes before it opens"),
        (
            samples.COHORT,
            {"opens": datetime(2025, 5, 28)},  # noqa: DTZ001
            "opens has no time zone; write datetime(..., tzinfo=LONDON)",
        ),
        (
            samples.COHORT,
            {"criteria": (Criterion(key="a", text="A", answer=Answer.CHOICE),)},
            "criterion 'a' needs at least two choices",
        ),
        (
            samples.COHORT,
            {"criteria": (Criterion(key="a", text="A", at_least=3),)},
            "criterion 'a' has at_least, but asks for a confirm",
        ),
        (samples.WORKSHOP, {"ends": None}, "has only one of starts and ends"),
        (samples.WORKSHOP, {"ends": samples.WORKSHOP.starts}, "ends before it starts"),
        (samples.WORKSHOP, {"day": APRIL}, "has both a day and times"),
        (
            samples.FRACTURES,
            {"inputs": samples.FRACTURES.inputs[1:]},
            "the formula uses 'days', which is no input",
        ),
        (
            samples.FRACTURES,
            {"formula": Sum(of=("a", "b"))},
            "the formula does not use the input 'days'",
        ),
        (
            samples.FRACTURES,
            {"examples": (replace(samples.FRACTURES.examples[0], result=Decimal(24)),)},
            "example 1 gives 25, not 24",
        ),
        (
            samples.FRACTURES,
            {"examples": (WorkedExample(given={"z": Decimal(1)}, result=Decimal(1)),)},
            "example 1 gives 'z', which is no input",
        ),
        (
            samples.FRACTURES,
            {"formula": Reported(figure=Decimal(420)), "inputs": ()},
            "is a reported figure, so it has no examples",
        ),
        (samples.FRACTURES, {"caveat": ""}, "has no caveat"),
        (samples.FRACTURES, {"formula": "a / b"}, "'a / b' (str); give it one of NumberNeeded"),
        (samples.TERM, {"expansion": ""}, "has neither an expansion nor a meaning"),
    ],
)
def test_what_makes_no_sense_is_refused(
    definition: Definition, change: dict[str, Any], said: str
) -> None:
    assert said in faults(replace(definition, **change))


# --- parameters ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (ParameterKind.NUMBER, "many", "'many' is not a number"),
        (ParameterKind.NUMBER, "NaN", "'NaN' is not a number"),
        (ParameterKind.DATE, "31 March", "'31 March' is not a date"),
        (ParameterKind.GESTATION, "33+7", "'33+7' is not a gestation"),
        (ParameterKind.TEXT, " ", "is empty"),
    ],
)
def test_a_parameter_holds_what_its_kind_says(kind: ParameterKind, value: str, said: str) -> None:
    limit = Parameter(key="limit", label="Limit", value=value, kind=kind)
    assert said in faults(replace(samples.RATE, parameters=(limit,)))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (ParameterKind.NUMBER, "0.5"),
        (ParameterKind.DATE, "2026-03-31"),
        (ParameterKind.GESTATION, "34+0"),
        (ParameterKind.TEXT, "NICU"),
    ],
)
def test_a_parameter_takes_what_its_kind_says(kind: ParameterKind, value: str) -> None:
    limit = Parameter(key="limit", label="Limit", value=value, kind=kind)
    replace(samples.RATE, parameters=(limit,)).check()


def test_the_value_of_a_parameter_is_meaning_and_its_label_is_not() -> None:
    (window,) = samples.ASSESSED.parameters
    relabelled = replace(samples.ASSESSED, parameters=(replace(window, label="Within"),))
    moved = replace(samples.ASSESSED, parameters=(replace(window, value="6"),))
    assert relabelled.fingerprint() == samples.ASSESSED.fingerprint()
    assert moved.fingerprint() != samples.ASSESSED.fingerprint()


# --- references ----------------------------------------------------------------------------------


def reasons(*plugins: ProgrammePlugin) -> dict[str, str]:
    host = PluginHost().load([given(plugin) for plugin in plugins])
    return {one.name: one.reason for one in host.set_aside}


def adding(**held: Any) -> ProgrammePlugin:
    info = PluginInfo(name="region", title="R", version="1.0", api=(1, 1), maintainer="A team")
    return ProgrammePlugin(info=info, **held)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (
            {"impact_calculators": [replace(samples.FRACTURES, key="more", measure="rates")]},
            (
                "impact_calculator:falls/more@1: it names the measure 'rates', which is not there; "
                "did you mean 'rate'?"
            ),
        ),
        (
            {"composites": [replace(samples.ALL_GIVEN, key="more", components=("rate", "zzz"))]},
            "composite:falls/more@1: a component names the measure 'zzz', which is not there",
        ),
        (
            {"change_ideas": [replace(samples.HUDDLE, key="more", elements=("shoe",))]},
            (
                "change_idea:falls/more@1: it names the element 'shoe', which is not there; "
                "did you mean 'shoes'?"
            ),
        ),
        (
            {
                "driver_diagrams": [
                    replace(
                        samples.DIAGRAM,
                        key="more",
                        primary=(Driver(key="p1", text="P", change_ideas=("gone",)),),
                    )
                ]
            },
            (
                "driver_diagram:falls/more@1: driver 'p1' names the change idea 'gone', "
                "which is not there"
            ),
        ),
    ],
)
def test_a_plugin_that_names_what_is_not_there_is_set_aside(held: Any, said: str) -> None:
    assert reasons(samples.falls_plugin(), adding(**held)) == {"region": said}


def test_a_plugin_may_name_what_another_brings() -> None:
    more = replace(samples.FRACTURES, key="more", measure="falls/rate")
    assert reasons(adding(impact_calculators=[more]), samples.falls_plugin()) == {}


def test_what_rests_on_a_plugin_that_is_set_aside_goes_with_it() -> None:
    more = replace(samples.FRACTURES, key="more")
    assert (
        "it adds to the programme 'falls', which is not loaded"
        in reasons(adding(impact_calculators=[more]))["region"]
    )


def test_strict_hosts_raise_for_a_reference() -> None:
    more = replace(samples.FRACTURES, key="more", measure="rates")
    with pytest.raises(PluginFault, match="rates"):
        PluginHost(strict=True).load(
            [given(samples.falls_plugin()), given(adding(impact_calculators=[more]))]
        )


# --- calculators ---------------------------------------------------------------------------------


def calculator(formula: Any, *keys: str, **changes: Any) -> ImpactCalculator:
    held = {
        "key": "more",
        "programme": "falls",
        "title": "T",
        "unit": "people",
        "caveat": "C",
        "inputs": tuple(CalculatorInput(key=key, title=key) for key in keys),
    }
    return ImpactCalculator(formula=formula, **(held | changes))


@pytest.mark.parametrize(
    ("formula", "rounding", "given", "result"),
    [
        (NumberNeeded(people="a", needed="b"), Rounding.NEAREST, ("30000", "62"), "484"),
        (NumberNeeded(people="a", needed="b"), Rounding.NEAREST, ("25693", "62"), "414"),
        (NumberNeeded(people="a", needed="b"), Rounding.FLOOR, ("14270", "37"), "385"),
        (Ratio(top="a", bottom="b"), Rounding.NEAREST_10, ("25693", "10"), "2570"),
        (Ratio(top="a", bottom="b"), Rounding.NEAREST, ("1", "2"), "1"),
        (Percent(part="a", whole="b"), Rounding.NEAREST, ("29", "42"), "69"),
        (Percent(part="a", whole="b"), Rounding.ONE_DECIMAL, ("9164", "11621"), "78.9"),
        (PercentChange(before="a", after="b"), Rounding.ONE_DECIMAL, ("1213", "1722"), "42"),
        (
            PercentChange(before="a", after="b", falls=True),
            Rounding.ONE_DECIMAL,
            ("27441", "18235"),
            "33.5",
        ),
        (Sum(of=("a", "b")), Rounding.NONE, ("627", "16"), "643"),
        (Ratio(top="a", bottom="b"), Rounding.TWO_DECIMALS, ("13956", "627"), "22.26"),
    ],
)
def test_figures_of_the_sources_come_out(
    formula: Any, rounding: Rounding, given: tuple[str, str], result: str
) -> None:
    one = calculator(formula, "a", "b", rounding=rounding)
    one.check()
    assert one.work_out(dict(zip("ab", map(Decimal, given), strict=True))) == Decimal(result)


def test_a_reported_figure_is_never_worked_out() -> None:
    one = calculator(Reported(figure=Decimal(420)))
    one.check()
    assert one.reported == Reported(figure=Decimal(420))
    assert one.formula_in_words() == ""
    with pytest.raises(Incalculable, match="reported by its source"):
        one.work_out({})


@pytest.mark.parametrize(
    ("given", "said"),
    [({"a": Decimal(1)}, "b is not known"), ({"a": Decimal(1), "b": Decimal(0)}, "cannot be 0")],
)
def test_what_cannot_be_worked_out_says_why(given: dict[str, Decimal], said: str) -> None:
    with pytest.raises(Incalculable, match=said):
        calculator(Ratio(top="a", bottom="b"), "a", "b").work_out(given)


def test_an_input_starts_from_its_own_value() -> None:
    assert samples.FRACTURES.work_out({"a": Decimal(3), "b": Decimal(1)}) == 100
    words = samples.FRACTURES.formula_in_words()
    assert words == "Bed days × (before - after) ÷ 2"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "They are the same figure."),
        ({"key": "b"}, "They count some of the same people."),
        ({"key": "b", "overlap_group": "", "unit": "lives"}, "One is in fractures, the other in"),
        ({"key": "b", "overlap_group": "", "period": "2023"}, "They are of different periods."),
        ({"key": "b", "overlap_group": ""}, None),
    ],
)
def test_overlapping_groups_are_not_added(change: dict[str, Any], said: str | None) -> None:
    why = why_not_added(samples.FRACTURES, replace(samples.FRACTURES, **change))
    assert why is None if said is None else said in (why or "")


def test_a_need_counts_any_of_its_proofs() -> None:
    need = Need(any_of=(Proof.CYCLE, Proof.CHART), text="One of them", at_least=2)
    assert list(need.faults()) == []


def test_every_part_may_be_provisional_and_sourced() -> None:
    part = Part(key="a", provisional=True, source=Source(code="S", title="T"))
    assert part.provisional
    assert LONDON.key == "Europe/London"
