"""One quantity in two forms (own use here, delivered use there): asked once which of the two enters, the other is left out."""

from collections.abc import Mapping
from typing import Any

from ronglu.exchange.collect import Collector
from ronglu.exchange.profile import Exclusion, Profile
from ronglu.exchange.read import Parsed, merge

Present = Mapping[str, set[str]]
"""Line → series it reports."""


def settle(parsed: Parsed, profile: Profile, *, stored: Present, answers: Mapping[str, str]) -> Parsed:
    """`stored` are lines that have a standing reading of such a series in the months of the file.

    A series may lose only where it is in the file and nowhere else: what is in the tables is taken out there, by a person.
    """
    collect, gone = Collector(answers, listed=len(profile.exclusions)), set[str]()
    present = _present(parsed)
    for pair in profile.exclusions:
        gone |= _asked(pair, present, stored, collect)
    parsed.values.drop({place for place, code in enumerate(parsed.values.series) if code in gone})
    return merge(parsed, collect.finish())


def _asked(pair: Exclusion, present: Present, stored: Present, collect: Collector) -> set[str]:
    """The series that is left out; empty while nobody has chosen."""
    here = {code: _lines(code, present) for code in (pair.series, pair.other)}
    kept = {code: _lines(code, stored) for code in here}
    where = {code: "、".join(sorted(here[code] | kept[code])) for code in here}
    if not any(here.values()) or not all(where.values()):
        return set()
    # who is chosen, if the other one may go
    choices = {code: other for code, other in ((pair.series, pair.other), (pair.other, pair.series)) if not kept[other]}
    told: dict[str, Any] = {"other": pair.other, "one": where[pair.series], "two": where[pair.other], "why": pair.why}
    if not choices:
        collect.add("excluded_stored", value=pair.series, **told)
        return set()
    key = f"excluded_pair:{pair.series}:{pair.other}"
    answer = collect.ask("excluded_pair", tuple(choices), value=pair.series, key=key, **told)
    return {choices[answer]} if answer else set()


def _present(parsed: Parsed) -> Present:
    found: dict[str, set[str]] = {}
    for line, code in zip(parsed.values.line, parsed.values.series, strict=True):
        found.setdefault(line, set()).add(code)
    return found


def _lines(code: str, present: Present) -> set[str]:
    return {line for line, series in present.items() if code in series}
