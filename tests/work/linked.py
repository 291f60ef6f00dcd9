"""Closed months with the totals a test wants, administrative scores that were approved, and schemes in force."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ronglu.kernel.rules.load import digest
from ronglu.kernel.time.period import Period
from ronglu.packs import sheets, standing
from ronglu.store.models import Closing, ImportedScore, LinkScheme, Run, SheetVersion, Total
from ronglu.work import linkages
from tests.cast import AT, Cast

MODELS = standing.load().linkage
MARCH = Period.month(2026, 3)
DATED = dt.date(2025, 12, 20)
TITLE = "经济责任制考核办法"


def closed(cast: Cast, totals: Mapping[str, int | None], *, month: Period = MARCH, scale: str = "party") -> Closing:
    """The month as it was closed: branch → converted score in hundredths, None where it was not rated."""
    version = SheetVersion.objects.filter(plant=cast.plant).first()
    if version is None:
        sheet = sheets.load()
        version = SheetVersion.objects.create(
            plant=cast.plant, version=1, from_month=202501, declaration=dict(sheet.declaration),
            digest=digest(sheet.declaration), published_at=AT,
        )  # fmt: skip
    run, _ = Run.objects.get_or_create(
        plant=cast.plant, month=month.yyyymm, number=1, defaults={"sheet": version, "at": AT, "digest": "d" * 64}
    )
    for code, score in totals.items():
        told = {
            "available": 10_000 if score else 3_000,
            "won": score or 0,
            "converted": score or 5_000,
            "grade": "good" if score else "",
        }
        Total.objects.update_or_create(
            run=run, body=cast.body[code], scale=scale, defaults={"applicable": 10_000, **told}
        )  # fmt: skip
    found, _ = Closing.objects.get_or_create(
        plant=cast.plant, month=month.yyyymm,
        defaults={"state": "closed", "run": run, "proposed_by": cast.account["孙干事"], "proposed_at": AT,
                  "closed_by": cast.account["高书记"], "closed_at": AT},
    )  # fmt: skip
    return found


def admin(cast: Cast, scores: Mapping[str, int], *, period: str = "2026-03", approved: bool = True) -> None:
    """Unit → administrative score in hundredths."""
    ImportedScore.objects.bulk_create(
        ImportedScore(
            plant=cast.plant, unit=cast.unit[code], subject=f"unit:{cast.unit[code].pk}", kind="admin", period=period,
            value=score, approved_by=cast.account["高书记"] if approved else None,
        )
        for code, score in scores.items()
    )  # fmt: skip


def quarter(cast: Cast, scores: Mapping[str, int], *, period: str = "2025-Q4") -> None:
    """Branch → the score of its secretary's old quarterly review, in hundredths."""
    ImportedScore.objects.bulk_create(
        ImportedScore(
            plant=cast.plant, body=cast.body[code], subject=f"body:{cast.body[code].pk}", kind="party", period=period,
            value=score, approved_by=cast.account["高书记"],
        )
        for code, score in scores.items()
    )  # fmt: skip


def proposed(cast: Cast, model: str = "M1", **more: Any) -> LinkScheme:
    """By 孙干事; for workshop heads by the month, unless said otherwise."""
    chosen = MODELS[model]
    said: dict[str, Any] = {
        "plant": cast.plant, "model": chosen, "sources": linkages.usual_sources(chosen), "from_month": Period.month(2026, 1),
        "grain": "month", "role": "workshop_head", "place": "workshop", "document": "厂发〔2025〕31 号", "title": TITLE,
        "dated_on": DATED, "by": cast.account["孙干事"], "at": AT,
    }  # fmt: skip
    return linkages.propose(**(said | more))


def in_force(cast: Cast, model: str = "M1", **more: Any) -> LinkScheme:
    return linkages.approve(scheme=proposed(cast, model, **more), by=cast.account["高书记"], at=AT)


def old(cast: Cast) -> LinkScheme:
    """M0: the secretaries' quarterly review, before linkage."""
    return in_force(
        cast, "M0", grain="quarter", role="secretary", place="branch", from_month=Period.month(2025, 1),
        document="厂党发〔2024〕6 号", title="支部书记季度考核办法",
    )  # fmt: skip
