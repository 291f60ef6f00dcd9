"""The page of an official paper (GB/T 9704—2012) in Word's own units, and the names of the fonts it is set in.

A4, top margin 37 mm, left margin 28 mm, type area 156 × 225 mm, 22 lines of 28 characters of 三号 (16 pt).
28 × 16 pt are 158 mm, 2 mm more than the type area is wide, so every character is drawn in by a quarter of a point. The
grid holds the lines only: over a grid of characters narrower than the type LibreOffice gives every character two places.
"""

from dataclasses import dataclass

TWIPS = 1440  # to the inch, twenty to the point
MM = 25.4  # to the inch
POINT = 20  # twips

PAPER = (210, 297)
TOP, LEFT = 37, 28
AREA = (156, 225)
LINES, CHARACTERS = 22, 28

# sizes in points
ER_HAO, SAN_HAO, SI_HAO, XIAO_SI = 22, 16, 14, 12


def twips(mm: float) -> int:
    return round(mm / MM * TWIPS)


WIDTH, HEIGHT = twips(PAPER[0]), twips(PAPER[1])
MARGIN_TOP, MARGIN_LEFT = twips(TOP), twips(LEFT)
AREA_WIDTH, AREA_HEIGHT = twips(AREA[0]), twips(AREA[1])
MARGIN_RIGHT = WIDTH - MARGIN_LEFT - AREA_WIDTH
MARGIN_BOTTOM = HEIGHT - MARGIN_TOP - AREA_HEIGHT

# rounded down, or the last line and the last character would not fit
LINE_PITCH = AREA_HEIGHT // LINES
SQUEEZE = AREA_WIDTH // CHARACTERS - SAN_HAO * POINT

# the dash of the page number stands 7 mm below the type area, in the middle of a line about 6 mm high
FOOTER = MARGIN_BOTTOM - twips(7 + 3)


@dataclass(frozen=True, slots=True)
class Font:
    """Fonts are named, never shipped: where `name` is missing Word takes the first of `others` that is there."""

    name: str
    others: tuple[str, ...] = ()


FANGSONG = Font("仿宋_GB2312", ("仿宋", "FangSong", "STFangsong"))
TITLE = Font("方正小标宋简体", ("方正小标宋_GBK", "宋体", "SimSun"))
HEITI = Font("黑体", ("SimHei", "STHeiti"))
KAITI = Font("楷体_GB2312", ("楷体", "KaiTi", "STKaiti"))
SONGTI = Font("宋体", ("SimSun", "STSong"))
LATIN = Font("Times New Roman", ("Liberation Serif",))
FONTS = (FANGSONG, TITLE, HEITI, KAITI, SONGTI, LATIN)
