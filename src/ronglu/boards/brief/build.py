"""Puts a brief together in the worker, from stored rows alone: facts, sentences, figures with where they come from, charts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from ronglu.boards.brief import gaps, levels, more, output
from ronglu.boards.brief.charts import charts
from ronglu.boards.brief.ground import Ground, Notes
from ronglu.kernel.brief.book import Fact, Sentences
from ronglu.kernel.time.period import Grain

WEEKDAYS = "一二三四五六日"
JOINED = ("output", "crews")


def told(on: Ground, *, sentences: Sentences, at: dt.datetime) -> dict[str, Any]:
    """`at` only says which hazards are late and open. The same rows and sentences give the same data."""
    notes = Notes()
    monthly = on.period.grain is Grain.MONTH
    if monthly:
        more.state(on, notes)
    output.tell(on, notes)
    gaps.tell(on, notes)
    if monthly:
        more.crews(on, notes)
    levels.tell(on, notes)
    if monthly:
        more.bench(on, notes)
        more.effects(on, notes)
    more.records(on, notes)
    more.hazards(on, notes, at)
    return {
        "title": f"{on.plant.name}生产{'月' if monthly else '日'}报",
        "when": when(on),
        "until": str(on.around.until),
        "facts": [fact.as_data() for fact in notes.facts],
        "said": said(notes.facts, sentences),
        "versions": {fact.key: sentences.versions.get(fact.key, 0) for fact in notes.facts},
        "figures": notes.figures,
        "charts": charts(on),
    }


def said(facts: Iterable[Fact], sentences: Sentences) -> list[dict[str, str]]:
    """`about` is the indicator, where sentences about one make a paragraph."""
    return [
        {"part": one.part, "key": one.key, "text": one.text, "about": one.fact.slots.get("指标", "") if one.part in JOINED else ""}
        for one in sentences.compose(facts)
    ]  # fmt: skip


def when(on: Ground) -> str:
    first, last = on.span
    if on.period.grain is Grain.DAY:
        return f"{last.year} 年 {last.month} 月 {last.day} 日（周{WEEKDAYS[last.weekday()]}）"
    name = f"{on.month.first.year} 年 {on.month.first.month} 月"
    whole = first.day == 1 and (last + dt.timedelta(days=1)).day == 1
    return name if whole else f"{name}（{first.month} 月 {first.day} 日至 {last.month} 月 {last.day} 日）"
