"""All tables, by noun."""

from ronglu.store.models.account import Account, ApiToken
from ronglu.store.models.achievement import Achievement
from ronglu.store.models.activity import Activity
from ronglu.store.models.assay import AssaySheet, AssayState
from ronglu.store.models.assessed import AssessedResult, AssessedRun, AssessedTotal
from ronglu.store.models.audit import AuditEntry, Feedback
from ronglu.store.models.away import Away
from ronglu.store.models.battle import BattleAim
from ronglu.store.models.board import IndicatorRow, Partition
from ronglu.store.models.body import Body, BodyKind, BodyState, Succession
from ronglu.store.models.brief import Brief, BriefSentence, BriefState
from ronglu.store.models.burden import Burden, BurdenBudget
from ronglu.store.models.calendar import (
    CalendarRow,
    CrewSwap,
    DayRow,
    Holiday,
    RosterRow,
    ShiftRow,
    Substitution,
)
from ronglu.store.models.campaign import CampaignState, CampaignTask, FieldEntry, PartyCampaign
from ronglu.store.models.care import AidNote, AidPair, AidState, ServeRecord, TalkRecord
from ronglu.store.models.cascade import Cascade
from ronglu.store.models.case import (
    Attachment,
    Case,
    CaseComment,
    CaseLink,
    CaseNumber,
    CaseParty,
    CaseRow,
    CaseStep,
    LoopVersion,
)
from ronglu.store.models.closing import Adjustment, AdjustmentLine, AdjustmentTotal, Closing, Ruling, Seal
from ronglu.store.models.contact import Contact, ContactNote, ContactState
from ronglu.store.models.contest import Contest, ContestResult, ContestState
from ronglu.store.models.contribution import Contribution
from ronglu.store.models.document import Document, DocumentKind, DocumentVersion
from ronglu.store.models.draft import AdminFact, DraftState, SheetDraft
from ronglu.store.models.dues import DuesMonth, DuesUnpaid
from ronglu.store.models.duty import Duty
from ronglu.store.models.effect import Effect, EffectFloor, EffectState
from ronglu.store.models.event import RECORDABLE, EventKind, EventState, SafetyEvent
from ronglu.store.models.feed import Feed, FeedBatch, FeedKind, FeedMark, FeedRefusal, FeedState, RefusalState
from ronglu.store.models.flow import Flow, FlowWord, Satisfaction
from ronglu.store.models.gathering import AgendaRow, Gathering, GatheringPerson, GatheringState, MeetingVote, Resolution
from ronglu.store.models.goal import Goal, GoalState
from ronglu.store.models.guide import Guide
from ronglu.store.models.halt import Halt, HaltState
from ronglu.store.models.handover import Handover, HandoverState, Won
from ronglu.store.models.help import HelpRequest
from ronglu.store.models.integrity import (
    Commitment,
    CommitmentState,
    InspectionFinding,
    InspectionState,
    QuarterPoint,
    SelfInspection,
)
from ronglu.store.models.key_task import KeyTask, KeyTaskStage, KeyTaskState
from ronglu.store.models.lift import LiftMonth, LiftNote, LiftPlan, LiftStand
from ronglu.store.models.linkage import LinkResult, LinkScheme, LinkState
from ronglu.store.models.mark import PanelMark, Reviewer
from ronglu.store.models.meeting_plan import MeetingHabit, MeetingProposal, MeetingSchedule
from ronglu.store.models.mission import Mission, MissionState
from ronglu.store.models.model_post import ModelPost
from ronglu.store.models.notice import Digest, Notice, NoticeChannel
from ronglu.store.models.party_budget import PartyBudget
from ronglu.store.models.person import Deputy, Engagement, Membership, Person, Post
from ronglu.store.models.pin import Pin, PinTry
from ronglu.store.models.plan import Benchmark, ImportedScore, Plan, PlanStop
from ronglu.store.models.plant import Plant
from ronglu.store.models.platform import Platform, PlatformUse
from ronglu.store.models.point import PointEntry
from ronglu.store.models.policy import PolicyQuestion
from ronglu.store.models.poll import Poll, PollPaper, PollState, PollSubject, PollVoter, Tally, Withheld
from ronglu.store.models.programme import Programme, ProgrammeStage, ProgrammeState, ProgrammeTask
from ronglu.store.models.pyramid import PyramidRow
from ronglu.store.models.reading import SCORING, STANDING, Channel, Reading, ReadingState
from ronglu.store.models.record import Lifetime, Record
from ronglu.store.models.relay import Relay, RelayState, RelayTelling
from ronglu.store.models.result import (
    Finding,
    ItemFigure,
    Result,
    Run,
    SheetVersion,
    Total,
    VetoMark,
)
from ronglu.store.models.review import PracticeMark, QuarterMark, Review
from ronglu.store.models.round import Checklist, Round, RoundAnswer
from ronglu.store.models.safety import BulletinPlace, BulletinState, HazardBulletin, Risk, RiskControl, RiskGrade
from ronglu.store.models.season import SeasonShare, SeasonTask
from ronglu.store.models.seat_duty import SeatDuty, SeatReport
from ronglu.store.models.showcase import Showcase, ShowcaseState
from ronglu.store.models.source import Import, ImportState, Job, Source
from ronglu.store.models.standard import StandardItem, StandardState
from ronglu.store.models.studio import Studio
from ronglu.store.models.study import StudyPlan, StudyPlanState, StudyTopic, Training
from ronglu.store.models.team import Team, TeamMember
from ronglu.store.models.tend import TendFault, TendMark
from ronglu.store.models.theme import Theme, ThemeKind
from ronglu.store.models.unit import Mapping, Unit, UnitKind, UnitState
from ronglu.store.models.venue import Booking, Venue, VenueKind
from ronglu.store.models.year import QuotaList, YearResult, YearReview, YearState
from ronglu.store.models.zone import (
    FloorPlan,
    KeyWork,
    Lead,
    WorkClass,
    Zone,
    ZoneArea,
    ZoneItem,
    ZoneKind,
    ZoneOwner,
)

__all__ = [
    "RECORDABLE",
    "SCORING",
    "STANDING",
    "Account",
    "Achievement",
    "Activity",
    "Adjustment",
    "AdjustmentLine",
    "AdjustmentTotal",
    "AdminFact",
    "AgendaRow",
    "AidNote",
    "AidPair",
    "AidState",
    "ApiToken",
    "AssaySheet",
    "AssayState",
    "AssessedResult",
    "AssessedRun",
    "AssessedTotal",
    "Attachment",
    "AuditEntry",
    "Away",
    "BattleAim",
    "Benchmark",
    "Body",
    "BodyKind",
    "BodyState",
    "Booking",
    "Brief",
    "BriefSentence",
    "BriefState",
    "BulletinPlace",
    "BulletinState",
    "Burden",
    "BurdenBudget",
    "CalendarRow",
    "CampaignState",
    "CampaignTask",
    "Cascade",
    "Case",
    "CaseComment",
    "CaseLink",
    "CaseNumber",
    "CaseParty",
    "CaseRow",
    "CaseStep",
    "Channel",
    "Checklist",
    "Closing",
    "Commitment",
    "CommitmentState",
    "Contact",
    "ContactNote",
    "ContactState",
    "Contest",
    "ContestResult",
    "ContestState",
    "Contribution",
    "CrewSwap",
    "DayRow",
    "Deputy",
    "Digest",
    "Document",
    "DocumentKind",
    "DocumentVersion",
    "DraftState",
    "DuesMonth",
    "DuesUnpaid",
    "Duty",
    "Effect",
    "EffectFloor",
    "EffectState",
    "Engagement",
    "EventKind",
    "EventState",
    "Feed",
    "FeedBatch",
    "FeedKind",
    "FeedMark",
    "FeedRefusal",
    "FeedState",
    "Feedback",
    "FieldEntry",
    "Finding",
    "FloorPlan",
    "Flow",
    "FlowWord",
    "Gathering",
    "GatheringPerson",
    "GatheringState",
    "Goal",
    "GoalState",
    "Guide",
    "Halt",
    "HaltState",
    "Handover",
    "HandoverState",
    "HazardBulletin",
    "HelpRequest",
    "Holiday",
    "Import",
    "ImportState",
    "ImportedScore",
    "IndicatorRow",
    "InspectionFinding",
    "InspectionState",
    "ItemFigure",
    "Job",
    "KeyTask",
    "KeyTaskStage",
    "KeyTaskState",
    "KeyWork",
    "Lead",
    "Lifetime",
    "LiftMonth",
    "LiftNote",
    "LiftPlan",
    "LiftStand",
    "LinkResult",
    "LinkScheme",
    "LinkState",
    "LoopVersion",
    "Mapping",
    "MeetingHabit",
    "MeetingProposal",
    "MeetingSchedule",
    "MeetingVote",
    "Membership",
    "Mission",
    "MissionState",
    "ModelPost",
    "Notice",
    "NoticeChannel",
    "PanelMark",
    "Partition",
    "PartyBudget",
    "PartyCampaign",
    "Person",
    "Pin",
    "PinTry",
    "Plan",
    "PlanStop",
    "Plant",
    "Platform",
    "PlatformUse",
    "PointEntry",
    "PolicyQuestion",
    "Poll",
    "PollPaper",
    "PollState",
    "PollSubject",
    "PollVoter",
    "Post",
    "PracticeMark",
    "Programme",
    "ProgrammeStage",
    "ProgrammeState",
    "ProgrammeTask",
    "PyramidRow",
    "QuarterMark",
    "QuarterPoint",
    "QuotaList",
    "Reading",
    "ReadingState",
    "Record",
    "RefusalState",
    "Relay",
    "RelayState",
    "RelayTelling",
    "Resolution",
    "Result",
    "Review",
    "Reviewer",
    "Risk",
    "RiskControl",
    "RiskGrade",
    "RosterRow",
    "Round",
    "RoundAnswer",
    "Ruling",
    "Run",
    "SafetyEvent",
    "Satisfaction",
    "Seal",
    "SeasonShare",
    "SeasonTask",
    "SeatDuty",
    "SeatReport",
    "SelfInspection",
    "ServeRecord",
    "SheetDraft",
    "SheetVersion",
    "ShiftRow",
    "Showcase",
    "ShowcaseState",
    "Source",
    "StandardItem",
    "StandardState",
    "Studio",
    "StudyPlan",
    "StudyPlanState",
    "StudyTopic",
    "Substitution",
    "Succession",
    "TalkRecord",
    "Tally",
    "Team",
    "TeamMember",
    "TendFault",
    "TendMark",
    "Theme",
    "ThemeKind",
    "Total",
    "Training",
    "Unit",
    "UnitKind",
    "UnitState",
    "Venue",
    "VenueKind",
    "VetoMark",
    "Withheld",
    "Won",
    "WorkClass",
    "YearResult",
    "YearReview",
    "YearState",
    "Zone",
    "ZoneArea",
    "ZoneItem",
    "ZoneKind",
    "ZoneOwner",
]
