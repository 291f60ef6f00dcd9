"""On which terms a kind of meeting is planned: how many must come, whether the rest is met again, who may be called in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ronglu.kernel.gathering.errors import GatheringTrouble

HALF = "half"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTerms:
    """`reason`: why people may be called in on their rest day where the number asks for it; without one nobody is."""

    code: str
    least: str = ""
    makeup: bool = False
    reason: str = ""
    status: str = "D"

    def quorum(self, due: int) -> int:
        """半数以上 counts the half in (domain/03): six of eleven, five of ten."""
        return -(-due // 2) if self.least == HALF else 0


def read(data: Mapping[str, Any]) -> dict[str, PlanTerms]:
    """Reads meetings.yaml; a kind that it does not name is not planned."""
    rows = list(data.get("kinds", ()))
    wrong = [text for row in rows for text in _problems(row)]
    codes = [row.get("code") for row in rows]
    wrong += [f"{code} 写了两遍" for code in sorted({str(one) for one in codes if codes.count(one) > 1})]
    if wrong:
        raise GatheringTrouble(wrong)
    return {str(row["code"]): PlanTerms(**row) for row in rows}


def _problems(row: Mapping[str, Any]) -> Iterable[str]:
    name = row.get("code")
    if not name:
        yield "有一项没有写 code"
    if row.get("least", "") not in ("", HALF):
        yield f"{name}：least 应为 half 或空着，现为 {row.get('least')}"
    if unknown := row.keys() - PlanTerms.__dataclass_fields__.keys():
        yield f"{name}：不认识 {'、'.join(sorted(unknown))}"
