"""The four words of domain/09-24, and the reason where nothing can be told."""

from __future__ import annotations

from dataclasses import dataclass

from ronglu.kernel.measure.effect import Word

POSITIONS = 100
PROVEN, LIKELY = 0.05, 0.20


@dataclass(frozen=True, slots=True)
class Rank:
    """How many of the other positions look at least as good as the real window.

    `clear` are those that share no day with it; `mirrored` are positions at sister lines, where nothing was begun.
    """

    others: int
    as_good: int
    clear: int
    clear_as_good: int
    mirrored: int = 0
    mirrored_as_good: int = 0

    @property
    def share(self) -> float:
        """The worst of the three; the real window itself is one of the positions of its own series."""
        own = (self.as_good + 1) / (self.others + 1)
        return max(own, _part(self.clear_as_good, self.clear), _part(self.mirrored_as_good, self.mirrored))


def _part(some: int, of: int) -> float:
    return some / of if of else 0.0


def word(rank: Rank, *, robust: tuple[float, float], calibrated: tuple[float, float], smallest: float | None) -> Word:
    """Both intervals are of the improvement: positive is better. No effect needs the wider of the two to be small, and goes
    before everything: a change too small to speak of is none, however sure it is."""
    wide = max(abs(edge) for edge in (*robust, *calibrated))
    if smallest is not None and wide <= smallest:
        return Word.NONE
    if rank.share <= PROVEN and robust[0] > 0:
        return Word.PROVEN
    if rank.share <= LIKELY and robust[0] + robust[1] > 0:
        return Word.LIKELY
    return Word.UNTOLD
