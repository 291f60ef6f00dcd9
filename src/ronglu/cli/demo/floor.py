"""A floor plan of the first line, drawn by code: halls, furnaces, tanks and walkways as plain shapes, and the zones on it."""

import datetime as dt
from io import BytesIO

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.zones import Ground
from ronglu.exchange import pictures
from ronglu.work import floor_plans

AT = dt.datetime(2025, 12, 30, 9)
SIZE = (1500, 900)
HALLS = ((30, 40, 480, 430), (520, 40, 980, 430), (1020, 40, 1470, 430), (30, 520, 700, 860), (740, 520, 1470, 860))
"""Corners of the halls in pixels; the zones below lie in the same order."""
AREAS = (
    "20,44 320,44 320,478 20,478",
    "347,44 653,44 653,478 347,478",
    "680,44 980,44 980,478 680,478",
    "20,578 467,578 467,956 20,956",
)
PAPER, WALL, FLOOR, STEEL, HEAT, WATER = "#ffffff", "#54606b", "#eef1f4", "#c6cdd4", "#e9c7b4", "#c3d9e6"


def make(cast: Cast, ground: Ground) -> None:
    """The first line's plan, with the post of each of its crews drawn on it."""
    made = cast.crowd.made
    line = next(made.plan.lines())
    office = cast.account(cast.at_post("safety_officer")[0])
    drawn = pictures.clean(_picture())
    plan = floor_plans.add(
        plant=made.plant, unit=made.unit(line.code), name=f"{line.name}平面图", data=drawn.data, suffix=drawn.suffix,
        width=drawn.width, height=drawn.height, by=office, at=AT,
    )  # fmt: skip
    for zone, points in zip(ground.of_line(line.code, made.plan.prefix), AREAS, strict=False):
        floor_plans.draw(plan=plan, zone=zone, points=points, by=office, at=AT)


def _picture() -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    for hall in HALLS:
        draw.rectangle(hall, fill=FLOOR, outline=WALL, width=6)
    # the walkway between the halls, with its centre line
    draw.rectangle((30, 455, 1470, 495), fill=STEEL)
    for x in range(40, 1460, 40):
        draw.line((x, 475, x + 20, 475), fill=PAPER, width=3)
    # belts and bins
    draw.rectangle((70, 120, 440, 150), fill=STEEL, outline=WALL, width=3)
    for x in (90, 190, 290, 390):
        draw.polygon(((x - 35, 200), (x + 35, 200), (x + 12, 280), (x - 12, 280)), fill=STEEL, outline=WALL)
    # furnace, two converters
    draw.ellipse((620, 110, 880, 370), fill=HEAT, outline=WALL, width=4)
    for top in (90, 260):
        draw.rounded_rectangle((1090, top, 1400, top + 120), radius=55, fill=HEAT, outline=WALL, width=4)
    # electric furnace with its electrodes, slag track
    draw.rounded_rectangle((90, 580, 420, 800), radius=30, fill=HEAT, outline=WALL, width=4)
    for x in (160, 255, 350):
        draw.ellipse((x - 22, 668, x + 22, 712), fill=WALL)
    for y in (650, 720):
        draw.line((430, y, 680, y), fill=WALL, width=4)
    # pumps and basins
    for x in (800, 980):
        draw.rounded_rectangle((x, 580, x + 140, 720), radius=16, fill=WATER, outline=WALL, width=3)
    for x in (840, 940, 1040, 1140, 1240, 1340):
        draw.ellipse((x - 24, 776, x + 24, 824), fill=STEEL, outline=WALL, width=3)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
