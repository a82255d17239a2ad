"""The core of the board: notices, the law's clocks, and the texts computed from both.

It knows no MkDocs, reads no clock (the time is always a parameter) and writes no file.
"""
