"""What a new form would ask is weighed before it is added; above the budget something has to go (07 AF-9, N5)."""

from decimal import Decimal
from typing import Any

import pytest

from ronglu.kernel.rules import edit
from ronglu.kernel.rules.burden import Load, Toll, price
from ronglu.kernel.rules.cost import Forms
from ronglu.packs import burden
from ronglu.store.models import AuditEntry, SheetDraft
from ronglu.work import burdens, drafts
from ronglu.work.drafts import BadDraft
from ronglu.work.roles import roles
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.work.drafted import AT, RED, begin

pytestmark = pytest.mark.django_db
RULES = burden.load()
WEEKLY = Forms(fields=12, people=40, times=4, replaces="")


def weekly(used: str = "0") -> Toll:
    """Twelve boxes of 20 seconds four times a month: 16 minutes a head, 640 in all."""
    return price(fields=12, people=40, times=Decimal(4), seconds=20, used=Decimal(used), budget=15)


def put(cast: Cast, draft: SheetDraft, replaces: str, cost: Toll | None = None) -> None:
    asked: dict[str, Any] = edit.find(draft.declaration, "B3")
    forms = Forms(12, 40, 4, replaces)
    drafts.put_item(
        draft=draft, revision=draft.revision, item=asked, was="B3", red=RED, forms=forms, price=cost or weekly(),
        by=cast.account["孙干事"], at=AT,
    )  # fmt: skip


def test_a_weekly_form_of_twelve_boxes_for_forty_people_says_its_hours_and_goes_over() -> None:
    told = weekly()
    assert (told.minutes, told.each) == (640, 16)
    assert told.over
    assert told.text == "每月多 10.7 小时，每人每月 16 分钟；现在每人已填 0 分钟，预算 15 分钟"


def test_what_is_filled_in_already_counts_with_it() -> None:
    """8 minutes fit into 15 for who fills in 7, not for who fills in 8."""
    half = {"fields": 6, "people": 40, "times": Decimal(4), "seconds": 20, "budget": 15}
    assert not price(**half, used=Decimal(7)).over
    assert price(**half, used=Decimal(8)).over


@pytest.mark.parametrize("replaces", ["", "  ", "无，是新要求"])
def test_a_form_above_the_budget_that_retires_nothing_is_refused(cast: Cast, replaces: str) -> None:
    draft = begin(cast)
    with pytest.raises(BadDraft, match="停掉哪张表"):
        put(cast, draft, replaces)
    draft.refresh_from_db()
    assert "B3" not in draft.forms


def test_what_it_retires_is_kept_beside_the_item_and_in_the_trail(cast: Cast) -> None:
    draft = begin(cast)
    put(cast, draft, "停掉每周的安全学习台账")
    draft.refresh_from_db()
    assert draft.forms["B3"]["replaces"] == "停掉每周的安全学习台账"
    detail = AuditEntry.objects.get(verb="drafts.put").detail
    assert detail["retires"] == "停掉每周的安全学习台账"
    assert detail["cost"].startswith("每月多 10.7 小时")


@pytest.mark.parametrize(
    ("minutes", "load"),
    [("11.9", Load.WITHIN), ("12", Load.NEAR), ("15", Load.NEAR), ("15.1", Load.OVER)],
    ids=["below 80 %", "80 %", "the whole", "above"],
)
def test_minutes_of_one_worker_against_fifteen(minutes: str, load: Load) -> None:
    assert RULES.load("staff", Decimal(minutes)) is load


def test_a_role_without_a_budget_is_told_so() -> None:
    assert RULES.load("finance", Decimal(900)) is Load.OPEN


def test_the_role_of_a_save_is_the_most_particular_one_that_allows_it() -> None:
    held = frozenset({"staff", "member", "branch_committee"})
    worn = {
        verb: burdens.worn(verb=verb, held=held, table=roles(), rules=RULES) for verb in ("cases.raise", "help.answer")
    }
    assert worn == {"cases.raise": "staff", "help.answer": "member"}
    assert burdens.worn(verb="kiosk.use", held=frozenset({"kiosk"}), table=roles(), rules=RULES) == "staff"


def test_a_plant_sets_budgets_of_its_own() -> None:
    own = burden.of_plant({"burden": {"budgets": {"staff": 10}, "few": 8}})
    assert (own.budgets["staff"], own.budgets["member"], own.few) == (10, 20, 8)
