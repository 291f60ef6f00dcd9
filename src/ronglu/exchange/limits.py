"""How much a file may ask of us before it is refused."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Defaults of ours; a plant may set others. Bytes unless said otherwise."""

    file_bytes: int = 60 * 2**20
    unpacked_bytes: int = 400 * 2**20
    ratio: int = 150
    ratio_from_bytes: int = 20 * 2**20  # a small file may pack well: the ratio counts only above this size
    entries: int = 3000
    cells: int = 6_000_000  # cells that hold something, over all sheets read
    area: int = 20_000_000  # rows x columns of the used extent of one sheet
    area_per_cell: int = 400  # an extent this many times larger than what it holds is no table …
    area_from: int = 200_000  # … once it is larger than this
    rows: int = 1_048_576
    field_chars: int = 32_767
    memory_bytes: int = 2 * 2**30
    cpu_seconds: int = 60
    wall_seconds: int = 120
    result_bytes: int = 600 * 2**20
    listed: int = 1000  # problems of one kind in one column that are listed one by one

    def as_dict(self) -> dict[str, int]:
        return asdict(self)
