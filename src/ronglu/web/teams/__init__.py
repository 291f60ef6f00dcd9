"""Teams, missions, duties, model posts and studios in the browser, and the frame of all pages of labour."""
