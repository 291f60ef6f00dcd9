"""The published sheets of the invented group, the office's audited figures for items without facts, past scores."""

import datetime as dt
from random import Random

from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import SEED, SHOWCASE, Scale
from ronglu.config.plant import pack_of
from ronglu.kernel.rules.item import Item
from ronglu.kernel.time.period import Grain, Period
from ronglu.packs import sheets as shipped
from ronglu.store.models import Account, BodyState, ImportedScore, ItemFigure, SheetVersion
from ronglu.work import sheets

FROM = Period.month(2025, 1)
PUBLISHED = dt.datetime(2024, 12, 28, 16)
WIRED = frozenset(
    {"A1", "A2", "A3", "A4", "A5", "A7", "B1", "B2", "B3", "B4", "B5", "B7", "D1", "D2", "D3", "D4", "E3"}
)
OPEN = {"qinglan": frozenset({"B8", "C2", "D5", "D8"})}
"""Items the office has no figure for; a plant that is not named has no audited figures at all."""
HABIT = (10000, 10000, 10000, 9500, 9000, 10000, 8500, 10000, 9800, 8000)
"""Won shares the audits came to, in ten-thousandths; most branches do most of what is due."""


def publish(crowd: Crowd) -> SheetVersion:
    """The default sheet as the office put it in force, with its examples run."""
    return sheets.publish(
        plant=crowd.made.plant, declaration=pack_of(crowd.made.plan.code).sheet.declaration, examples=shipped.example_rows(),
        red=shipped.redlist(), from_month=FROM, by=office(crowd)[0], at=PUBLISHED,
    )  # fmt: skip


def figures(crowd: Crowd, scale: Scale) -> None:
    """Audited figures of the scored months, entered by one of the office and signed by another; the last waits in part."""
    plan = crowd.made.plan
    if plan.code not in OPEN:
        return
    entered, signed = office(crowd)
    sheet = pack_of(plan.code).sheet
    items = [item for item in sheet.items if item.code not in WIRED | OPEN[plan.code]]
    ItemFigure.objects.bulk_create(
        _figure(crowd, body, item, month, entered, signed)
        for month in scale.assessed
        for body in _branches(crowd)
        for item in items
        if item.cadence is Grain.MONTH or month.first.month % 3 == 0
    )


def _figure(crowd: Crowd, body: int, item: Item, month: Period, entered: Account, signed: Account) -> ItemFigure:
    chance = Random(f"{SEED}:figure:{body}:{item.code}:{month}")
    won = item.hundredths * chance.choice(HABIT) // 10000
    at = dt.datetime.combine((month + 1).first + dt.timedelta(days=7), dt.time(15))
    waits = month == SHOWCASE and chance.random() < 0.02
    return ItemFigure(
        body_id=body, item=item.code, month=month.yyyymm, won=won,
        ground=f"{month.first:%Y年%-m月}支部考核记录，{item.name}",
        entered_by=entered, entered_at=at, signed_by=None if waits else signed,
        signed_at=None if waits else at + dt.timedelta(hours=2),
    )  # fmt: skip


def past(crowd: Crowd, scale: Scale) -> None:
    """Scores from before the system: party scores of branches last year, administrative ones of lines this year."""
    made = crowd.made
    approver = Account.objects.get(person=crowd.holding("plant_head", ""))
    chance = Random(f"{SEED}:past:{made.plan.code}")
    rows = [
        ImportedScore(
            plant=made.plant, body_id=body, subject=f"body:{body}", kind=kind, period=quarter,
            value=chance.randint(8600, 9750), scheme="原支部考核办法", approved_by=approver,
        )
        for body in _branches(crowd)
        for kind in ("party", "fusion")
        for quarter in ("2025-Q2", "2025-Q3", "2025-Q4")
    ]  # fmt: skip
    rows += [
        ImportedScore(
            plant=made.plant, unit=made.unit(line.code), subject=f"unit:{made.unit(line.code).pk}", kind="admin",
            period=str(month), value=chance.randint(8800, 10200), scheme="行政绩效考核办法", approved_by=approver,
        )
        for line in made.plan.lines()
        for month in scale.assessed
    ]  # fmt: skip
    ImportedScore.objects.bulk_create(rows)


def _branches(crowd: Crowd) -> list[int]:
    rows = BodyState.objects.filter(body__plant=crowd.made.plant, kind="branch", until_on=None)
    return list(rows.order_by("body__position").values_list("body_id", flat=True).distinct())


def office(crowd: Crowd) -> tuple[Account, Account]:
    hands = [hand.person for hand in crowd.hands if ("party_office", "body C") in hand.posts]
    first, second = (Account.objects.get(person=person) for person in hands[:2])
    return first, second
