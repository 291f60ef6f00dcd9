"""What is wrong with a declaration, in words its writer can act on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a declaration: where it stands, what is wrong and what would be right."""

    where: str
    what: str
    right: str = ""

    def __str__(self) -> str:
        return f"{self.where}：{self.what}" + (f"；{self.right}" if self.right else "")


class PackError(Exception):
    """A pack that cannot be used; carries every problem that was found, not only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        lines = "\n".join(f"  {no}. {problem}" for no, problem in enumerate(problems, 1))
        super().__init__(f"规则包有 {len(problems)} 处问题：\n{lines}")
