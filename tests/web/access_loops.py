"""Who may open the pages of cases, inbox, terminal, zones, teams and labour: a part of access_table.py."""

from tests.web import labour
from tests.web.access_rule import BESIDE, STAFF, Rule
from tests.web.reported import attached, flow, hazard, label, pact
from tests.web.zoned import labels_job, plan, round_of, work, zone, zone_item, zone_owner
from tests.work.polled import poll

# a zone of the converter line: who works on another line or in another plant does not see it; who neither leads there nor
# owns it may look at it and not walk its rounds
NOT_AT_THE_CONVERTERS = {"郑师傅", "冯主席", "邻厂书记"}
NOT_OVER_THE_LINE = {"何组长", "邻厂书记"}  # his group stands on one crew of it
NOT_THROUGH_THE_CONVERTERS = STAFF - {"李班长", "马主任", "赵安全员"}
NOT_THE_WHOLE_PLANT = {"马主任", "邻厂书记"}
NOT_WHO_ASKED = {"马主任", "王书记", "何组长", "邻厂书记"}

ON_THE_ROLL = {"李班长", "王书记", "何组长", "马主任"}
HOLDING = {"孙干事", "高书记"}

# who has neither part in a hazard of the converter line nor anything to do there
NOT_AT_THE_CONVERTER = {"郑师傅", "邻厂书记"}

LOOPS: dict[str, Rule] = {
    "inbox": Rule("home.see"),
    "ways": Rule("ways.edit"),
    "way_new": Rule("ways.edit"),
    "way_settle": Rule("ways.edit", 405, lambda cast: {"pk": 1, "word": "off"}),
    "inbox_others": Rule("home.see"),
    "inbox_bulk": Rule("home.see", kwargs=lambda cast: {"loop": "hazard", "state": "checking"}),
    "report": Rule(public=True, kwargs=label),
    "report_named": Rule("cases.raise", kwargs=label),
    "report_of": Rule(public=True, kwargs=lambda cast: label(cast) | {"loop": "request"}),
    "claim": Rule(public=True),
    "kiosk": Rule("kiosk.use"),
    "kiosk_pin": Rule("kiosk.use"),
    "kiosk_over": Rule("kiosk.use", ok=405),
    "kiosk_todo": Rule("kiosk.use"),
    "kiosk_zones": Rule("kiosk.use"),
    "kiosk_raise": Rule("kiosk.use", kwargs=lambda cast: {"loop": "hazard"}),
    "kiosk_draft": Rule("kiosk.use", ok=405),
    "kiosk_here": Rule("kiosk.use", ok=405),
    "kiosk_polls": Rule("kiosk.use"),
    "kiosk_vote": Rule("kiosk.use", kwargs=lambda cast: {"pk": 1}),
    "pin": Rule(),
    "claim_file": Rule(public=True, ok=404, kwargs=lambda cast: {"signed": "made-up"}),
    "cases": Rule("cases.see"),
    "case_people": Rule("cases.act"),
    "case": Rule("cases.see", kwargs=hazard, blind=NOT_AT_THE_CONVERTER),
    "case_paper": Rule("cases.see", kwargs=hazard, blind=NOT_AT_THE_CONVERTER),
    "case_word": Rule("cases.see", kwargs=hazard, blind=NOT_AT_THE_CONVERTER),
    "case_move": Rule("cases.see", ok=405, kwargs=lambda cast: {"pk": 1, "code": "grade"}),
    "case_line_add": Rule("cases.see", ok=405, kwargs=lambda cast: {"pk": 1, "kind": "measure"}),
    "case_line_act": Rule(
        "cases.see", ok=405, kwargs=lambda cast: {"pk": 1, "kind": "measure", "no": 1, "act": "done"}
    ),
    "case_comment": Rule("cases.see", ok=405, kwargs=lambda cast: {"pk": 1}),
    "case_link": Rule("cases.see", ok=405, kwargs=lambda cast: {"pk": 1}),
    "case_unlink": Rule("cases.see", ok=405, kwargs=lambda cast: {"pk": 1, "kind": "similar", "other": 2}),
    "cases_loop": Rule("cases.see", kwargs=lambda cast: {"loop": "hazard"}),
    "cases_xlsx": Rule("cases.see", kwargs=lambda cast: {"loop": "hazard"}),
    "cases_board": Rule("cases.see", kwargs=lambda cast: {"loop": "hazard"}),
    "case_new": Rule("cases.raise", kwargs=lambda cast: {"loop": "hazard"}),
    "cases_matrix": Rule("cases.see", kwargs=lambda cast: {"loop": "hazard"}),
    "cases_questions": Rule("cases.question", kwargs=lambda cast: {"loop": "hazard"}),
    "pair": Rule("cases.see", kwargs=pact, blind={"吴师傅", "郑师傅", "邻厂书记"}),
    "cases_delivery": Rule("cases.see", kwargs=lambda cast: {"loop": "supply"}),
    "cases_delivery_xlsx": Rule("cases.see", kwargs=lambda cast: {"loop": "supply"}),
    "cases_ledger": Rule("cases.see", kwargs=lambda cast: {"loop": "hazard"}),
    "cases_ledger_xlsx": Rule("cases.see", kwargs=lambda cast: {"loop": "hazard"}),
    # paper takes its time: that it is drawn is tested where the ledger is
    "cases_ledger_pdf": Rule("cases.see", ok=404, kwargs=lambda cast: {"loop": "none"}),
    "attachment": Rule("cases.see", kwargs=attached, blind={"郑师傅", "邻厂书记"}),
    "attachment_add": Rule("cases.see", ok=405, kwargs=lambda cast: {"pk": 1}),
    "template_hazards": Rule("hazards.import"),
    "teams": Rule("teams.see"),
    "team_new": Rule("teams.edit"),
    "team": Rule("teams.see", kwargs=lambda cast: {"code": labour.team(cast).code}, blind=BESIDE),
    "team_deed": Rule("teams.edit", kwargs=lambda cast: {"code": labour.team(cast).code, "deed": "join"}, blind=BESIDE),
    "team_leave": Rule("teams.edit", kwargs=lambda cast: {"pk": labour.team(cast).members.first().pk}, blind=BESIDE),
    "team_call": Rule("missions.call", kwargs=lambda cast: {"code": labour.team(cast).code}, blind=BESIDE),
    "missions_xlsx": Rule("teams.see"),
    "mission": Rule("teams.see", kwargs=lambda cast: {"pk": labour.mission(cast).pk}, blind=BESIDE),
    "mission_report": Rule(
        "missions.report", kwargs=lambda cast: {"pk": labour.mission(cast).pk, "deed": "report"}, blind=BESIDE
    ),
    "mission_verify": Rule("missions.verify", kwargs=lambda cast: {"pk": labour.mission(cast).pk}, blind=BESIDE),
    "duties": Rule("teams.see"),
    "duty_new": Rule("teams.edit"),
    "duty_relieve": Rule("teams.edit", kwargs=lambda cast: {"pk": labour.duty(cast).pk}, blind=BESIDE),
    "model_posts": Rule("teams.see"),
    "model_post_new": Rule("teams.edit"),
    "model_post_review": Rule(
        "teams.edit", kwargs=lambda cast: {"pk": labour.post(cast).pk, "deed": "keep"}, blind=BESIDE
    ),
    "studios": Rule("teams.see"),
    "studio_new": Rule("teams.edit"),
    "studio_deed": Rule("teams.edit", kwargs=lambda cast: {"pk": labour.studio(cast).pk, "deed": "fill"}, blind=BESIDE),
    "seasons": Rule("teams.see"),
    "season_new": Rule("seasons.edit"),
    "seasons_xlsx": Rule("teams.see"),
    "season_task": Rule("teams.see", kwargs=lambda cast: {"pk": labour.task(cast).pk}, blind=BESIDE),
    # the workshop's ditches: the secretary stands at the line below it, not at the workshop
    "season_deed": Rule(
        "seasons.edit", kwargs=lambda cast: {"pk": labour.task(cast).pk, "deed": "split"}, blind=BESIDE | {"王书记"}
    ),
    "share_done": Rule(
        "shares.do",
        kwargs=lambda cast: {"pk": labour.share(cast).pk},
        blind={"孙干事", "郑师傅", "高书记", "邻厂书记"},
    ),
    "share_check": Rule(
        "shares.check", kwargs=lambda cast: {"pk": labour.share(cast).pk, "deed": "back"}, blind=BESIDE
    ),
    "activities": Rule("teams.see"),
    "activity_new": Rule("activities.record"),
    "activities_xlsx": Rule("teams.see"),
    "activity_withdraw": Rule("activities.record", ok=405, kwargs=lambda cast: {"pk": 1}),
    "achievements": Rule("achievements.see"),
    "achievement_new": Rule("achievements.record"),
    "achievements_xlsx": Rule("achievements.see"),
    "achievement": Rule("achievements.see", kwargs=lambda cast: {"pk": labour.achievement(cast).pk}, blind=BESIDE),
    # 何组长 leads one group of the branch, the outcome is the branch's
    "awards": Rule("achievements.see"),
    "awards_export": Rule("achievements.see"),
    "award_new": Rule("achievements.record"),
    "award_correct": Rule(
        "achievements.record", kwargs=lambda cast: {"pk": labour.award(cast).pk}, blind=BESIDE | {"何组长"}
    ),
    "achievement_correct": Rule(
        "achievements.record", kwargs=lambda cast: {"pk": labour.achievement(cast).pk}, blind=BESIDE | {"何组长"}
    ),
    "achievement_verify": Rule(
        "achievements.verify", kwargs=lambda cast: {"pk": labour.achievement(cast).pk}, blind=BESIDE
    ),
    "polls": Rule("polls.vote"),
    "poll_kinds": Rule("polls.hold"),
    "poll_new": Rule("polls.hold", kwargs=lambda cast: {"kind": "democratic"}),
    # the members of the converter branch vote, the office and the plant's committee hold it
    "poll": Rule("polls.vote", kwargs=poll, blind=STAFF - ON_THE_ROLL - HOLDING),
    "poll_cast": Rule("polls.vote", ok=405, kwargs=lambda cast: {"pk": 1}),
    # its secretary is rated in it: he votes and does not hold it
    "poll_sheet": Rule("polls.hold", kwargs=poll, blind={"王书记", "邻厂书记"}),
    "poll_paper": Rule("polls.hold", kwargs=poll, blind={"王书记", "邻厂书记"}),
    # still open: it has no result for anybody
    "poll_xlsx": Rule("polls.vote", ok=404, kwargs=poll),
    "poll_deed": Rule("polls.hold", kwargs=lambda cast: poll(cast) | {"deed": "abandon"}, blind={"王书记", "邻厂书记"}),
    "help": Rule("help.ask"),
    "help_ask": Rule("help.ask"),
    # to anybody but the one who asks and the one who is asked it does not exist
    "help_answer": Rule(
        "help.ask", kwargs=lambda cast: {"pk": labour.question(cast).pk}, blind=STAFF - {"吴师傅", "李班长"}
    ),
    "help_settle": Rule("help.ask", ok=405, kwargs=lambda cast: {"pk": 1, "word": "yes"}),
    "flows": Rule("boards.see"),
    "flows_xlsx": Rule("boards.see"),
    "flow_new": Rule("flows.edit"),
    "flow": Rule("boards.see", kwargs=flow, blind=BESIDE),
    "flow_close": Rule("flows.edit", kwargs=flow, blind={"周统计员", "马主任", "邻厂书记"}),
    "flow_judge": Rule("flows.judge", kwargs=lambda cast: flow(cast) | {"month": 202603}, blind={"王书记", "邻厂书记"}),
    "zones": Rule("zones.see"),
    "zones_xlsx": Rule("zones.see"),
    "template_zones": Rule("zones.edit"),
    "zones_mine": Rule("zones.see"),
    "zone_new": Rule("zones.edit"),
    "zone": Rule("zones.see", kwargs=zone, blind=NOT_AT_THE_CONVERTERS),
    "zone_assign": Rule("zones.assign", kwargs=zone, blind=NOT_OVER_THE_LINE),
    "zone_deed": Rule("zones.edit", kwargs=lambda cast: zone(cast) | {"deed": "rename"}, blind=BESIDE),
    "zone_owner_end": Rule("zones.assign", kwargs=zone_owner, blind=NOT_OVER_THE_LINE),
    "zone_item_remove": Rule("zones.edit", ok=405, kwargs=zone_item),
    "zone_plans": Rule("zones.see"),
    "zone_plan_new": Rule("zones.edit"),
    "zone_plan": Rule("zones.see", kwargs=plan, blind=NOT_AT_THE_CONVERTERS),
    "zone_plan_picture": Rule("zones.see", kwargs=plan, blind=NOT_AT_THE_CONVERTERS),
    "zone_draw": Rule("zones.edit", kwargs=lambda cast: plan(cast) | {"zone": zone(cast)["pk"]}, blind=BESIDE),
    "zone_erase": Rule("zones.edit", ok=405, kwargs=lambda cast: {"pk": 1, "zone": 1}),
    "zone_rounds": Rule("zones.see"),
    "zone_rounds_plan": Rule("zones.edit", ok=405),
    "zone_round": Rule("rounds.do", kwargs=round_of, blind=NOT_THROUGH_THE_CONVERTERS),
    "zone_round_cancel": Rule("zones.edit", ok=405, kwargs=lambda cast: {"pk": 1}),
    "zone_checklists": Rule("zones.see"),
    "zone_checklist": Rule("zones.edit", kwargs=lambda cast: {"work_class": "safety"}, blind=NOT_THE_WHOLE_PLANT),
    "key_works": Rule("zones.see"),
    "key_work_new": Rule("zones.assign"),
    "key_work_deed": Rule("zones.assign", kwargs=lambda cast: work(cast) | {"deed": "give"}, blind=NOT_OVER_THE_LINE),
    "zone_labels": Rule("zones.assign"),
    "zone_labels_make": Rule("zones.assign", ok=405),
    "zone_labels_job": Rule("zones.assign", kwargs=labels_job, blind=NOT_WHO_ASKED),
    "zone_labels_row": Rule("zones.assign", kwargs=labels_job, blind=NOT_WHO_ASKED),
    "zone_labels_cancel": Rule("zones.assign", ok=405, kwargs=lambda cast: {"pk": 1}),
    # not yet set: the address is there, the file is not
    "zone_labels_file": Rule("zones.assign", ok=404, kwargs=labels_job, blind=NOT_WHO_ASKED),
    "safety_events": Rule("zones.see"),
    "safety_event_new": Rule("events.report"),
    "safety_event_decide": Rule("events.confirm", ok=405, kwargs=lambda cast: {"pk": 1, "word": "confirm"}),
}
