"""Production briefs: the list, one brief as page, Word, PDF and workbook, and the sentences they are written in."""
