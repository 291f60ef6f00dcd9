"""The ledger of contributions of the showcase month, and minutes of entry as the meter would have counted them."""

import datetime as dt
from collections.abc import Iterator

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import SHOWCASE, THIS_MONTH
from ronglu.cli.demo.scores import office
from ronglu.config.plant import pack_of
from ronglu.kernel.standing.contribution import ContributionTrouble
from ronglu.store.models import Account, Body, Burden, Case, Contribution, Unit
from ronglu.work import contributions
from ronglu.work.queries import contributions as queries

CLAIMED = dt.datetime(2026, 4, 7, 9)
STATEMENT = "支部党员大会定了这件事，支委带班盯了三个夜班，办法写进了操作要点。"
# how far each claim has come: credited, waiting for the office, waiting for the line
STORY = ((40, "credited"), (30, "confirmed"), (50, "claimed"))
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
    plant = crowd.made.plant
    ground = queries.Ground.of(plant, SHOWCASE)
    lines = queries.better(ground=ground, indicators=pack_of(plant.code).indicators)
    cast, story = Cast(crowd), list(STORY)
    for line, unit, case, body in _claimable(ground, lines):
        if story and _told(cast, line, unit, case, body, *story[0]):
            story.pop(0)
    _minutes(crowd)


def _claimable(
    ground: queries.Ground, lines: list[queries.Better]
) -> Iterator[tuple[queries.Better, Unit, Case, Body]]:
    """Each improvement with one measure and its branch; a branch and a measure appear once."""
    used: set[int] = set()
    for line in lines:
        for case, branches in ground.measures:
            free = sorted(branches - used)
            if free and case in ground.at(line.unit, body=free[0]):
                used.add(free[0])
                yield line, Unit.objects.get(pk=line.unit), case, Body.objects.get(pk=free[0])
                break


def _told(
    cast: Cast, line: queries.Better, unit: Unit, case: Case, body: Body, asked: int, until: str
) -> Contribution | None:
    held = cast.holders("branch_committee", unit=None, body=body.pk)
    heads = [one for one in cast.holders("workshop_head", unit=unit, body=None) if one not in held]
    if not held or not heads:
        return None
    secretary, head = (cast.account(cast.person(one)) for one in (held[0], heads[0]))
    try:
        made = contributions.claim(
            body=body, unit=unit, indicator=line.indicator, period=SHOWCASE, measure=case, asked=asked, did="meeting",
            record="2026-02-05 支部党员大会", statement=STATEMENT, by=secretary, at=CLAIMED,
        )  # fmt: skip
        _decide(made, head, office(cast.crowd)[0], until)
    except ContributionTrouble:
        return None
    return made


def _decide(made: Contribution, head: Account, reviewer: Account, until: str) -> None:
    if until == "claimed":
        return
    contributions.confirm(contribution=made, holds=True, reason="", by=head, at=CLAIMED + dt.timedelta(days=1))
    if until == "credited":
        share = made.asked - 10
        contributions.settle(
            contribution=made, granted={made.pk: share}, reason="原料也好些，核减一成", by=reviewer,
            at=CLAIMED + dt.timedelta(days=2),
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
