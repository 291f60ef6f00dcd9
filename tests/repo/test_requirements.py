"""The inventory of requirements is whole: 202 rows, each with a piece of work that delivers it."""

from collections import Counter

from tools.docs.requirements import inventory

# one line a seed and one a piece of work, counted by hand from the domain's inventory
ROWS = {"S0": 43, "S1": 56, "S2": 33, "S3": 42, "S4": 28}
WORKS = {
    "foundation": 8,
    "loops": 50,
    "assessment": 27,
    "production": 28,
    "life": 49,
    "party_plus": 16,
    "people": 13,
    "recognition": 11,
}


def test_every_row_of_the_inventory_is_there_once_and_in_order() -> None:
    wanted = [f"{seed}-{number:02d}" for seed, count in ROWS.items() for number in range(1, count + 1)]
    assert [row["id"] for row in inventory()["rows"]] == wanted


def test_every_row_has_one_piece_of_work_that_delivers_it() -> None:
    assert Counter(row["work"] for row in inventory()["rows"]) == WORKS
    assert set(inventory()["works"]) == set(WORKS)


def test_the_foundation_delivers_the_eight_rows_that_were_agreed() -> None:
    mine = {row["id"] for row in inventory()["rows"] if row["work"] == "foundation"}
    assert mine == {"S0-04", "S0-18", "S0-24", "S1-01", "S1-02", "S1-03", "S1-05", "S2-01"}


def test_no_two_rows_say_the_same() -> None:
    texts = Counter(row["text"] for row in inventory()["rows"])
    assert [text for text, count in texts.items() if count > 1] == []
