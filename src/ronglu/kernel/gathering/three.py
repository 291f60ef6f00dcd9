"""亮进度、亮差距、亮措施 (S3-09): what a group's meeting has to show of an indicator, and what it did not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

PROGRESS, GAP = "progress", "gap"
"""Names under which a line of the agenda keeps its figures as they stood; the measures are what was said to it."""
Line = tuple[str, Mapping[str, Any], str]
"""Indicator, figures, what was said."""


def lacking(lines: Iterable[Line]) -> tuple[str, ...]:
    """What the fullest line lacks; a meeting without a line that rests on an indicator lacks that."""
    return min((_lacking(*line) for line in lines), key=len, default=("没有联系指标",))


def _lacking(indicator: str, figures: Mapping[str, Any], said: str) -> tuple[str, ...]:
    if not indicator:
        return ("没有联系指标",)
    there = {"没有亮进度": figures.get(PROGRESS), "没有亮差距": figures.get(GAP), "没有亮措施": said.strip()}
    return tuple(text for text, value in there.items() if value in (None, ""))
