"""Unpacks zip entries and gzip files in small pieces, counting what really comes out: declared sizes may lie."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from ronglu.exchange.problems import Damaged, ZipBomb

PIECE = 1 << 16
LOCAL_HEADER = 30


def entry(file: BinaryIO, info: ZipInfo) -> Iterator[bytes]:
    """The unpacked bytes of one entry; refused when they are not the number that the directory declares."""
    file.seek(info.header_offset)
    head = file.read(LOCAL_HEADER)
    if len(head) < LOCAL_HEADER or head[:4] != b"PK\x03\x04":
        raise Damaged("压缩包目录与内容不符,文件已损坏。请重新导出或另存后再上传。")
    name_size, extra_size = struct.unpack("<HH", head[26:30])
    file.seek(info.header_offset + LOCAL_HEADER + name_size + extra_size)
    if info.compress_type == ZIP_STORED:
        pieces = _stored(file, info.compress_size)
    elif info.compress_type == ZIP_DEFLATED:
        pieces = _deflated(file, info.compress_size, -zlib.MAX_WBITS)
    else:
        raise Damaged("压缩包使用了工作簿不会用的压缩方法。请用 Excel 或 WPS 另存为 .xlsx。")
    seen = 0
    for piece in pieces:
        seen += len(piece)
        if seen > info.file_size:
            raise ZipBomb("压缩包声明的大小与实际不符(实际更大),按压缩炸弹拒绝。")
        yield piece
    if seen != info.file_size:
        raise Damaged("压缩包声明的大小与实际不符,文件已损坏。请重新导出。")


def gzip_file(path: Path, *, limit: int, ratio: int, ratio_from: int) -> Iterator[bytes]:
    """The unpacked bytes of a .gz file, all its members, within the limits."""
    packed, seen = path.stat().st_size, 0
    with path.open("rb") as file:
        for piece in _members(file):
            seen += len(piece)
            if seen > limit or (seen > ratio_from and seen > ratio * packed):
                raise ZipBomb(f"解压后超过允许的大小(上限 {limit // 2**20} MB,压缩比上限 {ratio}),按压缩炸弹拒绝。")
            yield piece


def _stored(file: BinaryIO, size: int) -> Iterator[bytes]:
    while size and (piece := file.read(min(PIECE, size))):
        size -= len(piece)
        yield piece


def _deflated(file: BinaryIO, size: int, wbits: int) -> Iterator[bytes]:
    unpack = zlib.decompressobj(wbits)
    try:
        while size and not unpack.eof:
            packed = file.read(min(PIECE, size))
            if not packed:
                break
            size -= len(packed)
            while packed:
                yield unpack.decompress(packed, 4 * PIECE)
                packed = unpack.unconsumed_tail
        while tail := unpack.decompress(b"", 4 * PIECE):
            yield tail
    except zlib.error as why:
        raise Damaged("压缩内容已损坏,无法解开。请重新导出或另存后再上传。") from why


def _members(file: BinaryIO) -> Iterator[bytes]:
    rest = file.read(PIECE)
    while rest:
        unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            while not unpack.eof:
                packed = unpack.unconsumed_tail or rest or file.read(PIECE)
                rest = b""
                if not packed:
                    raise Damaged("gzip 文件不完整(尾部缺失)。请重新传输。")
                yield unpack.decompress(packed, 4 * PIECE)
        except zlib.error as why:
            raise Damaged("gzip 内容已损坏,无法解开。请重新导出。") from why
        rest = unpack.unused_data or file.read(PIECE)
        if rest.strip(b"\0") == b"":  # padding after the last member is allowed
            rest = b""
