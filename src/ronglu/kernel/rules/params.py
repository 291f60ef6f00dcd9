"""Reading declared parameters: each is asked for by name and type, and a name nobody asked for is an error."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from ronglu.kernel.rules.arith import hundredths


class Params:
    """A mapping being read; `problems` fills up instead of raising, so that all errors are told at once."""

    def __init__(self, where: str, data: Any) -> None:
        self.where = where
        self.problems: list[str] = []
        if not isinstance(data, Mapping):
            self.complain(f"应为“名称: 值”的一组，现在是“{data}”")
            data = {}
        self._data: dict[str, Any] = {str(k): v for k, v in data.items()}
        self._asked: set[str] = set()

    def complain(self, text: str) -> None:
        self.problems.append(f"{self.where}：{text}")

    def has(self, name: str) -> bool:
        return self._data.get(name) is not None

    def raw(self, name: str) -> Any:
        self._asked.add(name)
        return self._data.get(name)

    def need(self, name: str) -> Any:
        value = self.raw(name)
        if value is None:
            self.complain(f"缺少“{name}”")
        return value

    def text(self, name: str, default: str | None = None) -> str:
        value = self.raw(name) if default is not None else self.need(name)
        return (default or "") if value is None else str(value).strip()

    def decimal(self, name: str, default: str | None = None) -> Decimal:
        value = self.raw(name) if default is not None else self.need(name)
        try:
            return (
                number(default if value is None else value)
                if (value is not None or default is not None)
                else Decimal(0)
            )
        except ValueError:
            self.complain(f"“{name}”应为数，现在是“{value}”")
            return Decimal(0)

    def points(self, name: str, default: str | None = None) -> int:
        """Points in hundredths."""
        value = self.decimal(name, default)
        try:
            return hundredths(value)
        except ValueError:
            self.complain(f"“{name}”最多两位小数，现在是 {value}")
            return 0

    def whole(self, name: str, default: int | None = None) -> int:
        value = self.decimal(name, None if default is None else str(default))
        if value != value.to_integral_value():
            self.complain(f"“{name}”应为整数，现在是 {value}")
        return int(value)

    def group(self, name: str) -> list[tuple[str, Any]]:
        """A non-empty mapping, in the order written."""
        value = self.need(name)
        if not isinstance(value, Mapping) or not value:
            if value is not None:
                self.complain(f"“{name}”应为一组“名称: 值”，现在是“{value}”")
            return []
        return [(str(k), v) for k, v in value.items()]

    def rows(self, name: str) -> list[Any]:
        value = self.need(name)
        if not isinstance(value, list) or not value:
            if value is not None:
                self.complain(f"“{name}”应为一列，至少一行，现在是“{value}”")
            return []
        return value

    def finish(self) -> list[str]:
        """All problems, with a line for every name that nothing reads."""
        if unknown := [name for name in self._data if name not in self._asked]:
            self.complain(f"不认识“{'”“'.join(unknown)}”，这里可写的是：{'、'.join(sorted(self._asked))}")
        return self.problems


def number(value: Any) -> Decimal:
    """An exact decimal from text or a whole number; binary floats and booleans are refused."""
    if isinstance(value, bool | float):
        raise ValueError(f"{value!r} 不是精确的十进制数")
    try:
        found = value if isinstance(value, Decimal) else Decimal(str(value).strip())
    except InvalidOperation:
        raise ValueError(f"“{value}”不是数") from None
    if not found.is_finite():
        raise ValueError(f"“{value}”不是数")
    return found
