"""A draft of the sheet that waits for its second person: resolutions weigh more than coverage, from the month after next."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import NOW, THIS_MONTH
from ronglu.cli.demo.scores import office
from ronglu.config.plant import pack_of
from ronglu.kernel.rules.edit import find
from ronglu.packs import sheets as shipped
from ronglu.store.models import SheetDraft
from ronglu.work import drafts

DOCUMENT = "厂发〔2026〕8 号《经济责任制考核办法》第 12 条"
SCHEME = "行政绩效考核办法"
FULL = {"B3": 8, "B5": 3}
DAY = dt.timedelta(days=1)


def make(crowd: Crowd) -> SheetDraft:
    """Drafted by one of the office with its examples, proposed, and left for another to approve."""
    plant, by, at = crowd.made.plant, office(crowd)[0], NOW - DAY
    drafts.declare_admin(
        plant=plant,
        fact="hazard_measure",
        only="",
        scheme=SCHEME,
        label="第 3 条 隐患整改率",
        on=at.date(),
        by=by,
        at=at,
    )
    pack = pack_of(crowd.made.plan.code)
    draft = drafts.begin(
        plant=plant, shipped=pack.sheet.declaration, examples=shipped.example_rows(), from_month=THIS_MONTH + 1, by=by,
        at=at, why="决议落地比对应关系更要紧，B5 移 1 分给 B3",
    )  # fmt: skip
    drafts.move_points(
        draft=draft, revision=draft.revision, source="B5", target="B3", points=Decimal(1), by=by, at=at
    )  # fmt: skip
    for code, full in FULL.items():
        rows = _examples(find(draft.declaration, code), full)
        drafts.put_examples(draft=draft, revision=draft.revision, code=code, rows=rows, by=by, at=at)
    drafts.put_head(
        draft=draft, revision=draft.revision, from_month=THIS_MONTH + 1, document=DOCUMENT, why=draft.why, bonus=False,
        quota_percent=None, by=by, at=at,
    )  # fmt: skip
    drafts.propose(draft=draft, revision=draft.revision, red=shipped.redlist(), by=by, at=at)
    return draft


def _examples(item: dict[str, Any], full: int) -> list[dict[str, Any]]:
    """Half of what is due gives half of the points, all of it gives all."""
    done, due = item["shape"]["done"], item["shape"]["due"]
    half = f"{Decimal(full) / 2:f}"
    points: Any = int(half) if half.isdecimal() else half
    return [
        {"kind": "normal", "say": f"{due} 4 个，{done} 2 个，得 {half} 分。", "facts": [{"num": 2, "den": 4}], "points": points},
        {"kind": "boundary", "say": f"{due} 4 个，{done} 4 个，得 {full} 分。", "facts": [{"num": 4, "den": 4}], "points": full},
        {"kind": "nothing", "say": f"没有{due}，不适用。", "state": "not_applicable"},
    ]  # fmt: skip
