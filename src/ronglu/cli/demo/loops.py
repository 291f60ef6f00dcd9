"""The closed loops of the invented group: zones laid out, teams set up, stories played, rounds walked, all in the order of the calendar."""

from collections.abc import Sequence

from django.db import transaction

from ronglu.cli import database
from ronglu.cli.demo import assays, floor, flows, polls, stories, teams, walks, zones
from ronglu.cli.demo.cases import Played
from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scale import Scale


@transaction.atomic
def make(crowds: Sequence[Crowd], scale: Scale) -> None:
    database.adopt_loops()
    played = Played()
    for crowd in crowds:
        cast, first = Cast(crowd), crowd is crowds[0]
        ground = zones.make(cast, weekly=first)
        if first:
            floor.make(cast, ground)
            polls.make(cast)
        for tale in stories.tales(cast, ground, share=scale.share):
            played.tell(tale)
        walks.make(played, cast, ground)
        teams.make(cast, rich=first)
        flows.make(cast)
        assays.make(cast)
    played.run()
