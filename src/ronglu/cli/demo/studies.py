"""Documents, relays, a policy notice and study plans of the invented plant: due from April on, so March stays as it was scored."""

import datetime as dt
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ronglu.cli.demo.cast import Cast
from ronglu.cli.demo.people import Crowd
from ronglu.cli.demo.scores import office
from ronglu.cli.demo.standards import branches, secretary_of
from ronglu.config.plant import pack_of
from ronglu.kernel.gathering.education import Education
from ronglu.store.models import Account, Body, Document, Plant, Post, StudyPlan
from ronglu.work import documents, education, policies, relays, study, trainings

PLANNED, ASKED = dt.datetime(2026, 1, 20, 9), dt.datetime(2026, 3, 25, 10)
TOLD, NOTICED, TODAY = dt.datetime(2026, 4, 2, 8, 30), dt.datetime(2026, 4, 7, 9), dt.datetime(2026, 4, 9, 16)


@cache
def said() -> dict[str, Any]:
    return dict(yaml.safe_load(files("ronglu.cli.demo").joinpath("studies.yaml").read_text("utf-8")))


def learn(crowd: Crowd) -> None:
    """Eight rules with their revisions, two papers passed on by some branches, a policy that is asked about, plans by audience."""
    plant, cast = crowd.made.plant, Cast(crowd)
    first, second = office(crowd)
    lists = education.lists_of(plant, pack_of(plant.code).base.education)
    bodies = [(body, hand) for body in branches(crowd) if (hand := secretary_of(cast, body)) is not None]
    for rule in said()["rules"]:
        _rule(plant, rule, first)
    papers = [_paper(plant, one, first) for one in said()["papers"]]
    for paper in papers:
        rows = relays.ask(
            document=paper, bodies=[body for body, _ in bodies], audience=lists.audiences["members"], days=lists.relay_days,
            by=first, at=ASKED,
        )  # fmt: skip
        _pass_on(rows, dict(bodies), second)
    _policy(plant, [body for body, _ in bodies], lists, first, bodies[0][1])
    for no, (body, hand) in enumerate(bodies[:3]):
        _plan(body, lists, papers[0], by=hand, second=second, issue=no < 2)
    _training(plant, [body for body, _ in bodies], first)


def _rule(plant: Plant, rule: dict[str, Any], by: Account) -> None:
    row = documents.register(
        plant=plant, kind="rule", title=rule["title"], themes=rule.get("themes", ()), by=by, at=PLANNED
    )
    for version in rule["versions"]:
        documents.revise(document=row, by=by, at=PLANNED, **version)


def _paper(plant: Plant, told: dict[str, Any], by: Account) -> Document:
    return documents.register(plant=plant, by=by, at=ASKED, arrived_on=ASKED.date(), **told)


def _pass_on(rows: list[Any], hands: dict[Body, Account], second: Account) -> None:
    """Every third branch still has it before it, one gave a reason; the others told it at the start of a shift."""
    for no, row in enumerate(rows):
        by = hands[row.body]
        if no % 3 == 2:
            continue
        if no == 4:
            relays.explain(relay=row, reason="年度检修，党员分两地住，4 月 12 日复产后传达", by=by, at=TOLD)
            continue
        people = max(1, row.due * 2 // 3)
        relays.tell(relay=row, day=TOLD.date(), occasion="班前会", people=people, by=by, at=TOLD)


def _policy(plant: Plant, bodies: list[Body], lists: Education, by: Account, asker: Account) -> None:
    told = said()["policy"]
    row = policies.announce(
        plant=plant, title=told["title"], gist=told["gist"], effective_on=told["effective_on"], bodies=bodies,
        audience=lists.audiences["staff"], themes=["reform"], by=by, at=NOTICED,
    )  # fmt: skip
    for one in told["questions"]:
        question = policies.ask(document=row, question=one["question"], by=asker, at=TODAY)
        if "answer" in one:
            policies.answer(question=question, text=one["answer"], by=by, at=TODAY)


def _plan(body: Body, lists: Education, paper: Document, *, by: Account, second: Account, issue: bool) -> None:
    for code, told in said()["plans"].items():
        audience = lists.audiences[code]
        plan = StudyPlan.objects.filter(body=body, year=2026, audience=code).first() or study.plan(
            body=body, year=2026, audience=audience, standard=audience.standard, by=by, at=PLANNED
        )
        for one in told:
            study.add(
                plan=plan, lists=lists, document=paper if one["form"] == "policy" else None, by=by, at=PLANNED, **one
            )
        if issue and plan.state == "draft":
            study.issue(plan=plan, by=second, at=PLANNED)


def _training(plant: Plant, bodies: list[Body], by: Account) -> None:
    seats = Post.objects.on(ASKED.date()).filter(body__in=bodies, role="secretary").select_related("person")
    trainings.record(
        plant=plant, people=[post.person for post in seats], rotation=True, by=by, at=ASKED, **said()["training"]
    )
