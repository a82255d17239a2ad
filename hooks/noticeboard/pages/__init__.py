"""One function for each kind of page."""
