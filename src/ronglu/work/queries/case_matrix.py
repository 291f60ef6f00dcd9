"""Actual against possible consequence of a loop's cases: where luck was all that stood between, and how often for each that went wrong."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet
from django.db.models.fields.json import KeyTextTransform

from ronglu.kernel.loops.field import Choice
from ronglu.kernel.loops.loop import Loop
from ronglu.kernel.measure.rounding import divide
from ronglu.store.models import Case

SEVERITY, POTENTIAL = "severity", "potential"
LIGHT, GRAVE = "1", 4
"""The lightest level is taken for no consequence, the fourth and above for grave ones: our default, not a superior's rule."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """`counts` by (severity, potential); `unsaid` are cases of which one of the two is not known."""

    severities: tuple[Choice, ...]
    potentials: tuple[Choice, ...]
    counts: Counter[tuple[str, str]]
    unsaid: int

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def light(self) -> int:
        """Near misses: without consequence."""
        return sum(n for (severity, _), n in self.counts.items() if severity == LIGHT)

    @property
    def heavy(self) -> int:
        return self.total - self.light

    @property
    def lucky(self) -> int:
        """Without consequence, and it could have been grave."""
        return sum(n for (severity, may), n in self.counts.items() if severity == LIGHT and int(may) >= GRAVE)

    @property
    def ratio(self) -> str:
        """Near misses to one with a consequence; nothing where there was none."""
        return f"{divide(Decimal(self.light), Decimal(self.heavy), 2)}" if self.heavy else ""

    def rows(self) -> list[tuple[Choice, list[int], int]]:
        """From the gravest down, as a risk matrix is drawn."""
        found = []
        for one in reversed(self.severities):
            cells = [self.counts[one.code, may.code] for may in self.potentials]
            found.append((one, cells, sum(cells)))
        return found

    def sums(self) -> list[int]:
        return [sum(self.counts[one.code, may.code] for one in self.severities) for may in self.potentials]


def measured(loop: Loop) -> bool:
    """Whether cases of the loop say both."""
    return {SEVERITY, POTENTIAL} <= {field.code for field in loop.fields}


def matrix(cases: QuerySet[Case], loop: Loop) -> Matrix:
    """One query."""
    said = {name: KeyTextTransform(name, "data") for name in (SEVERITY, POTENTIAL)}
    told = cases.order_by().annotate(**said).values_list(SEVERITY, POTENTIAL).annotate(n=Count("pk", distinct=True))
    counts: Counter[tuple[str, str]] = Counter()
    unsaid = 0
    for severity, potential, n in told:
        if severity and potential:
            counts[severity, potential] += n
        else:
            unsaid += n
    return Matrix(loop.field(SEVERITY).choices, loop.field(POTENTIAL).choices, counts, unsaid)


def by_zone(cases: QuerySet[Case]) -> list[tuple[str, int]]:
    """Most first; what stands in no zone is left out."""
    told = cases.exclude(zone=None).order_by().values_list("zone__name").annotate(n=Count("pk", distinct=True))
    return sorted(((name, n) for name, n in told), key=lambda one: (-one[1], one[0]))
