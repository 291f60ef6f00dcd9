"""What tests of scored months share: one result, its lines, and the kernel's word on the very same rows."""

from ronglu.kernel.rules.basis import Basis
from ronglu.kernel.rules.score import judge
from ronglu.store.models import Result, Run
from ronglu.work import sheets


def result(run: Run, item: str, body: str = "QL-B1") -> Result:
    return Result.objects.get(run=run, body__code=body, item=item)


def lines(found: Result) -> list[tuple[str, int, int]]:
    """Key, numerator and denominator of each line of the basis."""
    return [(one["key"], one["num"], one["den"]) for one in found.basis["lines"]]


def same_in_the_kernel(found: Result) -> bool:
    """Whether columns and kernel say the same of the stored rows: state, points, share."""
    item = next(i for i in sheets.sheet_of(found.run.sheet).items if i.code == found.item)
    judged = judge(item=item, basis=Basis.from_data(found.basis))
    return (judged.state.value, judged.won_h, judged.share_ppb) == (found.state, found.won, found.share)
