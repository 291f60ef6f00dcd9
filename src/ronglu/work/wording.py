"""What the lists of integrity and care are called at a plant: the shipped words, with its own laid over them."""

import datetime as dt
from functools import cache

from django.db import transaction

from ronglu.kernel.gathering.integrity import LISTS, IntegrityRules, IntegrityTrouble, read, worded
from ronglu.kernel.named_codes import NamedCode
from ronglu.store.models import Account, Plant
from ronglu.store.shipped import shipped
from ronglu.work import audits

OWN = "list_words"
"""Where a plant's settings keep its own words: {"points": {"study": "抓学习，促自律"}}."""
LONGEST = 40
NAMES = {
    "commitments": "责任书、承诺书",
    "points": "五抓五促",
    "headings": "面对面四项",
    "links": "三联系",
    "serves": "三服务",
}


class BadWording(IntegrityTrouble):
    """这个名称不能这样改。"""


@cache
def declared() -> IntegrityRules:
    return read(shipped("integrity.yaml"))


def listed(plant: Plant, name: str) -> tuple[NamedCode, ...]:
    """The list as this plant calls it."""
    return worded(declared().lists[name], plant.settings.get(OWN, {}).get(name, {}))


def known(name: str, code: str, *, what: str) -> str:
    """The code, if the list has it."""
    if code not in declared().codes(name):
        raise IntegrityTrouble(f"{what}“{code}”不在“{NAMES[name]}”里")
    return code


@transaction.atomic
def reword(*, plant: Plant, name: str, words: dict[str, str], by: Account, at: dt.datetime) -> None:
    """The plant's own words for a list; an empty one goes back to what was shipped. What was recorded keeps its code."""
    if name not in LISTS:
        raise BadWording(f"没有“{name}”这张词表")
    said = {known(name, code, what="编码"): text.strip() for code, text in words.items() if text.strip()}
    if long := [text for text in said.values() if len(text) > LONGEST]:
        raise BadWording(f"名称最多 {LONGEST} 字，“{long[0]}”有 {len(long[0])} 字")
    if len(set(said.values())) < len(said):
        raise BadWording("同一张词表里两项不能同名")
    held = Plant.objects.select_for_update().get(pk=plant.pk)
    held.settings[OWN] = held.settings.get(OWN, {}) | {name: said}
    held.save(update_fields=["settings"])
    plant.settings = held.settings
    audits.record(verb="wording.reword", by=by, at=at, subject=NAMES[name], plant=plant, detail=said)
