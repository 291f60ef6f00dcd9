"""What a party body or a production unit is called on a day; before its first and after its last day by the last name it had."""

import datetime as dt

from ronglu.store.models import Body, Unit


def name_of(place: Body | Unit, on: dt.date) -> str:
    state = place.states.on(on).first() or place.states.order_by("from_on").last()
    return state.name if state else place.code
