"""A record is strictly better than everything before and comes from a period that was read."""

from decimal import Decimal as D

from ronglu.kernel.measure.records import Records, records


def test_a_tie_is_no_record():
    found = records([D(1650), D(1702), D(1702), D(1688), D(1983)])
    assert found == Records((0, 1, 4), D(1983), D(1702), D(281))


def test_lower_is_better_when_said_so():
    assert records([D("0.9"), D("0.8"), D("0.85")], up=False).at == (0, 1)


def test_a_half_read_day_sets_no_record_and_a_missing_one_neither():
    found = records([D(10), D(99), None, D(12)], coverage=[D(1), D("0.94"), D(1), D("0.95")])
    assert (found.at, found.current) == ((0, 3), D(12))


def test_without_readings_there_is_no_record():
    assert records([None, None]) == Records()
