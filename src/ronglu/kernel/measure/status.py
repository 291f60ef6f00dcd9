"""How well a declared value is founded, and the words that say so on screen."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    SEED = "S"
    VERIFIED = "V"
    COMPUTED = "C"
    MEMORY = "M"
    DEFAULT = "D"

    @property
    def label(self) -> str:
        return _LABELS[self]


# D and M must never look like a superior's rule.
_LABELS = {
    Status.SEED: "来自公开稿件",
    Status.VERIFIED: "公开资料已核",
    Status.COMPUTED: "按定义计算",
    Status.MEMORY: "系统默认（经验值，待核）",
    Status.DEFAULT: "系统默认，可修改",
}
