"""Named errors of the standing room, in the words of the person who tried; all that is wrong is told at once."""

from collections.abc import Iterable


class StandingTrouble(ValueError):
    """积分、联动、双提升、年度或称号的声明或数字有误；`problems` 是全部错处。"""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("；".join(self.problems))


class ModelTrouble(StandingTrouble):
    """联动模型的声明或参数有误。"""


class InputTrouble(StandingTrouble):
    """联动、双提升或年度的数超出范围。"""


class LedgerTrouble(StandingTrouble):
    """积分条目、冲回或状态变动有误。"""
