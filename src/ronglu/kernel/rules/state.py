"""The states an item of a branch can be in (decision 13), and what each means for the totals."""

from enum import StrEnum


class State(StrEnum):
    SCORED = "scored"
    CARRIED = "carried"
    AWAITING_REVIEW = "awaiting_review"
    NOTHING = "nothing"
    NOT_APPLICABLE = "not_applicable"
    READINGS_MISSING = "readings_missing"
    NOT_WIRED = "not_wired"
    IMPORTED = "imported"
    RULED = "ruled"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def available(self) -> bool:
        """Its points stand: scored, carried, imported, ruled on appeal, or settled by `when_nothing`."""
        return self in (State.SCORED, State.CARRIED, State.IMPORTED, State.RULED, State.NOTHING)

    @property
    def applicable(self) -> bool:
        return self is not State.NOT_APPLICABLE

    @property
    def blocks_lock(self) -> bool:
        """A panel item nobody has judged keeps the month open."""
        return self is State.AWAITING_REVIEW


_LABELS = {
    State.SCORED: "已计分",
    State.CARRIED: "沿用",
    State.AWAITING_REVIEW: "待评",
    State.NOTHING: "无事项",
    State.NOT_APPLICABLE: "不适用",
    State.READINGS_MISSING: "缺数",
    State.NOT_WIRED: "未接入",
    State.IMPORTED: "导入",
    State.RULED: "改判",
}


class WhenNothing(StrEnum):
    """What an item is worth when nothing happened; there is no default, each item says it."""

    FULL = "full"
    ZERO = "zero"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        return _SETTLED[self]


_SETTLED = {
    WhenNothing.FULL: "没有发生时得满分",
    WhenNothing.ZERO: "没有发生时得零分",
    WhenNothing.NOT_APPLICABLE: "没有发生时不适用，不占分母",
}
