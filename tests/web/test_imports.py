"""The import pages: a file from the browser into the table, its errors shown cell by cell, a profile built by pointing."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ronglu.exchange.profile_text import from_dict, to_dict, to_yaml
from ronglu.store.models import Channel, Import, Job, Post, Reading, Source
from ronglu.tasks.run import perform
from tests.cast import Cast, cast  # noqa: F401
from tests.facts.plant_month import March, make_march
from tests.tasks.books import month_rows, profile, write_book
from tests.web.brought import make_import
from tests.web.pages import check

pytestmark = pytest.mark.django_db


@pytest.fixture
def march(cast: Cast, settings: Any, tmp_path: Path) -> March:
    settings.HOME, settings.TODAY = tmp_path / "home", "2026-04-02"
    made = make_march(plant=cast.plant, line=cast.unit["QL-R1"], by=cast.account["陈技术员"])
    Reading.objects.all().delete()
    return made


@pytest.fixture
def zhou(cast: Cast, client: Client) -> Client:
    return cast.login(client, "周统计员")


@pytest.fixture
def source(cast: Cast) -> Source:
    return Source.objects.create(plant=cast.plant, code="s1", name="转炉班报", profile=to_dict(profile()))


def upload(client: Client, book: Path, **more: Any) -> Any:
    with book.open("rb") as file:
        return client.post(reverse("import_new") + "?kind=readings", {"file": file, **more})


def work() -> None:
    """What the worker would do with what waits in the queue."""
    for job in Job.objects.filter(state="waiting"):
        perform(job)
        Job.objects.filter(pk=job.pk).update(state="done")


def text_of(client: Client, name: str, *args: Any) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_month_goes_from_the_browser_into_the_table(
    march: March, zhou: Client, source: Source, tmp_path: Path
) -> None:
    response = upload(zhou, write_book(tmp_path / "三月.xlsx", month_rows()), source=source.pk, month="2026-03")
    one = Import.objects.get()
    assert response.url == reverse("import", args=[one.pk])
    assert "试读 三月.xlsx" in text_of(zhou, "import", one.pk)
    work()
    page = text_of(zhou, "import", one.pk)
    assert "可以入库" in page and "39,990.0" in page
    zhou.post(reverse("import_confirm", args=[one.pk]))
    work()
    page = text_of(zhou, "import", one.pk)
    assert "新增 186，更正 0，未变 0。" in page and "现在都是预报" in page
    assert Reading.objects.filter(batch=one, state="forecast").count() == 186


def test_a_second_import_that_changes_nothing_asks_for_no_audit(
    march: March, zhou: Client, source: Source, tmp_path: Path
) -> None:
    for name in ("一.xlsx", "二.xlsx"):
        upload(zhou, write_book(tmp_path / name, month_rows(2)), source=source.pk)
        work()
        one = Import.objects.latest("pk")
        zhou.post(reverse("import_confirm", args=[one.pk]))
        work()
    page = text_of(zhou, "import", one.pk)
    assert "新增 0，更正 0，未变 12。" in page and "现在都是预报" not in page


def test_errors_stand_on_the_page_by_sheet_row_and_column_and_in_a_workbook(
    march: March, zhou: Client, source: Source, tmp_path: Path
) -> None:
    rows = month_rows(2)
    rows[1] = (rows[1][0], "早", *rows[1][2:])
    upload(zhou, write_book(tmp_path / "三月.xlsx", rows), source=source.pk)
    work()
    one = Import.objects.get()
    page = text_of(zhou, "import", one.pk)
    assert "还不能入库" in page and "确认入库" not in page
    row = page[page.index("班次“早”不认识") - 400 : page.index("班次“早”不认识")]
    assert all(cell in row for cell in (">班报<", ">3<", ">B<"))
    book = b"".join(zhou.get(reverse("import_errors", args=[one.pk])).streaming_content)
    assert "问题清单" in CalamineWorkbook.from_filelike(io.BytesIO(book)).sheet_names
    response = zhou.post(reverse("import_confirm", args=[one.pk]), follow=True)
    assert "还有没有解决的错误或待定项" in response.content.decode()


def test_a_question_is_answered_on_the_page(march: March, zhou: Client, source: Source, tmp_path: Path) -> None:
    rows = month_rows(2)
    rows[3] = (*rows[3][:3], "停炉")
    upload(zhou, write_book(tmp_path / "三月.xlsx", rows), source=source.pk)
    work()
    one = Import.objects.get()
    key = next(p["key"] for p in one.report["problems"] if p["choices"])
    assert f'name="answer:{key}"' in text_of(zhou, "import", one.pk)
    zhou.post(reverse("import_check", args=[one.pk]), {f"answer:{key}": "skip"})
    work()
    assert "可以入库" in text_of(zhou, "import", one.pk)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("报表.xlsx", b"%PDF-1.7", "PDF"),
        ("报表.xls", b"<html><table></table></html>", "网页"),
        ("空.csv", b"", "空的"),
        ("炸弹.xlsx", b"PK\x03\x04" + b"\0" * 40, "没有传完"),
    ],
)
def test_what_may_not_come_in_is_refused_with_its_reason_and_nothing_is_kept(
    march: March, zhou: Client, settings: Any, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    response = upload(zhou, tmp_path / name)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Import.objects.exists() and not list((settings.HOME / "imports").iterdir())


def pointed(**more: str) -> dict[str, str]:
    """What the builder's form sends for the cast's month: the machine's guesses and the person's two series."""
    table = {
        "name": "转炉班报",
        "grain": "shift",
        "line": "QL-R1",
        "header_rows": "1",
        "stamp": "opens",
        "interval_minutes": "0",
    }
    columns = {
        "c-A-role": "stamp", "c-B-role": "shift", "c-C-role": "value", "c-C-series": "sm_feed_dry", "c-C-unit": "t",
        "c-D-role": "value", "c-D-series": "sm_coal", "c-D-unit": "kg", "c-D-low": "0", "c-D-high": "1000",
    }  # fmt: skip
    return table | columns | more


def test_a_profile_is_built_by_pointing_at_columns_and_reads_the_file_at_once(
    march: March, zhou: Client, tmp_path: Path
) -> None:
    response = upload(zhou, write_book(tmp_path / "三月.xlsx", month_rows(2)))
    one = Import.objects.get()
    assert response.url == reverse("import_profile", args=[one.pk])
    page = text_of(zhou, "import_profile", one.pk)
    assert '<option value="stamp" selected>' in page and "入炉精矿(t)" in page
    response = zhou.post(reverse("import_profile", args=[one.pk]), pointed())
    assert response.status_code == 302
    built = from_dict(Source.objects.get().profile)
    assert [(c.role.value, c.measure.series, c.measure.high) for c in built.columns] == [
        ("stamp", "", ""), ("shift", "", ""), ("value", "sm_feed_dry", ""), ("value", "sm_coal", "1000"),
    ]  # fmt: skip
    work()
    one.refresh_from_db()
    assert (one.source.name, one.report["ready"], one.counts["new"]) == ("转炉班报", True, 12)


def test_what_is_wrong_with_a_profile_is_said_before_any_file_is_read(
    march: March, zhou: Client, tmp_path: Path
) -> None:
    upload(zhou, write_book(tmp_path / "三月.xlsx", month_rows(2)))
    one = Import.objects.get()
    given = pointed(line="", **{"c-B-role": "ignore"})
    response = zhou.post(reverse("import_profile", args=[one.pk]), given)
    page = response.content.decode()
    assert response.status_code == 422
    assert "按班的表要有班次列" in page and "没有写明这张表属于哪条产线" in page
    assert not Source.objects.exists()


def test_a_profile_is_taken_away_as_text_and_brought_in_again(cast: Cast, zhou: Client, source: Source) -> None:
    text = zhou.get(reverse("source_export", args=[source.pk, "yaml"])).content.decode()
    assert text == to_yaml(profile())
    file = io.BytesIO(text.replace("name: 转炉班报", "name: 二号炉班报").encode())
    file.name = "二号炉.yaml"
    zhou.post(reverse("source_new"), {"file": file})
    brought = Source.objects.get(name="二号炉班报")
    assert from_dict(brought.profile).columns == profile().columns


def test_a_changed_profile_is_the_next_version_and_a_wrong_one_is_refused_by_its_word(
    cast: Cast, zhou: Client, source: Source
) -> None:
    address = reverse("source", args=[source.pk])
    zhou.post(address, {"name": "转炉班报", "text": to_yaml(profile(opens=True))})
    source.refresh_from_db()
    assert (source.version, source.profile["opens"]) == (2, True)
    response = zhou.post(address, {"name": "转炉班报", "text": "name: x\nlayot: long"})
    assert response.status_code == 422 and "不认识“layot”" in response.content.decode()


def test_the_neighbour_and_the_outsider_do_not_see_an_import(cast: Cast, client: Client) -> None:
    one = make_import(cast)
    for name in ("邻厂书记", "外人"):
        assert cast.login(client, name).get(reverse("import", args=[one.pk])).status_code == 404


def test_what_one_may_bring_to_his_own_plant_he_may_not_bring_to_the_neighbour(
    march: March, cast: Cast, client: Client, tmp_path: Path
) -> None:
    """The party office of one plant counts shifts for the other: there he brings readings, and no roster."""
    Post.objects.create(
        person=cast.person["孙干事"], role="statistician", unit=cast.unit["BS-F1"], from_on=date(2026, 1, 1)
    )
    sun = cast.login(client, "孙干事")
    book = write_book(tmp_path / "花名册.xlsx", month_rows())
    for plant, kinds in (("qinglan", {"roster", "scores"}), ("baishi", {"readings", "plans"})):
        page = sun.get(reverse("import_new"), {"plant": plant}).content.decode()
        offered = {code for code in ("roster", "scores", "readings", "plans") if f"?kind={code}&" in page}
        assert offered == kinds, plant
    with book.open("rb") as file:
        sun.post(reverse("import_new") + "?kind=roster&plant=baishi", {"file": file})
    assert not Import.objects.filter(kind="roster").exists()


def test_a_file_of_another_person_is_looked_at_not_confirmed(cast: Cast, client: Client) -> None:
    one = make_import(cast)
    other = cast.account["陈技术员"].person
    other.posts.update(role="statistician", unit=cast.unit["QL"])
    cast.login(client, "陈技术员")
    assert "由上传的人确认入库" in text_of(client, "import", one.pk)
    response = client.post(reverse("import_confirm", args=[one.pk]), follow=True)
    assert "由上传的人接着办" in response.content.decode()


def test_a_file_of_another_workshop_is_not_there(cast: Cast, client: Client) -> None:
    """Its report shows values and totals of lines that are not his."""
    one = make_import(cast)
    cast.account["陈技术员"].person.posts.update(role="statistician", unit=cast.unit["QL-F"])
    cast.login(client, "陈技术员")
    assert client.get(reverse("import", args=[one.pk])).status_code == 404
    assert one.file_name not in text_of(client, "imports")


def test_the_list_costs_the_same_queries_for_one_and_three_imports(cast: Cast, zhou: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            zhou.get(reverse("imports"))
        return len(seen)

    make_import(cast)
    cost()
    one = cost()
    make_import(cast, "四月.xlsx")
    make_import(cast, "五月.xlsx")
    assert cost() == one


def test_the_row_of_the_work_asks_for_the_page_once_it_has_ended(cast: Cast, zhou: Client) -> None:
    one = make_import(cast)
    job = Job.objects.create(kind="import.check", label="试读", plant=cast.plant, created_at=one.created_at)
    Import.objects.filter(pk=one.pk).update(state="reading", options={"job": job.pk})
    running = zhou.get(reverse("import_job", args=[one.pk]))
    assert "HX-Refresh" not in running and "每" not in running.content.decode()
    assert 'hx-trigger="every 2s"' in running.content.decode()
    Import.objects.filter(pk=one.pk).update(state="checked")
    assert zhou.get(reverse("import_job", args=[one.pk]))["HX-Refresh"] == "true"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1366, 360])
def test_the_pages_look_right_on_desk_and_phone(
    look: Any, march: March, zhou: Client, cast: Cast, tmp_path: Path, width: int
) -> None:
    rows = month_rows(3)
    rows[3] = (*rows[3][:3], "停炉")
    rows[5] = (rows[5][0], "早", *rows[5][2:])
    upload(zhou, write_book(tmp_path / "三月.xlsx", rows))
    one = Import.objects.get()
    check(look(reverse("import_profile", args=[one.pk]), width=width, cookies=zhou.cookies), f"import-profile-{width}")
    zhou.post(reverse("import_profile", args=[one.pk]), pointed())
    work()
    for name, args in (
        ("imports", []),
        ("import_new", []),
        ("import", [one.pk]),
        ("sources", []),
        ("source", [Source.objects.get().pk]),
    ):
        check(look(reverse(name, args=args), width=width, cookies=zhou.cookies), f"{name}-{width}")
    assert Channel.objects.exists()
