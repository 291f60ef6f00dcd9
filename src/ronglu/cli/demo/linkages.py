"""How party scores meet pay at the invented plant: the old quarterly review until 2025, the product from 2026 on, and what they came to."""

import datetime as dt

from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import NOW, THIS_MONTH
from ronglu.cli.demo.scores import office
from ronglu.config.plant import pack_of
from ronglu.kernel.time.period import Period
from ronglu.store.models import Closing
from ronglu.work import link_results, linkages, years

OLD, NEW = Period.month(2025, 1), Period.month(2026, 1)
QUARTERS = (Period.month(2025, 6), Period.month(2025, 9), Period.month(2025, 12))
"""The last months of the quarters that the old review has scores of."""


def schemes(crowd: Crowd) -> None:
    """Before any month is closed: proposed by one of the office, approved by another."""
    _scheme(
        crowd, "M0", OLD, grain="quarter", role="secretary", place="branch", document="厂党发〔2024〕16 号",
        title="支部书记季度考核办法", dated_on=dt.date(2024, 12, 20),
    )  # fmt: skip
    _scheme(
        crowd, "M1", NEW, grain="month", role="workshop_head", place="workshop", document="厂发〔2025〕31 号",
        title="经济责任制考核办法", dated_on=dt.date(2025, 12, 22),
    )  # fmt: skip


def results(crowd: Crowd) -> None:
    """Of every quarter of the old review, and of whatever months were closed; this year's table as far as it goes."""
    plant, by = crowd.made.plant, office(crowd)[0]
    for month in QUARTERS:
        link_results.compute(plant=plant, month=month, by=by, at=dt.datetime.combine((month + 1).first, dt.time(16)))
    closed = Closing.objects.filter(plant=plant, state="closed").order_by("month")
    for closing in closed.exclude(closed_at=None):
        link_results.compute(
            plant=plant, month=Period.from_yyyymm(closing.month), by=by, at=closing.closed_at + dt.timedelta(minutes=5)
        )
    rules = pack_of(plant.code).standing.year
    years.compute(plant=plant, year=THIS_MONTH.first.year, rules=rules, by=by, at=NOW)


def _scheme(
    crowd: Crowd, code: str, month: Period, *, grain: str, role: str, place: str, document: str, title: str,
    dated_on: dt.date,
) -> None:  # fmt: skip
    plant, (first, second) = crowd.made.plant, office(crowd)
    model = pack_of(plant.code).standing.linkage[code]
    at = dt.datetime.combine(dated_on + dt.timedelta(days=2), dt.time(10))
    made = linkages.propose(
        plant=plant, model=model, sources=linkages.usual_sources(model), from_month=month, grain=grain, role=role,
        place=place, document=document, title=title, dated_on=dated_on, by=first, at=at,
    )  # fmt: skip
    linkages.approve(scheme=made, by=second, at=at + dt.timedelta(days=1))
