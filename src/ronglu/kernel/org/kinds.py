"""The kinds of party bodies and production units, and which may stand under which or on which."""

from __future__ import annotations

from collections.abc import Mapping

COMMITTEE, GENERAL, BRANCH, JOINT, GROUP = "committee", "general", "branch", "joint", "group"
PLANT, WORKSHOP, OFFICE, LINE, STEP, CREW, STATION = "plant", "workshop", "office", "line", "step", "crew", "station"

BRANCHES = (BRANCH, JOINT)
"""党支部 and 联合党支部: the same thing to every rule but R-ORG-02."""

PARTY_RANKS: Mapping[str, int] = {COMMITTEE: 0, GENERAL: 1, BRANCH: 2, JOINT: 2, GROUP: 3}
UNIT_RANKS: Mapping[str, int] = {PLANT: 0, WORKSHOP: 1, OFFICE: 2, LINE: 2, STEP: 3, CREW: 3, STATION: 4}
"""A child stands lower than its parent."""

NESTING = (COMMITTEE, OFFICE)
"""Kinds that may stand under their own kind: 二级党委, 科室下的班组室."""

PAIRS: Mapping[str, tuple[str, ...]] = {
    COMMITTEE: (PLANT,),
    GENERAL: (PLANT, WORKSHOP),
    BRANCH: (PLANT, WORKSHOP, LINE, OFFICE),
    JOINT: (PLANT, WORKSHOP, LINE, OFFICE),
    GROUP: (CREW, OFFICE),
}
"""Which kind of body may be mapped to which kind of unit."""

LABELS: Mapping[str, str] = {
    COMMITTEE: "党委",
    GENERAL: "党总支",
    BRANCH: "党支部",
    JOINT: "联合党支部",
    GROUP: "党小组",
    PLANT: "厂",
    WORKSHOP: "车间",
    OFFICE: "科室",
    LINE: "产线",
    STEP: "工序",
    CREW: "横大班",
    STATION: "岗位",
}


def may_stand_under(child: str, parent: str, ranks: Mapping[str, int]) -> bool:
    if child == parent:
        return child in NESTING
    return child not in ranks or parent not in ranks or ranks[child] > ranks[parent]
