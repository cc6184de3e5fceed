"""What goes wrong when: the faults to come for one athlete, or for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.sandbox.faults import Fault


@dataclass
class Script:
    """*coming* answer the next requests whose path begins with *path*, one each; after the last of them all is well."""

    path: str
    coming: Iterator[Fault]
    healed: bool = False  # a fault that holds on, such as a silence, ends with it

    def fault(self, path: str) -> Fault | None:
        return next(self.coming, None) if path.startswith(self.path) else None
