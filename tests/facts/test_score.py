"""A whole sheet in one statement says of every branch and item what the kernel says of the same rows."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.made import made
from ronglu.config.plant import pack_of
from ronglu.facts.engine import engine, put
from ronglu.facts.score import STATES, score
from ronglu.kernel.rules.basis import Basis, Direction, Line, Method
from ronglu.kernel.rules.item import Item
from ronglu.kernel.rules.score import judge
from ronglu.kernel.rules.shapes.parts import How, Parts
from ronglu.kernel.rules.sheet import Sheet

BRANCHES = 40
LEFT_OUT = 7
"""A branch of the spine without one fact."""


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return pack_of("yunling").sheet


@pytest.fixture(scope="module")
def facts(sheet: Sheet, tmp_path_factory: pytest.TempPathFactory) -> pa.Table:
    paths = made(sheet, BRANCHES, tmp_path_factory.mktemp("facts"))
    whole = pa.concat_tables(pq.read_table(p) for p in paths.values())
    return whole.filter(pa.compute.not_equal(whole["branch"], LEFT_OUT))


def test_the_engine_scores_every_item_of_the_default_sheet_as_the_kernel_does(
    sheet: Sheet, facts: pa.Table, tmp_path: Path
) -> None:
    con = engine(tmp_path)
    got = score(con, items=sheet.items, branches=range(BRANCHES), facts=put(con, "facts_here", facts)).to_pylist()
    assert len(got) == BRANCHES * 33
    rows = facts.to_pylist()
    for one in got:
        item = sheet.item(one["item"])
        kernel = judge(item=item, basis=basis_of(item, [r for r in rows if r["branch"] == one["branch"]]))
        found = (STATES[one["state"]], one["won"], one["ppb"], one["veto"])
        assert found == (kernel.state, kernel.won_h, kernel.share_ppb, bool(kernel.vetoes)), (one, item.name)


def test_another_sheet_of_the_same_curves_uses_its_own_points(sheet: Sheet, facts: pa.Table, tmp_path: Path) -> None:
    """The statement is kept; the numbers of the items must not be kept with it."""
    con = engine(tmp_path)
    table = put(con, "facts_here", facts)
    some = [i for i in sheet.items if i.code in ("A1", "A4")]
    first = score(con, items=some, branches=[1, 2], facts=table).to_pylist()
    only = score(con, items=[i for i in some if i.code == "A4"], branches=[2], facts=table).to_pylist()
    assert only == [row for row in first if (row["branch"], row["item"]) == (2, "A4")]


def basis_of(item: Item, rows: list[dict[str, Any]]) -> Basis:
    """The rows an item reads, said again as plainly as possible."""
    facts = {item.fact: None}
    if isinstance(item.shape, Parts) and item.shape.how is not How.INDICATORS:
        facts = {p.fact or item.fact: (p.name if p.fact not in ("", item.fact) else None) for p in item.shape.parts}
    mine = [
        r for r in rows if r["fact"] in facts and all(_fits(r, column, words) for column, words in item.filter.items())
    ]
    lines = tuple(
        Line(
            key=r["key"], num=r["num"], den=r["den"], part=facts[r["fact"]] or r["part"], plan=r["plan"],
            weight=r["weight"], tol=r["tol"] or 0, low=r["low"], high=r["high"],
            method=Method(r["method"]) if r["method"] else None,
            direction=Direction(r["direction"]) if r["direction"] else None,
        )
        for r in mine
    )  # fmt: skip
    return Basis(lines, covered=sum(r["covered"] for r in mine), expected=sum(r["expected"] for r in mine))


def _fits(row: dict[str, Any], column: str, words: tuple[str, ...]) -> bool:
    if column == "open_days":
        return all(row[column] > int(word.removeprefix(">")) for word in words)
    return row[column] in words
