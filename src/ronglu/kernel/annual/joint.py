"""八同: the eight stages that the Party's side and the line's side of a key task go through together, and which are missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Joint(StrEnum):
    """In the order of the year; the words are a plant's to change, the codes are not."""

    PLAN = "plan"
    DEPLOY = "deploy"
    REPORT = "report"
    INSPECT = "inspect"
    URGE = "urge"
    APPRAISE = "appraise"
    CARRY = "carry"
    COMMEND = "commend"

    @property
    def label(self) -> str:
        return _WORDS[self]


_WORDS = dict(zip(Joint, ("同谋划", "同部署", "同汇报", "同检查", "同督促", "同考核", "同落实", "同表彰"), strict=True))


SIDES = ("party", "line")
"""党务 and 行政: a stage is done when both have confirmed it, each for himself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointStamp:
    """One stage of one task: its day, and the day on which each side confirmed it."""

    stage: Joint
    due_on: dt.date
    party_on: dt.date | None = None
    line_on: dt.date | None = None

    @property
    def done_on(self) -> dt.date | None:
        """The day of the second confirmation."""
        return max(self.party_on, self.line_on) if self.party_on and self.line_on else None

    @property
    def kept(self) -> bool:
        """Both sides by the day of the stage; what came later was missed and stays so."""
        return self.done_on is not None and self.done_on <= self.due_on

    def missing(self) -> tuple[str, ...]:
        """The sides that have not confirmed it."""
        return tuple(side for side, on in zip(SIDES, (self.party_on, self.line_on), strict=True) if on is None)

    def state(self, on: dt.date) -> str:
        """kept, late (done after its day), half (one side, still in time), open, or missed (its day is over)."""
        if self.done_on is not None:
            return "kept" if self.kept else "late"
        if self.due_on < on:
            return "missed"
        return "half" if len(self.missing()) == 1 else "open"


def lacking(stamps: Iterable[JointStamp], on: dt.date) -> tuple[tuple[Joint, tuple[str, ...]], ...]:
    """The stages whose day is over and which a side has never confirmed, with those sides."""
    return tuple((one.stage, one.missing()) for one in stamps if one.due_on < on and one.missing())


def due_day(first: dt.date, last: dt.date, share: int) -> dt.date:
    """The day when `share` per cent of the task's time has gone by."""
    return first + dt.timedelta(days=(last - first).days * share // 100)
