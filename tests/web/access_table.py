"""Who may open which address: written by hand from 09 §9.5, never taken from roles.yaml.

A new verb adds its line here; a new page adds its line in access_loops.py (cases, inbox, terminal, zones, teams, labour)
or in access_figures.py (accounts, organisation, readings, plans, boards, sheet).
"""

from tests.web.access_annual import ANNUAL
from tests.web.access_burden import BURDEN
from tests.web.access_crews import CREWS
from tests.web.access_cycle import CYCLE
from tests.web.access_depth import DEPTH
from tests.web.access_drafts import DRAFTS
from tests.web.access_figures import FIGURES
from tests.web.access_gatherings import GATHERINGS
from tests.web.access_handbook import HANDBOOK
from tests.web.access_integrity import INTEGRITY
from tests.web.access_loops import LOOPS
from tests.web.access_me import ME
from tests.web.access_meetings import MEETINGS
from tests.web.access_rule import EVERYBODY, MEMBERS, STAFF, Rule
from tests.web.access_safety import SAFETY
from tests.web.access_shift import SHIFT
from tests.web.access_standards import STANDARDS
from tests.web.access_study import STUDY
from tests.web.access_year import YEAR

__all__ = ["EVERYBODY", "RULES", "WHO", "Rule"]

# verb: who holds it somewhere
WHO: dict[str, set[str]] = {
    "": EVERYBODY | {"外人"},
    "venues.see": STAFF,
    "venues.book": {"李班长", "何组长", "王书记", "孙干事", "高书记", "邻厂书记"},
    "venues.edit": {"王书记", "孙干事", "邻厂书记"},
    "meetings.see": STAFF,
    "meetings.run": {"何组长", "王书记", "孙干事", "高书记", "邻厂书记"},
    "guides.edit": {"孙干事"},
    "meetings.plan": {"何组长", "王书记", "孙干事", "高书记", "邻厂书记"},
    "aways.enter": STAFF,
    "goals.see": STAFF,
    "goals.set": {"何组长", "王书记", "孙干事", "高书记", "邻厂书记"},
    "themes.set": {"孙干事", "高书记"},
    "programmes.do": MEMBERS,
    "programmes.check": {"王书记", "孙干事", "高书记", "邻厂书记"},
    "home.see": EVERYBODY,
    "rules.see": EVERYBODY,
    "boards.see": STAFF | {"集团"},
    "effects.register": {"周统计员", "陈技术员", "马主任", "王书记", "孙干事", "邻厂书记"},
    "briefs.see": STAFF | {"集团"},
    "briefs.issue": {"周统计员"},
    "briefs.write": {"周统计员"},
    "readings.see": {"李班长", "王书记", "赵安全员", "周统计员", "陈技术员", "马主任", "孙干事", "高书记", "邻厂书记"},
    "readings.enter": {"李班长", "周统计员", "陈技术员"},
    "imports.bring": {"赵安全员", "周统计员", "陈技术员", "马主任", "孙干事", "邻厂书记", "集团", "系统管理员"},
    "readings.import": {"周统计员"},
    "readings.audit": {"周统计员", "陈技术员"},
    "assays.see": {"李班长", "王书记", "赵安全员", "周统计员", "陈技术员", "马主任", "孙干事", "高书记", "邻厂书记"},
    "assays.enter": {"周统计员", "陈技术员"},
    "assays.confirm": {"周统计员", "陈技术员"},
    "readings.lock": {"周统计员"},
    "sources.edit": {"周统计员"},
    "feeds.see": {"周统计员"},
    "feeds.tend": {"周统计员"},
    "feeds.declare": {"周统计员"},
    "plans.set": {"周统计员", "马主任", "邻厂书记"},
    "benchmarks.set": {"周统计员", "陈技术员", "集团"},
    "costs.import": {"周统计员"},
    "sheet.see": MEMBERS | {"周统计员", "陈技术员", "集团"},
    "sheet.assess": {"孙干事"},
    "sheet.edit": {"孙干事"},
    "sheet.drafts": {"孙干事", "高书记"},
    "sheet.approve": {"孙干事", "高书记"},
    "figures.enter": {"孙干事"},
    "figures.sign": {"孙干事", "高书记"},
    "vetoes.enter": {"孙干事"},
    "vetoes.approve": {"高书记"},
    "month.close": {"孙干事", "高书记"},
    "coefficients.see": {"王书记", "马主任", "孙干事", "高书记", "邻厂书记"},
    "linkage.see": {"孙干事", "高书记"},
    "linkage.set": {"孙干事"},
    "linkage.approve": {"孙干事", "高书记"},
    "year.see": MEMBERS | {"集团"},
    "year.compute": {"孙干事"},
    "year.decide": {"孙干事", "高书记"},
    "year.publish": {"高书记"},
    "org.see": STAFF | {"集团"},
    "org.edit": {"孙干事"},
    "people.see": STAFF,
    "people.import": {"孙干事"},
    "hazards.import": {"赵安全员"},
    "bulletins.see": STAFF,
    "bulletins.propose": {"赵安全员", "马主任", "邻厂书记"},
    "bulletins.publish": {"赵安全员", "马主任", "邻厂书记"},
    "risks.see": STAFF,
    "risks.edit": {"赵安全员", "马主任", "邻厂书记"},
    "dues.keep": {"王书记", "邻厂书记"},
    "membership.see": STAFF,
    "scores_of_persons.see": STAFF,
    "flags.run": {"孙干事", "高书记"},
    "points.verify": {"王书记", "邻厂书记"},
    "quotas.nominate": {"王书记", "邻厂书记"},
    "lifts.agree": {"王书记", "何组长", "邻厂书记"},
    "calendar.edit": {"周统计员", "系统管理员"},
    "channels.edit": {"周统计员", "系统管理员"},
    "modules.edit": {"系统管理员"},
    "ways.edit": {"孙干事", "系统管理员"},
    "deputies.name": STAFF,
    "handovers.see": STAFF,
    "handovers.give": {"李班长"},
    "halts.log": {"李班长", "周统计员", "陈技术员", "马主任", "邻厂书记"},
    "zones.see": STAFF,
    "zones.edit": {"赵安全员", "马主任", "邻厂书记"},
    "zones.assign": {"赵安全员", "马主任", "王书记", "何组长", "邻厂书记"},
    "rounds.do": STAFF,
    "events.report": STAFF,
    "events.confirm": {"赵安全员"},
    "standards.see": MEMBERS,
    "duty_scores.see": MEMBERS,
    "standards.enter": {"王书记", "孙干事", "邻厂书记"},
    "standards.check": {"孙干事", "高书记"},
    "teams.see": STAFF,
    "teams.edit": {"王书记", "孙干事", "高书记", "邻厂书记"},
    "missions.call": {"李班长", "王书记", "赵安全员", "马主任", "孙干事", "高书记", "邻厂书记"},
    "missions.report": STAFF,
    "missions.verify": {"王书记", "赵安全员", "陈技术员", "马主任", "孙干事", "高书记", "邻厂书记"},
    "flows.edit": {"周统计员", "马主任", "邻厂书记"},
    "flows.judge": {"王书记", "马主任", "邻厂书记"},
    "seasons.edit": {"王书记", "赵安全员", "马主任", "孙干事", "高书记", "邻厂书记"},
    "contests.see": STAFF,
    "showcases.show": {"李班长"},
    "contests.set": {"王书记", "马主任", "孙干事", "冯主席", "邻厂书记"},
    "contests.declare": {"马主任", "孙干事", "冯主席", "高书记", "邻厂书记"},
    "campaigns.run": {"王书记", "孙干事", "高书记", "邻厂书记"},
    "campaigns.do": MEMBERS,
    "campaigns.check": {"王书记", "赵安全员", "马主任", "孙干事", "高书记", "邻厂书记"},
    "campaigns.log": STAFF,
    "shares.do": MEMBERS,
    "shares.check": {"王书记", "赵安全员", "马主任", "孙干事", "高书记", "邻厂书记"},
    "activities.record": {"王书记", "何组长", "孙干事", "邻厂书记"},
    "documents.see": STAFF,
    "documents.keep": {"孙干事", "高书记"},
    "relays.ask": {"孙干事", "高书记"},
    "relays.tell": {"王书记", "何组长", "邻厂书记"},
    "study.see": MEMBERS,
    "study.plan": {"王书记", "孙干事", "高书记", "邻厂书记"},
    "study.hours": MEMBERS,
    "trainings.record": {"王书记", "孙干事", "邻厂书记"},
    "achievements.see": STAFF,
    "achievements.record": {"王书记", "何组长", "陈技术员", "马主任", "孙干事", "冯主席", "邻厂书记"},
    "achievements.verify": {"王书记", "陈技术员", "马主任", "孙干事", "高书记", "邻厂书记"},
    "marks.give": STAFF,
    "marks.name": {"孙干事"},
    "burden.budget": {"孙干事"},
    "polls.vote": STAFF,
    "polls.hold": {"王书记", "孙干事", "高书记", "邻厂书记"},
    "contacts.see": MEMBERS,
    "contacts.pair": MEMBERS,
    "help.ask": STAFF,
    "commitments.see": STAFF,
    # nobody of the cast sits for discipline: tests/web/test_commitments.py
    "commitments.keep": set(),
    "integrity.see": {"王书记", "孙干事", "高书记", "邻厂书记"},
    "integrity.fill": {"王书记", "邻厂书记"},
    "integrity.look": set(),
    "inspections.act": set(),
    "integrity.words": {"孙干事"},
    "seat_duties.see": {"王书记", "孙干事", "高书记", "邻厂书记"},
    "seat_duties.report": {"王书记", "高书记", "邻厂书记"},
    "seat_duties.judge": {"孙干事", "高书记"},
    "seat_duties.edit": {"孙干事"},
    "aid.see": STAFF,
    "aid.pair": STAFF,
    "talks.see": {"王书记", "马主任", "孙干事", "高书记", "邻厂书记"},
    "talks.record": {"王书记", "马主任", "高书记", "邻厂书记"},
    "serving.see": {"王书记", "马主任", "孙干事", "高书记", "邻厂书记"},
    "serving.record": {"王书记", "马主任", "孙干事", "高书记", "邻厂书记"},
    "help.answer": MEMBERS,
    "contributions.see": STAFF,
    "contributions.claim": {"王书记", "邻厂书记"},
    "contributions.confirm": {"马主任", "邻厂书记"},
    "contributions.review": {"孙干事"},
    "cases.raise": STAFF,
    "cases.see": STAFF,
    "cases.act": MEMBERS | {"赵安全员", "陈技术员", "冯主席"},
    "cases.question": {"王书记", "赵安全员", "马主任", "孙干事", "冯主席", "高书记", "邻厂书记"},
    "kiosk.use": set(),  # an account of the terminal's own: tests/web/test_kiosk.py
    "search": STAFF | {"集团"},
    "feedback.write": EVERYBODY,
    "feedback.answer": {"冯主席", "孙干事"},
    "api.use": {"周统计员", "陈技术员", "孙干事", "集团"},
    "accounts.manage": {"系统管理员"},
    "permissions.manage": {"安全管理员"},
    "audit.read": {"审计员"},
}

RULES: dict[str, Rule] = (
    ANNUAL
    | GATHERINGS
    | HANDBOOK
    | STUDY
    | INTEGRITY
    | CREWS
    | CYCLE
    | DEPTH
    | DRAFTS
    | FIGURES
    | LOOPS
    | ME
    | MEETINGS
    | SAFETY
    | SHIFT
    | STANDARDS
    | YEAR
    | BURDEN
)
