"""Who stands which shift in the month that is planned, where somebody goes from one crew to another in the middle of it."""

import datetime as dt

from ronglu.kernel.gathering.openings import Presence, presence
from ronglu.store.models import Engagement
from ronglu.work.meetings_who import Rota
from tests.cast import Cast, cast
from tests.work.met import APRIL, on_shift

__all__ = ["cast"]
THE_14TH = dt.date(2026, 4, 14)


def test_who_changes_his_crew_stands_the_shifts_of_each_while_he_belongs_to_it(cast: Cast) -> None:
    """乙班党员0 goes to 甲 on the 14th; the night that ends on that morning still belongs to the 13th, and to 乙."""
    house = on_shift(cast)
    person = house.person["乙班党员0"]
    Engagement.objects.filter(person=person).update(until_on=THE_14TH)
    Engagement.objects.create(person=person, unit=house.unit["QL-R1-甲"], from_on=THE_14TH)
    others = [house.person[name].pk for name in ("李班长", "乙班党员1")]
    rota = Rota(house.plant, APRIL.first, APRIL.last)
    spells = {part.label: part.spells for part in rota.parts(others)}
    [part] = rota.parts([person.pk])
    assert part.alone and not part.by_day and part.label == "转炉甲班"
    begins = dt.datetime.combine(THE_14TH, dt.time(8))
    wanted = [
        *(one for one in spells["转炉乙班"] if one.starts_at < begins),
        *(one for one in spells["转炉甲班"] if one.starts_at >= begins),
    ]
    assert [one for one in part.spells if one.starts_at.date() >= APRIL.first] == [
        one for one in wanted if one.starts_at.date() >= APRIL.first
    ]
    own = [one for one in spells["转炉乙班"] if one.starts_at < begins][-1]
    at = own.starts_at + dt.timedelta(hours=1)
    assert presence(part, at, at + dt.timedelta(hours=1)) is Presence.BARRED


def test_who_stays_in_his_crew_is_planned_with_it(cast: Cast) -> None:
    house = on_shift(cast)
    parts = Rota(house.plant, APRIL.first, APRIL.last).parts([house.person[f"乙班党员{n}"].pk for n in range(3)])
    assert [(part.label, len(part.people), part.alone) for part in parts] == [("转炉乙班", 3, False)]
