"""Pictures that people attach: what comes out is the view and nothing else; what is no photograph is refused in words."""

import contextlib
import io
import random
import struct
import zipfile
import zlib

import pytest
from PIL import Image, ImageCms, ImageFile, PngImagePlugin

from ronglu.exchange import pictures
from ronglu.exchange.pictures import BadPicture, Picture, clean

RED, GREEN, BLUE = (200, 30, 30), (30, 160, 30), (30, 30, 200)
PLACE = {1: "N", 2: (38.0, 30.0, 12.5), 3: "E", 4: (102.0, 10.0, 7.25)}
GPS, CAMERA, ORIENTATION = 0x8825, 0x0110, 0x0112


def view(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image.convert(mode)


def encoded(image: Image.Image, kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def camera(*, turned: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[CAMERA] = "SECRETPHONE 9"
    exif[ORIENTATION] = turned
    exif[GPS] = PLACE
    return exif


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def shown(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.data))
    image.load()
    return image


def near(image: Image.Image, at: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    """The same but for what JPEG loses."""
    return all(abs(one - other) < 25 for one, other in zip(image.convert("RGB").getpixel(at), colour, strict=True))


def refused(data: bytes) -> str:
    with pytest.raises(BadPicture) as why:
        clean(data)
    return why.value.message


def segments(jpeg: bytes) -> set[int]:
    """The markers before the picture itself begins."""
    found, at = set(), 2
    while jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


def chunks(png: bytes) -> set[bytes]:
    found, at = set(), 8
    while at < len(png):
        found.add(png[at + 4 : at + 8])
        at += 12 + int.from_bytes(png[at : at + 4], "big")
    return found


def test_a_photograph_comes_out_without_place_camera_comment_and_profile() -> None:
    data = encoded(
        view(), "JPEG", exif=camera(), comment=b"in the tank house", icc_profile=profile(), xmp=b"<x>who</x>"
    )
    before = Image.open(io.BytesIO(data))
    assert before.getexif().get_ifd(GPS) and {0xE1, 0xE2, 0xFE} <= segments(data)
    picture = clean(data)
    after = shown(picture)
    assert dict(after.getexif()) == {}
    assert segments(picture.data) & {0xE1, 0xE2, 0xED, 0xFE} == set()
    assert b"SECRETPHONE" not in picture.data and b"tank house" not in picture.data
    assert (picture.suffix, picture.type, picture.width, picture.height) == (".jpg", "image/jpeg", 60, 40)
    assert near(after, (5, 20), RED) and near(after, (55, 20), BLUE)


def test_a_screenshot_keeps_every_pixel_and_loses_its_notes() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "somebody")
    notes.add_itxt("XML:com.adobe.xmp", "somewhere")
    data = encoded(view(), "PNG", pnginfo=notes, exif=camera(), icc_profile=profile(), dpi=(300, 300))
    assert {b"tEXt", b"iTXt", b"eXIf", b"iCCP", b"pHYs"} <= chunks(data)
    picture = clean(data)
    assert chunks(picture.data) == {b"IHDR", b"IDAT", b"IEND"}
    assert shown(picture).tobytes() == view().tobytes()


def test_a_webp_photograph_becomes_a_jpeg_without_its_place() -> None:
    picture = clean(encoded(view(), "WEBP", exif=camera(), quality=90))
    assert picture.suffix == ".jpg"
    assert dict(shown(picture).getexif()) == {}


@pytest.mark.parametrize("lossless", [True, False])
def test_every_form_of_webp_tells_its_size_before_it_is_opened(lossless: bool) -> None:
    plain = encoded(view(321, 123), "WEBP", lossless=lossless)
    extended = encoded(view(321, 123), "WEBP", lossless=lossless, exif=camera())
    assert {plain[12:16], extended[12:16]} == {b"VP8L" if lossless else b"VP8 ", b"VP8X"}
    assert pictures._webp_size(plain) == pictures._webp_size(extended) == (321, 123)


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_picture_stands_upright_however_the_phone_was_held(turned: int) -> None:
    upright = view(60, 40)
    upright.paste(GREEN, (0, 0, 30, 20))  # top left
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = upright.transpose(undo[turned]) if turned > 1 else upright
    picture = clean(encoded(stored, "JPEG", exif=camera(turned=turned), quality=95))
    after = shown(picture)
    assert after.size == (picture.width, picture.height) == (60, 40)
    assert near(after, (8, 8), GREEN) and near(after, (8, 32), RED) and near(after, (50, 20), BLUE)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_broken_notes_of_the_camera_do_not_cost_the_picture() -> None:
    name_as_text, name_as_fraction = b"\x01\x10\x00\x02", b"\x01\x10\x00\x05"
    data = encoded(view(), "JPEG", exif=camera(turned=6))
    assert data.count(name_as_text) == 1
    assert clean(data.replace(name_as_text, name_as_fraction)).suffix == ".jpg"


def test_the_longest_side_is_sixteen_hundred_pixels_and_a_small_picture_is_not_blown_up() -> None:
    assert (clean(encoded(view(4000, 3000), "JPEG")).width, clean(encoded(view(3000, 4000), "JPEG")).height) == (
        1600,
        1600,
    )
    assert clean(encoded(view(3200, 800), "PNG")).height == 400
    assert clean(encoded(view(20, 10), "JPEG")).width == 20
    assert clean(encoded(view(4000, 3000), "JPEG"), side=3000).width == 3000


def test_a_drawing_one_can_see_through_stays_so_and_hides_no_colour() -> None:
    image = view(mode="RGBA")
    image.paste((1, 2, 3, 0), (0, 0, 30, 40))
    picture = clean(encoded(image, "PNG"))
    after = shown(picture)
    assert picture.suffix == ".png" and after.mode == "RGBA"
    assert after.getpixel((5, 5)) == (0, 0, 0, 0)
    assert after.getpixel((50, 5)) == (*BLUE, 255)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", mode) for mode in ("L", "CMYK")] + [("PNG", mode) for mode in ("1", "L", "LA", "P", "RGBA", "I;16")],
)
def test_every_way_of_storing_colours_comes_out_as_a_picture(kind: str, mode: str) -> None:
    grey = Image.new("I;16", (60, 40), 0x8000) if mode == "I;16" else view(mode=mode)
    after = shown(clean(encoded(grey, kind)))
    assert after.size == (60, 40) and after.mode == "RGB"
    if mode == "I;16":
        assert after.getpixel((5, 5)) == (128, 128, 128)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_hides_behind_a_picture_is_lost(kind: str) -> None:
    tail = io.BytesIO()
    with zipfile.ZipFile(tail, "w") as pack:
        pack.writestr("payload.exe", "MZ hidden")
    data = encoded(view(), kind) + tail.getvalue()
    assert zipfile.is_zipfile(io.BytesIO(data))
    picture = clean(data)
    assert not zipfile.is_zipfile(io.BytesIO(picture.data))
    assert b"payload.exe" not in picture.data and b"MZ hidden" not in picture.data


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "网页"),
        (b"\xef\xbb\xbf\n <?xml version='1.0'?><svg onload='x()'/>", "SVG"),
        (b"<!-- x --><SVG xmlns='y'>", "SVG"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04 word/document.xml", "Office"),
        (b"GIF89a" + bytes(40), "GIF"),
        (b"BM" + bytes(60), "BMP"),
        (b"II*\0" + bytes(60), "TIFF"),
        (b"\0\0\0\x18ftypheic" + bytes(60), "兼容性最佳"),
        (b"\0\0\0\x1cftypavif" + bytes(60), "兼容性最佳"),
        (b"\0\0\0\x18ftypmp42" + bytes(60), "视频"),
        (b"MZ" + bytes(60), "程序"),
        (b"just words", "认不出"),
    ],
)
def test_what_is_no_photograph_is_refused_by_its_name(data: bytes, word: str) -> None:
    assert word in refused(data)


def test_many_empty_comments_do_not_keep_the_reader_busy() -> None:
    assert "网页" in refused(b"<!---->" * 100_000)


def test_a_bomb_is_refused_by_its_declared_size_before_anything_is_unpacked() -> None:
    row = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    header = b"IHDR" + row
    rows = b"IDAT" + zlib.compress(bytes(1_000_000))
    parts = [
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
        for part in (header, rows, b"IEND")
    ]
    words = refused(b"\x89PNG\r\n\x1a\n" + b"".join(parts))
    assert "4000 万" in words


def test_a_webp_canvas_of_a_thousand_million_pixels_is_never_asked_for() -> None:
    data = bytearray(encoded(view(), "WEBP", exif=camera()))
    data[24:30] = (39_999).to_bytes(3, "little") * 2
    assert "40000×40000" in refused(bytes(data))


def test_just_too_many_pixels_are_told_with_their_number() -> None:
    assert "8000×5001" in refused(encoded(Image.new("1", (8000, 5001)), "PNG"))


def test_too_many_bytes_are_refused_unread() -> None:
    assert "10 MB" in refused(b"\xff\xd8\xff" + bytes(10 * 2**20))


def test_a_jpeg_of_a_thousand_passes_is_refused() -> None:
    data = encoded(view(), "JPEG", progressive=True)
    start = data.index(b"\xff\xda")
    assert "扫描" in refused(data[:start] + data[start:-2] * 200 + data[-2:])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.7, 0.97])
def test_a_picture_that_did_not_arrive_whole_is_refused(
    kind: str, part: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as it is once a PDF was printed in this process
    noise = Image.frombytes("RGB", (200, 200), random.Random(7).randbytes(120_000))
    data = encoded(noise, kind)
    assert refused(data[: int(len(data) * part)])


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_damaged_bytes_give_a_picture_or_a_refusal_never_another_error(kind: str) -> None:
    whole, chance = encoded(view(), kind, **({} if kind == "PNG" else {"exif": camera()})), random.Random(11)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(BadPicture):
            assert clean(bytes(data)).suffix in {".jpg", ".png"}
