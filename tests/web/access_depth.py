"""Who may open the pages of production depth: effects, contests, hand-over, cascade: a part of access_table.py."""

from typing import Any

from ronglu.store.models import (
    AssaySheet,
    Benchmark,
    Brief,
    CampaignTask,
    Contest,
    Effect,
    Feed,
    FieldEntry,
    Job,
    PartyCampaign,
)
from tests.cast import AT, Cast
from tests.web.access_rule import BESIDE, Rule
from tests.work import assayed
from tests.work.battled import aimed, battle
from tests.work.contested import overhaul, plain
from tests.work.effected import asked

# who sees no board of the converter line
NOT_THE_CONVERTERS_BOARD = {"郑师傅", "邻厂书记"}
# a brief that has nothing to tell
BRIEF: dict[str, Any] = {
    "title": "生产日报", "when": "2026 年 3 月 9 日", "until": "2026-03-09", "facts": [], "said": [], "versions": {}, "figures": [],
    "charts": [],
}  # fmt: skip


def _effect(cast: Cast) -> dict[str, Any]:
    return {"pk": (Effect.objects.first() or asked(cast)).pk}


def _contest(cast: Cast, state: str = "draft", deed: str = "") -> dict[str, Any]:
    row = Contest.objects.filter(state=state).first() or plain(cast, state)
    return {"pk": row.pk} | ({"deed": deed} if deed else {})


def _campaign(cast: Cast) -> PartyCampaign:
    return PartyCampaign.objects.first() or overhaul(cast)


def _task(cast: Cast, deed: str = "") -> dict[str, Any]:
    row = CampaignTask.objects.filter(campaign=_campaign(cast)).first()
    return {"pk": row.pk} | ({"deed": deed} if deed else {})


def _entry(cast: Cast) -> dict[str, Any]:
    return {"pk": FieldEntry.objects.get(campaign=_campaign(cast), kind="merit").pk}


def _ran(cast: Cast) -> dict[str, Any]:
    return {"pk": _campaign(cast).pk}


def _benchmark(cast: Cast) -> dict[str, Any]:
    """A benchmark of the smelter's coal; the same one when asked again."""
    given = {"value": "41", "source": "行业交流资料", "dated_on": AT.date()}
    row, _made = Benchmark.objects.get_or_create(plant=cast.plant, indicator="SM-02", tier="industry", defaults=given)
    return {"pk": row.pk}


def _feed(cast: Cast) -> dict[str, Any]:
    said = {"kind": "mqtt", "name": "电表", "account": cast.account["周统计员"], "started_at": AT}
    return {"pk": Feed.objects.get_or_create(plant=cast.plant, code="meter", defaults=said)[0].pk}


def _try(cast: Cast) -> dict[str, Any]:
    """A try that somebody else asked for: it is for nobody's eyes but his."""
    said = {
        "kind": "feed.try",
        "label": "试",
        "created_by": cast.account["陈技术员"],
        "created_at": AT,
        "plant": cast.plant,
    }
    return {"pk": Job.objects.create(**said).pk}


def _assay(cast: Cast) -> dict[str, Any]:
    """A lot of the converters; the same one when asked again."""
    return {"pk": (AssaySheet.objects.first() or assayed.entered(cast)).pk}


def _brief(cast: Cast) -> dict[str, Any]:
    """One that was issued: who only reads sees no other."""
    given = {
        "version": 1, "data": BRIEF, "digest": "0" * 64, "state": "issued", "made_at": AT, "issued_at": AT,
        "issued_by": cast.account["周统计员"],
    }  # fmt: skip
    row, _made = Brief.objects.get_or_create(plant=cast.plant, grain="day", period="2026-03-09", defaults=given)
    return {"pk": row.pk}


DEPTH: dict[str, Rule] = {
    "briefs": Rule("briefs.see"),
    "briefs_xlsx": Rule("briefs.see"),
    "brief": Rule("briefs.see", kwargs=_brief, blind=BESIDE),
    "brief_docx": Rule("briefs.see", kwargs=_brief, blind=BESIDE),
    "brief_pdf": Rule("briefs.see", kwargs=_brief, blind=BESIDE),
    "brief_xlsx": Rule("briefs.see", kwargs=_brief, blind=BESIDE),
    "brief_make": Rule("briefs.issue", ok=405),
    "brief_issue": Rule("briefs.issue", ok=405, kwargs=_brief),
    "brief_sentences": Rule("briefs.see"),
    "brief_sentence": Rule("briefs.write", kwargs=lambda cast: {"key": "day.below"}),
    "brief_sentence_try": Rule("briefs.write", kwargs=lambda cast: {"key": "day.below"}),
    "brief_sentence_restore": Rule("briefs.write", ok=405, kwargs=lambda cast: {"key": "day.below"}),
    "assays": Rule("assays.see"),
    "assays_export": Rule("assays.see"),
    "assay": Rule("assays.see", kwargs=_assay, blind=BESIDE),
    "assay_new": Rule("assays.enter"),
    "assay_correct": Rule("assays.enter", kwargs=_assay),
    "assay_confirm": Rule("assays.confirm", kwargs=_assay),
    "template_assays": Rule("assays.enter"),
    "benchmarks": Rule("boards.see"),
    "benchmarks_export": Rule("boards.see"),
    "benchmarks_kept": Rule("boards.see"),
    "benchmark_new": Rule("benchmarks.set"),
    "benchmark_change": Rule("benchmarks.set", kwargs=_benchmark),
    "benchmark_remove": Rule("benchmarks.set", ok=405, kwargs=lambda cast: {"pk": 1}),
    "records": Rule("boards.see"),
    "records_export": Rule("boards.see"),
    "targets": Rule("boards.see"),
    "feeds": Rule("feeds.see"),
    "feed": Rule("feeds.see", kwargs=_feed),
    "feed_new": Rule("feeds.declare"),
    "feed_edit": Rule("feeds.declare", kwargs=_feed),
    "feed_tried": Rule("feeds.declare", kwargs=_try, blind={"周统计员"}),
    "feed_tried_row": Rule("feeds.declare", kwargs=_try, blind={"周统计员"}),
    "feed_tried_cancel": Rule("feeds.declare", ok=405, kwargs=lambda cast: {"pk": 1}),
    "feed_tried_save": Rule("feeds.declare", ok=405, kwargs=lambda cast: {"pk": 1}),
    "feed_switch": Rule("feeds.tend", ok=405, kwargs=lambda cast: {"pk": 1, "word": "pause"}),
    "feed_answer": Rule("feeds.tend", ok=405, kwargs=lambda cast: {"pk": 1}),
    "feed_backfill": Rule("feeds.tend", ok=405, kwargs=lambda cast: {"pk": 1}),
    "feed_settle": Rule("feeds.tend", ok=405, kwargs=lambda cast: {"pk": 1, "row": 1, "word": "drop"}),
    "effects": Rule("boards.see"),
    "effects_xlsx": Rule("boards.see"),
    "effect": Rule("boards.see", kwargs=_effect, blind=NOT_THE_CONVERTERS_BOARD),
    "effect_xlsx": Rule("boards.see", kwargs=_effect, blind=NOT_THE_CONVERTERS_BOARD),
    "effect_floors": Rule("boards.see"),
    "effect_floor_new": Rule("benchmarks.set"),
    "effect_new": Rule("effects.register"),
    "effect_judge": Rule("effects.register", ok=405, kwargs=_effect),
    "contests": Rule("contests.see"),
    "contest_new": Rule("contests.set"),
    "contest": Rule("contests.see", kwargs=_contest, blind=BESIDE),
    "contest_xlsx": Rule("contests.see", kwargs=_contest, blind=BESIDE),
    "contest_deed": Rule("contests.declare", kwargs=lambda cast: _contest(cast, deed="withdraw"), blind=BESIDE),
    "contest_raise": Rule("cases.raise", kwargs=lambda cast: _contest(cast, "provisional", "appeal"), blind=BESIDE),
    "campaigns": Rule("contests.see"),
    "campaign_new": Rule("campaigns.run", kwargs=lambda cast: {"kit": "overhaul"}),
    "campaign": Rule("contests.see", kwargs=_ran, blind=BESIDE),
    "battle_aim": Rule("campaigns.run", kwargs=lambda cast: {"pk": battle(cast).pk}, blind=BESIDE | {"王书记"}),
    "battle_unaim": Rule("campaigns.run", kwargs=lambda cast: {"pk": aimed(cast).pk}, blind=BESIDE | {"王书记"}),
    "campaign_add": Rule("campaigns.run", kwargs=_ran, blind=BESIDE),
    "campaign_close": Rule("campaigns.run", kwargs=_ran, blind=BESIDE),
    "campaign_sign": Rule("campaigns.log", kwargs=_ran, blind=BESIDE),
    "campaign_tell": Rule("campaigns.log", kwargs=_ran, blind=BESIDE),
    "campaign_report": Rule("campaigns.do", kwargs=_task, blind=BESIDE | {"郑师傅", "高书记"}),
    "campaign_drop": Rule("campaigns.run", kwargs=_task, blind=BESIDE),
    "campaign_check": Rule("campaigns.check", kwargs=lambda cast: _task(cast, "check"), blind=BESIDE),
    "campaign_confirm": Rule("campaigns.check", kwargs=_entry, blind=BESIDE),
}
