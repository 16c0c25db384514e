"""Where a plugin can fail, and what is kept of a failure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.plugin_api import PluginInfo


class LoadStage(StrEnum):
    """The stages of loading, in order. A plugin is active when it has passed them all."""

    IMPORT = "import"
    CONTRACT = "contract"
    DEFINITIONS = "definitions"
    MOUNT = "mount"
    RECONCILE = "reconcile"


class PluginFault(Exception):
    """A plugin cannot be used. `faults` are sentences for its author, at least one."""

    def __init__(self, stage: LoadStage, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.stage = stage
        self.faults = faults


@dataclass(frozen=True, slots=True)
class SetAside:
    """A plugin that is not used: the stage at which it stopped, and why.

    `reason` is all the faults in one line; `detail` is what Python printed, empty where that
    adds nothing; `info` is known from the contract stage on.
    """

    name: str
    stage: LoadStage
    faults: tuple[str, ...]
    origin: str = ""
    info: PluginInfo | None = None
    detail: str = ""

    @property
    def reason(self) -> str:
        """The faults as one line."""
        return "; ".join(self.faults)
