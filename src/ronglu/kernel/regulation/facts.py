"""What the rules look at, subject by subject, as plain rows: the store fills them, nobody types them for a rule's sake.

Attendance is a number of people, a fact about completeness; nothing here can become a score of a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from ronglu.kernel.regulation.finding import Key
from ronglu.kernel.regulation.window import Window

GATHERINGS: Mapping[str, str] = {
    "assembly": "支部党员大会",
    "committee": "支委会",
    "group_meeting": "党小组会",
    "lecture": "党课",
    "short_lecture": "微型党课",
    "theme_day": "主题党日",
    "monthly_life": "支部学习（每月组织生活）",
    "life_meeting": "组织生活会",
    "appraisal": "民主评议党员",
    "central_study": "中心组学习",
    "secretary_review": "书记述职评议",
}
"""The kinds that a regulation asks for. 组织生活会 is the statutory yearly one; what a branch calls 组织生活 every month is
`monthly_life`, and company conferences (S4) are no gathering of a branch at all."""

TALKS: Mapping[str, str] = {
    "committee_committee": "支委会成员之间",
    "committee_member": "支委会成员和党员之间",
    "member_member": "党员和党员之间",
}

RATINGS: Mapping[str, str] = {"excellent": "优秀", "qualified": "合格", "basic": "基本合格", "failed": "不合格"}


@dataclass(frozen=True, slots=True)
class Days:
    """[from_on, until_on): half-open like everything dated; None is still running."""

    from_on: date
    until_on: date | None = None

    def common(self, window: Window) -> int:
        """How many days of a window belong."""
        first = max(self.from_on, window.first).toordinal()
        after = window.last.toordinal() + 1 if self.until_on is None else self.until_on.toordinal()
        return max(0, min(after, window.last.toordinal() + 1) - first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    title: str
    favour: int
    voting: int | None = None
    """Those present with a vote, where not all who came may vote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """组织生活 that took place: a meeting with its minutes closed. `due` and `attended` count people."""

    id: Key
    kind: str
    held_on: date
    due: int = 0
    attended: int = 0
    convened_by: str = ""
    """secretary, leader, or delegated: somebody whom the one in charge charged with it."""
    speaker: str = ""
    """Role of who gave a 党课."""
    steps: tuple[str, ...] = ()
    """What it consisted of, in order: pre_talk, criticism, rectification; self, mutual, poll."""
    votes: tuple[Vote, ...] = ()
    election: bool = False
    ratings: Mapping[str, int] = field(default_factory=dict)
    """民主评议: how many 正式党员 got which grade; never who."""
    rated_probationary: int = 0
    grade: str = ""
    """述职评议: 好, 较好, 一般 or 差."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """谈心谈话: only that it took place."""

    held_on: date
    pair: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A big item that a 党员大会 decided, and when the 支委会 had discussed it."""

    id: Key
    title: str
    decided_on: date
    discussed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerKind:
    """What a body was before it became something else."""

    kind: str
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    role: str
    """secretary, committee (班子成员) or leader (领导干部)."""
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """Hours of 集中培训 and 集体学习 of one person on one day; `training` 集中培训, `rotation` 轮训."""

    held_on: date
    hours: Decimal
    training: bool = False
    rotation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpaid:
    """A month (its first day) whose dues were not paid; no amount is kept."""

    month: date
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What all subjects have. `reasons`: why a 一般 rule was not kept, by (rule id, part of the finding)."""

    type: ClassVar[str]
    id: Key
    name: str
    from_on: date
    until_on: date | None = None
    pauses: tuple[Days, ...] = ()
    """大修, 停产, long absence: days on which there was nobody to meet."""
    reasons: Mapping[tuple[str, str], str] = field(default_factory=dict)
    kept_from: date | None = None
    """Since when its records are kept here; what an earlier part of a window brought nobody knows, and that is no miss."""

    def there(self, window: Window) -> bool:
        return self.from_on <= window.last and (self.until_on is None or self.until_on > window.first)

    def kept(self, window: Window) -> bool:
        """Whether its records reach over all of the window in which it was there."""
        return self.kept_from is None or self.kept_from <= max(window.first, self.from_on)

    def fits(self, kinds: tuple[str, ...], window: Window) -> bool:
        """Whether it is of these kinds in the window; no kinds: of any."""
        return not kinds

    def asked_as(self, kinds: tuple[str, ...], window: Window) -> Self:
        """Itself as one of these kinds alone: what it was besides or before says nothing about what is asked of them."""
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyFacts(Facts):
    """A party body with what it held. `kind` is that of the party tree: committee, general, branch, joint, group."""

    type: ClassVar[str] = "body"
    kind: str
    """The newest; `former` holds what it was before, oldest first."""
    former: tuple[FormerKind, ...] = ()
    committee: tuple[Days, ...] = (Days(date.min),)
    """The days on which it had a 支委会; a body of which nobody says otherwise always had."""
    fixed_day: int | None = None
    """The day of the month the branch set for its 主题党日."""
    gatherings: tuple[Gathering, ...] = ()
    talks: tuple[Talk, ...] = ()
    matters: tuple[Matter, ...] = ()

    def fits(self, kinds: tuple[str, ...], window: Window) -> bool:
        """As what it was on the window's last day."""
        return not kinds or self._then(window.last) in kinds

    def asked_as(self, kinds: tuple[str, ...], window: Window) -> Self:
        """Founded when it last became one of these kinds: a group that is a branch since yesterday is a young branch."""
        begins, since = self.from_on, None
        for kind, until_on in (*((one.kind, one.until_on) for one in self.former), (self.kind, None)):
            since = (since or begins) if kind in kinds else None
            if until_on is None or window.last < until_on:
                break
            begins = until_on
        return self if since in (None, self.from_on) else replace(self, from_on=since)

    def _then(self, day: date) -> str:
        return next((one.kind for one in self.former if day < one.until_on), self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts(Facts):
    """A member. `from_on`: the day he was admitted, or came to this plant's records."""

    type: ClassVar[str] = "person"
    posts: tuple[Post, ...] = ()
    probation_from: date | None = None
    full_from: date | None = None
    study: tuple[Study, ...] = ()
    own_life: tuple[date, ...] = ()
    """Days on which a leader took part in the life of his own branch or group."""
    unpaid: tuple[Unpaid, ...] = ()

    def fits(self, kinds: tuple[str, ...], window: Window) -> bool:
        return not kinds or any(
            p.role in kinds and p.from_on <= window.last and (p.until_on is None or p.until_on > window.first)
            for p in self.posts
        )

    def asked_as(self, kinds: tuple[str, ...], window: Window) -> Self:
        """With the posts of these kinds alone."""
        return replace(self, posts=tuple(post for post in self.posts if post.role in kinds)) if kinds else self


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyItem(Facts):
    """An item of the study plan on its day (`from_on`), with what it was tied to (S1-17)."""

    type: ClassVar[str] = "study"
    discussions: int = 0
    linked_discussions: int = 0
    """Discussions with at least one work item."""
    work_items: int = 0
    grounded_items: int = 0
    """Work items with at least one policy or document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardFacts(Facts):
    """One 隐患, found on `from_on`, as its case tells it."""

    type: ClassVar[str] = "hazard"
    grade: str = ""
    """minor (一般), major (重大), empty while nobody graded it."""
    fixed_on: date | None = None
    verified_on: date | None = None
    verified_by_fixer: bool = False
    plan: tuple[str, ...] = ()
    """Parts of the 治理方案 that are filled: goal, method, means, people, time, emergency."""
    settled: tuple[str, ...] = ()
    """五落实 that are filled: duty, measure, funds, time, fallback. 一般: funds and fallback may be 不需要 with a reason."""
    closed_on: date | None = None
    told_staff_on: date | None = None
    """大会, 职代会 or 公示栏."""
    told_authority_on: date | None = None
    told_congress_on: date | None = None
    control: bool = False
    """Linked to the risk control that failed."""

    def fits(self, kinds: tuple[str, ...], window: Window) -> bool:
        return not kinds or self.grade in kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts(Facts):
    """A unit with its safety rounds, hazard statistics and risk list."""

    type: ClassVar[str] = "site"
    kind: str = "workshop"
    rounds: tuple[date, ...] = ()
    quarter_statistics: tuple[date, ...] = ()
    """First days of the quarters whose hazard statistics are filed; year_statistics alike."""
    year_statistics: tuple[date, ...] = ()
    risks: int | None = None
    """Risks on the list; None where the unit keeps none here."""
    ungraded_risks: int = 0
    risks_on: date | None = None
    """The day on which the list was counted: it says nothing of other years. None: of whichever year is asked."""

    def fits(self, kinds: tuple[str, ...], window: Window) -> bool:
        return not kinds or self.kind in kinds


SUBJECTS: Mapping[str, type[Facts]] = {
    cls.type: cls for cls in (BodyFacts, PersonFacts, StudyItem, HazardFacts, SiteFacts)
}
