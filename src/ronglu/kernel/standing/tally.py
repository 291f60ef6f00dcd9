"""From counts to what may be told: which rater groups are told apart, means, shares, and who was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ronglu.kernel.standing.ballot import PollAnswer, PollKind, PollQuestion

Box = tuple[str, int, str, str]
Counts = Mapping[Box, int]
"""Part, subject, question, answer → ballots that ticked it."""
JOIN = "+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How one question was answered; `mean` in points to two places, None where nobody's answer counts."""

    question: PollQuestion
    counts: tuple[tuple[PollAnswer, int], ...]
    mean: Decimal | None

    @property
    def n(self) -> int:
        return sum(count for _answer, count in self.counts)

    @property
    def shares(self) -> tuple[tuple[PollAnswer, int, Decimal | None], ...]:
        """Each answer with its ballots and its percentage to one place."""
        return tuple((one, count, percent(count, self.n)) for one, count in self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartScore:
    """One or several rater groups told as one."""

    groups: tuple[str, ...]
    weight: int
    spreads: tuple[Spread, ...]
    score: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectScore:
    subject: int
    parts: tuple[PartScore, ...]
    score: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateVotes:
    """`standing`: chosen, tied (at the last seat: vote again among them) or not."""

    subject: int
    votes: int
    share: Decimal | None
    standing: str


def parts(cast: Mapping[str, int], *, minimum: int) -> tuple[tuple[str, ...], ...]:
    """Which groups are told together so that each part has `minimum` ballots; () where all together have fewer.

    The smallest part joins the next smallest until none is too small. Everything that is told, the total too, is made from
    these parts alone: a group of 4 stands nowhere, so no difference of what is told gives it away.
    """
    order = {code: place for place, code in enumerate(cast)}
    found: list[tuple[tuple[str, ...], int]] = [((code,), n) for code, n in cast.items() if n]
    while found:
        found.sort(key=lambda part: (part[1], order[part[0][0]]))
        codes, n = found[0]
        if n >= minimum:
            break
        if len(found) == 1:
            return ()
        other, more = found[1]
        found[:2] = [(tuple(sorted(codes + other, key=order.__getitem__)), n + more)]
    return tuple(sorted((codes for codes, _n in found), key=lambda codes: order[codes[0]]))


def pool(counts: Counts, told: tuple[tuple[str, ...], ...]) -> dict[Box, int]:
    """The same counts by part; groups without a ballot drop out."""
    home = {code: JOIN.join(codes) for codes in told for code in codes}
    found: dict[Box, int] = {}
    for (code, subject, question, answer), count in counts.items():
        if code in home:
            key = (home[code], subject, question, answer)
            found[key] = found.get(key, 0) + count
    return found


def scores(kind: PollKind, counts: Counts, *, subjects: int) -> tuple[SubjectScore, ...]:
    """Exact until the end, then half-up to two places: questions by weight in a part, parts by the weights of their groups."""
    told = tuple(dict.fromkeys(key[0] for key in counts))
    return tuple(_subject(kind, counts, told, number) for number in range(1, subjects + 1))


def votes(kind: PollKind, counts: Counts, *, subjects: int, ballots: int, seats: int) -> tuple[CandidateVotes, ...]:
    """Most votes first. Chosen: more than `majority` of the ballots, and among the `seats` best of those."""
    question, answer = kind.questions[0].code, kind.answers[0].code
    found = {n: counts.get(("", n, question, answer), 0) for n in range(1, subjects + 1)}
    through = {n for n, count in found.items() if kind.majority is None or exceeds(count, ballots, kind.majority)}
    ranked = sorted(found, key=lambda n: (-found[n], n))

    def standing(n: int) -> str:
        if n not in through:
            return "not"
        ahead = sum(found[one] > found[n] for one in through)
        level = sum(found[one] == found[n] for one in through)
        return "chosen" if ahead + level <= seats else "tied" if ahead < seats else "not"

    return tuple(
        CandidateVotes(subject=n, votes=found[n], share=percent(found[n], ballots), standing=standing(n))
        for n in ranked
    )


def exceeds(part: int, whole: int, fraction: tuple[int, int]) -> bool:
    """超过: more than the fraction, exactly half is not."""
    return part * fraction[1] > whole * fraction[0]


def percent(part: int, whole: int) -> Decimal | None:
    """To one place, half-up."""
    return _rounded(Fraction(100 * part, whole), 1) if whole else None


def _subject(kind: PollKind, counts: Counts, told: tuple[str, ...], number: int) -> SubjectScore:
    exact = [(code, _means(kind, counts, code, number)) for code in told]
    weights = {code: _weight(kind, code) for code in told}
    whole = _mean([(weights[code], _mean(_by_question(kind, means))) for code, means in exact])
    return SubjectScore(
        subject=number,
        parts=tuple(
            PartScore(
                groups=tuple(code.split(JOIN)),
                weight=weights[code],
                spreads=tuple(_spread(kind, counts, code, number, one, means[one.code]) for one in kind.questions),
                score=_shown(_mean(_by_question(kind, means))),
            )
            for code, means in exact
        ),
        score=_shown(whole),
    )


def _means(kind: PollKind, counts: Counts, part: str, number: int) -> dict[str, Fraction | None]:
    """Mean points by question, over the answers that count."""
    points = {one.code: Fraction(one.points_h, 100) for one in kind.answers if one.points_h is not None}
    found: dict[str, Fraction | None] = {}
    for question in kind.questions:
        ticked = {code: counts.get((part, number, question.code, code), 0) for code in points}
        n = sum(ticked.values())
        found[question.code] = sum((points[c] * k for c, k in ticked.items()), Fraction(0)) / n if n else None
    return found


def _by_question(kind: PollKind, means: Mapping[str, Fraction | None]) -> list[tuple[int, Fraction | None]]:
    return [(question.weight, means[question.code]) for question in kind.questions]


def _mean(rows: list[tuple[int, Fraction | None]]) -> Fraction | None:
    """By weight, over the rows that have a value."""
    weighed = [(weight, value) for weight, value in rows if value is not None and weight]
    total = sum(weight for weight, _value in weighed)
    return sum((weight * value for weight, value in weighed), Fraction(0)) / total if total else None


def _weight(kind: PollKind, part: str) -> int:
    weights = {group.code: group.weight for group in kind.groups}
    return sum(weights.get(code, 1) for code in part.split(JOIN))


def _spread(
    kind: PollKind, counts: Counts, part: str, number: int, question: PollQuestion, mean: Fraction | None
) -> Spread:
    ticked = tuple((one, counts.get((part, number, question.code, one.code), 0)) for one in kind.answers)
    return Spread(question=question, counts=ticked, mean=_shown(mean))


def _shown(value: Fraction | None) -> Decimal | None:
    return None if value is None else _rounded(value, 2)


def _rounded(value: Fraction, places: int) -> Decimal:
    """Half-up; nothing here is negative."""
    return Decimal(int(value * 10**places + Fraction(1, 2))).scaleb(-places)
