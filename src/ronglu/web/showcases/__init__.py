"""晒业绩: boards that crews show of their own will, on a page and on the plant's screen."""
