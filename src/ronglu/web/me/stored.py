"""What is stored about one person, in words: codes by what they are called, hundredths as points, months as months."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from ronglu.config.plant import pack_of, packs
from ronglu.kernel.standing.lift import Quadrant
from ronglu.web.formats import moment, yyyymm
from ronglu.web.words import named
from ronglu.work import wording
from ronglu.work.queries.me import Stored
from ronglu.work.queries.org import role_label
from ronglu.work.roles import roles

if TYPE_CHECKING:
    from ronglu.store.models import Plant

HUNDREDTHS = "（百分之一）"
Words = Mapping[str, Mapping[Any, Any]]


def heads(one: Stored) -> list[str]:
    return [named(head.removesuffix(HUNDREDTHS)) for head in one.heads]


def rows(one: Stored, *, plant: "Plant") -> list[list[Any]]:
    """Dates stay dates and points numbers; moments and lists become texts, what is empty None."""
    words = _words(plant)
    return [
        [_cell(one, row, place, words) for place in range(len(one.names))]
        for row in one.rows
    ]  # fmt: skip


def _cell(one: Stored, row: tuple[Any, ...], place: int, words: Words) -> Any:
    name, value = one.names[place], row[place]
    if value is None:
        return None
    if name.endswith("_h"):
        return Decimal(value).scaleb(-2)
    if name in ("month", "month__month"):
        return yyyymm(value)
    if one.code == "cases" and name == "state":
        loop = next((each for each in packs().loops.values() if each.prefix == row[0].partition("-")[0]), None)
        return named(loop.state(value)) if loop else value
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, list):
        return "、".join(map(str, value))
    if isinstance(value, dt.datetime):
        return moment(value)
    if one.code in ("posts", "duties") and name == "role":
        return named(roles().roles[value]) if value in roles().roles else named(role_label(value))
    known = one.choices[place] or words.get(name, {})
    return named(known[value]) if value in known else value


def _words(plant: "Plant") -> Words:
    """Codes that no column names itself but the declarations and the plant's own lists do, by column."""
    rules = pack_of(plant.code).standing
    return {
        "dimension": {one.code: one for one in rules.lift.dimensions},
        "source": rules.points.sources,
        "quadrant": {one.value: one.label for one in Quadrant},
        "kind": {one.code: one for one in wording.listed(plant, "commitments")},
        "link": {one.code: one for one in wording.listed(plant, "links")},
    }
