"""The sentences of a plant: the system's defaults with the plant's own words laid over them, and the brief composed of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ronglu.kernel.brief.sentence import fill, problems
from ronglu.kernel.brief.topics import PARTS, TOPICS, found, keys
from ronglu.kernel.time.errors import TimeTrouble


class BriefTrouble(TimeTrouble):
    """简报不能这样写。"""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to say: `figures` names, slot by slot, the figure of the brief that the words were made of."""

    topic: str
    when: str
    slots: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, int] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.topic}.{self.when}"

    def as_data(self) -> dict[str, Any]:
        return {"topic": self.topic, "when": self.when, "slots": dict(self.slots), "figures": dict(self.figures)}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Fact:
        return cls(data["topic"], data["when"], data["slots"], data["figures"])


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the brief and the fact it tells."""

    part: str
    key: str
    text: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Sentences:
    """`version` 0 is the system's default; each change by the plant counts one up."""

    texts: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)

    def changed(self, rows: Iterable[tuple[str, int, str | None]]) -> Sentences:
        """(key, version, text) of the plant, oldest first; a text of None goes back to the default."""
        texts, versions = dict(self.texts), dict(self.versions)
        for key, version, text in rows:
            if key in self.texts:
                texts[key], versions[key] = self.texts[key] if text is None else text, version
        return Sentences(texts, versions)

    def compose(self, facts: Iterable[Fact]) -> tuple[Said, ...]:
        """By the order of the parts, inside a part as the facts come; what the plant leaves empty is not said."""
        told = [(TOPICS[fact.topic].part, fact, self.texts.get(fact.key, "")) for fact in facts]
        return tuple(
            Said(part, fact.key, fill(text, fact.slots), fact)
            for part in PARTS
            for its, fact, text in told
            if its == part and text
        )


@dataclass(frozen=True, slots=True)
class BriefRules:
    """packs/base/brief.yaml: the default sentences, what is told beside quantities, and when a brief is made.

    `after` minutes past the end of the day a whole day is told, `wait` minutes past it one with gaps; `gaps` deviations
    and `bench` gaps to a benchmark at most. `high`: field of a hazard → the words that are high.
    """

    sentences: Sentences = Sentences()
    quality: tuple[str, ...] = ()
    energy: tuple[str, ...] = ()
    high: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    after: int = 60
    wait: int = 240
    gaps: int = 3
    bench: int = 3
    note: str = ""


def read(content: Mapping[str, Any]) -> BriefRules:
    texts = {str(key): str(text) for key, text in (content.get("sentences") or {}).items()}
    if content and (faults := _faults(texts)):
        raise BriefTrouble("\n".join(faults))
    return BriefRules(
        sentences=Sentences(texts, dict.fromkeys(texts, 0)),
        quality=tuple(content.get("quality", ())),
        energy=tuple(content.get("energy", ())),
        high={name: tuple(words) for name, words in (content.get("high") or {}).items()},
        after=int(content.get("after", 60)),
        wait=int(content.get("wait", 240)),
        gaps=int(content.get("gaps", 3)),
        bench=int(content.get("bench", 3)),
        note=str(content.get("note", "")),
    )


def checked(key: str, text: str) -> str:
    """The text as it is kept; BriefTrouble says all that is wrong with it."""
    place = found(key)
    if place is None:
        raise BriefTrouble(f"没有“{key}”这一句")
    if faults := problems(text.strip(), topic=place[0], when=place[1]):
        raise BriefTrouble("\n".join(faults))
    return text.strip()


def _faults(texts: Mapping[str, str]) -> list[str]:
    known = {key: (topic, when) for key, topic, when in keys()}
    faults = [f"没有“{key}”这一句" for key in texts if key not in known]
    faults += [f"缺“{key}”这一句（{topic.zh}：{when.zh}）" for key, (topic, when) in known.items() if key not in texts]
    for key, (topic, when) in known.items():
        faults += problems(texts[key], topic=topic, when=when) if key in texts else []
    return faults
