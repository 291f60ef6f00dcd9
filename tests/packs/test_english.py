"""Whatever a pack says to people is said in English too: beside it (`en`, `says_en`), or as a word of the pages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from django.utils.translation import override

from ronglu.config import plant
from ronglu.web.said import english
from ronglu.web.words import named, unit_sign

HAN = re.compile(r"[\u3400-\u9fff]")
NAMES = ("label", "name", "zh")
# what stays as the plant wrote it, or is no text for people
LEFT = {
    "Sheet.declaration", "Model.declaration",  # the file itself, kept for its digest
    "Item.rule", "Rate.done", "Rate.due", "Band.met", "Band.value", "Bonus.ground", "Panel.rubric", "Panel.subject",
    "Milestone.done", "Milestone.due", "Price.label", "Part.label", "Star.health", "Weighted.label",  # the rules, word for word
    "Condition.label", "Dimension.rule", "PointSource.rule",
    "Sentences.texts",  # the official brief is written in Chinese
    "Indicator.note", "Indicator.source", "Series.source", "LimitTable.source", "Loop.source", "Model.source",  # where it comes from
    "Column.label",  # heads of ledgers, called by what stands in them (web/cases/words.py)
    "Side.allowed", "StudyForm.several",  # marks that are compared, not shown
    "Holiday.name", "Holiday.status", "CalendarSeed.label", "RosterSeed.label", "RosterSeed.crews", "ShiftTime.name",  # rows of the plant
}  # fmt: skip


def texts(one: Any, where: str = "Pack") -> Iterator[tuple[str, str]]:
    """Chinese texts that have no English beside them, each with the field that holds it."""
    if isinstance(one, str):
        if HAN.search(one):
            yield where, one
    elif is_dataclass(one):
        for field in fields(one):
            name = field.name
            beside = getattr(one, "en", "") if name in NAMES else getattr(one, f"{name}_en", "")
            if not beside:
                yield from texts(getattr(one, name), f"{type(one).__name__}.{name}")
    elif isinstance(one, Mapping):
        for value in one.values():
            yield from texts(value, where)
    elif isinstance(one, list | tuple | frozenset):
        for value in one:
            yield from texts(value, where)


def unsaid() -> set[tuple[str, str]]:
    with override("en"):
        return {(where, text) for where, text in texts(plant.packs()) if all(map(HAN.search, said(text)))}


def said(text: str) -> tuple[str, str, str]:
    """As a sentence of a page, as a word of it, as a unit."""
    return english(text), named(text), unit_sign(text)


def test_everything_declared_is_said_in_english() -> None:
    assert sorted(one for one in unsaid() if one[0] not in LEFT) == []


def test_nothing_is_left_out_that_is_said_by_now() -> None:
    assert LEFT - {where for where, _text in unsaid()} == set()
