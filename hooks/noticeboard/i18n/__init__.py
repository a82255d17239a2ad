"""Languages: message catalogs, dates, numbers, plurals, and labels for the codes of the format."""
