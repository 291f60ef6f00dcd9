"""Keys say what is summed inside one slot."""

import pytest

from ronglu.kernel.measure.keys import BadKey, parse


def test_a_plain_key_is_one_series():
    key = parse("ore")
    assert (key.is_plain, key.is_product, key.series) == (True, False, ("ore",))


def test_a_product_names_its_factors_and_hours_is_no_series():
    key = parse("voltage*@hours*cells")
    assert key.is_product and key.factors == ("voltage", "@hours", "cells")
    assert key.series == ("voltage", "cells")


def test_a_weight_is_summed_only_where_the_value_was_read():
    key = parse("ore|grade")
    assert key.is_product and key.given == "grade" and key.series == ("ore", "grade")


def test_hours_of_a_series_need_no_column_of_their_own():
    key = parse("@hours|run_hours")
    assert key.is_hours and not key.is_product


def test_a_counter_names_its_event():
    key = parse("heats@overhauls")
    assert key.event == "overhauls" and not key.is_product and key.series == ("heats", "overhauls")


@pytest.mark.parametrize("text", ["", "Ore", "a*", "a**b", "a|", "a@", "a@b*c", "1a", "a b"])
def test_anything_else_is_refused(text):
    with pytest.raises(BadKey, match="看不懂"):
        parse(text)
