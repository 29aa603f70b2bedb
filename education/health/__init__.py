"""Says whether the portal works, and whether its promises hold."""

from education.health.checks import CHEAP, Look
from education.health.probes import alive, ready
from education.health.structure import STRUCTURE

__all__ = ["CHEAP", "STRUCTURE", "Look", "alive", "ready"]
