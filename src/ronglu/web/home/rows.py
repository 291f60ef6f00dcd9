"""What waits, as rows: an icon, what to do in words, and the page where it is done. What each kind says stands in kinds.py."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from ronglu.web.formats import month_name, num, short_day
from ronglu.web.home.kinds import KINDS, Words
from ronglu.web.links import address
from ronglu.work.queries.todo import Todo


@dataclass(frozen=True, slots=True)
class Row:
    """As `c-todo-row` draws it; without a page to go to it is told and not linked."""

    icon: str
    title: str
    text: str
    sub: str = ""
    when: str = ""
    url: str = ""
    do: str = ""


def row(one: Todo, today: dt.date) -> Row:
    kind = KINDS[one.kind]
    told = {
        "n": num(one.count), "place": one.place, "month": month_name(one.key), "day": short_day(one.since),
        "key": one.key, "due": short_day(one.due), "since": _since(one, today), "until": _until(one),
    }  # fmt: skip
    raw = {"key": one.key, "plant": one.plant, "place": one.place, "since": str(one.since)}
    url = address(kind.page, *(raw[name] for name in kind.at))
    asked = {name: raw.get(value, value) for name, value in kind.query.items()}
    return Row(
        kind.icon, str(kind.title), _say(kind.text, one, told), _say(kind.sub, one, told),
        url=f"{url}?{urlencode(asked)}" if url and asked else url, do=str(kind.do),
    )  # fmt: skip


def _say(words: Words, one: Todo, told: dict[str, Any]) -> str:
    return str(words(one) if callable(words) else words) % told


def _since(one: Todo, today: dt.date) -> str:
    if not one.since:
        return ""
    return _("%(day)s 起，已 %(n)d 天") % {"day": short_day(one.since), "n": (today - one.since).days}


def _until(one: Todo) -> str:
    return _("截止 %(day)s") % {"day": short_day(one.due)}
