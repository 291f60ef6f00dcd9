"""What goes wrong in a meeting or in its guide, told in words to the person who tried."""

from __future__ import annotations

from collections.abc import Iterable

from ronglu.kernel.time.errors import TimeTrouble


class GatheringTrouble(TimeTrouble):
    """会议、指导书不能这样办；一次列出全部问题。"""

    def __init__(self, problems: str | Iterable[str]) -> None:
        self.problems = (problems,) if isinstance(problems, str) else tuple(problems)
        super().__init__("\n".join(self.problems))
