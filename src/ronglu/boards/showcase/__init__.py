"""晒业绩: what crews show of themselves, against plan and their own past, from stored rows alone."""
