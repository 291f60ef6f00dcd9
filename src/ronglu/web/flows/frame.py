"""What the pages of the process graph and their workbook share: the edges and the month asked for, a month in words."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext

from ronglu.config.plant import pack_of
from ronglu.kernel.named_codes import NamedCode
from ronglu.kernel.time.period import Period
from ronglu.web.access import asked, scope_of_request
from ronglu.web.cases.frame import loops_of
from ronglu.web.where import Here
from ronglu.web.words import named
from ronglu.work.queries import flows as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Flow

Aspects = tuple[NamedCode, ...]
SEE, FEEDBACK = queries.SEE, "feedback"
YEAR = 12
PEOPLE = "people.see"
"""Terminals and the group read results, never a list of persons or what one of them wrote."""


def aspects_of(where: Here) -> Aspects:
    return pack_of(where.plant.code).base.flows.aspects


def edges_of(
    request: HttpRequest, where: Here, months: tuple[Period, ...], places: Places, *, only: "Flow | None" = None
) -> list[queries.Edge]:
    return queries.edges(
        plant=where.plant, reach=scope_of_request(request).reach(SEE), months=months, on=where.on, places=places,
        feedback=loops_of(where.plant).get(FEEDBACK), only=only,
    )  # fmt: skip


def month_asked(request: HttpRequest, where: Here) -> Period:
    """The month asked for, else the one that has gone by: it is the one to be judged now."""
    months = queries.span_of(where.on, YEAR)
    text = asked(request, "month", 7)
    return next((one for one in months if str(one) == text), months[-2])


def word_of(month: queries.Month) -> str:
    if month.word is not None:
        return str(named(month.word.get_word_display()))
    return gettext("没有评") if month.over else gettext("还没到月底")


def marks_told(month: queries.Month, aspects: Aspects) -> str:
    """质量 4 · 及时 5; empty for a month that was judged by one word, or not at all."""
    marks = month.word.marks if month.word else {}
    return " · ".join(f"{named(one)} {marks[one.code]}" for one in aspects if one.code in marks)


def sum_of(marks: tuple[int | None, ...]) -> tuple[int, int]:
    """Their sum and how many there are: a month that nobody judged is no nought."""
    given = [mark for mark in marks if mark is not None]
    return sum(given), len(given)
