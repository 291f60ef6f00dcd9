"""What forms offer where the tables know the words: kinds of bodies and units, forms of work, party standing."""

from ronglu.store.models import Body, BodyKind, Engagement, Membership, UnitKind

Choices = tuple[tuple[str, str], ...]

BODY_KINDS: Choices = tuple(BodyKind.choices)
UNIT_KINDS: Choices = tuple(UnitKind.choices)
KINDREDS: Choices = tuple(Body._meta.get_field("kindred").choices)
KINDS_OF_WORK: Choices = tuple(Engagement._meta.get_field("kind").choices)
STANDINGS: Choices = tuple(Membership._meta.get_field("status").choices)
BASES: Choices = tuple(Membership._meta.get_field("basis").choices)
