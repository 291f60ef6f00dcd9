"""The ledger of contributions of the showcase month, and minutes of entry as the meter would have counted them."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import SHOWCASE, THIS_MONTH
from ronglu.cli.demo.scores import office
from ronglu.config.plant import pack_of
from ronglu.store.models import Account, Body, Burden, Case, Contribution, Unit
from ronglu.work import committees, contributions
from ronglu.work.queries import contributions as queries

AT, DAY = dt.datetime(2026, 4, 7, 9), dt.timedelta(days=1)
STATEMENT = "支部党员大会定了这件事，支委带班盯了三个夜班，办法写进了操作要点。"
CLAIMED, CONFIRMED, REFUSED, CREDITED = "claimed", "confirmed", "refused", "credited"


@dataclass(frozen=True, slots=True)
class Chapter:
    """What each of one or two branches asks of an improvement, how far it comes, and what each is granted."""

    asked: tuple[int, ...]
    until: str
    granted: tuple[int, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """A branch that claims, by which measure, and the two who stand for it and for the line."""

    body: Body
    measure: Case
    secretary: Account
    head: Account


STORY = (
    Chapter((60, 50), CREDITED, (50, 30), "两个支部都带了班，按盯班次数分摊；其余是原料好转"),
    Chapter((40,), CREDITED, (30,), "原料也好些，核减一成"),
    Chapter((50,), REFUSED, (), "这个月换了新炉衬，变化与这项举措无关"),
    Chapter((30,), CONFIRMED),
    Chapter((50,), CLAIMED),
)
# role, form: saves a month, boxes and seconds of each
ENTRY = {
    ("staff", "case_new/hazard"): (64, 6, 95),
    ("staff", "case_new/idea"): (18, 7, 190),
    ("staff", "kiosk_raise/hazard"): (41, 4, 48),
    ("staff", "help_ask"): (9, 3, 70),
    ("member", "help_answer"): (7, 2, 110),
    ("crew_leader", "case_move"): (120, 3, 55),
    ("branch_committee", "case_move"): (85, 4, 140),
    ("branch_committee", "contribution_new"): (3, 6, 310),
    ("statistician", "import_new"): (31, 3, 60),
}  # fmt: skip
MONTHS = 3


def keep(crowd: Crowd) -> None:
    """The story goes on as long as there are improvements with a measure behind them; a short demo may not have them all."""
    plant = crowd.made.plant
    ground = queries.Ground.of(plant, SHOWCASE)
    lines = queries.better(ground=ground, indicators=pack_of(plant.code).indicators)
    cast, story, used = Cast(crowd), list(STORY), set[int]()
    for line in _in_turn(lines):
        chapter = next((one for one in story if _tell(cast, ground, line, one, used)), None)
        if chapter is not None:
            story.remove(chapter)
    _minutes(crowd)


def _in_turn(lines: list[queries.Better]) -> list[queries.Better]:
    """The first improvement of every line, then the second of every line, and so on."""
    seen: Counter[int] = Counter()
    ranks = []
    for line in lines:
        ranks.append(seen[line.unit])
        seen[line.unit] += 1
    return [line for _, line in sorted(zip(ranks, lines, strict=True), key=lambda pair: pair[0])]


def _tell(cast: Cast, ground: queries.Ground, line: queries.Better, chapter: Chapter, used: set[int]) -> bool:
    """Whether so many branches have a measure of their own here that no other claim rests on; if so, they claim."""
    unit = Unit.objects.get(pk=line.unit)
    sides = [one for pair in _measures(ground, line.unit, used) if (one := _sides(cast, unit, *pair))]
    if len(sides) < len(chapter.asked):
        return False
    made = []
    for side, asked in zip(sides, chapter.asked, strict=False):
        made.append(_claim(side, unit, line, asked))
        used.add(side.measure.pk)
        if chapter.until != CLAIMED:
            holds = chapter.until != REFUSED
            contributions.confirm(
                contribution=made[-1], holds=holds, reason="" if holds else chapter.reason, by=side.head, at=AT + DAY
            )
    if chapter.granted:
        contributions.settle(
            contribution=made[0], granted={one.pk: share for one, share in zip(made, chapter.granted, strict=True)},
            reason=chapter.reason, by=office(cast.crowd)[0], at=AT + 2 * DAY,
        )  # fmt: skip
    return True


def _measures(ground: queries.Ground, unit: int, used: set[int]) -> list[tuple[Case, Body]]:
    """The first free measure of each branch on a line; what is a measure of two branches serves one of them."""
    found: dict[int, Case] = {}
    for case, branches in ground.measures:
        for body in sorted(branches - set(found)):
            if case.pk not in used and case in ground.at(unit, body=body):
                found[body] = case
                break
    return [(case, Body.objects.get(pk=body)) for body, case in found.items()]


def _sides(cast: Cast, unit: Unit, measure: Case, body: Body) -> Side | None:
    """Who claims, and a head of the line who does not sit on that branch's committee."""
    held = cast.holders("branch_committee", unit=None, body=body.pk)
    heads = [cast.account(cast.person(one)) for one in cast.holders("workshop_head", unit=unit, body=None)]
    free = [one for one in heads if not committees.sits(one, body, on=AT.date())]
    return Side(body, measure, cast.account(cast.person(held[0])), free[0]) if held and free else None


def _claim(side: Side, unit: Unit, line: queries.Better, asked: int) -> Contribution:
    return contributions.claim(
        body=side.body, unit=unit, indicator=line.indicator, period=SHOWCASE, measure=side.measure, asked=asked,
        did="meeting", record="2026-02-05 支部党员大会", statement=STATEMENT, by=side.secretary, at=AT,
    )  # fmt: skip


def _minutes(crowd: Crowd) -> None:
    """Three months; a little less in each earlier one."""
    Burden.objects.bulk_create(
        Burden(
            plant=crowd.made.plant, month=(THIS_MONTH - back).yyyymm, role=role, form=form, saves=saves - back,
            fields=(saves - back) * boxes, seconds=(saves - back) * seconds,
        )
        for (role, form), (saves, boxes, seconds) in ENTRY.items()
        for back in range(MONTHS)
    )  # fmt: skip
