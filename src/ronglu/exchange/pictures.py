"""What becomes of a picture somebody attaches: looked at by content, drawn anew without what the camera wrote into it, and small."""

import threading
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from ronglu.exchange.problems import Refused

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 10 * 2**20
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
QUALITY = 85
MOST_SCANS = 100
"""A progressive JPEG comes in about ten passes; one with thousands keeps a processor busy for minutes."""
TYPES = {".jpg": "image/jpeg", ".png": "image/png"}
ONE_AT_A_TIME = threading.Lock()  # a picture of 40 million pixels takes 160 MB while it is open

WANTED = "请上传照片或截图（JPEG、PNG 或 WebP）"
HEIC = "这是 HEIC/AVIF 照片，多数电脑打不开。请在手机“设置→相机→格式”里选“兼容性最佳”再拍，或先截图，再上传截图"
BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"))
FOREIGN = (
    (b"GIF8", "GIF 图片"),
    (b"BM", "BMP 图片"),
    (b"II*\0", "TIFF 或相机原始图片"),
    (b"MM\0*", "TIFF 或相机原始图片"),
    (b"%PDF", "PDF 文件"),
    (b"PK\x03\x04", "压缩包或 Office 文件"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
)


class BadPicture(Refused):
    """这张图片不能收。"""

    code = "bad_picture"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn by us; `suffix` is .jpg or .png, whatever the name was."""

    data: bytes
    suffix: str
    width: int
    height: int

    @property
    def type(self) -> str:
        """The content type it is served with."""
        return TYPES[self.suffix]


def clean(data: bytes, *, side: int = LONGEST_SIDE) -> Picture:
    """The same view, upright, at most `side` pixels long: no place, camera, comment, colour profile, preview, or hidden tail."""
    if not data:
        raise BadPicture("图片是空的（0 字节）。请重新选择")
    if len(data) > MOST_BYTES:
        raise BadPicture(f"图片 {len(data) / 2**20:.1f} MB，超过上限 {MOST_BYTES // 2**20} MB。请缩小后再上传")
    kind = kind_of(data)
    if kind == "JPEG" and data.count(b"\xff\xda") > MOST_SCANS:
        raise BadPicture("图片的结构不正常（扫描遍数过多），没有打开。请先截图，再上传截图")
    with ONE_AT_A_TIME:
        return _draw(data, kind, side)


def kind_of(data: bytes) -> str:
    """Pillow's word for the format by the first bytes; every other content is refused by its name."""
    head = data[:2048]
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in BRANDS:
        raise BadPicture(HEIC)
    name = _foreign(head)
    raise BadPicture(f"这是{name}，不是照片。{WANTED}" if name else f"认不出这是什么图片。{WANTED}")


def _foreign(head: bytes) -> str:
    """What else it is, in words; empty when nobody knows."""
    if head[4:8] == b"ftyp":
        return "视频"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(b"<"):
        return "SVG 图形" if b"<svg" in text else "网页"
    return next((name for magic, name in FOREIGN if head.startswith(magic)), "")


def _draw(data: bytes, kind: str, side: int) -> Picture:
    from PIL import Image, ImageFile

    # the PDF library switches this on for the whole process: half a picture would pass as a whole one
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    if kind == "WEBP":  # its decoder asks for the memory of the whole canvas before we see the size
        _check_size(*_webp_size(data))
    try:
        with Image.open(BytesIO(data), formats=[kind]) as opened:
            _check_size(*opened.size)
            image = _upright(opened, side)
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        return _save(image, keep_exact=kind == "PNG")
    except BadPicture:
        raise
    except Image.DecompressionBombError as why:
        raise BadPicture(_too_many()) from why
    except Exception as why:  # a decoder on hostile bytes may raise anything
        raise BadPicture("图片已损坏或没有传完，打不开。请重新拍照或重新上传") from why


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise BadPicture(f"图片有 {width}×{height} 个像素。{_too_many()}")
    if not width or not height:
        raise BadPicture("图片没有画面（宽或高是 0）。请重新选择")


def _too_many() -> str:
    return f"像素超过上限 {MOST_PIXELS // 10_000} 万，请缩小后再上传"


def _webp_size(data: bytes) -> tuple[int, int]:
    """What the header declares; (0, 0) when it is none."""
    kind, body = data[12:16], data[20:30]
    if len(body) < 10:
        return 0, 0
    if kind == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        return int.from_bytes(body[6:8], "little") & 0x3FFF, int.from_bytes(body[8:10], "little") & 0x3FFF
    return 0, 0


def _upright(opened: "Image", side: int) -> "Image":
    """The pixels alone, turned as the camera says: a new image carries nothing of the old file."""
    from PIL import Image

    opened.draft("RGB", (side, side))  # a JPEG far too large is decoded at a fraction
    opened.load()
    turned = _turned(opened)
    if turned.mode.startswith("I"):  # 16 bits of grey
        turned = turned.convert("I").point(lambda level: level / 256).convert("L")
    transparent = turned.has_transparency_data and turned.convert("RGBA").getextrema()[3][0] < 255
    pixels = turned.convert("RGBA" if transparent else "RGB")
    bare = Image.new(pixels.mode, pixels.size)
    if transparent:
        bare.alpha_composite(pixels)  # what nobody can see loses its colour too
    else:
        bare.paste(pixels)
    return bare


def _turned(opened: "Image") -> "Image":
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(opened)
    except Exception:  # broken notes of a camera cost the picture its turn, not its place
        return opened


def _save(image: "Image", *, keep_exact: bool) -> Picture:
    """A drawing or anything one can see through stays PNG; a photograph becomes JPEG."""
    out = BytesIO()
    if keep_exact or image.mode == "RGBA":
        image.save(out, "PNG", optimize=True)
        return Picture(out.getvalue(), ".png", *image.size)
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Picture(out.getvalue(), ".jpg", *image.size)
