"""The settled month replaces the reports; the difference stays visible."""

from decimal import Decimal as D

from ronglu.kernel.measure.agg import EMPTY, merge, one
from ronglu.kernel.measure.settlement import settle


def test_the_settled_figure_replaces_the_sum_of_the_shift_reports():
    reports = merge([one(D(100)), one(D(110)), one(D(90))])
    found = settle(reports, D(294))
    assert (found.agg.total, found.reported, found.settled, found.difference) == (D(294), D(300), D(294), D(-6))
    assert found.change.percent == D("-2.00")
    assert (found.agg.n, found.agg.high) == (3, D(110))


def test_a_quarter_takes_settled_months_where_there_are_some():
    months = [settle(one(D(100)), D(97)), settle(one(D(120)), None), settle(one(D(110)), D(111))]
    assert merge(month.agg for month in months).total == D(328)


def test_without_settlement_the_reports_stand_and_there_is_no_difference():
    found = settle(one(D(100)), None)
    assert (found.agg.total, found.difference) == (D(100), None)


def test_a_month_settled_without_any_report_is_not_missing():
    found = settle(EMPTY, D(50))
    assert (found.agg.total, found.agg.n, found.reported, found.difference) == (D(50), 1, None, None)
