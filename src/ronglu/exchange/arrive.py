"""Takes an uploaded file in: refused at the door, or kept by its digest without the names and paths it carries."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ronglu.exchange.guard import check
from ronglu.exchange.keep import clean_copy
from ronglu.exchange.limits import Limits
from ronglu.exchange.problems import TooLarge

ENDINGS = (".xlsx", ".xls", ".csv.gz", ".csv", ".gz", ".txt", ".tsv")
FOLDER = "imports"


@dataclass(frozen=True, slots=True)
class Arrived:
    """`path` below the home folder; `digest` and `size` of the bytes that came."""

    digest: str
    size: int
    path: str


def arrive(name: str, pieces: Iterable[bytes], home: Path, *, limits: Limits = Limits()) -> Arrived:
    """Raises a Refused by name; then nothing is left of the file. The same bytes twice are kept once."""
    ending = next((e for e in ENDINGS if name.lower().endswith(e)), "")
    (home / FOLDER).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=home / FOLDER, prefix=".in-") as folder:
        raw, clean = Path(folder) / f"raw{ending}", Path(folder) / f"clean{ending}"
        _write(raw, pieces, limits)
        checked = check(raw, limits=limits)
        kept = f"{FOLDER}/{checked.digest}{ending}"
        if not (home / kept).exists():
            clean_copy(checked, clean, limits=limits)
            clean.replace(home / kept)
    return Arrived(checked.digest, checked.size, kept)


def _write(path: Path, pieces: Iterable[bytes], limits: Limits) -> None:
    size = 0
    with path.open("wb") as out:
        for piece in pieces:
            size += len(piece)
            if size > limits.file_bytes:
                raise TooLarge(f"文件超过上限 {limits.file_bytes // 2**20} MB。请按月拆分后再上传。")
            out.write(piece)
