"""Who stood which shift: the cycle of a roster, the common rosters, and a plant's book of rosters with its swaps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from ronglu.kernel.time.calendar import Calendar, ShiftTime
from ronglu.kernel.time.errors import RosterError
from ronglu.kernel.time.rest import roster_problems

FOUR = ("甲", "乙", "丙", "丁")
FIVE = (*FOUR, "戊")
EVERY_LINE = "*"
REST = "休"


@dataclass(frozen=True)
class Roster:
    """Crew i stands at position (days since `anchor` + step × i) mod len(cycle).

    `cycle` gives for each position the number of the shift inside its production day, or None for rest. On `anchor`,
    a production day, the first crew stands at position 0. A roster of one crew (长白班) need not fill every shift.
    """

    code: str
    crews: tuple[str, ...]
    cycle: tuple[int | None, ...]
    step: int
    anchor: date
    from_on: date
    until_on: date | None = None
    _table: tuple[dict[int, str], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.cycle or not self.crews:
            raise RosterError(f"轮班表“{self.code}”：循环和班组都不能为空")
        object.__setattr__(self, "_table", tuple(self._crews_by_shift(days) for days in range(len(self.cycle))))

    def position(self, days: int, crew_no: int) -> int:
        return (days + self.step * crew_no) % len(self.cycle)

    def holds_on(self, day: date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    def crew_on(self, day: date, shift_no: int) -> str | None:
        """The crew of a shift of a production day; None outside the roster's dates or for a shift nobody stands."""
        if not self.holds_on(day):
            return None
        return self._table[(day - self.anchor).days % len(self.cycle)].get(shift_no)

    def problems(self, calendar: Calendar) -> list[str]:
        """Everything that forbids this roster under a calendar, by name; empty when it may be used."""
        return roster_problems(self, calendar)

    def _crews_by_shift(self, days: int) -> dict[int, str]:
        stands = [(self.cycle[self.position(days, i)], crew) for i, crew in enumerate(self.crews)]
        return {no: crew for no, crew in reversed(stands) if no is not None}


def named_cycle(words: Iterable[str], shifts: Sequence[ShiftTime]) -> tuple[int | None, ...]:
    """`白白中中夜夜休休` as shift numbers under a clock: the same words mean other numbers where 夜 begins the day."""
    numbers: dict[str, int | None] = {shift.name: shift.no for shift in shifts}
    numbers[REST] = None
    words = tuple(words)
    unknown = [word for word in words if word not in numbers]
    if unknown:
        raise RosterError(f"循环里的“{unknown[0]}”不是班次；这一日历的班次是 {'、'.join(s.name for s in shifts)}")
    return tuple(numbers[word] for word in words)


def four_three(
    *, shifts: Sequence[ShiftTime], anchor: date, from_on: date, until_on: date | None = None,
    night_first: bool = False, crews: tuple[str, ...] = FOUR,
) -> Roster:  # fmt: skip
    """四班三运转; `night_first` where the production day begins with 夜 (00:00 or 23:00)."""
    words = "夜夜白白中中休休" if night_first else "白白中中夜夜休休"
    return Roster("四班三运转", crews, named_cycle(words, shifts), 2, anchor, from_on, until_on)


def five_four(
    *, shifts: Sequence[ShiftTime], anchor: date, from_on: date, until_on: date | None = None,
    crews: tuple[str, ...] = FIVE,
) -> Roster:  # fmt: skip
    """五班四倒: four shifts of six hours, 一 begins the production day."""
    return Roster("五班四倒", crews, named_cycle("一一二二三三四四休休", shifts), 2, anchor, from_on, until_on)


def four_two(
    *, shifts: Sequence[ShiftTime], anchor: date, from_on: date, until_on: date | None = None,
    crews: tuple[str, ...] = FOUR,
) -> Roster:  # fmt: skip
    """四班两运转: twelve hours, 白 then 夜 then two days of rest."""
    return Roster("四班两运转", crews, named_cycle("白夜休休", shifts), 1, anchor, from_on, until_on)


def day_crew(
    *, shifts: Sequence[ShiftTime], anchor: date, from_on: date, until_on: date | None = None, crew: str = "长白",
) -> Roster:  # fmt: skip
    """长白班: one crew on every 白 shift; on which days it works is the work calendar's business."""
    cycle = named_cycle("白", shifts)
    return Roster("长白班", (crew,), cycle, 0, anchor, from_on, until_on)


@dataclass(frozen=True, slots=True)
class CrewSwap:
    """One shift of one line stood by another crew than the roster says."""

    line: str
    day: date
    shift_no: int
    crew: str


@dataclass(frozen=True, slots=True)
class Substitution:
    """One person (staff number) standing one shift in another's place; the crew of the shift stays."""

    line: str
    day: date
    shift_no: int
    absent: str
    present: str


class RosterBook:
    """Rosters by line (`"*"` for lines without one of their own), crew swaps and substitutions.

    `calendar` is needed only to ask by instant (`crew_on`).
    """

    def __init__(
        self,
        rosters: Mapping[str, Sequence[Roster]],
        swaps: Iterable[CrewSwap] = (),
        substitutions: Iterable[Substitution] = (),
        calendar: Calendar | None = None,
    ) -> None:
        self.rosters = {line: tuple(sorted(found, key=lambda r: r.from_on)) for line, found in rosters.items()}
        self.swaps = tuple(swaps)
        self.substitutions = tuple(substitutions)
        self.calendar = calendar
        self._swapped = {(swap.line, swap.day, swap.shift_no): swap.crew for swap in self.swaps}

    def crew_on(self, line: str, at: datetime) -> str | None:
        """The crew that stood on a line at an instant."""
        if self.calendar is None:
            raise RosterError("按时刻问班组需要日历：RosterBook(…, calendar=…)")
        return self.crew_of(line, *self.calendar.shift_of(at))

    def crew_of(self, line: str, day: date, shift_no: int) -> str | None:
        """The crew of a shift of a production day, swaps included; None where no roster holds."""
        swapped = self._swapped.get((line, day, shift_no))
        if swapped is not None:
            return swapped
        roster = self.roster_on(line, day)
        return roster.crew_on(day, shift_no) if roster else None

    def roster_on(self, line: str, day: date) -> Roster | None:
        rosters = self.rosters.get(line, self.rosters.get(EVERY_LINE, ()))
        return next((roster for roster in rosters if roster.holds_on(day)), None)

    def stand_ins(self, line: str, day: date, shift_no: int) -> tuple[Substitution, ...]:
        return tuple(s for s in self.substitutions if (s.line, s.day, s.shift_no) == (line, day, shift_no))

    def stood(self, person: str, *, home: str, line: str, day: date, shift_no: int) -> bool:
        """Whether a member of crew `home` was there in person: with his crew unless replaced, or for someone else."""
        found = self.stand_ins(line, day, shift_no)
        if any(s.present == person for s in found):
            return True
        return self.crew_of(line, day, shift_no) == home and all(s.absent != person for s in found)
