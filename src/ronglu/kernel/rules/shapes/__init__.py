"""The ten shapes; importing this package registers them all."""

from ronglu.kernel.rules.shapes.band import MET, Band, By
from ronglu.kernel.rules.shapes.counted import Deduct, PerEvent, Price, Priced, Veto
from ronglu.kernel.rules.shapes.curve import Curve
from ronglu.kernel.rules.shapes.panel import Panel
from ronglu.kernel.rules.shapes.parts import How, Part, Parts
from ronglu.kernel.rules.shapes.rate import Milestone, Rate
from ronglu.kernel.rules.shapes.target import Target, TargetPP

__all__ = [
    "MET", "Band", "By", "Curve", "Deduct", "How", "Milestone", "Panel", "Part", "Parts", "PerEvent", "Price", "Priced", "Rate",
    "Target", "TargetPP", "Veto",
]  # fmt: skip
