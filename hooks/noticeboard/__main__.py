"""How the `noticeboard` command is entered: what stops it from outside is told in one line, without a traceback."""

from __future__ import annotations

import contextlib
import os
import sys


def main() -> None:
    """Run the command.

    Exit code 2: something can't be read or written, as on a full disk; 1: stopped by Ctrl-C; else those of cli.
    """
    try:
        # Loading takes most of a short command's time, and Ctrl-C may come within it.
        from noticeboard import cli

        cli.main()
    except KeyboardInterrupt:
        _end("Aborted!", 1)
    except OSError as error:
        _end(f"Error: {error.filename or 'The output'}: {error.strerror or error}.", 2)


def _end(message: str, code: int) -> None:
    with contextlib.suppress(OSError, AttributeError):
        sys.stderr.write(f"{message}\n")
        sys.stderr.flush()
    # What could not be written is still held, and Python would try once more at its end, and complain.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    sys.exit(code)


if __name__ == "__main__":
    main()
