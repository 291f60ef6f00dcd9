"""Named errors of the rules room, in the words of the person who tried."""

from collections.abc import Iterable


class RulesError(ValueError):
    """规则房间的错误。"""


class BasisProblem(RulesError):
    """A fact row that cannot be: a negative count, a kind without a price, a numerator without a denominator."""


class NotReady(RulesError):
    """A share was asked of a basis that has none (nothing happened, nobody judged, readings missing)."""


class SheetProblem(RulesError):
    """All that is wrong with a declaration, told at once."""

    def __init__(self, where: str, problems: Iterable[str]) -> None:
        self.where, self.problems = where, tuple(problems)
        super().__init__(
            f"{where}有 {len(self.problems)} 处问题：\n" + "\n".join(f"· {text}" for text in self.problems)
        )
