"""三必须: study has a discussion, a discussion is tied to work, the work to a policy; links between lines, never hours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

STUDY, DISCUSS = "study", "discuss"
DISCUSSED, TIED, GROUNDED = "discussed", "tied", "grounded"
WORDS: Mapping[str, str] = {
    DISCUSSED: "学习没有交流研讨",
    TIED: "研讨没有结合具体工作",
    GROUNDED: "工作没有紧扣政策或文件",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyLine:
    """A line of a meeting, or what was decided there (`kind` resolution), hung on the line it is `about`."""

    id: str
    kind: str
    about: str = ""
    said: bool = True
    """Whether anything was said to it; a line that the guide laid and nobody spoke to is no discussion."""
    work: bool = False
    """Names an indicator or a case."""
    decides: bool = False
    """Is a decision, or names the case that came of it."""
    policy: bool = False
    """Names a document of superiors, a rule or a policy notice."""


@dataclass(frozen=True, slots=True)
class Musts:
    """Counts as R-EDU-07 asks for them."""

    discussions: int = 0
    linked: int = 0
    work_items: int = 0
    grounded: int = 0
    decided: bool = False
    """Whether something was decided or a case stands somewhere on the chain: what item A2 asks for."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The links that are not there. What hangs on a missing one is not counted a second time."""
        if not self.discussions:
            return (DISCUSSED,)
        broken = (TIED,) if self.linked < self.discussions else ()
        return (*broken, GROUNDED) if self.grounded < self.work_items else broken


def musts(study: StudyLine, lines: Iterable[StudyLine]) -> Musts:
    """`lines`: all others of the meeting. A work item rests on a policy when it, or any line it hangs on, names one."""
    below: dict[str, list[StudyLine]] = defaultdict(list)
    for line in lines:
        below[line.about].append(line)
    talks = work = grounded = linked = 0
    decided = study.decides
    rest = [(line, study.policy) for line in below[study.id]]
    seen = {study.id}
    while rest:
        line, told = rest.pop()
        if line.id in seen:  # lines hung in a ring
            continue
        seen.add(line.id)
        policy = told or line.policy
        own = [one for one in below[line.id] if one.kind != DISCUSS]
        rest += [(one, policy) for one in below[line.id]]
        decided = decided or line.decides
        if line.kind == DISCUSS and (line.said or line.work or below[line.id]):
            talks += 1
            linked += line.work or bool(own)
        if line.work or line.kind != DISCUSS:
            work += 1
            grounded += policy
    return Musts(talks, linked, work, grounded, decided)
