"""Every write of readings, by its verb: the one door to the table. How each works stands in the file it comes from."""

from ronglu.work.readings_audit import LockedMonth, audit, lock, reject, unaudit
from ronglu.work.readings_compare import Difference, compare
from ronglu.work.readings_enter import Entry, correct, enter
from ronglu.work.readings_rules import (
    BadSlot,
    Locked,
    NoChannel,
    NoReason,
    ReadingTrouble,
    SecondPerson,
    WrongState,
)
from ronglu.work.readings_take import Taken, take

__all__ = [
    "BadSlot",
    "Difference",
    "Entry",
    "Locked",
    "LockedMonth",
    "NoChannel",
    "NoReason",
    "ReadingTrouble",
    "SecondPerson",
    "Taken",
    "WrongState",
    "audit",
    "compare",
    "correct",
    "enter",
    "lock",
    "reject",
    "take",
    "unaudit",
]
