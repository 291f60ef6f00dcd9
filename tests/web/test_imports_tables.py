"""Small tables through the wizard: the empty workbook, the trial, the confirmation, the report."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from ronglu.store.models import Import, Plan
from ronglu.work.imports_kinds import KINDS
from tests.cast import Cast, cast
from tests.web.test_imports import text_of, work
from tests.work.clock import set_clock

__all__ = ["cast"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.HOME, settings.TODAY = tmp_path / "home", "2026-03-10"
    set_clock(cast.plant)


def template(client: Client, kind: str) -> Any:
    """The workbook behind the link of the wizard's first step."""
    shown = client.get(reverse("import_new"), {"kind": kind}).content.decode()
    address = reverse(KINDS[kind].template)
    assert address in shown
    return openpyxl.load_workbook(BytesIO(client.get(address).getvalue()))


def bring(client: Client, kind: str, book: Any) -> Import:
    file = BytesIO()
    book.save(file)
    file.name, _ = "填好.xlsx", file.seek(0)
    client.post(reverse("import_new") + f"?kind={kind}", {"file": file})
    work()
    return Import.objects.order_by("pk").last()


def test_plans_go_from_the_empty_workbook_into_the_table(cast: Cast, client: Client) -> None:
    cast.login(client, "周统计员")
    book = template(client, "plans")
    page = book["年月计划"]
    for column, value in enumerate(("转炉线", "SM-01", 2026, 11000, None, None, 930), 1):
        page.cell(2, column, value)
    one = bring(client, "plans", book)
    assert "可以入库" in text_of(client, "import", one.pk)
    client.post(reverse("import_confirm", args=[one.pk]))
    work()
    assert "新增 2，更正 0，未变 0。" in text_of(client, "import", one.pk)
    assert dict(Plan.objects.values_list("period", "value")) == {"2026": "11000", "2026-03": "930"}


def test_a_wrong_cell_is_shown_with_its_row_and_column(cast: Cast, client: Client) -> None:
    cast.login(client, "周统计员")
    book = template(client, "plans")
    for column, value in enumerate(("转炉线", "没有的指标", 2026, 11000), 1):
        book["年月计划"].cell(2, column, value)
    shown = text_of(client, "import", bring(client, "plans", book).pk)
    assert "还不能入库" in shown
    assert "“没有的指标”不认识。“指标”可填：" in shown


def test_the_questions_of_a_roster_are_answered_in_words(cast: Cast, client: Client) -> None:
    cast.login(client, "孙干事")
    book = template(client, "roster")
    page = book["花名册"]
    page["A2"], page["B2"] = "20201", "钱师傅"
    page.cell(1, page.max_column + 1, "电话")
    one = bring(client, "roster", book)
    shown = text_of(client, "import", one.pk)
    assert "这一列是工作电话吗？" in shown
    assert '<option value="no">不是，不读这一列</option>' in shown
    client.post(reverse("import_check", args=[one.pk]), {"answer:roster:电话": "no"})
    work()
    assert "可以入库" in text_of(client, "import", one.pk)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("周统计员", {"readings", "plans", "plans_day", "stops", "benchmarks", "costs", "assays", "holidays"}),
        ("孙干事", {"goals", "scores", "roster"}),
        ("系统管理员", {"accounts", "holidays"}),
    ],
)
def test_each_brings_what_is_his(cast: Cast, client: Client, name: str, kinds: set[str]) -> None:
    cast.login(client, name)
    shown = client.get(reverse("import_new")).content.decode()
    assert {code for code in KINDS if f"?kind={code}&" in shown or f'?kind={code}"' in shown} == kinds
