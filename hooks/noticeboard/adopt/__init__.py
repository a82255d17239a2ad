"""Making the repository another district's: its answers, and what of the files they change."""
