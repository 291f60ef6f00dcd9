"""The few words of SVG that the drawings share, and how a drawing carries its own summary."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

Number = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Drawing:
    """`svg` for the eye, `summary` for the ear and for print."""

    svg: SafeString
    summary: str

    def __str__(self) -> str:
        return self.svg

    def __html__(self) -> str:
        return self.svg


def at(value: Number) -> str:
    """A coordinate: two decimals at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def tag(name: str, inner: str = "", /, **attributes: Any) -> str:
    """`cls` is class, an underscore inside a name is a hyphen; None leaves the attribute out. `inner` is already safe."""
    pairs = "".join(
        f' {"class" if key == "cls" else key.replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{pairs}>{inner}</{name}>" if inner else f"<{name}{pairs}/>"


def text(words: object, *, x: Number, y: Number, cls: str = "") -> str:
    return tag("text", str(escape(str(words))), x=at(x), y=at(y), cls=cls or None)


def width_of(words: str) -> float:
    """About how wide 12-px text is: a Chinese character fills its square."""
    return sum(12.0 if ord(c) > 0x2E80 else 7.0 for c in words)


def lines_of(words: str, *, room: float) -> list[str]:
    """At most two lines that fit `room`, broken at a space where there is one; what is left over ends in …"""
    if width_of(words) <= room:
        return [words]
    first = words
    while first and width_of(first) > room:
        first = first.rpartition(" ")[0] or first[:-1]
    rest = words[len(first) :].strip()
    if width_of(rest) <= room:
        return [first, rest]
    while rest and width_of(rest + "…") > room:
        rest = rest[:-1]
    return [first, rest + "…"]


def picture(
    parts: Iterable[str],
    *,
    summary: str,
    cls: str,
    width: Number | None = None,
    height: Number | None = None,
    stretch: bool = False,
    linked: bool = False,
) -> Drawing:
    """Without a width the drawing takes percentages of its place; with one it keeps its proportions, or `stretch`es sideways.

    A drawing with links inside is a group: an image would hide them from a reader.
    """
    box = None if width is None or height is None else f"0 0 {at(width)} {at(height)}"
    whole = tag(
        "svg",
        "".join(parts),
        cls=cls,
        viewBox=box,
        role="group" if linked else "img",
        aria_label=summary,
        preserveAspectRatio="none" if stretch else None,
        height=at(height) if height is not None and (stretch or not box) else None,
    )
    return Drawing(svg=mark_safe(whole), summary=summary)


def share(value: Number) -> str:
    """0.659 → 65.9%."""
    return f"{at(float(value) * 100)}%"


def ticks(low: float, high: float, *, about: int = 5) -> list[float]:
    """Round values inside [low, high], a step of 1, 2 or 5 times a power of ten."""
    if high <= low:
        return [low]
    raw = (high - low) / about
    power = 10 ** floor(log10(raw))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw * 0.999)
    first = -(-low // step)
    return [round((first + i) * step, 10) for i in range(int((high - first * step) / step + 1e-9) + 1)]
