"""What the base pack says about the cost of filling in, with what a plant sets differently."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ronglu.kernel.rules.burden import BurdenRules, build_burden
from ronglu.packs import sheets


@cache
def load() -> BurdenRules:
    return build_burden(sheets.content(sheets.BASE / "burden.yaml"))


def of_plant(settings: Mapping[str, Any]) -> BurdenRules:
    """`settings` of the plant; budgets are replaced role by role, anything else as a whole."""
    own = settings.get("burden", {})
    if not own:
        return load()
    data = sheets.content(sheets.BASE / "burden.yaml")
    return build_burden({**data, **own, "budgets": {**data["budgets"], **own.get("budgets", {})}})
