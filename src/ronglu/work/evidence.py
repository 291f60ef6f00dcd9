"""A case that stands as evidence that something of the annual plan was done."""

from ronglu.kernel.annual.errors import AnnualTrouble
from ronglu.store.models import Body, Case


def witness(case: Case, body: Body) -> Case:
    """Of the same plant, and one whose title everybody may read who reads the plan."""
    if case.plant_id != body.plant_id or case.secrecy != "open" or case.phase == "dropped":
        raise AnnualTrouble(f"事项 {case.number} 不能作依据：应是本厂公开的、没有撤销的事项")
    return case
