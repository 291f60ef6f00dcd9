"""After all sheets are read: the same slot met twice is compared, never added; overlapping periods of one series are refused."""

from itertools import pairwise

from ronglu.exchange.job import Job


def settle_slots(job: Job) -> None:
    gone = _twice(job) if job.repeated else set()
    gone |= _overlaps(job, gone)
    job.values.drop(gone)


def _twice(job: Job) -> set[int]:
    values, gone = job.values, set[int]()
    seen: dict[tuple[str, str, int], int] = {}
    for number, key in enumerate(zip(values.line, values.series, values.at, strict=True)):
        first = seen.setdefault(key, number)
        if first == number:
            continue
        gone.add(number)
        code = "same_twice" if values.scaled[first] == values.scaled[number] else "differ_twice"
        job.collect.add(
            code,
            sheet=values.sheets[values.sheet[number]],
            row=values.row[number],
            column=values.column[number],
            value=values.text[number],
            other=values.place(first),
            there=values.text[first],
        )
    return gone


def _overlaps(job: Job, gone: set[int]) -> set[int]:
    """Two different periods that share time; the later, longer report stays, the part of a month is refused."""
    values = job.values
    order = sorted(range(len(values.stamps)), key=lambda n: (values.stamps[n].starts_at, values.stamps[n].ends_at))
    furthest: int | None = None
    clash: set[int] = set()
    for one, two in pairwise(order):
        if furthest is None or values.stamps[one].ends_at > values.stamps[furthest].ends_at:
            furthest = one
        if values.stamps[two].starts_at < values.stamps[furthest].ends_at:
            clash |= {furthest, two}
    return _refuse(job, clash, gone) if clash else set()


def _refuse(job: Job, clash: set[int], gone: set[int]) -> set[int]:
    values, stamps = job.values, job.values.stamps
    met: dict[tuple[str, str], list[int]] = {}
    for number, at in enumerate(values.at):
        if at in clash and number not in gone:
            met.setdefault((values.line[number], values.series[number]), []).append(number)
    refused: set[int] = set()
    for (_, series), numbers in met.items():
        numbers.sort(
            key=lambda n: (
                stamps[values.at[n]].ends_at - stamps[values.at[n]].starts_at,
                stamps[values.at[n]].starts_at,
            ),
            reverse=True,
        )
        kept: list[int] = []
        for number in numbers:
            stamp = stamps[values.at[number]]
            other = next(
                (
                    k
                    for k in kept
                    if stamps[values.at[k]].starts_at < stamp.ends_at and stamp.starts_at < stamps[values.at[k]].ends_at
                ),
                None,
            )
            if other is None:
                kept.append(number)
                continue
            refused.add(number)
            job.collect.add(
                "overlap",
                sheet=values.sheets[values.sheet[number]],
                row=values.row[number],
                column=values.column[number],
                value=values.text[number],
                series=series,
                one=values.sheets[values.sheet[number]],
                one_span=_span(job, number),
                two=values.sheets[values.sheet[other]],
                two_span=_span(job, other),
            )
    return refused


def _span(job: Job, number: int) -> str:
    stamp = job.values.stamps[job.values.at[number]]
    return f"{stamp.starts_at:%Y-%m-%d %H:%M} 至 {stamp.ends_at:%Y-%m-%d %H:%M}"
