"""A converter line with four crews whose February and March are known to the kilogram, and a contest over its March.

Feed: 100 t a shift, more by a slow wave, by the hour of the shift and by chance; coal 43 kg/t. `lead` tonnes more each shift for 甲.
"""

import datetime as dt
import math
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from ronglu.config.plant import pack_of, packs
from ronglu.kernel.standing.contest import Terms, Weight
from ronglu.kernel.time.roster import four_three
from ronglu.store.models import CalendarRow, Channel, Contest, PartyCampaign, Plan, Reading, RosterRow, ShiftRow
from ronglu.store.values import calendar_of
from ronglu.work import campaigns, contests, partitions, shifts
from tests.cast import Cast

SHIFTS = [
    {"no": 1, "name": "白", "starts": "08:00", "hours": "8"},
    {"no": 2, "name": "中", "starts": "16:00", "hours": "8"},
    {"no": 3, "name": "夜", "starts": "00:00", "hours": "8"},
]
FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
DRAFTED = dt.datetime(2026, 2, 20, 9, 0)
AFTER = dt.datetime(2026, 4, 1, 9, 0)
CREWS = ("甲", "乙", "丙", "丁")
FEED, COAL = "sm_feed_dry", "sm_coal"


@dataclass
class Raced:
    cast: Cast
    rows: dict[tuple[str, dt.date, int], Reading] = field(default_factory=dict)

    @property
    def teams(self) -> tuple[int, ...]:
        return tuple(self.cast.unit[f"QL-R1-{letter}"].pk for letter in CREWS)

    @property
    def known(self) -> dict:
        return dict(pack_of(self.cast.plant.code).indicators)

    def terms(self, **changed: object) -> Terms:
        given = {
            "kind": "crew", "teams": self.teams, "weights": (Weight("SM-01", 60), Weight("SM-02", 40)), "first": FIRST,
            "last": LAST, "improvement": Decimal(0),
        }  # fmt: skip
        return Terms(**given | changed)  # type: ignore[arg-type]

    def drafted(self, **changed: object) -> Contest:
        return contests.draft(
            plant=self.cast.plant, unit=self.cast.unit["QL-R1"], title="三月处理量竞赛", terms=self.terms(**changed),
            known=self.known, by=self.cast.account["冯主席"], at=DRAFTED,
        )  # fmt: skip

    def declared(self, **changed: object) -> Contest:
        return contests.declare(
            contest=self.drafted(**changed), known=self.known, by=self.cast.account["马主任"], at=DRAFTED
        )

    def correct(self, series: str, day: dt.date, shift_no: int, value: int) -> None:
        Reading.objects.filter(pk=self.rows[series, day, shift_no].pk).update(value=value)
        partitions.touch(plant=self.cast.plant, fact="readings", months=[day.year * 100 + day.month])


def plain(cast: Cast, state: str) -> Contest:
    """A row of a contest of the converter's crews, in a state, without readings."""
    by = cast.account["冯主席"]
    return Contest.objects.create(
        plant=cast.plant, unit=cast.unit["QL-R1"], title=f"竞赛 {state}", terms=Raced(cast).terms().as_data(), first_on=FIRST,
        last_on=LAST, state=state, drafted_by=by, drafted_at=DRAFTED, appeal_until=dt.date(2099, 1, 1),
    )  # fmt: skip


def overhaul(cast: Cast) -> PartyCampaign:
    """An overhaul's merit contest of the converter branch, with a merit that waits to be confirmed."""
    kit, by = packs().base.kits["overhaul"], cast.account["王书记"]
    body = cast.body["QL-B1"]
    row = campaigns.open_one(
        plant=cast.plant, kit=kit, title="年修立功竞赛", body=body, bodies=[body], first=FIRST, last=LAST, goal=kit.goal, by=by,
        at=DRAFTED,
    )  # fmt: skip
    campaigns.tell(
        campaign=row, kind="merit", day=FIRST, person=cast.person["吴师傅"], words="堵住漏点", by=by,
        at=dt.datetime(2026, 3, 2, 9),
    )  # fmt: skip
    return row


def raced(cast: Cast, *, lead: int = 0, since: dt.date = dt.date(2026, 2, 1), seed: int = 5) -> Raced:
    line, by, made = cast.unit["QL-R1"], cast.account["周统计员"], Raced(cast)
    begun = dt.date(2026, 1, 1)
    CalendarRow.objects.create(plant=cast.plant, from_on=begun, day_starts=dt.time(8), month_first=1, shifts=SHIFTS)
    roster = four_three(shifts=calendar_of(cast.plant).rules[0].shifts, anchor=begun, from_on=begun)
    RosterRow.objects.create(
        unit=line, code=roster.code, crews=list(roster.crews), cycle=list(roster.cycle), step=roster.step, anchor=begun,
        from_on=begun,
    )  # fmt: skip
    shifts.materialise(plant=cast.plant, first=since, last=LAST)
    chance = Random(seed)
    channel = {
        code: Channel.objects.create(unit=line, series=code, grain="shift", from_on=begun) for code in (FEED, COAL)
    }
    rows = []
    for s in ShiftRow.objects.filter(unit=line).order_by("day", "shift_no"):
        wave = 5 * math.sin(s.day.toordinal() / 9)
        feed = round(1000 * (100 + wave + s.shift_no + chance.gauss(0, 2) + (lead if s.letter == "甲" else 0)))
        coal = round(feed * (43 + chance.gauss(0, 1)) / 100)
        for code, value in ((FEED, feed), (COAL, coal)):
            row = Reading(
                channel=channel[code], starts_at=s.starts_at, ends_at=s.ends_at, day=s.day, shift_no=s.shift_no,
                month=s.month, letter=s.letter, text=str(value), value=value, state="audited", known_at=AFTER, entered_by=by,
            )  # fmt: skip
            rows.append(row)
            made.rows[code, s.day, s.shift_no] = row
    Reading.objects.bulk_create(rows)
    for month, days in (("2026-02", 28), ("2026-03", 31)):
        Plan.objects.create(unit=line, indicator="SM-01", period=month, value=str(303 * days))
        Plan.objects.create(unit=line, indicator="SM-02", period=month, value="43")
    partitions.touch(plant=cast.plant, fact="readings", months=[202602, 202603])
    return made
