#!/usr/bin/env python3
"""A stand-in for gh: its issues are a JSON file, $GH_STATE, beside what is done with them."""

from __future__ import annotations

import json
import os
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import jq


def main(arguments: list[str]) -> None:
    path = Path(os.environ["GH_STATE"])
    state: dict[str, Any] = json.loads(path.read_text("utf-8"))
    options = {name: value for name, value in pairwise(arguments) if name.startswith("--")}
    command = " ".join(arguments[:2])
    state.setdefault("did", [])
    if command == "repo view":
        print("true" if state["are_on"] else "false")
    elif command == "issue list":
        found = [issue for issue in state["issues"] if issue["is_open"]]
        print("\n".join(str(each) for each in jq.compile(options["--jq"]).input_value(found).all()))
    elif command == "issue view":
        print(_issue(state, arguments[2])["body"])
    elif command == "issue create":
        body = Path(options["--body-file"]).read_text("utf-8")
        number = len(state["issues"]) + 1
        author = {"is_bot": True, "login": "app/github-actions"}
        state["issues"].append(
            {"number": number, "title": options["--title"], "body": body, "author": author, "is_open": True}
        )
        state["did"].append("opened")
    elif command == "issue edit":
        # GitHub's pages hand texts back with the line ends of Windows.
        body = Path(options["--body-file"]).read_text("utf-8").replace("\n", "\r\n")
        _issue(state, arguments[2])["body"] = body
    elif command == "issue comment":
        state["did"].append("commented")
    elif command == "issue close":
        _issue(state, arguments[2])["is_open"] = False
        state["did"].append("closed")
    else:
        sys.exit(f"this stand-in knows no gh {command}")
    path.write_text(json.dumps(state), "utf-8")


def _issue(state: dict[str, Any], number: str) -> dict[str, Any]:
    found: dict[str, Any] = next(issue for issue in state["issues"] if str(issue["number"]) == number)
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
