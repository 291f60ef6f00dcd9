"""How much of one thing may come in a minute: counted in memory by what it is about, never by who or from where."""

from django.core.cache import cache

from ronglu.config import clock

KEPT = 120


def allowed(what: str, *, most: int) -> bool:
    """Counts this one; False where `most` came in this minute already. Nothing is kept beyond two minutes."""
    key = f"throttle:{what}:{clock.now():%d%H%M}"
    cache.add(key, 0, KEPT)
    return cache.incr(key) <= most


def spent(what: str, *, most: int) -> bool:
    """Whether the minute's measure is full, without counting."""
    return int(cache.get(f"throttle:{what}:{clock.now():%d%H%M}", 0)) >= most
