"""Benchmarks further away than the own best and the industry's: invented round figures, set by the technician before the first month."""

import datetime as dt
from decimal import Decimal

from ronglu.cli.demo.people import Crowd
from ronglu.config.plant import pack_of
from ronglu.store.models import Account
from ronglu.work import benchmarks

SAID_ON, SET_AT = dt.date(2026, 1, 15), dt.datetime(2026, 1, 16, 10)
SOURCES = {
    "industry": "行业交流资料（演示用虚构数）",
    "domestic": "同类装置考察报告（演示用虚构数）",
    "world": "国际同行年报（演示用虚构数）",
}
TIERS = {
    "SM-02": {"domestic": "32.0", "world": "30.5"},
    "SM-08": {"domestic": "98.50", "world": "98.80"},
    "SM-10": {"industry": "1800", "domestic": "2400"},
    "SM-13": {"industry": "150", "domestic": "125"},
    "EL-03": {"domestic": "97.9", "world": "98.4"},
    "EL-14": {"industry": "84", "domestic": "70"},
    "CN-03b": {"domestic": "87.5"},
    "FG-03": {"domestic": "75.8"},
}


def keep(crowd: Crowd) -> None:
    """Only of indicators that the plant has."""
    made = crowd.made
    known, owner = pack_of(made.plan.code).indicators, crowd.holding("technician", "")
    by = Account.objects.get(person=owner)
    for code, tiers in TIERS.items():
        for tier, value in tiers.items():
            if code in known:
                benchmarks.put(
                    plant=made.plant, indicator=known[code], tier=tier, value=Decimal(value), source=SOURCES[tier],
                    dated_on=SAID_ON, owner=owner, by=by, at=SET_AT,
                )  # fmt: skip
