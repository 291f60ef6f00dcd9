"""The annual plan over New Year, up to the last day of a platform, and as an English reader finds it."""

import datetime as dt
from typing import Any

from django.test import Client
from django.urls import reverse

from ronglu.store.models import Platform, Programme
from ronglu.work import platforms
from tests.cast import Cast, cast
from tests.web.test_teams import get, post, the_10th_of_march
from tests.work.planned import goal, key_task, platform, programme, said, theme

__all__ = ["cast", "the_10th_of_march"]


def test_a_goal_of_last_year_is_changed_without_losing_what_it_hangs_under(cast: Cast, settings: Any) -> None:
    """In January the year before is wound up: its themes and goals are still there to be chosen."""
    over = theme(cast)
    above = goal(cast)
    one = goal(cast, "QL-B1", parent=above, weight=60, theme=over)
    settings.TODAY = "2027-01-08"
    form = get(cast, "王书记", "goal_deed", one.pk, "change").context["form"]
    shown = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    assert (shown["parent"], shown["theme"]) == (above.pk, over.pk)
    for name in ("parent", "theme"):
        assert shown[name] in {int(key) for key, _word in form.fields[name].choices if key}
    said = shown | {"title": "改过的目标", "due_on": "2026-12-31"}
    assert post(cast, "王书记", "goal_deed", one.pk, "change", **said).status_code == 302
    one.refresh_from_db()
    assert (one.title, one.parent, one.theme) == ("改过的目标", above, over)


def test_a_task_of_next_year_hangs_on_a_goal_of_next_year(cast: Cast) -> None:
    ahead = goal(cast, year=2027)
    choices = get(cast, "孙干事", "key_task_new").context["form"].fields["goal"].choices
    assert str(ahead.pk) in {key for key, _word in choices}


def test_a_platform_that_is_to_end_later_is_used_until_then(cast: Cast) -> None:
    row = platform(cast)
    platforms.end(platform=row, on=dt.date(2026, 4, 1), reason="并入另一个", **said(cast, "孙干事"))
    assert [word for word, _deed in get(cast, "王书记", "platform", row.pk).context["deeds"]] == ["use"]
    assert [word for word, _deed in get(cast, "孙干事", "platform", row.pk).context["deeds"]] == ["use"]


def test_platforms_and_programmes_as_shipped_are_read_in_english(cast: Cast) -> None:
    """Also where they were taken over word for word; what a plant wrote itself stays as it was written."""
    platform(cast, "salon", output="本厂自己的话")
    programme(cast)
    client = cast.login(Client(), "孙干事")
    client.post(reverse("set_language"), {"language": "en"})
    pages = [client.get(reverse(name)).content.decode() for name in ("platforms", "programmes")]
    pages.append(client.get(reverse("platform", args=[Platform.objects.get().pk])).content.decode())
    pages.append(client.get(reverse("programme", args=[Programme.objects.get().pk])).content.decode())
    assert "Read a book, tell a passage, use one thing of it" in pages[0]
    assert "Study, survey, review, rectify" in pages[1]
    assert "put on the table and taken up at once" in pages[2] and "本厂自己的话" in pages[2]
    assert "Hear the crews and list the problems" in pages[3] and "到班组听意见" not in pages[3]
    task = key_task(cast)
    page = client.get(reverse("branch_plan", args=[cast.body["QL-B1"].pk])).content.decode()
    assert f"{task.title} · Plan together" in page and "Themed education · Hear the crews" in page
