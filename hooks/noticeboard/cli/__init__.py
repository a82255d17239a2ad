"""The `noticeboard` command: the core for people at a terminal and for workflows."""

from __future__ import annotations

import click

# What only some commands need is loaded inside them: all of it would take longer than to check a notice.
from noticeboard.cli.adopt import adopt_command
from noticeboard.cli.check import check_command, summary_command
from noticeboard.cli.doctor import doctor_command
from noticeboard.cli.duties import due_command, watch_command
from noticeboard.cli.inspect import fingerprint_command, inspect_command
from noticeboard.cli.letters import letter_command, report_command
from noticeboard.cli.new import new_command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="noticeboard")
def main() -> None:
    """Check the notices of the board, and see what the law asks for and by when."""


for command in (
    check_command, due_command, new_command, letter_command, report_command, summary_command, watch_command,
    inspect_command, fingerprint_command, adopt_command, doctor_command,
):  # fmt: skip
    main.add_command(command)
