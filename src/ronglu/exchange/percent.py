"""Settles whether the percentages of a column stand as 93 or as 0.93, by the profile, by the cell formats, else by asking."""

from ronglu.exchange.job import Job, Special
from ronglu.exchange.measures import Plan
from ronglu.exchange.profile import Percent
from ronglu.exchange.sandbox import Sheet

CHOICES = (str(Percent.AS_IS), str(Percent.FRACTION), str(Percent.FORMAT))


def settle_percent(
    job: Job, sheet: Sheet, plan: Plan, index: int, rows: list[int], special: Special
) -> set[int] | None:
    """The rows whose value is a fraction (times 100); None while the person has not answered."""
    if not plan.is_percent or plan.percent is Percent.AS_IS:
        return set()
    if plan.percent is Percent.FRACTION:
        return set(rows)
    formatted = special.percent.intersection(rows)
    if plan.percent is Percent.FORMAT:
        return formatted
    data = sheet.rows or []
    numbers = [data[row][index] for row in rows if isinstance(data[row][index], int | float)]
    if not numbers:
        return set()
    top = max(abs(number) for number in numbers)
    if len(formatted) >= len(numbers) and top <= 2:
        job.collect.add("percent_format", sheet=sheet.name, column=index, count=len(formatted), value=numbers[0])
        return set(rows)
    small = plan.low is None and plan.high is None and len(numbers) >= 3 and 0 < top <= 1
    if not formatted and not small:
        return set()
    answer = job.collect.ask(
        "percent_scale",
        CHOICES,
        sheet=sheet.name,
        column=index,
        value=numbers[0],
        formatted=len(formatted),
        count=len(numbers),
        name=plan.name,
    )
    return {"": None, "as_is": set(), "fraction": set(rows), "format": formatted}[answer]
