"""A result as the page draws it: words for the groups, bars for the shares."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ronglu.kernel.standing.ballot import PollKind
from ronglu.kernel.standing.tally import PartScore, SubjectScore
from ronglu.web.words import named
from ronglu.work.queries.polls import Result

MARKS = {"chosen": "good", "tied": "awaiting_review", "not": "nothing"}


@dataclass(frozen=True, slots=True)
class Part:
    """`label` is empty where nobody was sorted into groups."""

    label: str
    weight: int
    score: PartScore


@dataclass(frozen=True, slots=True)
class Rated:
    name: str
    score: Decimal | None
    parts: list[Part]


def rated(result: Result) -> list[Rated]:
    return [_rated(result, one) for one in result.scores]


def voted(result: Result) -> list[tuple[str, int, Decimal | None, str, str]]:
    """Name, votes, percentage, chip and word of each candidate."""
    words = {"chosen": _("当选"), "tied": _("票数相同，须再投一次"), "not": _("未当选")}
    return [
        (result.names[one.subject], one.votes, one.share, MARKS[one.standing], words[one.standing])
        for one in result.votes
    ]


def merged(result: Result) -> bool:
    """Whether groups had to be told as one."""
    return any(len(part.groups) > 1 for one in result.scores for part in one.parts)


def withheld(result: Result) -> str:
    """Why there is no result, in words for everybody."""
    words = {
        "few": _("投票不足 %(n)d 人，暂不公布；票数已经清除。") % {"n": result.kind.minimum},
        "quorum": _("投票的没有超过应到的%(part)s，投票无效；票数已经清除。") % {"part": _part(result.kind)},
        "paper": _("网上投票不足 %(n)d 人，减去纸质票就能推出来，不公布；票数已经清除。") % {"n": result.kind.minimum},
    }
    return words.get(result.withheld, "")


def _part(kind: PollKind) -> str:
    part, whole = kind.quorum or (0, 1)
    return _("半数") if (part, whole) == (1, 2) else f"{part}/{whole}"


def _rated(result: Result, one: SubjectScore) -> Rated:
    words = {group.code: named(group) for group in result.kind.groups}
    parts = [
        Part(_("、").join(words[code] for code in part.groups if code in words), part.weight, part)
        for part in one.parts
    ]
    return Rated(result.names[one.subject], one.score, parts)
