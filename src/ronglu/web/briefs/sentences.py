"""The sentences of briefs: which there are and whose words they are; one of them edited, tried on the last brief, taken back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronglu.boards.brief import read
from ronglu.config import clock
from ronglu.kernel.brief.book import BriefTrouble
from ronglu.kernel.brief.sentence import fill, problems
from ronglu.kernel.brief.topics import PARTS, SAMPLES, Topic, When, found, keys
from ronglu.web.access import asked, me, page, require, scope_of_request
from ronglu.web.briefs.forms import SentenceForm
from ronglu.web.briefs.frame import SEE, WRITE, crumbs, who
from ronglu.web.where import Here, here
from ronglu.web.words import named, pack_of
from ronglu.work import briefs as verbs

TRIED = 3
"""Facts of the last brief that a sentence is tried on."""


@page(verb=SEE)
def listed(request: HttpRequest) -> HttpResponse:
    where = here(request, SEE)
    texts, own = verbs.sentences_of(where.plant, _rules(where)).texts, verbs.own(where.plant)
    parts: dict[str, list[dict[str, Any]]] = {}
    for key, topic, when in keys():
        row = {
            "key": key,
            "topic": topic.zh,
            "when": when.zh,
            "text": texts[key],
            "own": own.get(key),
            "must": when.must,
        }
        parts.setdefault(named(PARTS[topic.part]), []).append(row)
    context = {
        "where": where, "parts": list(parts.items()), "own": len(own), "rules": _rules(where),
        "may_write": where.plant in scope_of_request(request).plants(WRITE),
        "crumbs": crumbs(where, (_("句子"), "")),
    }  # fmt: skip
    return render(request, "briefs/sentences.html", context)


@page(verb=WRITE)
def edit(request: HttpRequest, key: str) -> HttpResponse:
    where, topic, when = _place(request, key)
    rules, title = _rules(where), f"{named(topic.zh)}{_('：')}{named(when.zh)}"
    text = verbs.sentences_of(where.plant, rules).texts[key]
    form = SentenceForm(request.POST or None, initial={"text": text})
    if request.method == "POST" and form.is_valid():
        try:
            verbs.write(
                plant=where.plant, key=key, text=form.cleaned_data["text"], rules=rules, by=me(request), at=clock.now()
            )
        except BriefTrouble as trouble:
            form.add_error("text", str(trouble).splitlines())  # type: ignore[arg-type]
        else:
            messages.success(request, _("已改。从下一份简报起这样写，已经出的简报不变。"))
            return redirect(reverse("brief_sentences") + where.tail)
    form.fields["text"].widget.attrs.update(_live(key, where))
    context = {
        "where": where, "key": key, "title": title, "form": form, "default": rules.sentences.texts[key],
        "slots": [(name, SAMPLES[name]) for name in when.slots], "own": verbs.own(where.plant).get(key),
        "changes": [(row, who(row.by)) for row in verbs.changes(where.plant, key)],
        "tried": _tried(where, topic, when, form["text"].value() or ""),
        "restore": reverse("brief_sentence_restore", args=[key]) + where.tail,
        "crumbs": crumbs(where, (_("句子"), reverse("brief_sentences") + where.tail), (title, "")),
    }  # fmt: skip
    return render(request, "briefs/sentence.html", context, status=422 if form.errors else 200)


@page(verb=WRITE)
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """What comes out while one types; nothing is kept."""
    where, topic, when = _place(request, key)
    context = {"tried": _tried(where, topic, when, asked(request, "text", 400))}
    return render(request, "briefs/tried.html", context)


@page(verb=WRITE)
@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    where, _topic, _when = _place(request, key)
    try:
        verbs.restore(plant=where.plant, key=key, rules=_rules(where), by=me(request), at=clock.now())
    except BriefTrouble as trouble:
        messages.error(request, str(trouble))
    else:
        messages.success(request, _("已恢复系统默认。从下一份简报起这样写。"))
    return redirect(reverse("brief_sentences") + where.tail)


def _place(request: HttpRequest, key: str) -> tuple[Here, Topic, When]:
    where, place = here(request, WRITE), found(key)
    if place is None:
        raise Http404("没有这一句")
    require(request, WRITE, where.plant)
    return where, *place


def _tried(where: Here, topic: Topic, when: When, text: str) -> dict[str, Any]:
    """Faults first; else the sentence as the last brief would have said it, or on samples where it had no such thing to say."""
    if faults := problems(text.strip(), topic=topic, when=when):
        return {"faults": faults}
    last = read.latest(plant=where.plant.pk)
    facts = [fact for fact in last.facts if fact.topic == topic.code and fact.when == when.code][:TRIED] if last else []
    told = [fill(text.strip(), fact.slots) for fact in facts] or [fill(text.strip(), SAMPLES)]
    return {"told": [one for one in told if one], "period": last.row.period if last and facts else ""}


def _live(key: str, where: Here) -> dict[str, str]:
    return {
        "hx-get": reverse("brief_sentence_try", args=[key]) + where.tail, "hx-trigger": "input changed delay:250ms",
        "hx-target": "#tried", "hx-sync": "this:replace",
    }  # fmt: skip


def _rules(where: Here) -> Any:
    return pack_of(where.plant.code).base.brief
