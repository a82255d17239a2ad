"""The core of the board: notices, the law's clocks, and the texts computed from both.

It knows no MkDocs. Only `cli` and `site.sources` read the clock; elsewhere the time is a parameter.
"""
