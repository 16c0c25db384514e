from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tracker.plugin_api import (
    Measure,
    PluginInfo,
    Programme,
    ProgrammePlugin,
    Rubric,
    hookimpl,
)
from tracker.plugin_host import LoadStage, PluginFault, PluginHost, discover, given

FALLS = Programme(key="falls", programme="falls", title="Preventing falls")


def info(name: str, api: tuple[int, int] = (1, 0)) -> PluginInfo:
    return PluginInfo(name=name, title=name, version="1.0", api=api, maintainer="A team")


def falls(*measures: Measure, name: str = "falls") -> ProgrammePlugin:
    return ProgrammePlugin(info=info(name), programmes=[FALLS], measures=measures)


def adds(name: str, *measures: Measure) -> ProgrammePlugin:
    return ProgrammePlugin(info=info(name), measures=measures)


def loaded(*plugins: object, strict: bool = False) -> PluginHost:
    return PluginHost(strict=strict).load(given(plugin) for plugin in plugins)


def reasons(host: PluginHost) -> dict[str, tuple[LoadStage, str]]:
    return {one.name: (one.stage, one.reason) for one in host.set_aside}


# Code of a plugin's __init__.py, the stage at which it stops, and what is said.
BAD = {
    "import_error": (
        "import nothing_of_this_name",
        LoadStage.IMPORT,
        "ModuleNotFoundError: No module named 'nothing_of_this_name' (__init__.py, line 7)",
    ),
    "leaves": (
        "raise SystemExit(3)",
        LoadStage.IMPORT,
        "it asked Python to stop (SystemExit: 3) (__init__.py, line 7)",
    ),
    "syntax_error": ("plugin = (", LoadStage.IMPORT, "SyntaxError: '(' was never closed"),
    "no_plugin": ("x = 1", LoadStage.CONTRACT, "makes nothing that is called `plugin`"),
    "no_info": ("plugin = object()", LoadStage.CONTRACT, "has no `info` of type PluginInfo"),
    "future": (
        "plugin = ProgrammePlugin(info=info('future', api=(2, 0)))",
        LoadStage.CONTRACT,
        "is written for plugin API 2.0; this tracker has 1.1",
    ),
    "newer": (
        "plugin = ProgrammePlugin(info=info('newer', api=(1, 2)))",
        LoadStage.CONTRACT,
        "is written for plugin API 1.2; this tracker has 1.1",
    ),
    "odd_api": (
        "plugin = ProgrammePlugin(info=info('odd_api', api='1.0'))",
        LoadStage.CONTRACT,
        "info.api is '1.0'; write two whole numbers, as in (1, 0)",
    ),
    "nobody": (
        "plugin = ProgrammePlugin(info=info('nobody', maintainer=''))",
        LoadStage.CONTRACT,
        "info.maintainer is ''; write some text",
    ),
    "misnamed": (
        "plugin = ProgrammePlugin(info=info('other'))",
        LoadStage.CONTRACT,
        "info.name is 'other', but the plugin was found as 'misnamed'",
    ),
    "mistyped": (
        """
        class Plugin:
            info = info("mistyped")
            @hookimpl
            def tracker_measurs(self): return []
        plugin = Plugin()
        """,
        LoadStage.CONTRACT,
        "there is no hook tracker_measurs; did you mean tracker_measures?",
    ),
    "unmarked": (
        """
        class Plugin:
            info = info("unmarked")
            def tracker_measures(self): return []
        plugin = Plugin()
        """,
        LoadStage.CONTRACT,
        "tracker_measures lacks @hookimpl, so it would never be called",
    ),
    "wrapper": (
        """
        class Plugin:
            info = info("wrapper")
            @hookimpl(wrapper=True)
            def tracker_measures(self): return (yield)
        plugin = Plugin()
        """,
        LoadStage.CONTRACT,
        "tracker_measures is a wrapper; hooks are called one by one, so wrappers are refused",
    ),
    "argument": (
        """
        class Plugin:
            info = info("argument")
            @hookimpl
            def tracker_rubrics(self, organisation): return []
        plugin = Plugin()
        """,
        LoadStage.CONTRACT,
        "Argument(s) {'organisation'} are declared in the hookimpl",
    ),
    "wrong_type": (
        """
        class Plugin:
            info = info("wrong_type")
            @hookimpl
            def tracker_measures(self): return ["not a measure"]
        plugin = Plugin()
        """,
        LoadStage.DEFINITIONS,
        "tracker_measures returned 'not a measure', not a Measure",
    ),
    "nothing": (
        """
        class Plugin:
            info = info("nothing")
            @hookimpl
            def tracker_programmes(self): pass
        plugin = Plugin()
        """,
        LoadStage.DEFINITIONS,
        "tracker_programmes returned None, not a list",
    ),
    "raises": (
        """
        class Plugin:
            info = info("raises")
            @hookimpl
            def tracker_measures(self): raise RuntimeError("boom")
        plugin = Plugin()
        """,
        LoadStage.DEFINITIONS,
        "RuntimeError: boom",
    ),
    "raises_late": (
        """
        class Plugin:
            info = info("raises_late")
            @hookimpl
            def tracker_programmes(self):
                yield Programme(key="late", programme="late", title="Late")
                raise RuntimeError("late")
        plugin = Plugin()
        """,
        LoadStage.DEFINITIONS,
        "RuntimeError: late",
    ),
    "half_bad": (
        """
        plugin = ProgrammePlugin(
            info=info("half_bad"),
            programmes=[Programme(key="half_bad", programme="half_bad", title="Half")],
            rubrics=[Rubric(key="r", programme="half_bad", title="R", stages=(),
                            applies_to=AppliesTo.SITE)],
        )
        """,
        LoadStage.DEFINITIONS,
        "rubric:half_bad/r@1: needs at least two stages",
    ),
    "twice": (
        """
        one = Programme(key="twice", programme="twice", title="Twice")
        plugin = ProgrammePlugin(info=info("twice"), programmes=[one, one])
        """,
        LoadStage.DEFINITIONS,
        "programme:twice/twice@1 is defined twice",
    ),
    "homeless": (
        """
        plugin = ProgrammePlugin(info=info("homeless"), case_study_templates=[
            CaseStudyTemplate(key="a", programme="nowhere", title="A",
                              headings=(Heading(key="h", text="H"),))])
        """,
        LoadStage.DEFINITIONS,
        "it adds to the programme 'nowhere', which is not loaded",
    ),
}
GOOD = """
from .inner import TITLE
plugin = ProgrammePlugin(
    info=info("good"),
    programmes=[Programme(key="good", programme="good", title=TITLE)],
)
"""


@pytest.fixture
def write_all(write_plugin: Callable[..., Path]) -> None:
    for name, (code, _, _) in BAD.items():
        write_plugin(name, code)
    write_plugin("good", GOOD, inner="TITLE = 'A good programme'")


@pytest.mark.usefixtures("write_all")
def test_bad_plugins_are_set_aside_together_and_the_good_one_works(folder: Path) -> None:
    host = PluginHost().load(discover([*BAD, "good"], [folder]))

    assert list(host.active) == ["good"]
    assert [programme.title for programme in host.of(Programme)] == ["A good programme"]
    assert sorted(one.name for one in host.set_aside) == sorted(BAD)


@pytest.mark.parametrize("name", BAD)
def test_each_fault_has_its_stage_and_its_reason(
    name: str, folder: Path, write_plugin: Callable[..., Path]
) -> None:
    code, stage, said = BAD[name]
    write_plugin(name, code)

    (one,) = PluginHost().load(discover([name], [folder])).set_aside

    assert (one.name, one.stage) == (name, stage)
    assert said in one.reason
    assert "\n" not in one.reason
    assert one.origin == f"folder, {folder / name}"


@pytest.mark.parametrize("name", BAD)
def test_strict_raises_instead(name: str, folder: Path, write_plugin: Callable[..., Path]) -> None:
    write_plugin(name, BAD[name][0])
    with pytest.raises((Exception, SystemExit)):
        PluginHost(strict=True).load(discover([name], [folder]))


def test_what_python_printed_is_kept_for_a_surprise(
    folder: Path, write_plugin: Callable[..., Path]
) -> None:
    write_plugin("raises", BAD["raises"][0])
    (one,) = PluginHost().load(discover(["raises"], [folder])).set_aside
    assert one.detail.startswith("Traceback (most recent call last):")
    assert one.info is not None


def test_a_keyboard_interrupt_is_not_a_fault_of_the_plugin() -> None:
    class Plugin:
        info = info("interrupted")

        @hookimpl
        def tracker_measures(self) -> list[Measure]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        PluginHost().load([given(Plugin())])


def test_definitions_are_asked_for_by_type(measure: Measure) -> None:
    host = loaded(falls(measure))
    assert host.of(Measure) == [measure]
    assert host.of(Rubric) == []
    assert host.get(Measure, "falls/falls_rate@1") == measure
    assert host.get(Measure, "falls/falls_rate@2") is None
    assert host.get(Rubric, "falls/falls_rate@1") is None
    assert host.plugin_of(measure).info.name == "falls"


def test_a_plugin_of_hooks_alone_works_too(measure: Measure) -> None:
    class Plugin:
        info = info("falls")

        @hookimpl
        def tracker_programmes(self) -> list[Programme]:
            return [FALLS]

        @hookimpl
        def tracker_measures(self) -> list[Measure]:
            return [measure]

    assert loaded(Plugin(), strict=True).of(Measure) == [measure]


def test_a_subclass_of_a_definition_is_refused_because_its_copy_would_lose_fields() -> None:
    class Special(Programme):
        pass

    host = loaded(
        ProgrammePlugin(
            info=info("special"),
            programmes=[Special(key="special", programme="special", title="Special")],
        )
    )
    assert "not a Programme" in reasons(host)["special"][1]


def test_a_plugin_may_add_to_the_programme_of_one_that_is_loaded_later(measure: Measure) -> None:
    host = loaded(adds("a_regional_extra", measure), falls(), strict=True)
    assert host.plugin_of(measure).info.name == "a_regional_extra"


def test_what_adds_to_a_plugin_set_aside_is_set_aside_with_it(measure: Measure) -> None:
    host = loaded(adds("extra", measure), falls(replace(measure, unit="")))
    assert host.active == {}
    assert reasons(host)["extra"] == (
        LoadStage.DEFINITIONS,
        "it adds to the programme 'falls', which is not loaded",
    )
    assert host.of(Measure) == []


def test_a_second_definition_of_the_same_name_sets_the_later_plugin_aside(
    measure: Measure,
) -> None:
    host = loaded(falls(measure), adds("later", replace(measure, title="Another")))
    assert list(host.active) == ["falls"]
    assert reasons(host)["later"][1] == ("measure:falls/falls_rate@1 is defined by falls already")
    assert host.of(Measure) == [measure]


def test_a_programme_has_one_owner_whatever_the_version() -> None:
    other = ProgrammePlugin(info=info("other"), programmes=[replace(FALLS, version=2)])
    assert reasons(loaded(falls(), other))["other"][1] == "the programme 'falls' belongs to falls"


def test_two_plugins_of_one_name(measure: Measure) -> None:
    host = loaded(falls(measure), falls())
    assert host.of(Measure) == [measure]
    (one,) = host.set_aside
    assert (one.stage, one.reason) == (
        LoadStage.CONTRACT,
        "another plugin of this name is loaded first",
    )


# --- against what the database holds -------------------------------------------------------------


def test_stored_copies_of_the_same_meaning_change_nothing(measure: Measure) -> None:
    host = loaded(falls(measure))
    host.reconcile({measure.ident: replace(measure, title="Old words").fingerprint()})
    assert host.of(Measure) == [measure]
    assert host.set_aside == []


def test_a_changed_meaning_under_the_same_version_sets_the_plugin_aside(measure: Measure) -> None:
    host = loaded(falls(measure), adds("extra", replace(measure, key="other")))
    host.reconcile({measure.ident: replace(measure, numerator="Something else").fingerprint()})
    assert host.active == {}
    assert reasons(host) == {
        "falls": (
            LoadStage.RECONCILE,
            "measure:falls/falls_rate@1 has changed its meaning; publish it as version 2",
        ),
        "extra": (
            LoadStage.RECONCILE,
            "it adds to the programme 'falls', which is not loaded",
        ),
    }


def test_a_changed_meaning_under_a_new_version_is_welcome(measure: Measure) -> None:
    changed = replace(measure, numerator="Something else", version=2)
    host = loaded(falls(changed))
    host.reconcile({measure.ident: measure.fingerprint()})
    assert host.of(Measure) == [changed]


def test_strict_raises_at_reconcile_too(measure: Measure) -> None:
    host = loaded(falls(measure), strict=True)
    with pytest.raises(PluginFault, match="publish it as version 2"):
        host.reconcile({measure.ident: "another"})
