"""Asking what past months would have come to under a draft: real facts, nothing kept but the answer."""

import copy
import datetime as dt
import hashlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from ronglu.config.plant import pack_of
from ronglu.facts import assess as columns
from ronglu.kernel.rules.edit import supposed
from ronglu.kernel.rules.load import build
from ronglu.packs import sheets as packed
from ronglu.store.models import Job, Partition, Plan, Result, Run, SheetDraft
from ronglu.store.values import calendar_of
from ronglu.tasks import whatif
from ronglu.tasks.run import perform
from ronglu.work import drafts
from ronglu.work.sheets import sheet_of
from tests.boards.assessed import AT, MARCH, March, assess, cast, march  # noqa: F401
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def draft_of(cast: Cast) -> SheetDraft:
    by = cast.account["孙干事"]
    return drafts.begin(
        plant=cast.plant, shipped=copy.deepcopy(dict(pack_of(cast.plant.code).sheet.declaration)),
        examples=packed.example_rows(), from_month=MARCH + 2, by=by, at=AT,
    )  # fmt: skip


def move(cast: Cast, draft: SheetDraft, source: str, target: str, points: str) -> None:
    drafts.move_points(
        draft=draft, revision=draft.revision, source=source, target=target, points=Decimal(points),
        by=cast.account["孙干事"], at=AT,
    )  # fmt: skip


def asked(cast: Cast, draft: SheetDraft, months: int = 12) -> dict[str, Any]:
    job = Job.objects.create(
        kind="whatif", label="推演", plant=cast.plant, args={"draft": draft.pk, "months": months}, created_at=AT
    )  # fmt: skip
    return perform(job)


def files(home: Path) -> dict[str, str]:
    return {str(p.relative_to(home)): hashlib.sha256(p.read_bytes()).hexdigest() for p in home.rglob("*.parquet")}


def totals(answer: dict[str, Any], cast: Cast, scale: str) -> list[list[Any]]:
    return [row[3:] for row in answer["totals"] if row[1:3] == [cast.body["QL-B1"].pk, scale]]


def test_a_draft_that_changes_nothing_moves_nobody(cast: Cast, march: March) -> None:
    assess(march)
    answer = asked(cast, draft_of(cast))
    assert answer["months"] == ["2026-03"] and answer["cells"] == []
    assert all(row[3] == row[4] and row[5] == row[6] for row in answer["totals"])


@pytest.mark.covers("S1-40")
def test_points_moved_between_two_items_move_their_cells_and_the_total_of_every_branch(
    cast: Cast, march: March
) -> None:
    """D1 was fed 930 t of 930: all of 12. D3 burned 43 kg/t of 42 allowed: attainment 0.976744, share 0.878…, of 8 points.

    With 4 points more on D3 and 4 less on D1 the same shares give 8.00 and 12 × share.
    """
    assess(march)
    old = {r.item: r for r in Result.objects.filter(body=cast.body["QL-B1"])}
    assert (old["D1"].won, old["D1"].share) == (1200, 1_000_000_000)
    share = old["D3"].share
    assert share is not None and old["D3"].won == (share * 800 + 500_000_000) // 1_000_000_000
    draft = draft_of(cast)
    move(cast, draft, "D1", "D3", "4")
    answer = asked(cast, draft)
    mine = {row[2]: row[4:] for row in answer["cells"] if row[1] == cast.body["QL-B1"].pk}
    after = (share * 1200 + 500_000_000) // 1_000_000_000
    assert mine["D1"] == [1200, "scored", 800] and mine["D3"] == [old["D3"].won, "scored", after]
    # party points stand as they were
    [[was, now, *_]] = totals(answer, cast, "party")
    assert was == now
    [[was, now, *_]] = totals(answer, cast, "fusion")
    assert was is not None and now is not None and now < was


def test_the_facts_are_gathered_once_and_both_sheets_come_to_what_they_would_alone(
    cast: Cast, march: March, monkeypatch: pytest.MonkeyPatch
) -> None:
    assess(march)
    gathered: list[object] = []
    once = columns.month_figures
    monkeypatch.setattr(columns, "month_figures", lambda f, **more: gathered.append(f) or once(f, **more))
    draft = draft_of(cast)
    move(cast, draft, "D1", "D3", "4")
    before = sheet_of(Run.objects.get().sheet)
    after = build(supposed(draft.declaration, since=MARCH))
    with whatif.shadow(Path(settings.HOME), cast.plant.code) as home:
        was, now = whatif.both(plant=cast.plant, month=MARCH, before=before, after=after, done={}, home=home)
        assert len(gathered) == 1
        alone = [
            columns.assess(
                plant=cast.plant, month=MARCH, sheet=sheet, pack=pack_of(cast.plant.code),
                calendar=calendar_of(cast.plant), until=dt.date(2026, 4, 2), home=home,
            )
            for sheet in (before, after)
        ]  # fmt: skip
    assert [was, now] == alone
    assert was.results != now.results


def test_nothing_is_kept_no_run_no_partition_no_file(cast: Cast, march: March, settings: Any) -> None:
    assess(march)
    home, before = Path(settings.HOME), files(Path(settings.HOME))
    Plan.objects.filter(indicator="SM-02").update(value="40")  # the month's figures would be written anew
    march.restate(march.reading("sm_coal", 12, 3), "1360", 13_600, audited=True)
    rows = list(Partition.objects.order_by("pk").values())
    draft = draft_of(cast)
    move(cast, draft, "D1", "D3", "4")
    asked(cast, draft)
    assert files(home) == before
    assert (Run.objects.count(), Result.objects.values("run").distinct().count()) == (1, 1)
    assert list(Partition.objects.order_by("pk").values()) == rows
    assert [path for path in home.iterdir() if path.name.startswith("whatif-")] == []


def test_an_item_that_starts_next_month_is_asked_about_as_though_it_had_been_there(cast: Cast, march: March) -> None:
    assess(march)
    draft = draft_of(cast)
    item = {**next(row for row in draft.declaration["items"] if row["code"] == "D4"), "code": "D9", "points": 6}
    item |= {"name": "吨矿煤耗", "fact": "indicator_month", "filter": {"item": ["D3"]}, "starts_on": "2026-05-01"}
    item["shape"] = next(row for row in draft.declaration["items"] if row["code"] == "D3")["shape"]
    drafts.drop_item(draft=draft, revision=0, code="D4", by=cast.account["孙干事"], at=AT)
    drafts.put_item(
        draft=draft, revision=1, item=item, red=packed.redlist(), by=cast.account["孙干事"], at=AT
    )  # fmt: skip
    cells = {row[2]: row[3:] for row in asked(cast, draft)["cells"] if row[1] == cast.body["QL-B1"].pk}
    share = Result.objects.get(body=cast.body["QL-B1"], item="D3").share
    assert cells["D9"] == ["", None, "scored", (share * 600 + 500_000_000) // 1_000_000_000]
    assert cells["D4"][2:] == ["", None]


def test_a_sheet_that_does_not_add_up_is_not_asked_about(cast: Cast, march: March) -> None:
    assess(march)
    draft = draft_of(cast)
    drafts.drop_item(draft=draft, revision=0, code="D4", by=cast.account["孙干事"], at=AT)
    with pytest.raises(ValueError, match="生产融合百分：各项合计 94 分，应为 100 分"):
        asked(cast, draft)


def test_without_a_scored_month_there_is_nothing_to_ask(cast: Cast) -> None:
    answer = asked(cast, draft_of(cast))
    assert (answer["months"], answer["totals"], answer["cells"]) == ([], [], [])
    assert dt.date(2026, 4, 3) == AT.date()
