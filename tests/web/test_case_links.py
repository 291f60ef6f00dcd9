"""Two cases linked by hand from the page of one of them, and the link taken back; both stay in what happened."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.store.models import Case, CaseLink, CaseStep, Notice
from ronglu.work import case_links, cases
from tests.cast import AT, Cast, cast
from tests.work.loops_cast import LOOPS, report, zone

__all__ = ["cast"]
REQUEST = LOOPS["request"]


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.TODAY = "2026-03-10"


@pytest.fixture
def case(cast: Cast) -> Case:
    return report(cast, "吴师傅").case


@pytest.fixture
def other(cast: Cast) -> Case:
    return report(cast, "李班长", given={"kind": "fire", "what": "油棉纱堆放"}).case


def join(cast: Cast, name: str, case: Case, number: str, kind: str = "similar") -> tuple[int, str]:
    """The form sent by this person: the status, and the page he is left with."""
    client = cast.login(Client(), name)
    answer = client.post(reverse("case_link", args=[case.pk]), {"case-number": number, "case-kind": kind}, follow=True)
    return answer.status_code, answer.content.decode()


def part(cast: Cast, name: str, case: Case, other: Case, kind: str = "similar") -> tuple[int, str]:
    answer = cast.login(Client(), name).post(reverse("case_unlink", args=[case.pk, kind, other.pk]), follow=True)
    return answer.status_code, answer.content.decode()


def links() -> list[tuple[str, str, str]]:
    return list(CaseLink.objects.standing().values_list("case__number", "other__number", "kind"))


def test_who_has_a_part_in_it_links_it_by_number_and_both_pages_say_so(cast: Cast, case: Case, other: Case) -> None:
    status, told = join(cast, "李班长", case, f" {other.number.lower()} ", "follows")
    assert (status, links()) == (200, [(case.number, other.number, "follows")])
    assert f"已关联：由此产生 {other.number}" in told
    step = CaseStep.objects.get(case=case, move=case_links.ADDED)
    assert (step.person, step.before, step.after) == (cast.person["李班长"], "found", "found")
    back = cast.login(Client(), "李班长").get(reverse("case", args=[other.pk])).content.decode()
    assert "来自" in back and case.number in back


def test_taken_back_it_is_gone_from_the_pages_and_stays_in_what_happened(cast: Cast, case: Case, other: Case) -> None:
    join(cast, "李班长", case, other.number)
    status, told = part(cast, "马主任", case, other)
    assert (status, links()) == (200, []) and "关联已解除" in told
    moves = list(CaseStep.objects.filter(case=case).order_by("no").values_list("move", "person__name"))
    assert moves == [("raise", "吴师傅"), ("link.add", "李班长"), ("link.drop", "马主任")]
    assert "解除关联" in told and other.number in told
    undone = CaseLink.objects.get()
    assert (undone.undone_at is not None, undone.undone_by) == (True, cast.account["马主任"])
    assert join(cast, "李班长", case, other.number)[0] == 200 and len(links()) == 1
    # the one that was undone stays as it was, and the new one is undone in its turn
    assert list(CaseLink.objects.order_by("no").values_list("no", "undone_at")) == [(1, undone.undone_at), (2, None)]
    assert part(cast, "马主任", case, other)[0] == 200 and links() == []


@pytest.mark.parametrize(
    ("number", "kind", "why"),
    [
        ("YH-2026-0999", "similar", "没有编号为“YH-2026-0999”的事项，或者它不在您的范围内"),
        ("{self}", "similar", "不能与自己关联"),
        ("{other}", "adopted", "不是已经办成并公开的隐患，不能写成采用自它"),
        ("{idea}", "merged", "不是隐患，不能写成再次发生或并入"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_is_wrong_and_the_draft_stays(
    cast: Cast, case: Case, other: Case, number: str, kind: str, why: str
) -> None:
    idea = report(cast, "李班长", loop=LOOPS["idea"], given={"what": "换型"}).case
    typed = number.format(self=case.number, other=other.number, idea=idea.number)
    status, told = join(cast, "李班长", case, typed, kind)
    assert status == 422 and why in told and f'value="{typed}"' in told
    assert links() == [] and not CaseStep.objects.filter(move=case_links.ADDED).exists()


def test_the_same_link_twice_or_from_the_other_end_is_one(cast: Cast, case: Case, other: Case) -> None:
    join(cast, "李班长", case, other.number)
    for one, two in ((case, other), (other, case)):
        status, told = join(cast, "李班长", one, two.number)
        assert status == 422 and f"与 {two.number} 已经有这种关联" in told
    assert len(links()) == 1


def test_who_only_reads_it_links_nothing(cast: Cast, case: Case, other: Case) -> None:
    """周统计员 sees what the workshop has; nothing in a hazard is his to do."""
    page = cast.login(Client(), "周统计员").get(reverse("case", args=[case.pk]))
    assert page.status_code == 200 and reverse("case_link", args=[case.pk]) not in page.content.decode()
    status, told = join(cast, "周统计员", case, other.number)
    assert status == 422 and "不归您办" in told and links() == []
    join(cast, "李班长", case, other.number)
    assert part(cast, "周统计员", case, other)[0] == 422 and len(links()) == 1


@pytest.mark.parametrize("name", ["郑师傅", "邻厂书记"])
def test_who_does_not_see_it_finds_nothing_there(cast: Cast, case: Case, other: Case, name: str) -> None:
    assert join(cast, name, case, other.number)[0] == 404


def test_what_one_may_not_see_cannot_be_linked_and_is_not_told_by_the_step(cast: Cast, case: Case) -> None:
    hidden = report(cast, loop=REQUEST, given={"topic": "pay", "what": "奖金"}, confidential=True).case
    status, told = join(cast, "李班长", case, hidden.number)
    assert status == 422 and "不在您的范围内" in told and "奖金" not in told
    assert join(cast, "吴师傅", case, hidden.number)[0] == 200
    own = cast.login(Client(), "吴师傅").get(reverse("case", args=[case.pk])).content.decode()
    his = cast.login(Client(), "李班长").get(reverse("case", args=[case.pk])).content.decode()
    assert hidden.number in own and hidden.number not in his
    part(cast, "吴师傅", case, hidden)
    his = cast.login(Client(), "李班长").get(reverse("case", args=[case.pk])).content.decode()
    assert hidden.number not in his and "解除关联" not in his


def test_what_the_system_linked_itself_stays_linked(cast: Cast) -> None:
    place = zone(cast)
    first = report(cast, zone=place).case
    Case.objects.filter(pk=first.pk).update(state="closed", phase="closed", closed_at=AT)
    again = report(cast, zone=place).case
    assert (again.number, first.number, "merged") in links()
    page = cast.login(Client(), "马主任").get(reverse("case", args=[again.pk])).content.decode()
    assert reverse("case_unlink", args=[again.pk, "merged", first.pk]) not in page
    status, told = part(cast, "马主任", again, first, "merged")
    assert status == 422 and "这个关联是系统记下的，不能解除" in told and len(links()) == 2


def test_a_link_in_a_closed_case_does_not_make_its_maker_the_one_who_closed_it(cast: Cast, other: Case) -> None:
    place = zone(cast)
    first = report(cast, zone=place).case
    CaseStep.objects.create(
        case=first, no=1, move="close", before="checking", after="closed", at=AT, person=cast.person["马主任"]
    )
    Case.objects.filter(pk=first.pk).update(state="closed", phase="closed", closed_at=AT, seen=1)
    first.refresh_from_db()
    case_links.connect(
        loop=LOOPS["hazard"], loops=LOOPS, case=first, number=other.number, kind="similar", at=AT,
        by=cast.account["赵安全员"], scope=cast.scope("赵安全员"),
    )  # fmt: skip
    report(cast, zone=place)
    assert list(Notice.objects.filter(kind="again").values_list("person__name", flat=True)) == ["马主任"]


def test_two_plants_do_not_meet(cast: Cast, case: Case, other: Case) -> None:
    Case.objects.filter(pk=other.pk).update(plant=cast.neighbour)
    with pytest.raises(LoopTrouble, match="是别的厂的事项"):
        cases.link(case=case, other=Case.objects.get(pk=other.pk), kind="similar", at=AT)
