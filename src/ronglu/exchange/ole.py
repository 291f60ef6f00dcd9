"""The directory of an OLE compound file: which streams a .xls or an encrypted workbook holds, and the bytes of one."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ronglu.exchange.problems import Damaged

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END = 0xFFFFFFFA  # and above: not a sector
HEADER_FATS = 109
ENTRY = 128
SMALL = 4096  # streams below this size lie in the mini stream


@dataclass(frozen=True, slots=True)
class Stream:
    name: str
    start: int
    size: int


class Compound:
    """A compound file in memory (the caller has limited its size)."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or data[:8] != MAGIC:
            raise Damaged("不是完整的 Excel 97 文件。请重新导出。")
        self.data = data
        self.shift, self.mini_shift = struct.unpack_from("<HH", data, 30)
        if self.shift not in (9, 12) or self.mini_shift != 6:
            raise Damaged("Excel 97 文件头已损坏。请重新导出。")
        self.fat = self._fat()
        self.streams = {item.name: item for item in self._directory(struct.unpack_from("<I", data, 48)[0])}

    def _sector(self, number: int) -> bytes:
        at = (number + 1) << self.shift
        return self.data[at : at + (1 << self.shift)]

    def _fat(self) -> tuple[int, ...]:
        sectors = [n for n in struct.unpack_from(f"<{HEADER_FATS}I", self.data, 76) if n < END]
        following, count = struct.unpack_from("<II", self.data, 68)
        while following < END and count:
            words = struct.unpack(f"<{1 << (self.shift - 2)}I", self._sector(following).ljust(1 << self.shift, b"\xff"))
            sectors += [n for n in words[:-1] if n < END]
            following, count = words[-1], count - 1
        table = b"".join(self._sector(n) for n in sectors)
        return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])

    def _chain(self, start: int, table: tuple[int, ...]) -> Iterator[int]:
        seen = 0
        while start < END:
            if start >= len(table) or seen > len(table):
                raise Damaged("Excel 97 文件的内部目录已损坏。请重新导出。")
            yield start
            start, seen = table[start], seen + 1

    def _directory(self, start: int) -> Iterator[Stream]:
        raw = b"".join(self._sector(n) for n in self._chain(start, self.fat))
        for at in range(0, len(raw) - ENTRY + 1, ENTRY):
            length = struct.unpack_from("<H", raw, at + 64)[0]
            if 2 <= length <= 64 and raw[at + 66]:
                name = raw[at : at + length - 2].decode("utf-16-le", "replace")
                yield Stream(name, *struct.unpack_from("<II", raw, at + 116))

    def read(self, name: str) -> bytes:
        stream = self.streams[name]
        if stream.size >= SMALL:
            return b"".join(self._sector(n) for n in self._chain(stream.start, self.fat))[: stream.size]
        root = next(iter(self.streams.values()))
        mini = b"".join(self._sector(n) for n in self._chain(root.start, self.fat))
        raw = b"".join(self._sector(n) for n in self._chain(struct.unpack_from("<I", self.data, 60)[0], self.fat))
        table = struct.unpack(f"<{len(raw) // 4}I", raw)
        size = 1 << self.mini_shift
        return b"".join(mini[n * size : (n + 1) * size] for n in self._chain(stream.start, table))[: stream.size]
