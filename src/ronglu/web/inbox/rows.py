"""A line of the inbox as the page draws it: icon, what to do, where, and the deadline in words."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ronglu.web.cases.words import DueWords, words_of_due
from ronglu.web.links import address
from ronglu.web.words import named
from ronglu.work.queries.inbox import Item

ROUND = "pin"


@dataclass(frozen=True, slots=True)
class Row:
    """`url` empty: told and not linked."""

    icon: str
    what: str
    title: str
    sub: tuple[str, ...]
    due: DueWords
    url: str


def row(item: Item, now: dt.datetime) -> Row:
    due = words_of_due(item.due_at, now)
    if item.round is not None:
        return Row(ROUND, _("%s巡查") % named(item.what), item.title, (), due, address("zone_round", item.round.pk))
    assert item.loop is not None and item.case is not None
    sub = (item.case.number, named(item.loop), item.place)
    what = f"{named(item.what)} {item.no or ''}".strip()
    return Row(item.loop.icon, what, item.title, tuple(filter(None, sub)), due, address("case", item.case.pk))
