"""All tables, by noun."""

from ronglu.store.models.account import Account, ApiToken
from ronglu.store.models.audit import AuditEntry, Feedback
from ronglu.store.models.board import IndicatorRow, Partition
from ronglu.store.models.body import Body, BodyKind, BodyState, Succession
from ronglu.store.models.calendar import (
    CalendarRow,
    CrewSwap,
    DayRow,
    Holiday,
    RosterRow,
    ShiftRow,
    Substitution,
)
from ronglu.store.models.person import Deputy, Engagement, Membership, Person, Post
from ronglu.store.models.plan import Benchmark, ImportedScore, Plan, PlanStop
from ronglu.store.models.plant import Plant
from ronglu.store.models.reading import SCORING, STANDING, Channel, Reading, ReadingState
from ronglu.store.models.result import (
    Finding,
    ItemFigure,
    Result,
    Run,
    SheetVersion,
    Total,
    VetoMark,
)
from ronglu.store.models.source import Import, ImportState, Job, Source
from ronglu.store.models.unit import Mapping, Unit, UnitKind, UnitState

__all__ = [
    "SCORING",
    "STANDING",
    "Account",
    "ApiToken",
    "AuditEntry",
    "Benchmark",
    "Body",
    "BodyKind",
    "BodyState",
    "CalendarRow",
    "Channel",
    "CrewSwap",
    "DayRow",
    "Deputy",
    "Engagement",
    "Feedback",
    "Finding",
    "Holiday",
    "Import",
    "ImportState",
    "ImportedScore",
    "IndicatorRow",
    "ItemFigure",
    "Job",
    "Mapping",
    "Membership",
    "Partition",
    "Person",
    "Plan",
    "PlanStop",
    "Plant",
    "Post",
    "Reading",
    "ReadingState",
    "Result",
    "RosterRow",
    "Run",
    "SheetVersion",
    "ShiftRow",
    "Source",
    "Substitution",
    "Succession",
    "Total",
    "Unit",
    "UnitKind",
    "UnitState",
    "VetoMark",
]
