"""The trial report as a page shows it: what is asked, how often, and in which order."""

from typing import Any

from ronglu.web.imports.report import questions


def asked(code: str, row: int, severity: str = "question", **more: Any) -> dict[str, Any]:
    spot = f"D{row}"
    return {
        "code": code, "severity": severity, "message": "请核对", "sheet": "班报", "row": row, "column": "D", "cell": spot,
        "value": "x", "key": f"{code}:班报!{spot}", "choices": ["keep", "skip"],
    } | more  # fmt: skip


def test_few_of_a_kind_are_asked_one_by_one_many_together() -> None:
    few = questions([asked("text_in_value", row) for row in (2, 3, 4)], {})
    assert [one.key for one in few] == [f"text_in_value:班报!D{row}" for row in (2, 3, 4)]
    many = questions([asked("text_in_value", row) for row in range(2, 9)], {})
    assert [(one.key, one.count) for one in many] == [("all:text_in_value", 7)]


def test_what_was_cut_off_the_list_is_not_asked_a_second_time() -> None:
    cut = asked("more", 0, key="all:text_in_value", cell="")
    found = questions([*(asked("text_in_value", row) for row in range(2, 9)), cut], {})
    assert [(one.key, one.count) for one in found] == [("all:text_in_value", 7)]


def test_what_must_be_decided_stands_before_what_may_be() -> None:
    hidden = asked("hidden_sheet", 0, "note", key="hidden_sheet:参数", choices=["import", "skip"])
    found = questions([hidden, asked("spread", 3)], {"hidden_sheet:参数": "import"})
    assert [(one.must, one.answer) for one in found] == [(True, ""), (False, "import")]
    assert found[1].choices == (("import", "也读取"), ("skip", "不取"))


def test_a_question_that_any_text_may_answer_has_a_field() -> None:
    period = asked("period_missing", 0, key="period:Sheet1", choices=["*"])
    assert [(one.free, one.choices) for one in questions([period], {})] == [(True, ())]
