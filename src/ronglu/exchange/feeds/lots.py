"""Values of one grain side by side, with what the source said of each: the form in which feeds hand them to the verb."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ronglu.exchange.feeds.said import Said
from ronglu.exchange.values import Values
from ronglu.kernel.measure.rounding import NumberError, from_scaled, to_decimal, to_scaled
from ronglu.kernel.measure.series import Series
from ronglu.kernel.time.stamp import Stamp


@dataclass(slots=True)
class Lot:
    """`places` where each stands in its file; without a file the feed's `name` and the tag say where from."""

    grain: str
    name: str
    stamps: list[Stamp] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    scaled: list[int | None] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    revised: list[dt.datetime | None] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    def place(self, index: int) -> str:
        return (self.places[index] if self.places else f"{self.name} {self.said[index].tag}")[:80]

    def pick(self, indices: Iterable[int]) -> "Lot":
        """Only these values."""
        chosen, kept = Lot(self.grain, self.name, self.stamps), list(indices)
        for name in ("line", "series", "at", "text", "scaled", "said", "revised", "places"):
            whole = getattr(self, name)
            setattr(chosen, name, [whole[index] for index in kept] if whole else [])
        return chosen._tidy()

    def _tidy(self) -> "Lot":
        used = {number: place for place, number in enumerate(dict.fromkeys(self.at))}
        self.stamps, self.at = [self.stamps[number] for number in used], [used[number] for number in self.at]
        return self

    def __len__(self) -> int:
        return len(self.text)


def lot_of(values: Values, *, grain: str, minutes: int, name: str, series: Mapping[str, Series]) -> Lot:
    """What was read from a file, placed and converted already; should it be refused, it is kept in the series' own unit, with all
    its digits where the file has that unit too.
    """
    lot = Lot(grain, name, list(values.stamps), list(values.line), list(values.series), list(values.at),
              list(values.text), list(values.scaled))  # fmt: skip
    spots: dict[tuple[str, str], dict[str, Any]] = {}
    for index, (line, code, scaled) in enumerate(zip(lot.line, lot.series, lot.scaled, strict=True)):
        tag = f"{line}/{code}"
        spot = spots.setdefault(
            (line, code), {"tag": tag, "line": line, "series": code, "grain": grain, "minutes": minutes}
        )
        text = values.text[index] if scaled is None else _own(values.text[index], scaled, series[code].decimals)
        starts_at = lot.stamps[lot.at[index]].starts_at
        lot.said.append(Said(tag=tag, label=f"{starts_at:%Y-%m-%dT%H:%M:%S}", text=text[:120], spot=spot))
    lot.revised = [None] * len(values)
    lot.places = [values.place(index) for index in range(len(values))]
    return lot


def _own(text: str, scaled: int, decimals: int) -> str:
    """What is written, if it is the value itself and nothing was converted."""
    try:
        same = to_scaled(to_decimal(text), decimals) == scaled
    except NumberError:
        same = False
    return text if same else f"{from_scaled(scaled, decimals):f}"
