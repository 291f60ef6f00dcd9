"""Polygons on a plan in whole thousandths: read from text, and whether two of them cover common ground."""

import re
from collections.abc import Iterator, Sequence

from ronglu.work.zones import BadZone

Point = tuple[int, int]
FULL = 1000
MOST = 60


def points_of(text: str) -> list[Point]:
    """Corners written as `120,340 560,340 …`, in thousandths of width and height; three at least, none twice in a row."""
    pairs = re.split(r"[\s;；]+", text.strip().replace("，", ","))
    found: list[Point] = []
    for pair in filter(None, pairs):
        if not re.fullmatch(r"\d{1,4},\d{1,4}", pair):
            raise BadZone(f"角点“{pair}”不对，应写成 120,340：横、纵各 0 到 {FULL}")
        x, y = map(int, pair.split(","))
        if x > FULL or y > FULL:
            raise BadZone(f"角点“{pair}”在图外，横、纵各 0 到 {FULL}")
        if not found or found[-1] != (x, y):
            found.append((x, y))
    if len(found) > 1 and found[0] == found[-1]:
        found.pop()
    if not 3 <= len(found) <= MOST:
        raise BadZone(f"范围要有 3 到 {MOST} 个角点，写了 {len(found)} 个")
    if _crosses_itself(found):
        raise BadZone("范围的边互相交叉，请沿着边顺次点角")
    if area(found) == 0:
        raise BadZone("这些角点在一条线上，围不成范围")
    return found


def text_of(points: Sequence[Sequence[int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def area(points: Sequence[Point]) -> int:
    """Twice the area, so that it stays whole."""
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in _edges(points)))


def overlap(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """Common ground, not merely a common border: two zones may share a wall."""
    one, other = _fine(one), _fine(other)
    if any(_cross(a, b, c, d) for a, b in _edges(one) for c, d in _edges(other)):
        return True
    return any(_inside(p, other) for p in _probes(one)) or any(_inside(p, one) for p in _probes(other))


def _fine(points: Sequence[Point]) -> list[Point]:
    """Six times as large, so that the middle of two or of three corners is whole, too."""
    return [(x * 6, y * 6) for x, y in points]


def _edges(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    yield from zip(points, [*points[1:], points[0]], strict=True)


def _probes(points: Sequence[Point]) -> Iterator[Point]:
    """Points by which common ground is found where no border crosses another: corners, middles of edges, and for two
    equal polygons the middles of their ears (every polygon has two).
    """
    yield from points
    for (ax, ay), (bx, by) in _edges(points):
        yield (ax + bx) // 2, (ay + by) // 2
    for (ax, ay), (bx, by), (cx, cy) in zip(points, _turned(points, 1), _turned(points, 2), strict=True):
        ear = (ax + bx + cx) // 3, (ay + by + cy) // 3
        if _inside(ear, points):
            yield ear


def _turned(points: Sequence[Point], by: int) -> list[Point]:
    return [*points[by:], *points[:by]]


def _inside(p: Point, polygon: Sequence[Point]) -> bool:
    """Strictly: what lies on the border is outside."""
    odd = False
    for a, b in _edges(polygon):
        if _turn(a, b, p) == 0 and _between(a[0], p[0], b[0]) and _between(a[1], p[1], b[1]):
            return False
        if (a[1] > p[1]) != (b[1] > p[1]) and (_turn(a, b, p) > 0) == (b[1] > a[1]):
            odd = not odd
    return odd


def _between(one: int, middle: int, other: int) -> bool:
    return min(one, other) <= middle <= max(one, other)


def _turn(a: Point, b: Point, c: Point) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Each segment's ends lie on both sides of the other."""
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _crosses_itself(points: Sequence[Point]) -> bool:
    edges = list(_edges(points))
    return any(_cross(*one, *other) for n, one in enumerate(edges) for other in edges[n + 1 :])
