"""What makes the site this district's: the part `extra.noticeboard` of mkdocs.yml."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from noticeboard.i18n import catalogs
from noticeboard.law import statutes
from noticeboard.law.statutes import Citation, Law, LawTexts
from noticeboard.notice import data_codes
from noticeboard.notice.problem import field_name


class SettingsError(ValueError):
    """Something in mkdocs.yml that can't be; its message says what and where."""


Sentence = str | dict[str, str]
"""A sentence of the settings: in English, or by language; the district's names stand in it as `{city}`."""


def languages_of(sentence: Sentence) -> dict[str, str]:
    """Return a sentence by language."""
    return {catalogs.SOURCE: sentence} if isinstance(sentence, str) else sentence


class Place(BaseModel):
    """A body that people can turn to, or a page to read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    what_for: Sentence = ""
    """One line: when to turn to it."""
    url: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    unconfirmed: Sentence | None = None
    """What is not yet confirmed, in words that the page shows."""
    source: str
    """Where all this was found."""
    checked_on: date

    @property
    def host(self) -> str:
        """Whose page the source is, as people read it."""
        return urlsplit(self.source).netloc.removeprefix("www.")


class Settings(BaseModel):
    """Everything that another district changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    publisher: str = Field(min_length=1)
    """The district that posts the notices, by its full name."""
    city: str = Field(min_length=1)
    state: str = Field(min_length=1)
    state_code: str = Field(pattern="^[A-Z]{2}$")
    timezone: str
    languages: list[str] = Field(min_length=1)
    feed_ids: str = Field(min_length=1)
    """What every feed item's id begins with. Never change it: readers would show everything anew."""
    site_url: str = ""
    repository: str = ""
    """The repository's web address, for “Edit this page”; empty: no such link."""
    branch: str = "main"
    rebuilt_every: int = Field(60, ge=1)
    """After how many minutes the publishing workflow builds the site anew."""
    security_until: date | None = None
    """Until when reports of weaknesses reach somebody; None: the site has no file for security researchers."""
    samples: bool = False
    """Whether the notices are samples: every page, banner and feed then says so."""
    search: bool = True
    """Whether the site gets a search index."""
    directory_information: list[str] | None = None
    """The data codes on the district's yearly list of directory information; None: the usual ones."""
    policies: dict[str, Citation] = {}
    """The district's own promises: rule id → where it is published."""
    published: list[str] = []
    """What is public, and may stand in a notice: phones and addresses of offices, numbers that are nobody's."""
    notice_contacts: list[str] = []
    """The places that a new notice names as its contacts, by their keys."""
    places: dict[str, Place]
    """Contacts of the guide, by a short key that the pages use."""

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"must be a time zone such as America/New_York, not {name!r}") from None
        return name

    @field_validator("languages")
    @classmethod
    def _languages_exist(cls, codes: list[str]) -> list[str]:
        known = catalogs.available()
        for code in codes:
            if code not in known:
                raise ValueError(f"must be languages that have a catalog ({', '.join(known)}), not {code!r}")
        if len(set(codes)) < len(codes):
            raise ValueError("must name each language once")
        if codes[0] != known[0]:
            raise ValueError(f"must begin with {known[0]}, in which the notices are written")
        return codes

    @field_validator("places")
    @classmethod
    def _sentences_are_english_first(cls, places: dict[str, Place]) -> dict[str, Place]:
        for key, place in places.items():
            for sentence in (place.what_for, place.unconfirmed):
                if isinstance(sentence, dict) and (
                    catalogs.SOURCE not in sentence or {*sentence} - {*catalogs.available()}
                ):
                    raise ValueError(f"{key}: a sentence by language must have en, and only languages with a catalog")
        return places

    @field_validator("site_url", "repository")
    @classmethod
    def _is_address(cls, url: str) -> str:
        try:
            parts = urlsplit(url)
            is_plain = (
                parts.scheme in {"http", "https"}
                and parts.hostname
                and url == f"{parts.scheme}://{parts.netloc}{parts.path}"
            )
        except ValueError:
            is_plain = False
        if url and (not is_plain or re.search(r"[@\s\\<>\"']", url)):
            raise ValueError(f"must be a web address like https://example.org/board/, not {url!r}")
        return url

    @field_validator("site_url")
    @classmethod
    def _ends_with_slash(cls, url: str) -> str:
        return url.rstrip("/") + "/" if url else ""

    @field_validator("directory_information")
    @classmethod
    def _codes_exist(cls, codes: list[str] | None) -> list[str] | None:
        table = data_codes.load()
        for code in codes or []:
            if code not in table or table[code].categories & data_codes.PERSONAL_INFORMATION:
                raise ValueError(f"must list data codes that can be directory information, not {code!r}")
        return codes

    @model_validator(mode="after")
    def _contacts_exist(self) -> Settings:
        for key in self.notice_contacts:
            place = self.places.get(key)
            if not place or not (place.phone or place.email or place.url):
                raise ValueError(f"notice_contacts must name places with a phone, an email or a url, not {key!r}")
        return self

    @property
    def published_contacts(self) -> list[str]:
        """Every phone, mail and house address that an office publishes."""
        places = self.places.values()
        contacts = [
            contact
            for place in places
            for contact in (place.phone, place.email, place.address, *languages_of(place.unconfirmed or "").values())
            if contact
        ]
        return [*self.published, *contacts]

    def filled(self, sentence: str) -> str:
        """Put the district's names into a sentence."""
        for name in ("city", "state", "publisher"):
            sentence = sentence.replace(f"{{{name}}}", getattr(self, name))
        return sentence

    @property
    def zone(self) -> ZoneInfo:
        """The district's clocks."""
        return ZoneInfo(self.timezone)

    def law(self, texts: LawTexts | None = None) -> Law:
        """Read the statutes as this district needs them; None: those that ship with the project."""
        return statutes.load(self.zone, self.policies, self.directory_information, texts)


def from_config(config: dict[str, Any]) -> Settings:
    """Take the settings out of what mkdocs.yml says.

    Raises SettingsError with every setting that is wrong.
    """
    extra = (config.get("extra") or {}).get("noticeboard")
    if not isinstance(extra, dict):
        raise SettingsError("mkdocs.yml must have its settings under extra: noticeboard:")
    languages = extra.get("languages")
    if isinstance(languages, str):  # from the environment: LANGUAGES=en,es
        languages = [code.strip() for code in languages.split(",") if code.strip()]
    values = {**extra, "languages": languages, "site_url": config.get("site_url") or ""}
    if extra.get("samples"):
        # A sample must not speak in the name of a district that never posted it.
        values["publisher"] = "Example Public Schools"
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        details = "; ".join(f"{field_name(detail['loc'])}: {detail['msg']}" for detail in error.errors())
        raise SettingsError(f"mkdocs.yml, extra.noticeboard: {details}") from None
