"""关账: closing a month, its seals, rulings on appeals, and what was adjusted afterwards."""
