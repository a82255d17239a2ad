"""What a notice can give as the cause of a breach, and who can have found it (causes.yml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from noticeboard.notice import strict_yaml


@dataclass(frozen=True)
class Cause:
    """Why a breach happened, or who found it."""

    name: str
    """In plain English; other languages have it in their catalogs."""
    veris: Mapping[str, Any]
    """Its part of a VERIS incident: the action, or the discovery method; empty: unknown."""
    actor: Mapping[str, Any] | None = None
    """Who did it, for VERIS; None: unknown."""


# Part of the format, as the model's types are: it doesn't change while a process runs.
@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = strict_yaml.read_data(
        resources.files(__package__).joinpath("causes.yml").read_text("utf-8")
    )
    return data


@cache
def causes() -> Mapping[str, Cause]:
    """Return the causes by code, in their order."""
    return {entry["id"]: Cause(entry["name"], entry["action"], entry.get("actor")) for entry in _data()["causes"]}


@cache
def finders() -> Mapping[str, Cause]:
    """Return who can have found a breach, by code, in their order."""
    return {entry["id"]: Cause(entry["name"], entry["discovery_method"]) for entry in _data()["finders"]}
