"""Small drawings made on the server: numbers in, SVG and one sentence out. No colours here, only classes."""

from ronglu.web.charts.coverage import Slot, coverage
from ronglu.web.charts.curve import Mark, rule_curve
from ronglu.web.charts.links import links
from ronglu.web.charts.pace import deviation, pace
from ronglu.web.charts.sparkline import sparkline
from ronglu.web.charts.svg import Drawing
from ronglu.web.charts.waterfall import Step, waterfall

__all__ = [
    "Drawing",
    "Mark",
    "Slot",
    "Step",
    "coverage",
    "deviation",
    "links",
    "pace",
    "rule_curve",
    "sparkline",
    "waterfall",
]
