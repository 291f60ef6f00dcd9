"""The quarter's panel as its page shows it: branches, what the reader gave, how many gave and their mean."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ronglu.kernel.measure.rounding import from_scaled
from ronglu.kernel.org.kinds import BRANCHES
from ronglu.kernel.rules.arith import div
from ronglu.kernel.time.period import Period
from ronglu.store.models import Body, BodyState, Plant, QuarterMark, Reviewer
from ronglu.work import quarter_marks
from ronglu.work.marks import PANELS


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One scale: the reader's own mark, how many members gave one, and their mean (None without any)."""

    scale: str
    mine: QuarterMark | None
    given: int
    mean: Decimal | None

    @property
    def own(self) -> Decimal | None:
        return from_scaled(self.mine.score, 2) if self.mine else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    code: str
    name: str
    scores: tuple[Score, ...]


def panels(*, plant: Plant, account: int, on: dt.date) -> frozenset[str]:
    """Which of the panels beside the sheet the account was named for that day."""
    rows = Reviewer.objects.on(on).filter(plant=plant, account=account, item__in=PANELS)
    return frozenset(rows.values_list("item", flat=True))


def rows(*, plant: Plant, quarter: Period, account: int) -> list[Row]:
    """Every branch of the quarter's last day; the same number of queries for any number of them."""
    states = BodyState.objects.on(quarter.last).filter(body__plant=plant, kind__in=BRANCHES).select_related("body")
    marks = quarter_marks.standing(plant=plant, quarters=[quarter])
    scales = quarter_marks.scales(plant, quarter)
    return [
        Row(
            code=state.body.code, name=state.name,
            scores=tuple(_score(scale, marks.get((str(quarter), state.body_id, scale), {}), account) for scale in scales),
        )
        for state in states.order_by("body__position", "body__code")
    ]  # fmt: skip


def branch(*, plant: Plant, code: str) -> Body | None:
    found = Body.objects.filter(plant=plant, code=code, states__kind__in=BRANCHES)
    return found.select_related("plant").distinct().first()


def name_of(body: Body, period: Period) -> str:
    name = BodyState.objects.on(period.last).filter(body=body).values_list("name", flat=True).first()
    return name or body.code


def _score(scale: str, given: dict[int, QuarterMark], account: int) -> Score:
    total = sum(one.score for one in given.values())
    mean = from_scaled(div(total, len(given)), 2) if given else None
    return Score(scale=scale, mine=given.get(account), given=len(given), mean=mean)
