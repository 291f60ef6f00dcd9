"""横班联系: pairs of Party members of sister crews, a sentence a week, and how complete a week is."""
