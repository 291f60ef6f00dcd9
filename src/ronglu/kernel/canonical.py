"""The one text of plain data, under which it is digested: published sheets, sealed months, declared contests."""

from __future__ import annotations

import json
from typing import Any


def canonical(data: Any) -> bytes:
    """Sorted keys, no blanks, UTF-8."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
