"""The answer as a sentence anyone understands, why nothing can be told, and how it was judged."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ronglu.boards.effect.read import Told, Way
from ronglu.kernel.measure.effect import Word, digits
from ronglu.kernel.measure.indicator import Direction, Indicator
from ronglu.web.formats import num, pct
from ronglu.web.words import named

if TYPE_CHECKING:
    from ronglu.store.models import Effect

WORDS: dict[str, str | Promise] = {
    Word.PROVEN: gettext_lazy("有把握有成效"),
    Word.LIKELY: gettext_lazy("很可能有成效"),
    Word.UNTOLD: gettext_lazy("说不清"),
    Word.NONE: gettext_lazy("没有成效"),
}
MARKS = {Word.PROVEN: "good", Word.LIKELY: "on_track", Word.UNTOLD: "nothing", Word.NONE: "watch"}
STATE_MARKS = {"registered": "waiting", "queued": "running", "failed": "failed"}
WAYS: dict[str, str | Promise] = {
    "its": gettext_lazy("前后对比（中断时间序列）"),
    "did": gettext_lazy("和兄弟产线比（双重差分）"),
    "synthetic": gettext_lazy("和几条兄弟产线合成的对照比（合成控制）"),
}
LACKS: dict[str, str | Promise] = {
    "none": gettext_lazy("这个指标没有审核过的日值。"),
    "still": gettext_lazy("这个指标在这些日子里没有变化过，没有东西可比。"),
    "short": gettext_lazy("一共只有 %(days)d 天的数，凑不出 100 个同样长的假想窗口；至少要 %(needed)d 天。"),
    "early": gettext_lazy("开始之前只有 %(before)d 天的数，至少要 %(needed)d 天才知道平常是什么样。"),
    "unfinished": gettext_lazy("%(length)d 天里才有 %(days)d 天的数，等报齐了再判。"),
    "gaps": gettext_lazy("开始前的 %(before)d 天或这 %(length)d 天里缺数太多，两段都要八成以上的日子有审核过的数。"),
    "few": gettext_lazy("缺数的日子太多，只凑得出 %(positions)d 个假想窗口，至少要 %(needed)d 个。"),
}


def mark_of(row: "Effect") -> tuple[str, str]:
    """Mark and word of a question as it stands."""
    if row.state == "judged":
        word = Word(row.word)
        return MARKS[word], str(WORDS[word])
    return STATE_MARKS[row.state], _(row.get_state_display())


def origin(row: "Effect") -> str:
    """What it hangs on: a case by its number, else the kind."""
    word = {"case": _("事项"), "contest": _("竞赛"), "campaign": _("活动")}.get(row.kind, "")
    return f"{word} {row.subject}" if row.kind == "case" else word


def floor(row: "Effect", smallest: Decimal | None, one: Indicator) -> str:
    """What is worth speaking of, and who said so; a share of the usual level is an amount once it was judged."""
    share = row.smallest.endswith("%")
    amount = f"±{_amount(smallest or row.smallest, one)}" if smallest or not share else ""
    parts = [amount, _("平常水平的 %s") % row.smallest if share else "", _(row.get_smallest_from_display())]
    return " · ".join(part for part in parts if part)


def when_chosen(row: "Effect") -> str:
    return _("事先登记") if row.beforehand else _("事后选定")


def sentence(told: Told, one: Indicator) -> str:
    """What came out, in one or two sentences."""
    word = Word(told.row.word)
    if told.why:
        return lack(*told.why)
    return _said(told, one, word) + _small(told, one, word)


def _small(told: Told, one: Indicator, word: Word) -> str:
    """A change that is there and yet hardly worth it."""
    if word not in (Word.PROVEN, Word.LIKELY) or told.smallest is None or abs(told.ways[0].level) >= told.smallest:
        return ""
    return _("不过变化不到 %s，未必值得一提。") % _amount(told.smallest, one)


def _said(told: Told, one: Indicator, word: Word) -> str:
    way, days = told.ways[0], told.row.until_on - told.row.from_on
    change = _change(way, one)
    common = {
        "name": named(one), "days": days.days, "change": change, "share": percent(told), "n": told.rank.others,
        "good": told.rank.as_good,
        "smallest": _amount(told.smallest, one),
    }  # fmt: skip
    if word is Word.PROVEN:
        return (
            _(
                "这 %(days)d 天%(name)s%(change)s。这不像是碰巧：别的 %(n)d 个同样长的窗口里，一样好的有 %(good)d 个，扣除前后相关以后仍然站得住。"
            )
            % common
        )
    if word is Word.LIKELY:
        return (
            _(
                "这 %(days)d 天%(name)s%(change)s。没有做什么的时候，也有 %(share)s 的窗口一样好：很可能有成效，还不能说有把握。"
            )
            % common
        )
    if word is Word.NONE:
        return _("这 %(days)d 天%(name)s的变化连误差在内都不到 %(smallest)s：没有成效。") % common
    if _worse(way, one):
        return _("这 %(days)d 天%(name)s%(change)s，是往坏的方向。说不上有成效。") % common
    return (
        _("这 %(days)d 天%(name)s%(change)s，但没有做什么的时候也常有这样的起伏（%(share)s 的窗口一样好）：说不清。")
        % common
    )


def lack(code: str, numbers: Mapping[str, int]) -> str:
    return _("说不清：") + str(LACKS[code]) % numbers


def how(told: Told, one: Indicator) -> list[str]:
    """How it was judged, a sentence a step."""
    rank, way = told.rank, told.ways[0]
    steps = [
        _("把这 %(length)d 天的日值和开始前 %(before)d 天比，用%(way)s；缺数、没有审核和计划停产的日子不算。") % {
            "length": told.row.until_on.toordinal() - told.row.from_on.toordinal(), "before": told.before, "way": WAYS[way.code],
        },
        _("前期够长，原来的走向也扣除了。") if told.trend else _("前期不到窗口的两倍，不估走向：一个月的走向多半是噪声。"),
        _("今天和昨天的数相像，所以误差按 Newey–West 算（%(lags)d 天），区间 %(low)s 到 %(high)s。") % {
            "lags": way.lags, "low": num(way.low, digits(one) + 1), "high": num(way.high, digits(one) + 1),
        },
        _("再把同样长的窗口放到没有做这件事的每一天去算一遍：%(others)d 个里有 %(as_good)d 个一样好；其中和这一次毫不重叠的 %(clear)d 个里有 %(clear_as_good)d 个。") % {
            "others": rank.others, "as_good": rank.as_good, "clear": rank.clear, "clear_as_good": rank.clear_as_good,
        },
        _("按这些假想窗口校准，变化应在 %(low)s 到 %(high)s 之间（每侧 5%%）。") % {
            "low": num(told.calibrated[0], digits(one) + 1), "high": num(told.calibrated[1], digits(one) + 1),
        },
    ]  # fmt: skip
    if rank.mirrored:
        steps.append(
            _("在没有做这件事的产线上也放了 %(n)d 个假想窗口，%(good)d 个一样好。")
            % {"n": rank.mirrored, "good": rank.mirrored_as_good}
        )
    steps.append(
        _(
            "没有成效：两个区间都在 ±%s 以内，再有把握也不值得一提；有把握：比 95%% 的假想窗口好，并且 Newey–West 区间不含 0；很可能：比 80%% 好；其余说不清。"
        )
        % _amount(told.smallest, one)
    )
    return steps


def percent(told: Told) -> str:
    return pct(told.rank.share)


def _amount(value: object, one: Indicator) -> str:
    return f"{num(value)} {one.unit}".strip()


def _change(way: Way, one: Indicator) -> str:
    if one.direction is Direction.BAND:
        word = _("出控制带的距离增加") if way.level > 0 else _("出控制带的距离减少")
    else:
        word = _("升高") if way.level > 0 else _("降低")
    return f"{word} {num(abs(way.level), digits(one))} {one.unit}".strip()


def _worse(way: Way, one: Indicator) -> bool:
    """The whole robust interval lies on the wrong side."""
    return way.high < 0 if one.direction is Direction.UP else way.low > 0
