from __future__ import annotations

from tracker.plugin_api import Measure, Programme
from tracker.plugin_host import ActivePlugin, PluginHost, discover


def generic() -> ActivePlugin:
    return PluginHost(strict=True).load(discover(["generic"])).active["generic"]


def test_it_is_on_for_everyone_and_leaves_measures_to_the_team() -> None:
    plugin = generic()
    assert [programme.on_by_default for programme in plugin.of(Programme)] == [True]
    assert plugin.of(Measure) == []
