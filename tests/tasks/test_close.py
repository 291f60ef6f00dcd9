"""A month from its score to its seal: closed by two, frozen, archived, replayed to the digit, adjusted and never rewritten."""

import datetime as dt
import random
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ronglu.facts import keep
from ronglu.facts.replay import replay, totals
from ronglu.store.models import (
    Adjustment,
    CalendarRow,
    Case,
    Closing,
    Job,
    LiftStand,
    Reading,
    Result,
    Ruling,
    Run,
    Seal,
    Total,
)
from ronglu.tasks import assess, close
from ronglu.tasks.assess import assess_month
from ronglu.tasks.close import close_month
from ronglu.work import adjustments, closings, figures, readings, rulings, seals, sheets, vetoes
from ronglu.work.adjustments import AdjustmentProblem
from ronglu.work.closings import Closed, ClosingProblem
from tests.cast import Cast, cast  # noqa: F401  (the fixture)
from tests.facts.plant_month import AT, MARCH, March, make_march

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(hours=1)
ON = AT.date()


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> March:
    settings.HOME = tmp_path
    monkeypatch.setattr("ronglu.tasks.assess.today", lambda: ON)
    monkeypatch.setattr("ronglu.tasks.assess.now", lambda: LATER)
    line = cast.unit["QL-R1"]
    made = make_march(plant=line.plant, line=line, by=cast.account["周统计员"])
    Reading.objects.update(audited_by=cast.account["陈技术员"], audited_at=AT)
    return made


def closed(march: March, cast: Cast) -> Closing:
    assess_month(plant=march.plant, month=MARCH, at=AT)
    asked = closings.propose(plant=march.plant, month=MARCH, by=cast.account["孙干事"], on=ON, at=AT)
    return close_month(closing=asked, by=cast.account["高书记"], at=LATER)


def verified(march: March, home: Path) -> list[str]:
    return seals.verify(plant=march.plant, archive=home / "archive" / march.plant.code)


def correct(march: March, cast: Cast, text: str = "1360") -> None:
    """A late weighbridge slip, entered by the statistician and audited by the technician."""
    made = readings.correct(
        reading=march.reading("sm_coal", 12, 3), text=text, decimals=1, reason="磅单补到", by=cast.account["周统计员"],
        at=LATER,
    )  # fmt: skip
    waiting = Reading.objects.filter(pk=made.pk)
    readings.audit(plant=march.plant, readings=waiting, by=cast.account["陈技术员"], at=LATER)


def test_whoever_proposes_does_not_close_and_whoever_comes_second_hears_who_was_first(march: March, cast: Cast) -> None:
    assess_month(plant=march.plant, month=MARCH, at=AT)
    asked = closings.propose(plant=march.plant, month=MARCH, by=cast.account["孙干事"], on=ON, at=AT)
    with pytest.raises(ClosingProblem, match="提请的人不能自己复核关账"):
        close_month(closing=asked, by=cast.account["孙干事"], at=LATER)
    done = close_month(closing=asked, by=cast.account["高书记"], at=LATER)
    assert (done.state, done.closed_by, Seal.objects.count()) == ("closed", cast.account["高书记"], 1)
    with pytest.raises(Closed, match="2026-03 已由高书记于"):
        close_month(closing=Closing.objects.get(), by=cast.account["马主任"], at=LATER)
    assert Seal.objects.count() == 1


def test_a_month_that_is_not_over_not_scored_or_moved_on_is_not_closed(march: March, cast: Cast) -> None:
    asking = {"plant": march.plant, "month": MARCH, "by": cast.account["孙干事"], "at": AT}
    with pytest.raises(ClosingProblem, match="还没有计过分"):
        closings.propose(on=ON, **asking)
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    with pytest.raises(ClosingProblem, match="还没有过完（到 2026-03-31）"):
        closings.propose(on=dt.date(2026, 3, 31), **asking)
    CalendarRow.objects.update(month_first=5)  # the month of production runs to the 4th
    with pytest.raises(ClosingProblem, match="还没有过完（到 2026-04-04）"):
        closings.propose(on=dt.date(2026, 4, 4), **asking)
    CalendarRow.objects.update(month_first=1)
    Result.objects.filter(run=run, body__code="QL-B1", item="C4").update(state="awaiting_review")
    with pytest.raises(ClosingProblem, match="C4 还有 1 处待评"):
        closings.propose(on=ON, **asking)
    Result.objects.filter(run=run, body__code="QL-B1", item="C4").update(state="not_wired")
    correct(march, cast)
    with pytest.raises(ClosingProblem, match="记录又有变动"):
        closings.propose(on=ON, **asking)
    assert not Closing.objects.exists()


def test_months_are_closed_in_their_order(march: March, cast: Cast) -> None:
    run = assess_month(plant=march.plant, month=MARCH, at=AT)
    closed(march, cast)
    for month in (202604, 202605):
        Run.objects.create(plant=march.plant, sheet=run.sheet, month=month, number=1, at=AT, digest="x")
    on = dt.date(2026, 7, 1)
    with pytest.raises(ClosingProblem, match="2026-04 还没有关账：请按月份先后关账"):
        closings.propose(plant=march.plant, month=MARCH + 2, by=cast.account["孙干事"], on=on, at=AT)


def test_a_closed_month_is_frozen_for_every_verb_that_would_move_it(march: March, cast: Cast) -> None:
    closed(march, cast)
    rest = {"body": cast.body["QL-B1"], "month": MARCH, "by": cast.account["孙干事"], "at": LATER}
    with pytest.raises(Closed, match="2026-03 已关账"):
        figures.enter(item="A1", won=assess_points("3"), ground="台账", **rest)
    with pytest.raises(Closed):
        vetoes.enter(reason="environment", evidence="通报", **rest)
    with pytest.raises(Closed):
        assess_month(plant=march.plant, month=MARCH, at=LATER)
    assert Run.objects.count() == 1


def assess_points(text: str) -> Any:
    from decimal import Decimal

    return Decimal(text)


@pytest.mark.covers("S1-43")
def test_a_late_correction_of_a_closed_month_is_a_signed_adjustment_beside_it(
    march: March, cast: Cast, tmp_path: Path
) -> None:
    done = closed(march, cast)
    before = list(Result.objects.order_by("pk").values_list())
    correct(march, cast)
    told = assess.revalue(closing=done, cause="磅单补到", by=cast.account["孙干事"])
    assert told == {"adjustment": 1}
    change = Adjustment.objects.get()
    # 42 ÷ 43 → 7.03 became 42 ÷ 44 → 5.84 (see test_correction)
    assert [(r.body.code, r.item, r.before, r.after) for r in change.lines.all()] == [("QL-B1", "D3", 703, 584)]
    assert adjustments.standing(done)[cast.body["QL-B1"].pk, "D3"] == ("scored", 703)
    with pytest.raises(AdjustmentProblem, match="不能自己复核"):
        adjustments.approve(adjustment=change, by=cast.account["孙干事"], at=LATER)
    adjustments.approve(adjustment=change, by=cast.account["高书记"], at=LATER)
    assert adjustments.standing(done)[cast.body["QL-B1"].pk, "D3"] == ("scored", 584)
    fusion = next(t for t in change.totals.all() if t.scale == "fusion")
    assert adjustments.standing_totals(done)[cast.body["QL-B1"].pk, "fusion"].converted == fusion.converted
    assert fusion.converted < fusion.before
    assert list(Result.objects.order_by("pk").values_list()) == before
    assert verified(march, tmp_path) == []
    assert Seal.objects.count() == 2
    assert assess.revalue(closing=done, cause="再算", by=None) == {"adjustment": None}


def test_a_newer_reckoning_replaces_a_proposal_that_nobody_decided(march: March, cast: Cast) -> None:
    done = closed(march, cast)
    correct(march, cast)
    assess.revalue(closing=done, cause="磅单补到", by=None)
    correct(march, cast, "430")
    assert assess.revalue(closing=done, cause="又更正回来", by=None) == {"adjustment": None}
    assert list(Adjustment.objects.order_by("number").values_list("number", "state", "why")) == [
        (1, "rejected", "又重算了一次，以新的为准"),
        (2, "rejected", "重算后没有变化"),
    ]
    with pytest.raises(AdjustmentProblem, match="已被新的重算取代"):
        adjustments.approve(adjustment=Adjustment.objects.get(number=1), by=cast.account["高书记"], at=LATER)


def test_the_clock_reckons_a_closed_month_again_once_for_every_change_of_its_records(
    march: March, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to notice the correction; what comes of it waits for somebody to agree."""
    performed: list[str] = []

    def tended() -> list[str]:
        close.tend(plant=march.plant, at=LATER)
        close.tend(plant=march.plant, at=LATER)  # what waits is not asked for twice
        for job in Job.objects.filter(kind="assess", state="waiting"):
            assess.run(job, lambda done, total, message: None)
            Job.objects.filter(pk=job.pk).update(state="done")
            performed.append(job.args["cause"])
        return performed

    done = closed(march, cast)
    assert tended() == []
    correct(march, cast)
    assert tended() == ["关账以后记录有改动"]
    assert [(one.state, one.proposed_by) for one in done.adjustments.all()] == [("proposed", None)]
    assert tended() == ["关账以后记录有改动"], "reckoned once, also while nobody has decided"
    adjustments.approve(adjustment=Adjustment.objects.get(), by=cast.account["高书记"], at=LATER)
    assert tended() == ["关账以后记录有改动"]
    correct(march, cast, "430")
    assert len(tended()) == 2
    march.plant.partitions.filter(fact="readings").update(wanted=9)
    assert len(tended()) == 3, "touched without another value: looked at once, nothing proposed"
    assert len(tended()) == 3
    assert done.adjustments.filter(state="proposed").count() == 1


def appeal(march: March, cast: Cast, state: str = "corrected") -> Case:
    return Case.objects.create(
        plant=march.plant, loop="appeal", version=1, number="SS-2026-0001", title="D3 煤耗", state=state,
        phase="closed", data={"against": "score"}, raised_at=AT, entered_at=AT,
        raised_by=cast.person["王书记"],
    )  # fmt: skip


def ruling(march: March, cast: Cast, item: str = "D3", won: str | None = "8") -> Ruling:
    return rulings.enter(
        case=appeal(march, cast), body=cast.body["QL-B1"], month=MARCH, item=item,
        won=None if won is None else assess_points(won), ground="给料皮带秤校验不合格",
        by=cast.account["孙干事"], at=LATER,
    )  # fmt: skip


def test_an_accepted_appeal_moves_its_item_and_the_totals_that_hold_it_and_nothing_else(
    march: March, cast: Cast
) -> None:
    first = assess_month(plant=march.plant, month=MARCH, at=AT)
    made = ruling(march, cast)
    same = assess_month(plant=march.plant, month=MARCH, at=LATER)
    assert same == first, "what nobody signed changes nothing"
    with pytest.raises(rulings.RulingProblem, match="不能自己签认"):
        rulings.sign(ruling=made, by=cast.account["孙干事"], at=LATER)
    rulings.sign(ruling=made, by=cast.account["高书记"], at=LATER)
    second = assess_month(plant=march.plant, month=MARCH, at=LATER)
    told = lambda run: {(r.body.code, r.item): (r.state, r.won) for r in run.results.select_related("body")}  # noqa: E731
    old, new = told(first), told(second)
    assert {spot: (old[spot], new[spot]) for spot in old if old[spot] != new[spot]} == {
        ("QL-B1", "D3"): (("scored", 703), ("ruled", 800))
    }
    sums = lambda run: {(t.body.code, t.scale): t.won for t in run.totals.select_related("body")}  # noqa: E731
    moved = {spot: sums(second)[spot] - sums(first)[spot] for spot in sums(first)}
    assert {spot: by for spot, by in moved.items() if by} == {("QL-B1", "fusion"): 97}


def test_a_ruling_that_nobody_signed_stands_against_the_close(march: March, cast: Cast) -> None:
    assess_month(plant=march.plant, month=MARCH, at=AT)
    made = ruling(march, cast)
    assert closings.blockers(plant=march.plant, month=MARCH, on=ON) == ["有 1 条申诉改判还没有签认：请签认或撤回"]
    rulings.withdraw(ruling=made, reason="另案处理", by=cast.account["孙干事"], at=LATER)
    assert closings.blockers(plant=march.plant, month=MARCH, on=ON) == []


@pytest.mark.parametrize(("state", "against"), [("upheld", "score"), ("deciding", "score")])
def test_an_appeal_that_was_not_accepted_gives_no_ruling(march: March, cast: Cast, state: str, against: str) -> None:
    case = appeal(march, cast, state)
    with pytest.raises(rulings.RulingProblem, match="不是本厂已裁定更正的申诉"):
        rulings.enter(
            case=case,
            body=cast.body["QL-B1"],
            month=MARCH,
            item="D3",
            won=None,
            ground="x",
            by=cast.account["孙干事"],
            at=AT,
        )


def test_a_replay_from_the_archive_gives_the_closed_scores_to_the_digit(
    march: March, cast: Cast, settings: Any
) -> None:
    done = closed(march, cast)
    correct(march, cast)  # the live tables move on; the archive does not
    assess.revalue(closing=done, cause="磅单补到", by=None)
    rows = Result.objects.filter(run=done.run)
    archived = {(r.body_id, r.item): (r.state, r.won, r.share) for r in rows}
    sheet = sheets.sheet_of(done.run.sheet)
    asked = {
        "home": settings.HOME, "plant": march.plant, "month": MARCH, "sheet": sheet, "until": ON - dt.timedelta(days=1),
        "partitions": done.run.partitions,
    }  # fmt: skip
    assert replay(**asked, archived=archived) == []
    again = totals(sheet=sheet, archived=archived, full={(r.body_id, r.item): r.points for r in rows})
    kept = Total.objects.filter(run=done.run)
    assert again == {(t.body_id, t.scale): (t.applicable, t.available, t.won, t.converted) for t in kept}
    spot = (cast.body["QL-B1"].pk, "D3")
    assert archived[spot][1] == 703
    [found] = replay(**asked, archived={**archived, spot: ("scored", 704, archived[spot][2])})
    assert (found.body, found.item, found.replayed[1]) == (*spot, 703)


def test_a_partition_that_is_not_the_runs_any_more_is_not_archived(march: March, cast: Cast, settings: Any) -> None:
    assess_month(plant=march.plant, month=MARCH, at=AT)
    asked = closings.propose(plant=march.plant, month=MARCH, by=cast.account["孙干事"], on=ON, at=AT)
    path = settings.HOME / "facts" / "coverage" / "qinglan" / "202603.parquet"
    path.write_bytes((settings.HOME / "facts" / "org_finding" / "qinglan" / "202603.parquet").read_bytes())
    with pytest.raises(keep.Gone, match="coverage/202603"):
        close_month(closing=asked, by=cast.account["高书记"], at=LATER)
    assert not Seal.objects.exists()
    assert Closing.objects.get().state == "proposed"


# ── tampering ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_thousand_changed_bytes_are_found_a_thousand_times(march: March, cast: Cast, settings: Any) -> None:
    """One byte of one field of a covered row, or of one archived file, put back before the next."""
    stand(cast)
    done = closed(march, cast)
    assert verified(march, settings.HOME) == []
    dice, missed = random.Random(20260331), []
    folder = settings.HOME / "archive" / march.plant.code / "202603"
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    tables = [rows(done) for rows in seals.COVERED.values()]
    spots = [(rows.model, pk) for rows in tables for pk in rows.values_list("pk", flat=True)]
    spots += [(Seal, done.seal_id), (Closing, done.pk)]
    # the same lines are read from both databases: the thousand on one of them
    for n in range(1000 if connection.vendor == "sqlite" else 100):
        undo, what = spoil_file(dice, files) if n % 5 == 0 else spoil_row(dice, *dice.choice(spots))
        if not verified(march, settings.HOME):
            missed.append(what)
        undo()
    assert missed == []
    assert verified(march, settings.HOME) == []


def stand(cast: Cast) -> LiftStand:
    return LiftStand.objects.create(
        person=cast.person["李班长"], body=cast.body["QL-B1"], month=202603, x_h=6500, y_h=5000, dx_h=0, dy_h=-2500,
        index_h=5750, quadrant="ability", state="short",
    )  # fmt: skip


def test_how_a_member_stands_is_sealed_with_the_month_that_counts_it(march: March, cast: Cast, settings: Any) -> None:
    """C2 counts those that reached their baseline: one more would be one share more."""
    one = stand(cast)
    closed(march, cast)
    assert verified(march, settings.HOME) == []
    LiftStand.objects.filter(pk=one.pk).update(state="reached")
    assert verified(march, settings.HOME) == ["第 1 号封存（2026-03）：党员双提升情况与封存时不符"]


def spoil_file(dice: random.Random, files: list[Path]) -> tuple[Any, str]:
    path = dice.choice(files)
    whole = path.read_bytes()
    at = dice.randrange(len(whole))
    path.chmod(0o644)
    path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << dice.randrange(8))]) + whole[at + 1 :])
    return lambda: path.write_bytes(whole), f"{path.name} byte {at}"


FREE = {
    "id",
    "run_id",
    "body_id",
    "plant_id",
    "sheet_id",
    "published_by_id",
    "by_id",
    "case_id",
    "closing_id",
    "seal_id",
}
"""Keys: changing one breaks a constraint of the database before any seal is asked."""


def spoil_row(dice: random.Random, model: Any, pk: int) -> tuple[Any, str]:
    fields = [f for f in model._meta.concrete_fields if f.attname not in FREE and not f.is_relation]
    table, quote = model._meta.db_table, connection.ops.quote_name
    while True:
        field = dice.choice(fields)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {quote(field.column)} FROM {table} WHERE id = %s", [pk])
            old = cursor.fetchone()[0]
            new = changed(dice, old, json=field.get_internal_type() == "JSONField")
            if new == old:
                continue
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET {quote(field.column)} = %s WHERE id = %s", [new, pk])
        except DatabaseError:
            continue  # the database itself refused it

        def undo(column: str = field.column, was: Any = old) -> None:
            with connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} SET {quote(column)} = %s WHERE id = %s", [was, pk])

        return undo, f"{table}.{field.column}"


def changed(dice: random.Random, old: Any, *, json: bool) -> Any:
    """One character of a text, one unit of a number; of JSON one digit or letter inside, so that it stays JSON."""
    if isinstance(old, bool):
        return not old
    if isinstance(old, int):
        return old + 1 if old < 32_000 else old - 1
    if isinstance(old, dt.datetime):
        return old + dt.timedelta(microseconds=1)
    if old is None or not str(old):
        return old
    text = str(old)
    spots = [i for i, c in enumerate(text) if c.isalnum() and not (json and c in "truefalsn" and not _inside(text, i))]
    if not spots:
        return old
    at = dice.choice(spots)
    swap = {"1": "2"}.get(text[at], "1") if text[at].isdigit() else {"a": "b"}.get(text[at], "a")
    if json and at and text[at] == "0" and not text[at - 1].isdigit() and not _inside(text, at):
        swap = "1"
    return text[:at] + swap + text[at + 1 :]


def _inside(text: str, at: int) -> bool:
    """Whether a character of JSON text stands inside a string."""
    return text[:at].count('"') % 2 == 1


def test_the_sheet_shows_what_stands_after_the_adjustment_and_what_it_was_at_the_close(
    march: March, cast: Cast
) -> None:
    from ronglu.boards.sheet.read import read

    done = closed(march, cast)
    correct(march, cast)
    assess.revalue(closing=done, cause="磅单补到", by=None)
    scope = cast.scope("高书记", on=ON)
    before = read(scope=scope, plant=march.plant, month=MARCH)
    assert before is not None and before.closed is not None
    assert (before.closed.seal, before.closed.approved, before.closed.waiting) == (1, 0, 1)
    adjustments.approve(adjustment=Adjustment.objects.get(), by=cast.account["高书记"], at=LATER)
    after = read(scope=scope, plant=march.plant, month=MARCH)
    assert after is not None
    [cell] = [cell for row in after.rows for cell in row.cells if cell.change]
    assert (cell.item, cell.text, cell.change.before, cell.change.moved) == ("D3", "5.84", "7.03", "-1.19")
    assert [change.item for change in after.total_changes] == ["fusion"]
