"""The office's figure for an item that is not wired: a ground, a second person, and a trace of every step."""

from decimal import Decimal

import pytest

from ronglu.kernel.time.period import Period
from ronglu.store.models import AuditEntry, ItemFigure, Result
from ronglu.work import figures
from ronglu.work.figures import FigureProblem
from tests.cast import AT, Cast, cast  # noqa: F401
from tests.web.scored import scored

pytestmark = pytest.mark.django_db
MARCH = Period.month(2026, 3)


@pytest.fixture(autouse=True)
def march(cast: Cast) -> None:
    scored(cast)


def enter(
    cast: Cast, *, item: str = "A1", won: str = "3.50", ground: str = "台账第 3 页", month: Period = MARCH
) -> ItemFigure:
    return figures.enter(
        body=cast.body["QL-B1"],
        item=item,
        month=month,
        won=Decimal(won),
        ground=ground,
        by=cast.account["孙干事"],
        at=AT,
    )


def test_a_figure_waits_for_another_person(cast: Cast) -> None:
    figure = enter(cast)
    assert (figure.won, figure.signed_by) == (350, None)
    with pytest.raises(FigureProblem, match="录入的人不能自己签认"):
        figures.sign(figure=figure, by=cast.account["孙干事"], at=AT)
    signed = figures.sign(figure=figure, by=cast.account["高书记"], at=AT)
    assert signed.signed_by == cast.account["高书记"]
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == ["figures.enter", "figures.sign"]


def test_entered_again_it_needs_a_new_signature(cast: Cast) -> None:
    figures.sign(figure=enter(cast), by=cast.account["高书记"], at=AT)
    again = enter(cast, won="2")
    assert (ItemFigure.objects.count(), again.won, again.signed_by) == (1, 200, None)
    assert AuditEntry.objects.filter(verb="figures.enter").latest("pk").detail["before"] == "3.50"


def test_who_entered_the_same_figure_again_meanwhile_does_not_sign_it_from_an_older_page(cast: Cast) -> None:
    """高书记 opened the page when 孙干事 had entered it, then entered the very same: it is his own now."""
    read = enter(cast)
    ItemFigure.objects.update(entered_by=cast.account["高书记"])
    with pytest.raises(FigureProblem, match="刚刚被改过"):
        figures.sign(figure=read, by=cast.account["高书记"], at=AT)


def test_what_was_changed_after_it_was_read_is_not_signed(cast: Cast) -> None:
    read = enter(cast)
    enter(cast, won="4")
    with pytest.raises(FigureProblem, match="刚刚被改过"):
        figures.sign(figure=read, by=cast.account["高书记"], at=AT)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"won": "4.01"}, "满分 4，4.01 分不在 0 与满分之间"),
        ({"won": "-1"}, "不在 0 与满分之间"),
        ({"won": "3.333"}, "两位小数"),
        ({"won": "NaN"}, "两位小数"),
        ({"ground": "  "}, "请写明依据"),
        ({"ground": "长" * 401}, "最多 400 字"),
        ({"item": "Z1"}, "没有 Z1 这一项"),
        ({"month": Period.month(2026, 2)}, "2026-02 还没有计过分"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_in_words(cast: Cast, how: dict[str, object], words: str) -> None:
    with pytest.raises(FigureProblem, match=words):
        enter(cast, **how)  # type: ignore[arg-type]
    assert ItemFigure.objects.count() == 0


def test_an_item_the_system_scores_itself_takes_no_figure(cast: Cast) -> None:
    Result.objects.filter(body=cast.body["QL-B1"], item="D3").update(state="scored", won=700)
    with pytest.raises(FigureProblem, match="由系统取数"):
        enter(cast, item="D3")


def test_a_withdrawn_figure_leaves_its_reason_behind(cast: Cast) -> None:
    with pytest.raises(FigureProblem, match="为什么撤回"):
        figures.withdraw(figure=enter(cast), reason=" ", by=cast.account["孙干事"], at=AT)
    figures.withdraw(figure=ItemFigure.objects.get(), reason="录错支部", by=cast.account["孙干事"], at=AT)
    assert ItemFigure.objects.count() == 0
    assert AuditEntry.objects.get(verb="figures.withdraw").detail == {"won": "3.50", "reason": "录错支部"}
