"""化验与品级: assay sheets typed or brought in, the grade limit by limit, a month's lots by line and grade."""
