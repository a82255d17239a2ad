"""The law: statutes as data, business days, clocks, and advice by kind of data."""
