"""An area split among groups: how far it has come by pieces and by output; and how duties and seasons are declared."""

from decimal import Decimal

import pytest

from ronglu.kernel.labour import LabourTrouble, Piece, completion, duty_roles, number, seasons, written

SEASON = {
    "code": "flood",
    "zh": "防汛",
    "en": "Flood",
    "status": "系统默认",
    "months": [5, 6],
    "tasks": ["清沟"],
    "tasks_en": ["Clear drains"],
}


def piece(state: str, planned: str = "", amount: str = "", unit: str = "米") -> Piece:
    return Piece(
        state=state,
        unit=unit,
        planned=Decimal(planned) if planned else None,
        amount=Decimal(amount) if amount else None,
    )


@pytest.mark.covers("S4-26")
def test_three_of_four_pieces_are_three_quarters_however_long_each_is() -> None:
    found = completion(
        [piece("checked", "120", "120"), piece("done", "80", "60"), piece("done", "50", "50"), piece("open", "250")]
    )
    assert (found.pieces, found.done, found.checked, found.share) == (4, 3, 1, Decimal("0.75"))
    # 120 + 60 + 50 = 230 of 120 + 80 + 50 + 250 = 500
    assert (found.output, found.planned, found.unit, found.output_share) == (230, 500, "米", Decimal("0.46"))


def test_an_open_piece_adds_nothing_to_the_output_whatever_stands_on_it() -> None:
    found = completion([piece("checked", "10", "10"), piece("open", "10", "9.5")])
    assert (found.output, found.output_share) == (10, Decimal("0.5"))


@pytest.mark.parametrize(
    "other",
    [piece("done", "3", "3", unit="处"), piece("done"), piece("done", unit="")],
    ids=["unit", "plan", "neither"],
)
def test_by_output_only_where_every_piece_is_planned_in_one_unit(other: Piece) -> None:
    found = completion([piece("done", "10", "10"), other])
    assert (found.done, found.output, found.output_share) == (2, None, None)


def test_what_was_not_split_yet_has_no_share_and_not_nought() -> None:
    assert (completion([]).share, completion([]).output_share) == (None, None)


@pytest.mark.parametrize(("text", "is_"), [(" 12.50 ", Decimal("12.50")), ("", None), ("-3", Decimal(-3))])
def test_a_number_stays_as_it_was_written(text: str, is_: Decimal | None) -> None:
    assert number(text, what="完成量") == is_


@pytest.mark.parametrize("text", ["十二", "1,200", "NaN", "Infinity"])
def test_what_is_no_number_is_told_with_what_would_be_right(text: str) -> None:
    with pytest.raises(LabourTrouble, match=r"完成量“.*”不是数字，应为 12 或 12\.5"):
        number(text, what="完成量")


def test_words_are_asked_for_and_kept_short() -> None:
    assert written("  清完 ", what="任务") == "清完"
    with pytest.raises(LabourTrouble, match="请填写任务"):
        written(" \n", what="任务")
    with pytest.raises(LabourTrouble, match="任务最多 4 字，现有 5 字"):
        written("五个汉字呢", what="任务", longest=4)


def test_a_season_is_read_with_its_months_and_usual_tasks() -> None:
    found = seasons({"seasons": [SEASON]})["flood"]
    assert (found.zh, found.months, found.tasks, found.status) == ("防汛", (5, 6), ("清沟",), "系统默认")


@pytest.mark.parametrize("english", [[], [""], ["Clear drains", "Check pumps"]])
def test_every_task_has_its_english(english: list[str]) -> None:
    with pytest.raises(LabourTrouble, match="flood：tasks_en 应与 tasks 逐条对应"):
        seasons({"seasons": [SEASON | {"tasks_en": english}]})


def test_all_faults_of_a_declaration_are_told_at_once() -> None:
    rows = [SEASON, SEASON, SEASON | {"code": "cold", "months": [13]}, {"code": "heat", "zh": "防暑"}]
    with pytest.raises(LabourTrouble) as trouble:
        seasons({"seasons": rows})
    assert str(trouble.value).splitlines() == [
        "flood：写了两遍",
        "cold：months 应为 1 到 12 的月份，现为 [13]",
        "heat：months 应为 1 到 12 的月份，现为 []",
    ]


def test_a_duty_without_lines_is_refused() -> None:
    row = {"code": "safety", "zh": "安全员", "en": "Safety", "status": "系统默认", "lines": []}
    with pytest.raises(LabourTrouble, match="safety：lines 至少写一条"):
        duty_roles({"duties": [row]})
