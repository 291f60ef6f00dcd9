"""A plant's own rows laid over the rules: numbers and switches from a day on, and which texts were compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ronglu.kernel.regulation.book import RuleBook


def amended(book: RuleBook, rows: Iterable[Mapping[str, Any]]) -> RuleBook:
    """Rows as a plant's settings keep them, in order of their days, each with `rule` and `from_on`, and one of

    `values` {name: text}; `enabled` true or false, with `side` where it is for one side only; `text_url` and `by`, with
    `article` where its number was put right. RuleProblem where a row fits no rule.
    """
    for row in sorted(rows, key=lambda row: str(row["from_on"])):
        book = _amended(book, row, date.fromisoformat(str(row["from_on"])))
    return book


def _amended(book: RuleBook, row: Mapping[str, Any], on: date) -> RuleBook:
    if "values" in row:
        values = {name: Decimal(str(value)) for name, value in row["values"].items()}
        return book.edited(row["rule"], values=values, from_on=on)
    if "enabled" in row:
        return book.switched(row["rule"], enabled=row["enabled"], from_on=on, side=row.get("side", ""))
    return book.verified(row["rule"], text_url=row["text_url"], by=row["by"], on=on, article=row.get("article"))
