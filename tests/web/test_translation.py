"""The English pages: the catalogue is complete, keeps every placeholder, and the switch leaves no Chinese in the frame."""

import gettext
import html
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Field
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from ronglu.store import models
from ronglu.tasks.boards import build_plant
from ronglu.web import words as spoken
from ronglu.web.formats import month_name
from ronglu.web.words import named, pack_of
from tests.cast import Cast, make_cast
from tests.facts.plant_month import AT, make_march
from tools import catalogue, words
from tools.catalogue import Message

HEADER, WORDS = catalogue.read(words.CATALOGUE)
HAN = re.compile(r"[\u3400-\u9fff]")
PAGES = {"home": "王书记", "board": "王书记", "sheet": "王书记", "org": "王书记", "people": "王书记", "imports": "周统计员", "admin": "周统计员"}  # fmt: skip


def test_every_marked_text_has_english_and_nothing_else_is_kept() -> None:
    marked = set(words.source())
    assert [each.text for each in marked if not all(WORDS.get(each, ("",)))] == [], "run python -m tools.words"
    assert [each.text for each in WORDS if each not in marked] == [], "run python -m tools.words"


def test_english_keeps_the_placeholders_and_has_no_chinese() -> None:
    def holes(text: str) -> list[str]:
        return sorted(re.sub(r"[-+0-9.]+", "", hole) for hole in catalogue.PLACEHOLDER.findall(text))

    assert [(m.text, t) for m, texts in WORDS.items() for t in texts if holes(t) != holes(m.text)] == []
    # examples of what is typed or found in the plant's own files stay as they are
    chinese = [text for texts in WORDS.values() for text in texts if HAN.search(text)]
    assert [text for text in chinese if not re.search(r"“删除”|王书记|甲, 乙, 丙, 丁", text)] == []


def test_nothing_in_the_catalogue_is_guessed() -> None:
    text = words.CATALOGUE.read_text("utf-8")
    assert "fuzzy" not in text
    assert "#~" not in text
    assert text.count("\nmsgid ") == len(WORDS) + 1  # no text twice, and the header


def test_the_extractor_reads_calls_and_templates() -> None:
    python = 'a = _("甲")\nb = ngettext("%(n)s 件", "%(n)s 些", 2)\nc = pgettext_lazy("状态", "审核")\nd = _(a)\ne = pgettext("状态", a)\n'
    assert list(words.of_python(python)) == [
        Message("甲"),
        Message("%(n)s 件", "%(n)s 些"),
        Message("审核", context="状态"),
    ]
    template = """{% trans "乙" %}<c-x t="{% trans '丙' %}" />{% blocktrans with n=x %}共 {{ n }} 条{% endblocktrans %}
    {% status "alarm" _("丁") %}{{ x|default:_("戊") }}{% trans "审核" context "状态" %}
    {% blocktrans count n=x %}{{ n }} 件{% plural %}{{ n }} 些{% endblocktrans %}"""
    assert set(words.of_template(template)) == {
        Message("乙"), Message("丙"), Message("共 %(n)s 条"), Message("丁"), Message("戊"),
        Message("审核", context="状态"), Message("%(n)s 件", "%(n)s 些"),
    }  # fmt: skip


def test_the_compiled_file_answers_as_gettext_reads_it(tmp_path: Path) -> None:
    given = {
        Message("甲"): ("A",),
        Message("甲", context="班"): ("crew A",),
        Message("一件", "几件"): ("one", "many"),
        Message("空"): ("",),
    }
    catalogue.write(tmp_path / "x.po", HEADER, given)
    assert catalogue.read(tmp_path / "x.po") == (HEADER, given)
    catalogue.compile_catalogue(tmp_path / "x.po")
    with (tmp_path / "x.mo").open("rb") as file:
        answers = gettext.GNUTranslations(file)
    assert [answers.gettext("甲"), answers.pgettext("班", "甲"), answers.gettext("空")] == ["A", "crew A", "空"]
    assert [answers.ngettext("一件", "几件", n) for n in (1, 2)] == ["one", "many"]


@pytest.mark.skipif(
    not shutil.which("msgfmt"), reason="GNU gettext is not installed: its check of the catalogue is left out"
)
def test_gnu_gettext_finds_no_fault_with_the_catalogue(tmp_path: Path) -> None:
    done = subprocess.run(
        ["msgfmt", "--check-format", "--check-domain", "-o", str(tmp_path / "x.mo"), str(words.CATALOGUE)],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def stored_choices() -> set[str]:
    fields: list[Field[Any, Any]] = [f for m in vars(models).values() if hasattr(m, "_meta") for f in m._meta.fields]
    return {str(label) for field in fields for _, label in field.choices or () if label}


def test_every_stored_choice_and_every_seat_is_a_word_with_english() -> None:
    assert stored_choices() - set(spoken.FIXED) == set()


def test_declared_things_are_called_by_their_english_names() -> None:
    with override("en"):
        coal = pack_of("qinglan").indicators
        assert {one.name for one in coal.values() if HAN.search(one.name + one.unit)} == set()
        assert named(pack_of("qinglan").sheet.item("A1")) == "First agenda item and relay of superiors' decisions"
        assert named("党小组") == "Party group"
        assert named("转炉线 · 正式 · 在班") == "转炉线 · Full · by crew"
        assert named("转炉线（产线）") == "转炉线 (Line)"
        assert named(["班长（横大班）", "统计员"]) == "Crew leader, Statistician"
        assert month_name("2026-03") == "2026-03"
    with override("zh-hans"):
        assert named(pack_of("qinglan").sheet.item("A1")) == "“第一议题”与上级精神传达"
        assert named(None) == ""


@pytest.fixture
def plant(db: None, settings: Any, tmp_path: Path) -> Iterator[Cast]:
    settings.HOME, settings.TODAY = tmp_path, "2026-04-03"
    cast = make_cast()
    line = cast.unit["QL-R1"]
    make_march(plant=line.plant, line=line, by=cast.account["周统计员"])
    build_plant(plant=line.plant, at=AT)
    with override(settings.LANGUAGE_CODE, deactivate=True):  # a page leaves its language behind in the thread
        yield cast


def chrome(page: str) -> list[str]:
    """The Chinese left on a page outside the data: texts between tags and the attributes that are read aloud or shown."""
    page = re.sub(r"<script.*?</script>|<style.*?</style>", "", page, flags=re.S)
    shown = re.split(r"<[^>]*>", page) + re.findall(
        r'(?:aria-label|title|placeholder|data-label|data-confirm)="([^"]*)"', page
    )
    return sorted({html.unescape(text).strip() for text in shown if HAN.search(text)})


def data_words(cast: Cast) -> list[str]:
    """What the plant itself is called and has written down; longest first, so that a name goes as a whole."""
    named_rows = [model.objects.values_list("name", flat=True) for model in (models.Plant, models.Person, models.UnitState, models.BodyState)]  # fmt: skip
    return [*sorted({word for rows in named_rows for word in rows}, key=len, reverse=True), "简体中文"]


@pytest.mark.parametrize(("name", "who"), PAGES.items(), ids=PAGES)
def test_the_switch_of_the_frame_leaves_no_chinese_but_the_plants_own_names(
    plant: Cast, client: Client, name: str, who: str
) -> None:
    plant.login(client, who)
    before = client.get(reverse(name), follow=True).content.decode()
    assert 'lang="zh-hans"' in before
    assert client.post(reverse("set_language"), {"language": "en", "next": reverse(name)}).status_code == 302
    answer = client.get(reverse(name), follow=True)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert '<html lang="en"' in page
    own = re.compile("|".join(map(re.escape, data_words(plant))))
    assert [text for text in chrome(page) if HAN.search(own.sub("", text))] == []
