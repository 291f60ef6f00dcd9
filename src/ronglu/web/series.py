"""Series as a list offers them: names that several process modules share carry their module, so that one can choose."""

from collections import Counter
from collections.abc import Iterable

from ronglu.packs.pack import Pack


def offered(pack: Pack, codes: Iterable[str]) -> dict[str, str]:
    """Code and name, in the order given; a code that the pack no longer knows stands for itself."""
    listed = list(dict.fromkeys(codes))
    times = Counter(pack.series[code].name for code in listed if code in pack.series)
    return {code: _name(pack, code, shared=times) for code in listed}


def _name(pack: Pack, code: str, *, shared: Counter[str]) -> str:
    one = pack.series.get(code)
    if one is None:
        return code
    return f"{one.name} · {pack.modules[one.module].name}" if shared[one.name] > 1 and one.module else one.name
