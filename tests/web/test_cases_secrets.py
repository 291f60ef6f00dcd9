"""What is confidential stays with those it is entrusted to: on every page, in every workbook, in every count."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ronglu.store.models import Case, CaseLink, CaseRow
from ronglu.work import case_rows
from tests.cast import AT, Cast, cast  # noqa: F401
from tests.work.loops_cast import LOOPS, report, step

REQUEST = LOOPS["request"]
BOUNTY = LOOPS["bounty"]
WORDS = "夜班食堂没有热饭"


@pytest.fixture(autouse=True)
def the_10th_of_march(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


@pytest.fixture
def case(cast: Cast) -> Case:
    """A confidential request of 吴师傅 at the converter crew."""
    return report(cast, loop=REQUEST, given={"topic": "living", "what": WORDS}, confidential=True).case


def says(cast: Cast, name: str, page: str, *args: Any, **query: Any) -> str:
    answer = cast.login(Client(), name).get(reverse(page, args=args), query)
    if answer.streaming:
        book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
        return str(book.get_sheet_by_index(0).to_python())
    return answer.content.decode()


PAGES = ("cases_loop", "cases_board", "cases_ledger", "cases_xlsx", "cases_ledger_xlsx")


@pytest.mark.parametrize("name", ["马主任", "李班长", "王书记", "赵安全员", "孙干事", "高书记", "何组长"])
def test_the_head_of_the_place_is_not_told_unless_he_is_trusted(cast: Cast, case: Case, name: str) -> None:
    assert cast.login(Client(), name).get(reverse("case", args=[case.pk])).status_code == 404
    assert [page for page in PAGES if WORDS in says(cast, name, page, "request", phase="all")] == []
    counts = cast.login(Client(), name).get(reverse("cases")).context["loops"]
    assert {loop.code: n.open for loop, n, _may in counts}["request"] == 0


@pytest.mark.parametrize("name", ["吴师傅", "冯主席"])
def test_who_wrote_it_and_who_is_trusted_see_it(cast: Cast, case: Case, name: str) -> None:
    assert [page for page in PAGES if WORDS not in says(cast, name, page, "request", phase="all")] == []
    assert "保密" in says(cast, name, "case", case.pk)


@pytest.fixture
def nameless(cast: Cast) -> Case:
    """A request without a name, from the converter crew."""
    return report(cast, None, loop=REQUEST, given={"topic": "living", "what": WORDS}).case


@pytest.mark.covers("S0-41")
@pytest.mark.parametrize(
    "name", ["马主任", "李班长", "王书记", "赵安全员", "孙干事", "高书记", "何组长", "吴师傅", "外人", "邻厂书记"]
)
def test_what_came_without_a_name_is_not_for_the_heads_of_the_place(cast: Cast, nameless: Case, name: str) -> None:
    """09 §9.5: requests of the plant are the union's to answer and route."""
    assert nameless.secrecy == "confidential"
    assert cast.login(Client(), name).get(reverse("case", args=[nameless.pk])).status_code in (403, 404)
    if name != "外人":
        assert [page for page in PAGES if WORDS in says(cast, name, page, "request", phase="all")] == []


def test_the_union_takes_it_in_and_whom_it_names_reads_it_then(cast: Cast, nameless: Case) -> None:
    assert (nameless.turn, nameless.holder) == ("union", None)
    assert WORDS in says(cast, "冯主席", "case", nameless.pk)
    step(cast, nameless, "冯主席", "assign", loop=REQUEST, answer_by="2026-03-20", handler="李班长")
    assert WORDS in says(cast, "李班长", "case", nameless.pk)
    assert cast.login(Client(), "马主任").get(reverse("case", args=[nameless.pk])).status_code == 404


def test_a_hazard_without_a_name_is_for_those_of_the_place_all_the_same(cast: Cast) -> None:
    case = report(cast, None).case
    assert case.secrecy == "open" and "法兰渗水" in says(cast, "李班长", "case", case.pk)


def test_a_link_does_not_tell_of_what_one_may_not_see(cast: Cast, case: Case) -> None:
    other = report(cast, "李班长").case
    CaseLink.objects.create(case=other, other=case, kind="follows", at=AT)
    assert WORDS not in says(cast, "马主任", "case", other.pk)
    assert case.number not in says(cast, "马主任", "case", other.pk)


def test_bids_are_kept_from_everybody_else_until_the_judging(cast: Cast) -> None:
    given = {"what": "烟罩寿命翻番", "indicator": "SM-01", "was": "90", "aim": "180", "reach_by": "2026-09-01"}
    case = report(cast, "马主任", loop=BOUNTY, given=given).case
    Case.objects.filter(pk=case.pk).update(state="bidding")
    plan = "改石墨垫片为金属缠绕垫"
    case_rows.add(
        loop=BOUNTY, case=case, kind="bid", given={"plan": plan}, at=AT, by=cast.account["吴师傅"],
        scope=cast.scope("吴师傅"),
    )  # fmt: skip
    assert plan in says(cast, "吴师傅", "case", case.pk)
    for page in ("case", "case_paper"):
        assert plan not in says(cast, "郑师傅", page, case.pk), page
    assert "另有 1 条，评审前只有本人看得到" in says(cast, "马主任", "case", case.pk)
    assert "吴师傅" not in says(cast, "马主任", "case", case.pk)
    Case.objects.filter(pk=case.pk).update(state="judging")
    assert plan in says(cast, "马主任", "case", case.pk)


def test_what_people_write_is_never_markup(cast: Cast) -> None:
    case = report(cast, given={"kind": "fire", "what": "<script>alert(1)</script>"}).case
    CaseRow.objects.create(case=case, kind="measure", no=1, state="open", data={"measure": "<b>x</b>"}, added_at=AT)
    for page, args in (
        ("case", (case.pk,)),
        ("case_paper", (case.pk,)),
        ("cases_loop", ("hazard",)),
        ("cases_ledger", ("hazard",)),
    ):
        told = says(cast, "赵安全员", page, *args)
        assert "<script>alert" not in told and "<b>x" not in told and "&lt;script&gt;" in told, page


def test_a_formula_typed_into_a_field_stays_text_in_excel(cast: Cast) -> None:
    report(cast, given={"kind": "fire", "what": "=1+1"})
    assert "=1+1" in says(cast, "赵安全员", "cases_ledger_xlsx", "hazard")
