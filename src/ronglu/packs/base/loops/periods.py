"""What the loops of 月审核, 季点评 and 年考核 say alike: raised by the calendar, days counted from the period's end, who is told."""

from ronglu.kernel.loops.due import Rung
from ronglu.kernel.loops.engine import CaseView
from ronglu.kernel.loops.field import Choice, Field, Kind
from ronglu.kernel.loops.loop import Check

HANDS = {"stage": frozenset({"hands"})}
"""While somebody must act. In the days of publicity and appeals nobody is late, whatever the day."""

STAGE = Field(
    code="stage",
    label="谁在办",
    en="In whose hands",
    kind=Kind.CHOICE,
    choices=(Choice("hands", "有人在办", "In hand"), Choice("open", "公示或申诉期", "Public")),
)
WORKED: dict[str, str] = {"stage": "hands"}
PUBLIC: dict[str, str] = {"stage": "open"}


def ladder(*told: str) -> tuple[Rung, ...]:
    """A day before and on the day to those whose turn it may be, three days later to the plant's committee."""
    return (
        Rung(days=-1, tell=told, label="还有一天到期", when=HANDS),
        Rung(days=0, tell=told, label="已到期", when=HANDS),
        Rung(days=3, tell=("plant_committee",), label="超期三天，请督办", when=HANDS),
    )


def by_day(code: str, label: str, en: str) -> Field:
    """The last day of a stage, as the timetable of the plant reckons it when the case is raised."""
    return Field(code=code, label=label, en=en, kind=Kind.DATE)


def has_open(kind: str, word: str) -> Check:
    """At least one line that somebody still has to answer."""

    def holds(case: CaseView) -> str:
        return "" if any(line.state == "open" for line in case.lines(kind)) else f"先写至少一条{word}"

    return Check(code=f"{kind}_open", holds=holds)


def each_with(kind: str, field: str, said: str) -> Check:
    """Every line that stands says what became of it."""

    def holds(case: CaseView) -> str:
        lines = (line for line in case.lines(kind) if line.state != "dropped")
        left = [str(line.no) for line in lines if not line.data.get(field)]
        return f"第 {'、'.join(left)} 条{said}" if left else ""

    return Check(code=f"{kind}_{field}", holds=holds)
