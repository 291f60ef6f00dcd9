"""The registry of loops: a bad declaration stops the start and is named; what assessment reads is what the sheet expects."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from ronglu.kernel.loops.loop import Loop, Phase
from ronglu.packs import loops, sheets
from ronglu.packs.base.loops import NAMES
from ronglu.packs.base.loops.hazard import spec as hazard
from ronglu.packs.base.loops.idea import spec as idea
from ronglu.packs.loader import load
from ronglu.packs.problem import PackError, Problem

LOOPS = loops.read([])
ROWS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "requirements.yaml"


def test_every_declared_loop_is_there_when_the_pack_is_loaded() -> None:
    assert tuple(load(["qinglan"]).loops) == NAMES
    assert len(NAMES) >= 17


def test_a_bad_declaration_stops_the_start_and_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    open_end = replace(
        hazard.LOOP, states=tuple(replace(s, due=None) if s.code == "found" else s for s in hazard.LOOP.states)
    )
    monkeypatch.setattr(hazard, "LOOP", open_end)
    with pytest.raises(PackError) as refused:
        load(["qinglan"])
    assert str(refused.value) == "规则包有 1 处问题：\n  1. base/loops/hazard：状态 found（待分级）没有期限"


def test_a_name_without_its_folder_or_files_is_a_fault() -> None:
    found: list[Problem] = []
    assert loops.read(found, names=("wish",)) == {}
    assert [str(p) for p in found] == ["base/loops/wish：缺文件 spec.py", "base/loops/wish：缺文件 examples.yaml"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "wish"}, "base/loops/idea：代码 wish 与文件夹 idea 不一致"),
        ({"prefix": "YH"}, "base/loops/idea：编号前缀 YH 与 hazard 重复"),
    ],
)
def test_a_code_fits_its_folder_and_no_two_loops_number_alike(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], said: str
) -> None:
    monkeypatch.setattr(idea, "LOOP", replace(idea.LOOP, **changes))
    found: list[Problem] = []
    assert "idea" not in loops.read(found)
    assert [str(p) for p in found] == [said]


def test_what_assessment_reads_of_a_clock_is_what_the_sheet_expects_of_the_item() -> None:
    sheet = sheets.load()
    for loop in LOOPS.values():
        for clock in (c for c in loop.clocks if c.item):
            assert clock.fact in sheet.item(clock.item).facts, (loop.code, clock.code)
    wired = {c.item for loop in LOOPS.values() for c in loop.clocks if c.item}
    assert wired == {"A6", "C1", "C5", "D6", "D7", "E1", "E4"}


@pytest.mark.parametrize("loop", LOOPS.values(), ids=list(LOOPS))
def test_each_loop_is_labelled_sourced_and_marked_as_ours(loop: Loop) -> None:
    known = {row["id"] for row in yaml.safe_load(ROWS.read_text("utf-8"))["rows"]}
    named = re.findall(r"S\d-\d\d", loop.source)
    assert named
    assert set(named) <= known
    assert loop.status == "D"
    assert loop.ledger
    for part in (loop, *loop.states, *loop.moves, *loop.fields, *loop.parties, *loop.rows, *loop.figures, *loop.clocks):
        assert re.search(r"[一-鿿]", part.label), part
        assert re.fullmatch(r"[A-Za-z0-9 ,.:'()–-]+", part.en), part


@pytest.mark.parametrize("loop", LOOPS.values(), ids=list(LOOPS))
def test_nobody_turns_a_person_down_without_a_reason_that_he_can_read(loop: Loop) -> None:
    for move in loop.moves:
        if loop.state(move.to).phase is Phase.DROPPED:
            # his own consent a person takes back as he likes
            assert move.reason or move.by == ("named",), (loop.code, move.code)


@pytest.mark.parametrize("loop", LOOPS.values(), ids=list(LOOPS))
def test_labels_within_a_loop_are_told_apart(loop: Loop) -> None:
    for parts in (loop.states, loop.fields, loop.rows, loop.parties, loop.figures):
        labels = [part.label for part in parts]
        assert len(set(labels)) == len(labels)
    for state in loop.states:
        labels = [move.label for move in loop.leaving(state.code)]
        assert len(set(labels)) == len(labels)
