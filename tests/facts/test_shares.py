"""The columns and the kernel must agree on every share to the last digit, whatever the facts."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ronglu.config.plant import pack_of
from ronglu.facts.engine import engine, put, run
from ronglu.facts.params import Params
from ronglu.facts.schema import FACT
from ronglu.facts.shares import AWAITING, LINES, MISSING, NOTHING, SCORED, shares
from ronglu.kernel.rules.arith import FULL
from ronglu.kernel.rules.basis import Basis, Direction, Line, Method
from ronglu.kernel.rules.errors import BasisProblem
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.shape import Shape
from ronglu.kernel.rules.shapes.band import MET, Band, By
from ronglu.kernel.rules.shapes.counted import Deduct, PerEvent, Price, Veto
from ronglu.kernel.rules.shapes.curve import Curve
from ronglu.kernel.rules.shapes.panel import Panel
from ronglu.kernel.rules.shapes.parts import How, Part, Parts
from ronglu.kernel.rules.shapes.rate import Rate
from ronglu.kernel.rules.shapes.target import Target, TargetPP
from ronglu.kernel.rules.state import State

STATES = {
    NOTHING: State.NOTHING,
    SCORED: State.SCORED,
    AWAITING: State.AWAITING_REVIEW,
    MISSING: State.READINGS_MISSING,
}
CURVE = Curve(
    (
        (850_000, 0),
        (900_000, 400_000_000),
        (950_000, 700_000_000),
        (980_000, 900_000_000),
        (1_000_000, FULL),
        (1_050_000, 1_100_000_000),
    )
)
COUNT = st.integers(0, 60)
PLACES = st.sampled_from(["", "base", "less"])


def counted(keys: list[str], parts: list[str] | None = None) -> st.SearchStrategy[Line]:
    return st.builds(
        lambda key, num, more, part: Line(key=key, num=num, den=num + more, part=part),
        st.sampled_from(keys),
        COUNT,
        COUNT,
        st.sampled_from(parts or [""]),
    )


VALUES = st.integers(-5, 10**9)
INDICATORS = st.builds(
    Line,
    key=st.just("SM-02"),
    num=st.none() | VALUES,
    den=st.sampled_from([0, 1, 100, 10_000]),
    plan=st.none() | st.integers(0, 10**5),
    weight=st.integers(0, 40),
    method=st.sampled_from([Method.ATTAINMENT, Method.POINTS, Method.COUNT]),
    direction=st.sampled_from([Direction.UP, Direction.DOWN, Direction.BAND]),
    tol=st.integers(0, 500),
    low=st.none() | st.integers(0, 10**5),
    high=st.none() | st.integers(0, 10**5),
)
NEAR = st.builds(
    lambda plan, off, down: Line(
        key="k",
        num=plan * 10_000 + off,
        den=10_000,
        plan=plan,
        weight=7,
        method=Method.ATTAINMENT,
        direction=Direction.DOWN if down else Direction.UP,
    ),
    st.integers(1, 10**5),
    st.integers(-(10**7), 10**7),
    st.booleans(),
)
PRICES = (Price("minor", "轻微", 300), Price("lost", "损工", 1000))


def methods(*allowed: Method) -> Callable[[Line], bool]:
    return lambda line: line.method in allowed


SHAPES: dict[str, tuple[Shape, st.SearchStrategy[Line]]] = {
    "rate": (Rate(of=700, done="按期", due="到期"), counted(["all"])),
    "deduct": (Deduct(of=1000, prices=PRICES), counted(["minor", "lost"])),
    "per_event": (PerEvent(of=500, prices=(Price("minor", "次", 50),), cap=300), counted(["minor"])),
    "veto": (Veto(of=1200, reason="重大隐患逾期", event="逾期"), counted(["all"])),
    "band by value": (
        Band(of=600, by=By.VALUE, value="缩小", steps=((100_000, 600), (0, 400)), otherwise=200, met="达到"),
        st.builds(
            Line, key=st.sampled_from([MET, "gap"]), num=st.none() | st.integers(-900, 900), den=st.integers(0, 900)
        ),
    ),
    "band by place": (
        Band(of=400, by=By.PLACE, value="名次", steps=((1, 400), (2, 300), (3, 250)), otherwise=100),
        st.builds(Line, key=st.just("c"), num=st.integers(1, 6), den=st.integers(1, 4)),
    ),
    "target": (
        Target(of=800, curve=CURVE),
        (
            INDICATORS.filter(lambda x: x.direction is not Direction.BAND).filter(
                methods(Method.ATTAINMENT, Method.COUNT)
            )
            | NEAR
        ),
    ),
    "target with bonus": (Target(of=800, curve=CURVE, cap=1_100_000_000), NEAR),
    "target_pp": (TargetPP(of=1000), INDICATORS.filter(methods(Method.POINTS, Method.COUNT))),
    "indicators": (
        Parts(
            of=1000,
            how=How.INDICATORS,
            parts=(Part("target", "达成", Target(of=1000, curve=CURVE)), Part("pp", "差值", TargetPP(of=1000))),
        ),
        INDICATORS.filter(lambda x: not (x.direction is Direction.BAND and x.method is not Method.POINTS)) | NEAR,
    ),
    "weighted": (
        Parts(
            of=800,
            how=How.WEIGHTED,
            parts=(
                Part("base", "成员", Rate(of=800, done="有", due="应"), 2),
                Part("less", "问题", Rate(of=800, done="闭", due="应"), 3),
            ),
        ),
        counted(["all"], ["base", "less"]),
    ),
    "base less deductions": (
        Parts(
            of=700,
            how=How.LESS,
            parts=(
                Part("base", "反馈", Rate(of=700, done="按期", due="应")),
                Part("less", "投诉", Deduct(of=700, prices=(Price("all", "投诉", 200),))),
            ),
        ),
        counted(["all"], ["base", "less"]),
    ),
    "base with veto": (
        Parts(
            of=1200,
            how=How.VETO,
            parts=(
                Part("base", "闭环", Rate(of=1200, done="按期", due="到期")),
                Part("less", "重大", Veto(of=1200, reason="重大隐患逾期", event="逾期")),
            ),
        ),
        counted(["all"], ["base", "less"]),
    ),
}
PANEL = Panel(of=500, subject="做法", reviewers=3, rubric=("一", "二", "三", "四", "五"))
MARKS = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.integers(1, 5), min_size=n, max_size=n).map(lambda m: Line("p", sum(m), 5 * len(m)))
)
SHAPES["panel"] = (PANEL, MARKS)


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return engine(tmp_path_factory.mktemp("home"))


def table(branches: list[list[Line]]) -> pa.Table:
    rows = [
        {name: getattr(line, name) for name in LINES.names if name not in ("branch", "method", "direction")}
        | {
            "fact": "lines",
            "item": "X",
            "type": "",
            "state": "",
            "branch": i,
            "method": line.method and line.method.value,
            "direction": line.direction and line.direction.value,
        }
        for i, lines in enumerate(branches)
        for line in lines
    ]
    return pa.Table.from_pylist(rows, schema=FACT)


def by_kernel(shape: Shape, branches: list[list[Line]]) -> dict[int, tuple[State, int | None, bool]]:
    found = {}
    for i, lines in enumerate(branches):
        basis = Basis(tuple(lines))
        state = shape.readiness(basis)
        found[i] = (state, shape.ppb(basis) if state is State.SCORED else None, bool(shape.vetoes(basis)))
    return found


def by_columns(con: Any, shape: Shape, branches: list[list[Line]]) -> list[dict[str, Any]]:
    """Compiled once a shape: examples differ in their rows alone."""
    params = Params.of([item_of(shape)])
    tables = {name: put(con, f"sheet_{name}", found) for name, found in params.tables().items()}
    lines = put(con, "lines", table(branches))
    if shape not in COMPILED:
        COMPILED[shape] = str(ibis.to_sql(shares(lines, params, tables)))
    return run(con, COMPILED[shape]).to_pylist()


COMPILED: dict[Shape, str] = {}


def item_of(shape: Shape) -> Item:
    """An item of the default sheet with another shape, reading the rows made here."""
    return replace(pack_of("yunling").sheet.items[0], code="X", fact="lines", filter={}, min_coverage=None, shape=shape)


@pytest.mark.parametrize("name", SHAPES)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_columns_and_kernel_give_the_same_share(con: Any, name: str, data: st.DataObject) -> None:
    shape, line = SHAPES[name]
    branches = data.draw(st.lists(st.lists(line, min_size=1, max_size=6), min_size=1, max_size=30))
    try:
        expected = by_kernel(shape, branches)
    except BasisProblem:
        return  # facts that cannot be are refused before they reach the columns
    got = {
        r["branch"]: (STATES[r["state"]], r["ppb"] if r["state"] == SCORED else None, r["veto"])
        for r in by_columns(con, shape, branches)
    }
    assert got == expected
