"""Votes of a meeting: whether enough are there to vote or to elect, and whether it passed (R-LIFE-11, R-LIFE-12)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteShares:
    """Shares of those due with a vote, as the plant's rules have them: to vote at least, in favour more than, to elect at least."""

    quorum: Decimal
    majority: Decimal
    elect: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCount:
    """`due` and `voting` are people with a vote: those due, and those of them who are there."""

    due: int
    voting: int
    favour: int = 0
    against: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        return self.favour + self.against + self.abstained


def lacking(count: VoteCount, limits: VoteShares, *, election: bool) -> str:
    """Why there can be no vote now; empty where there can."""
    share, word = (limits.elect, "选举") if election else (limits.quorum, "表决")
    if count.due == 0:
        return f"没有应到会的有表决权党员，不能{word}"
    if Fraction(count.voting, count.due) >= Fraction(share):
        return ""
    least = -(-Fraction(share) * count.due // 1)
    return f"有表决权的应到 {count.due} 人，到会 {count.voting} 人，至少 {least} 人到会才能{word}"


def wrong(count: VoteCount) -> str:
    if min(count.favour, count.against, count.abstained) < 0:
        return "票数不能是负数"
    if count.cast > count.voting:
        return f"赞成、反对、弃权合计 {count.cast} 票，多于到会有表决权的 {count.voting} 人"
    return ""


def passed(count: VoteCount, limits: VoteShares, *, election: bool) -> bool:
    """A motion by more than the share of those due, not of those who came (R-LIFE-11: 支部工作条例 11). One is elected by more
    than half of those who came with a vote: so the 选举工作条例, from which R-LIFE-12 is, and no plant may set another share.
    """
    if election:
        return 2 * count.favour > count.voting
    return Fraction(count.favour) > Fraction(limits.majority) * count.due
