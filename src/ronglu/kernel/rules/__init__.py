"""How a score is made: shapes, items, sheets, states, totals, the formalism linter and the trace; pure values, no table, no clock."""
