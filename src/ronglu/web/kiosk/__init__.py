"""The shift terminal (交接终端): one line's board for all, and for a moment the page of whoever says who he is."""
