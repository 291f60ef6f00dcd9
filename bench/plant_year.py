"""A plant year from nothing: 150 branches' months from their readings, 3,000 members' points and 1151, the year's results."""

import time
from itertools import product

from bench.line import Line
from bench.plant_made import AT, smelter
from ronglu.config.plant import pack_of
from ronglu.kernel.standing.credits import credit
from ronglu.kernel.standing.lift import lift_months
from ronglu.kernel.standing.points import PointLine, PointState
from ronglu.kernel.standing.year import grade_year, year_score
from ronglu.kernel.time.period import Grain, Period
from ronglu.packs.standing import StandingRules
from ronglu.store.models import Plant, Total
from ronglu.tasks.assess import assess_month
from ronglu.work import sheets

NAME = "a plant year"
BRANCHES, MEMBERS, ENTRIES, LIMIT = 150, 3_000, 40, 60.0
YEAR = Period.parse("2025")
MONTHS = YEAR.down(Grain.MONTH)


def measure() -> list[Line]:
    """The readings stand in the tables; everything after them is computed in this order and timed together."""
    plant, _ = smelter(BRANCHES, MONTHS)
    rules = pack_of(plant.code).standing
    started = time.perf_counter()
    for month in MONTHS:
        assess_month(plant=plant, month=month, at=AT)
    scored = time.perf_counter()
    for member in range(MEMBERS):
        points(member, rules)
        lifted(member, rules)
    people = time.perf_counter()
    years(plant, rules)
    done = time.perf_counter()
    whole = f"a plant year from nothing: {BRANCHES} branches x 33 items x 12 months, {MEMBERS:,} members"
    return [
        Line(whole, done - started, None, LIMIT),
        Line("  of which the twelve months of the sheet", scored - started, None, LIMIT),
        Line(f"  of which points ({ENTRIES} entries a member) and 1151", people - scored, None, LIMIT),
        Line("  of which the year's results", done - people, None, LIMIT),
    ]


def points(member: int, rules: StandingRules) -> None:
    sources = [one for one in rules.points.sources.values() if not one.deducts]
    lines = [
        PointLine(
            id=n, source=sources[(member + n) % len(sources)].code, month=MONTHS[n % 12].yyyymm, points_h=100 + n,
            state=PointState.ENTERED, reversal_of=None,
        )
        for n in range(ENTRIES)
    ]  # fmt: skip
    if credit(lines, rules.points, year=2025).total_h <= 0:
        raise AssertionError("forty entries brought nothing")


def lifted(member: int, rules: StandingRules) -> None:
    codes = [one.code for one in rules.lift.dimensions]
    values = {
        month: {code: 6_000 + (member * 37 + n * 101 + k * 53) % 3_000 for k, code in enumerate(codes)}
        for n, month in enumerate(MONTHS)
    }
    if len(lift_months(rules=rules.lift, since=YEAR.first, months=values)) != len(MONTHS):
        raise AssertionError("a month of a member was lost")


def years(plant: Plant, rules: StandingRules) -> None:
    rows = Total.objects.filter(run__plant=plant).values_list(
        "body_id", "scale", "run__month", "converted", "run__sheet"
    )
    found: dict[tuple[int, str], dict[int, int | None]] = {}
    for body, scale, month, converted, _ in rows:
        found.setdefault((body, scale), {})[month % 100] = converted
    sheet = sheets.sheet_of(sheets.in_force(plant=plant, month=MONTHS[-1]))
    for (_, scale), months in found.items():
        score = year_score(rules=rules.year, months=months, quarters=dict.fromkeys((1, 2, 3, 4), 9_000), review_h=9_000)
        grade_year(sheet=sheet, score=score, vetoed=False, scale=scale)
    if len(found) != len(list(product(range(BRANCHES), sheet.scales))):
        raise AssertionError("a branch has no year")
