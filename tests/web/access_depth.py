"""Who may open the pages of production depth: effects, contests, hand-over, cascade: a part of access_table.py."""

from typing import Any

from ronglu.store.models import Benchmark, CampaignTask, Contest, Effect, Feed, FieldEntry, PartyCampaign
from tests.cast import AT, Cast
from tests.web.access_rule import BESIDE, Rule
from tests.work.contested import overhaul, plain
from tests.work.effected import asked

# who sees no board of the converter line
NOT_THE_CONVERTERS_BOARD = {"郑师傅", "邻厂书记"}


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


DEPTH: dict[str, Rule] = {
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
    "feed_switch": Rule("feeds.tend", ok=405, kwargs=lambda cast: {"pk": 1, "word": "pause"}),
    "feed_backfill": Rule("feeds.tend", ok=405, kwargs=lambda cast: {"pk": 1}),
    "feed_settle": Rule("feeds.tend", ok=405, kwargs=lambda cast: {"pk": 1, "row": 1, "word": "drop"}),
    "effects": Rule("boards.see"),
    "effects_xlsx": Rule("boards.see"),
    "effect": Rule("boards.see", kwargs=_effect, blind=NOT_THE_CONVERTERS_BOARD),
    "effect_new": Rule("effects.register"),
    "effect_judge": Rule("effects.register", ok=405, kwargs=_effect),
    "contests": Rule("contests.see"),
    "contest_new": Rule("contests.set"),
    "contest": Rule("contests.see", kwargs=_contest, blind=BESIDE),
    "contest_deed": Rule("contests.declare", kwargs=lambda cast: _contest(cast, deed="withdraw"), blind=BESIDE),
    "contest_raise": Rule("cases.raise", kwargs=lambda cast: _contest(cast, "provisional", "appeal"), blind=BESIDE),
    "campaigns": Rule("contests.see"),
    "campaign_new": Rule("campaigns.run", kwargs=lambda cast: {"kit": "overhaul"}),
    "campaign": Rule("contests.see", kwargs=_ran, blind=BESIDE),
    "campaign_add": Rule("campaigns.run", kwargs=_ran, blind=BESIDE),
    "campaign_close": Rule("campaigns.run", kwargs=_ran, blind=BESIDE),
    "campaign_sign": Rule("campaigns.log", kwargs=_ran, blind=BESIDE),
    "campaign_tell": Rule("campaigns.log", kwargs=_ran, blind=BESIDE),
    "campaign_report": Rule("campaigns.do", kwargs=_task, blind=BESIDE | {"郑师傅", "高书记"}),
    "campaign_drop": Rule("campaigns.run", kwargs=_task, blind=BESIDE),
    "campaign_check": Rule("campaigns.check", kwargs=lambda cast: _task(cast, "check"), blind=BESIDE),
    "campaign_confirm": Rule("campaigns.check", kwargs=_entry, blind=BESIDE),
}
