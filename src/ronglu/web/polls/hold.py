"""What who holds a poll does: declare one of a kind, start it, end it, tell its result, or drop it."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ronglu.config.plant import pack_of
from ronglu.kernel.standing.ballot import PollKind
from ronglu.web.access import page, require, scope_of_request
from ronglu.web.deeds import Deed, chosen, on, perform, within
from ronglu.web.polls import forms
from ronglu.web.where import here
from ronglu.web.words import named
from ronglu.work import polls as verbs
from ronglu.work import polls_paper
from ronglu.work.queries import polls as queries
from ronglu.work.queries.places import Places

if TYPE_CHECKING:
    from ronglu.store.models import Poll

HOLD = queries.HOLD

DEEDS = {
    "start": Deed(
        label=_("开始投票"), icon="check", form=forms.Nothing, run=on(verbs.start, "poll"), done=_("投票开始。"),
        says=_("开始以后名册和票面都不能再改。"), shown=lambda poll: poll.state == "draft",
    ),
    "hand": Deed(
        label=_("发纸质票"), icon="file", form=forms.Handed, run=on(polls_paper.hand_out, "poll"), done=_("已发。"),
        says=_("给当班没有手机、不用终端的人；一人一票。发得太少，点票的人就看得出是谁投的。"), shown=lambda poll: poll.state == "open",
    ),
    "close": Deed(
        label=_("结束投票"), icon="lock", form=forms.Nothing, run=on(verbs.close, "poll"), done=_("投票已结束。"),
        says=_("人太少的测评人类别并在一起，不能公布的票数清除，谁投过的标记抹掉；都不能恢复。"),
        shown=lambda poll: poll.state == "open",
    ),
    "publish": Deed(
        label=_("公布结果"), icon="eye", form=forms.Nothing, run=on(verbs.publish, "poll"), done=_("已公布。"),
        shown=lambda poll: poll.state == "closed",
    ),
    "abandon": Deed(
        label=_("作废"), icon="x", form=forms.Dropped, run=on(verbs.abandon, "poll"), done=_("已作废。"),
        says=_("名册和票数全部删除，不留结果。"), shown=lambda poll: poll.state in ("draft", "open", "closed"),
    ),
    "confirm": Deed(
        label=_("核对无误"), icon="check", form=forms.Nothing, run=on(polls_paper.confirm, "poll"), done=_("已计入。"),
        shown=lambda poll: poll.state == "open",
    ),
    "return": Deed(
        label=_("退回重录"), icon="swap", form=forms.Nothing, run=on(polls_paper.send_back, "poll"), done=_("已退回。"),
        shown=lambda poll: poll.state == "open",
    ),
}  # fmt: skip
ON_PAPER = ("confirm", "return")


@page(verb=HOLD)
def kinds(request: HttpRequest) -> HttpResponse:
    where = here(request, HOLD)
    context = {
        "kinds": pack_of(where.plant.code).base.polls.values(),
        "tail": where.tail,
        "crumbs": [(gettext("测评与投票"), reverse("polls") + where.tail), (gettext("组织一次"), "")],
    }
    return render(request, "polls/kinds.html", context)


@page(verb=HOLD)
def declare(request: HttpRequest, kind: str) -> HttpResponse:
    where = here(request, HOLD)
    found = pack_of(where.plant.code).base.polls.get(kind)
    if found is None:
        raise Http404("没有这一种测评")
    deed = Deed(
        label=_("组织一次"), icon="plus", form=forms.form_of(found), run=lambda plant, **said: verbs.declare(**said),
        done=_("已登记。看一遍票面，再开始投票。"), says=_("权重是系统默认，可修改，不是上级规定；开始投票后不能再改。"),
    )  # fmt: skip
    return perform(
        request,
        deed,
        subject=where.plant,
        title=named(found),
        back=reverse("polls") + where.tail,
        places=within(request, where, bodies=HOLD),
        initial={"title": f"{where.on.year} {named(found)}", "year": where.on.year},
        crumbs=[(gettext("测评与投票"), reverse("polls") + where.tail), (named(found), "")],
        landing=lambda poll: reverse("poll", args=[poll.pk]) + where.tail,
    )


@page(verb=HOLD)
def do(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    poll = held_here(request, pk)
    where = here(request, HOLD, of=poll.plant)
    back = reverse("poll", args=[poll.pk]) + where.tail
    return perform(
        request,
        chosen(DEEDS, deed, poll),
        subject=poll,
        title=poll.title,
        back=back,
        places=Places(where.plant, where.on),
        crumbs=[
            (gettext("测评与投票"), reverse("polls") + where.tail),
            (poll.title, back),
            (str(DEEDS[deed].label), ""),
        ],
    )


def held_here(request: HttpRequest, pk: int) -> "Poll":
    """The poll, for who holds it; who is rated in it holds it not."""
    scope = scope_of_request(request)
    poll = queries.poll_of(scope=scope, pk=pk)
    if poll is None or queries.rated(poll, scope=scope):
        raise Http404("没有这次投票，或不在您的范围内")
    require(request, HOLD, poll.body)
    return poll


def offered(poll: "Poll", kind: PollKind) -> list[tuple[str, Deed]]:
    """The deeds of the poll's own page; those of the paper totals stand beside the totals."""
    hidden = ON_PAPER if kind.paper else (*ON_PAPER, "hand")
    return [(word, one) for word, one in DEEDS.items() if word not in hidden and one.shown(poll)]
