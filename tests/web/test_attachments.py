"""Files of cases: optional, let in by their content, drawn anew, and shown to those who may see the case, nobody else."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from ronglu.kernel.loops.errors import LoopTrouble
from ronglu.store.models import Attachment, Case
from ronglu.work import attachments
from tests.cast import AT, Cast, cast, make_cast
from tests.web.pages import WIDTHS, Look, check
from tests.work.loops_cast import report, zone

__all__ = ["cast"]


@pytest.fixture(autouse=True)
def moment(settings: Any) -> None:
    settings.TODAY = "2026-03-10"
    cache.clear()


def photograph(colour: str = "red") -> bytes:
    """With a place and a camera in it."""
    out, notes = BytesIO(), Image.Exif()
    notes[0x0110] = "Zhengming Camera"
    notes.get_ifd(0x8825)[2] = (39.0, 54.0, 27.0)
    Image.new("RGB", (40, 30), colour).save(out, "JPEG", exif=notes)
    return out.getvalue()


def upload(data: bytes, name: str = "现场.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def send(client: Client, case: Case, *files: SimpleUploadedFile) -> str:
    answer = client.post(reverse("attachment_add", args=[case.pk]), {"files": list(files)}, follow=True)
    return " ".join(answer.content.decode().split())


def keep(cast: Cast, case: Case, data: bytes = b"drawn", suffix: str = ".jpg", by: str | None = "吴师傅") -> Attachment:
    account = cast.account[by] if by else None
    return attachments.attach(case=case, name=f"现场{suffix}", data=data, suffix=suffix, at=AT, by=account)


def test_a_picture_is_kept_without_place_and_camera(cast: Cast, client: Client) -> None:
    case = report(cast).case
    said = send(cast.login(client, "吴师傅"), case, upload(photograph()))
    row = Attachment.objects.get()
    kept = Path(django_settings.HOME, "files", "cases", row.digest[:2], f"{row.digest}.jpg").read_bytes()
    assert "已添加 1 个附件" in said and (row.name, row.person) == ("现场.jpg", cast.person["吴师傅"])
    assert b"Zhengming" not in kept and b"Exif" not in kept and not Image.open(BytesIO(kept)).getexif()


def test_what_is_not_what_its_name_says_is_refused_by_name_and_the_rest_is_kept(cast: Cast, client: Client) -> None:
    case = report(cast).case
    said = send(
        cast.login(client, "吴师傅"), case, upload(b"MZ\x90\x00 program", "照片.jpg"), upload(b"<script>", "说明.pdf"),
        upload(photograph()),
    )  # fmt: skip
    assert "这是程序，不是照片" in said and "附件“说明.pdf”" in said and "已添加 1 个附件" in said
    assert [row.name for row in Attachment.objects.all()] == ["现场.jpg"]


def test_a_paper_is_downloaded_never_opened_as_a_page(cast: Cast, client: Client) -> None:
    case = report(cast).case
    row = keep(cast, case, b"%PDF-1.4 %%EOF", ".pdf")
    answer = cast.login(client, "吴师傅").get(reverse("attachment", args=[row.pk]))
    assert answer["Content-Type"] == "application/pdf" and answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_picture_is_shown_in_place(cast: Cast, client: Client) -> None:
    row = keep(cast, report(cast).case)
    answer = cast.login(client, "吴师傅").get(reverse("attachment", args=[row.pk]))
    assert answer["Content-Type"] == "image/jpeg" and answer["Content-Disposition"].startswith("inline")
    assert b"".join(answer.streaming_content) == b"drawn"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("吴师傅", 200),
        ("李班长", 200),
        ("赵安全员", 200),
        ("郑师傅", 404),
        ("邻厂书记", 404),
        ("外人", 404),
        ("审计员", 403),
    ],
)
def test_only_who_may_see_the_case_gets_its_files(cast: Cast, client: Client, name: str, status: int) -> None:
    row = keep(cast, report(cast).case)
    client = cast.login(client, name)
    assert client.get(reverse("attachment", args=[row.pk])).status_code == status
    if status != 200:
        assert (
            client.post(reverse("attachment_add", args=[row.case_id]), {"files": [upload(photograph())]}).status_code
            == status
        )
        assert Attachment.objects.count() == 1


def test_files_of_a_confidential_case_are_for_its_trusted_ones(cast: Cast, client: Client) -> None:
    row = keep(cast, report(cast).case)
    Case.objects.update(secrecy="confidential")
    url = reverse("attachment", args=[row.pk])
    assert cast.login(client, "李班长").get(url).status_code == 404
    assert cast.login(client, "吴师傅").get(url).status_code == 200


def test_a_stranger_gets_no_file(cast: Cast, client: Client) -> None:
    row = keep(cast, report(cast).case)
    assert client.get(reverse("attachment", args=[row.pk])).status_code == 302


def test_six_at_most_and_the_same_one_once(cast: Cast) -> None:
    case = report(cast).case
    rows = [keep(cast, case, bytes([number])) for number in range(6)]
    assert keep(cast, case, bytes([0])) == rows[0]
    with pytest.raises(LoopTrouble, match="一件事项最多 6 个附件，已经有 6 个"):
        keep(cast, case, b"seventh")


def test_the_same_picture_of_two_cases_lies_in_one_file(cast: Cast) -> None:
    first, second = keep(cast, report(cast).case), keep(cast, report(cast, given={"kind": "fire"}).case)
    assert first.digest == second.digest and Attachment.objects.count() == 2


def test_without_a_name_neither_the_files_name_nor_the_moment_is_kept(cast: Cast) -> None:
    case = report(cast, None, zone=zone(cast)).case
    row = keep(cast, case, b"nameless", by=None)
    assert (row.name, row.person, row.at.time().isoformat()) == ("附件1.jpg", None, "00:00:00")


@pytest.mark.parametrize("name", ["../../etc/passwd.jpg", "C:\\fakepath\\现场.jpg", "\0.jpg", "长" * 300 + ".exe"])
def test_a_name_is_only_ever_shown(cast: Cast, name: str) -> None:
    row = attachments.attach(
        case=report(cast).case, name=name, data=b"x", suffix=".jpg", at=AT, by=cast.account["吴师傅"]
    )  # fmt: skip
    assert row.name.endswith(".jpg") and len(row.name) <= 120 and not {"/", "\\", "\0"} & set(row.name)


def test_a_report_by_label_brings_its_pictures_and_goes_without_them(cast: Cast, client: Client) -> None:
    place = zone(cast)
    url = reverse("report", args=[place.token])
    typed = {"kind": "fire", "key": "0" * 32, "what": "油管滴油"}
    refused = client.post(url, typed | {"pictures": [upload(b"GIF89a", "a.gif")]})
    assert (
        refused.status_code == 422 and "GIF 图片" in refused.content.decode() and "油管滴油" in refused.content.decode()
    )
    assert not Case.objects.exists()
    for _ in range(2):
        assert client.post(url, typed | {"pictures": [upload(photograph())]}).status_code == 200
    assert [row.name for row in Case.objects.get().attachments.all()] == ["附件1.jpg"]


def test_more_than_three_pictures_are_refused_before_they_are_read(cast: Cast, client: Client) -> None:
    answer = client.post(
        reverse("report", args=[zone(cast).token]),
        {"kind": "fire", "key": "0" * 32, "pictures": [upload(photograph()) for _ in range(4)]},
    )
    assert answer.status_code == 422 and "一次最多 3 个文件，选了 4 个" in answer.content.decode()


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_the_case_page_takes_and_lists_them(transactional_db: None, look: Look, width: int, tmp_path: Path) -> None:
    cast = make_cast()
    case = report(cast).case
    client = cast.login(Client(), "吴师傅")
    page = look(reverse("case", args=[case.pk]), width=width, cookies=client.cookies)
    (tmp_path / "现场.jpg").write_bytes(photograph())
    page.set_input_files("#id_files", tmp_path / "现场.jpg")
    page.click("#files button")
    page.wait_for_selector("#files li a")
    check(page, "case-files")
