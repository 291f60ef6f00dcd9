"""What people are asked in a poll and what a valid ballot is. A ballot is a set of cells that lives only while it is counted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple, TypeVar

from ronglu.kernel.time.errors import TimeTrouble

MINIMUM = 5
"""Raters below which nothing is told (S2-29); a kind may ask for more, none for fewer."""
T = TypeVar("T")
Row = Mapping[str, Any]


class PollTrouble(TimeTrouble):
    """测评、投票的声明有误，或不能这样办。"""


class BadBallot(PollTrouble):
    """这张选票没有填对。"""


class Tick(NamedTuple):
    """One box of the ballot: whom it is about (counted from 1), what was asked, what was ticked."""

    subject: int
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PollAnswer:
    """`points_h`: what it counts, in hundredths of points; None does not count (不了解)."""

    code: str
    zh: str
    en: str
    points_h: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollQuestion:
    code: str
    zh: str
    en: str
    weight: int = 1
    says: str = ""
    says_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaterGroup:
    code: str
    zh: str
    en: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PollKind:
    """`form`: rate (one answer a question) or choose (tick up to so many). `about`: a body, a person, or candidates;
    `kindred`: of which sort that body must be, "" for any.
    `roll`: members, full (正式党员) or named. `own`: whether one may vote where one stands for election or is rated.
    `quorum`, `majority`: more than this fraction, of those entitled and of the ballots cast.
    """

    code: str
    zh: str
    en: str
    status: str
    form: str
    about: str
    roll: str
    kindred: str = ""
    own: bool = False
    paper: bool = False
    minimum: int = MINIMUM
    quorum: tuple[int, int] | None = None
    majority: tuple[int, int] | None = None
    questions: tuple[PollQuestion, ...]
    answers: tuple[PollAnswer, ...]
    groups: tuple[RaterGroup, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        """Codes under which votes are counted: the rater groups, or one nameless part."""
        return tuple(group.code for group in self.groups) or ("",)

    @property
    def weighable(self) -> tuple[str, ...]:
        """Codes of all that has a weight."""
        return (*(one.code for one in self.questions), *(one.code for one in self.groups))

    def cells(self, subjects: int) -> Iterator[Tick]:
        """Every box of the paper."""
        for subject in range(1, subjects + 1):
            for question in self.questions:
                for answer in self.answers:
                    yield Tick(subject, question.code, answer.code)

    def weighed(self, weights: Mapping[str, int]) -> PollKind:
        """With other weights of questions and groups, by code; a weight is a whole number from 0, not all of them 0."""
        if unknown := set(weights) - set(self.weighable):
            raise PollTrouble(f"{self.zh}没有这几项：{'、'.join(sorted(unknown))}")
        changed = replace(self, questions=_weighed(self.questions, weights), groups=_weighed(self.groups, weights))
        _check(changed)
        return changed


def check(kind: PollKind, ballot: Collection[Tick], *, subjects: Sequence[str], seats: int) -> None:
    """Raises BadBallot in words for the voter; `subjects` are the names on the paper, `seats` how many may be ticked."""
    if not set(ballot) <= set(kind.cells(len(subjects))):
        raise BadBallot("选票上有本次没有的选项，请刷新页面重填")
    if kind.form == "choose":
        if len(ballot) > seats:
            raise BadBallot(f"最多选 {seats} 人，您选了 {len(ballot)} 人")
        return
    problems = [
        f"{name}“{question.zh}”{'还没有选' if found == 0 else '只能选一个'}"
        for number, name in enumerate(subjects, start=1)
        for question in kind.questions
        if (found := sum((cell.subject, cell.question) == (number, question.code) for cell in ballot)) != 1
    ]
    if problems:
        raise BadBallot("\n".join(problems))


def read(data: Row) -> dict[str, PollKind]:
    """Reads polls.yaml; every fault is told at once."""
    found: dict[str, PollKind] = {}
    problems: list[str] = []
    for row in data.get("polls", ()):
        try:
            kind = kind_of(row)
        except PollTrouble as trouble:
            problems.append(str(trouble))
            continue
        if kind.code in found:
            problems.append(f"{kind.code}：写了两遍")
        found[kind.code] = kind
    if problems:
        raise PollTrouble("\n".join(problems))
    return found


def kind_of(row: Row) -> PollKind:
    """From a declaration, or from what `as_data` froze when a poll was declared."""
    label = row.get("code") or row.get("zh") or "未命名的一项"
    try:
        kind = PollKind(
            **{name: row[name] for name in ("code", "zh", "en", "status", "form", "about", "roll")},
            **{name: row[name] for name in ("kindred", "own", "paper", "minimum") if name in row},
            quorum=_fraction(row.get("quorum")),
            majority=_fraction(row.get("majority")),
            questions=_each(row["questions"], PollQuestion),
            answers=_each(row["answers"], PollAnswer),
            groups=_each(row.get("groups") or (), RaterGroup),
        )
    except KeyError as missing:
        raise PollTrouble(f"{label}：缺少 {missing.args[0]}") from missing
    except TypeError as wrong:
        raise PollTrouble(f"{label}：有不认识或缺少的字段") from wrong
    _check(kind)
    return kind


def as_data(kind: PollKind) -> dict[str, Any]:
    """What a poll keeps of its kind, so that its result can be told again after the kind was changed."""
    return asdict(kind)


def _each(rows: Iterable[Row], make: Callable[..., T]) -> tuple[T, ...]:
    return tuple(make(**row) for row in rows)


def _fraction(given: Any) -> tuple[int, int] | None:
    return (int(given[0]), int(given[1])) if given else None


def _weighed(rows: tuple[Any, ...], weights: Mapping[str, int]) -> tuple[Any, ...]:
    return tuple(replace(one, weight=weights.get(one.code, one.weight)) for one in rows)


def _check(kind: PollKind) -> None:
    words = {
        "form": ("rate", "choose"),
        "about": ("body", "person", "candidates"),
        "roll": ("members", "full", "named"),
    }
    faults = [
        f"{name} 应为 {'、'.join(known)} 之一" for name, known in words.items() if getattr(kind, name) not in known
    ]
    if kind.minimum < MINIMUM:
        faults.append(f"minimum 不能低于 {MINIMUM}：少于 {MINIMUM} 人就猜得出谁投了什么")
    if not kind.questions or not kind.answers:
        faults.append("questions 和 answers 至少各写一条")
    if len(set(kind.weighable)) < len(kind.weighable) or len({one.code for one in kind.answers}) < len(kind.answers):
        faults.append("代码写了两遍")
    for rows in (kind.questions, kind.groups):
        weights = [one.weight for one in rows]
        if rows and (any(type(weight) is not int or weight < 0 for weight in weights) or not sum(weights)):
            faults.append("权重应为不小于 0 的整数，且不能全为 0")
    if kind.form == "rate" and any(
        one.points_h is not None and (type(one.points_h) is not int or not 0 <= one.points_h <= 10000)
        for one in kind.answers
    ):
        faults.append("points_h 应为 0 到 10000 的整数（百分之一分）")
    if any(f is not None and not 0 <= f[0] < f[1] for f in (kind.quorum, kind.majority)):
        faults.append("quorum、majority 应为小于 1 的分数，如 [1, 2]")
    if kind.groups and kind.paper:
        faults.append("分组的测评不能用纸质票：各组的人数太少，清点的人能推出网上的票")
    if faults:
        raise PollTrouble("\n".join(f"{kind.zh or kind.code}：{fault}" for fault in faults))
