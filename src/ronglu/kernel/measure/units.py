"""Which units a declaration may use, and whether a ratio's unit agrees with the units it is made of."""

from __future__ import annotations

_PLAIN = {"t", "kg", "g", "kgce", "kWh", "m³", "h", "元", "%", "V", "A", "kA", "mg/m³", "℃", "Pa", "mm", "—"}
_COUNTED = {"个", "包", "炉", "块", "件", "套", "次", "片", "班", "日", "任务"}
_RATES = {"kg/t", "g/t", "t/t", "m³/t", "kWh/t", "kgce/t", "元/t", "t/h", "t/包", "件/套"}
KNOWN = frozenset(_PLAIN | _COUNTED | _RATES)
# How many of the second make one of the first; needed where a ratio names another size than its series.
_SAME = {("t", "kg"): 1000, ("kg", "g"): 1000, ("t", "g"): 1_000_000}


def ratio_unit(above: str, below: str) -> str:
    """What a plain quotient of two units is called: % of the same kind (with factor 100), else a/b."""
    return "%" if above == below else f"{above}/{below}"


def agrees(unit: str, above: str, below: str) -> bool:
    """Whether numerator and denominator units may give `unit`, directly or by a factor between sizes of one kind."""
    if unit in {ratio_unit(above, below), "—"}:
        return True
    top, _, bottom = unit.partition("/")
    return _kin(top, above) and _kin(bottom, below)


def _kin(a: str, b: str) -> bool:
    return a == b or (a, b) in _SAME or (b, a) in _SAME
