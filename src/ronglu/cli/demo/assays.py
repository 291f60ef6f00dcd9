"""Lots of cathode of the invented refinery: three weeks of sheets, most of them of the first grade, a few with something to see."""

import datetime as dt
from random import Random

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.scale import SEED, TODAY
from ronglu.config.plant import pack_of
from ronglu.work import assays

GB = "GB/T 467-2010"
DAYS = range(2, 30, 3)
"""Days ago on which a lot was sampled."""
USUAL = {
    "Se": 6, "Te": 5, "Bi": 7, "As": 34, "Sb": 22, "Cr": 1, "Mn": 1, "Cd": 2, "P": 9, "Pb": 28, "S": 70, "Fe": 55,
    "Sn": 9, "Ni": 38, "Si": 12, "Zn": 18, "Co": 6, "Ag": 95,
}  # fmt: skip
"""Of each element so many hundred-thousandths of a per cent, give or take a tenth."""
SEEN = {4: {"As": "0.00055"}, 7: {"Pb": ""}, 9: {"Bi": "<0.0001"}}
"""What the lots with these numbers show: refused for arsenic, not to be graded, under the detection limit."""


def make(cast: Cast) -> None:
    made = cast.crowd.made
    book = pack_of(made.plan.code).base.grades
    lines = [line for line in made.plan.lines() if line.module == "electrolysis"]
    for line in lines:
        (enters, confirms) = (
            cast.account(cast.at_post("technician", line.code)[0]),
            cast.account(cast.at_post("quality")[0]),
        )
        chance = Random(f"{SEED}:assays:{line.code}")
        for number, ago in enumerate(DAYS):
            day = dt.datetime.combine(TODAY - dt.timedelta(days=ago), dt.time(9, 40))
            said = assays.Said(
                standard=GB,
                sampled_at=day,
                weight=f"{24 + chance.randrange(200) / 100:.2f}",
                values=_values(chance, number),
            )
            later = day + dt.timedelta(hours=5)
            row = assays.enter(
                unit=made.unit(line.code), lot=f"{line.code}-{day:%m%d}", said=said, book=book, by=enters, at=later
            )
            if number:
                assays.confirm(sheet=row, holds=True, book=book, by=confirms, at=later + dt.timedelta(hours=1))


def _values(chance: Random, number: int) -> dict[str, str]:
    found = {name: f"{usual * (90 + chance.randrange(21)) / 100 / 100000:.6f}" for name, usual in USUAL.items()}
    return found | {"Cu+Ag": "99.99"} | SEEN.get(number, {})
