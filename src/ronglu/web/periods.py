"""How the label of a period stands on a page; kernel/time gives it as papers write it (2026年4月, 2026年一季度, 2026年第11周)."""

import re
from collections.abc import Callable, Iterator

QUARTERS, HALVES = "一二三四", "上下"
SHAPES: tuple[tuple[re.Pattern[str], Callable[..., str]], ...] = (
    (re.compile(r"(\d{4})年"), lambda year: year),
    (re.compile(r"(\d{4})年(\d{1,2})月"), lambda year, month: f"{year}-{int(month):02d}"),
    (re.compile(r"(\d{4})年([一二三四])季度"), lambda year, part: f"{year} Q{QUARTERS.index(part) + 1}"),
    (re.compile(r"(\d{4})年([上下])半年"), lambda year, part: f"{year} H{HALVES.index(part) + 1}"),
    (re.compile(r"(\d{4})年第(\d{1,2})周"), lambda year, week: f"{year} week {week}"),
    (
        re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"),
        lambda year, month, day: f"{year}-{int(month):02d}-{int(day):02d}",
    ),
    (
        re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日第(\d)班"),
        lambda year, month, day, shift: f"{year}-{int(month):02d}-{int(day):02d} shift {shift}",
    ),
)


JOINED = re.compile(r"(?<=\d)(?=[年月日周班])|(?<=[年月第])(?=\d)")


def period_on_page(label: str) -> str:
    """2026 年 4 月, 2026 年第 11 周, 2026 年一季度; empty where the text is no label of a period."""
    return JOINED.sub(" ", label) if is_period(label) else ""


def period_in_english(label: str) -> str:
    """Empty where the text is no label of a period."""
    return next((say(*found.groups()) for found, say in _read(label)), "")


def is_period(label: str) -> bool:
    return any(True for _ in _read(label))


def _read(label: str) -> Iterator[tuple[re.Match[str], Callable[..., str]]]:
    """Most words of a page are none, and are told from one by two looks."""
    if label[:1].isdigit() and "年" in label:
        yield from ((found, say) for shape, say in SHAPES if (found := shape.fullmatch(label)))
