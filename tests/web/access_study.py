"""Who may open the pages of documents, relays, policies and study: a part of access_table.py."""

from typing import Any

from ronglu.store.models import Document, Relay, StudyPlan
from ronglu.work import policies
from tests.cast import Cast
from tests.web.access_rule import MEMBERS, STAFF, Rule
from tests.work import educated

# each address of a test is asked for in turn: what is there already is taken


def _document(cast: Cast) -> dict[str, Any]:
    found = Document.objects.filter(plant=cast.plant, kind="rule").first() or educated.document(
        cast, "考核办法", "rule"
    )
    return {"pk": found.pk}


def _notice(cast: Cast) -> Document:
    return Document.objects.filter(plant=cast.plant, kind="notice").first() or educated.noticed(cast)


def _question(cast: Cast) -> dict[str, Any]:
    return {"pk": policies.ask(document=_notice(cast), question="夜班津贴变不变", **educated.by(cast, "吴师傅")).pk}


def _relay(cast: Cast) -> dict[str, Any]:
    found = Relay.objects.filter(body=cast.body["QL-B1"], document__kind="conference").first() or educated.asked(cast)
    return {"pk": found.pk, "deed": "tell"}


def _plan(cast: Cast, **more: Any) -> dict[str, Any]:
    found = StudyPlan.objects.filter(body=cast.body["QL-B1"]).first() or educated.planned(cast)
    return {"pk": found.pk, **more}


def _topic(cast: Cast) -> dict[str, Any]:
    return {"pk": StudyPlan.objects.get(pk=_plan(cast)["pk"]).topics.get().pk, "deed": "drop"}


def _training(cast: Cast) -> dict[str, Any]:
    return {"pk": educated.trained(cast).pk}


# everybody but those of the branch and those above it
STRANGERS = MEMBERS - {"李班长", "王书记", "何组长", "马主任", "孙干事", "高书记"}
STUDY: dict[str, Rule] = {
    "documents": Rule("documents.see"),
    "documents_export": Rule("documents.see"),
    "document_new": Rule("documents.keep"),
    "document": Rule("documents.see", kwargs=_document, blind={"邻厂书记"}),
    "document_deed": Rule(
        "documents.see", kwargs=lambda cast: {"pk": _notice(cast).pk, "deed": "ask"}, blind={"邻厂书记"}
    ),
    "policies": Rule("documents.see"),
    "policy_new": Rule("documents.keep"),
    "policy_answer": Rule("documents.keep", kwargs=_question),
    "relays": Rule("documents.see"),
    # 何组长 leads a group of the branch; the duty is the branch's own
    "relay_deed": Rule("documents.see", kwargs=_relay, blind=STAFF - {"王书记"}),
    "education_words": Rule("documents.keep"),
    "education_word": Rule("documents.keep", kwargs=lambda cast: {"name": "themes", "code": "whole"}),
    "study": Rule("study.see"),
    "study_export": Rule("study.see"),
    "study_new": Rule("study.plan"),
    "study_plan": Rule("study.see", kwargs=_plan, blind=STRANGERS),
    "study_deed": Rule("study.plan", kwargs=lambda cast: _plan(cast, deed="add"), blind={"邻厂书记"}),
    "topic_deed": Rule("study.plan", kwargs=_topic, blind={"邻厂书记"}),
    "study_hours": Rule("study.hours"),
    "trainings": Rule("trainings.record"),
    "training_new": Rule("trainings.record"),
    "training_strike": Rule("trainings.record", kwargs=_training, blind={"邻厂书记"}),
}
