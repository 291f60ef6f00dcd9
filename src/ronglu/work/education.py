"""The plant's own words for the declared lists of education: audiences, forms, themes; the codes never change."""

import datetime as dt
from functools import cache

from django.db import transaction

from ronglu.kernel.gathering.education import LISTS, Education, read
from ronglu.kernel.labour import written
from ronglu.kernel.org.errors import OrgTrouble
from ronglu.store.models import Account, Plant
from ronglu.store.shipped import shipped
from ronglu.work import audits

OWN = "education_words"
"""Where a plant's settings keep them: {list: {code: words}}."""


class BadWord(OrgTrouble):
    """叫法不能这样改。"""


@cache
def declared() -> Education:
    return read(shipped("education.yaml"))


def lists_of(plant: Plant, declared: Education) -> Education:
    return declared.worded(plant.settings.get(OWN, {}))


@transaction.atomic
def word(
    *, plant: Plant, declared: Education, name: str, code: str, words: str, by: Account, at: dt.datetime
) -> Education:
    """Nothing else than what it is called; emptied, the default is back."""
    if name not in LISTS or code not in getattr(declared, name):
        raise BadWord("没有这一项")
    row = Plant.objects.select_for_update().get(pk=plant.pk)
    own = {key: dict(rows) for key, rows in row.settings.get(OWN, {}).items()}
    mine = own.setdefault(name, {})
    mine.pop(code, None)
    if words.strip():
        mine[code] = written(words, what="叫法", longest=40)
    row.settings = {**row.settings, OWN: own}
    row.save(update_fields=["settings"])
    plant.settings = row.settings
    detail = {"list": name, "code": code, "words": words.strip()}
    audits.record(verb="study.word", by=by, at=at, subject=code, plant=plant, detail=detail)
    return lists_of(row, declared)
