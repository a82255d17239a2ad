"""What makes the site this district's: the part `extra.noticeboard` of mkdocs.yml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator, model_validator

from noticeboard.i18n import catalogs
from noticeboard.law import statutes
from noticeboard.law.statutes import Citation, Law, LawError, LawTexts
from noticeboard.notice import data_codes
from noticeboard.notice.problem import field_name


class SettingsError(ValueError):
    """Something in mkdocs.yml that can't be; its message says what and where."""


Sentence = str | dict[str, str]
"""A sentence of the settings: in English, or by language; the district's names stand in it as `{city}`."""
_NAMES = ("city", "municipality", "state", "publisher")


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
    source: str | None = None
    """Where all this was found; None: nobody has looked yet."""
    checked_on: date | None = None

    @property
    def host(self) -> str:
        """Whose page the source is, as people read it."""
        return _host(self.source or "")

    @model_validator(mode="after")
    def _says_where_it_was_found(self) -> Place:
        if bool(self.source) != bool(self.checked_on):
            raise ValueError("source and checked_on go together")
        if not self.source and (not self.unconfirmed or self.phone or self.email or self.url or self.address):
            raise ValueError("must have a source and checked_on for what it says; without them, only unconfirmed")
        return self


class GuideSource(BaseModel):
    """The page from which the guide has what it says of the municipality's own pages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    checked_on: date

    @property
    def host(self) -> str:
        """Whose page it is, as people read it."""
        return _host(self.source)


class Promise(Citation):
    """What the district promises beyond the law, and where it says so."""

    note: Sentence = ""
    """What else its page says of it, for the breach process's sources."""


def _filled(sentence: str, names: Mapping[str, Any]) -> str:
    for name in _NAMES:
        sentence = sentence.replace(f"{{{name}}}", str(names.get(name, "")))
    return sentence


def _host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")


class Settings(BaseModel):
    """Everything that another district changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    publisher: str = Field(min_length=1)
    """The district that posts the notices, by its full name."""
    city: str = Field(min_length=1)
    municipality: Literal["City", "Town", "Borough"] = "City"
    """What the city is by law, for “the Town’s IT department”."""
    state: str = Field(min_length=1)
    state_code: str
    """Chooses the law: hooks/noticeboard/law/states/CT.yml."""
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
    policies: dict[str, Promise] = {}
    """The district's own promises, by rule id."""
    municipal_guide: GuideSource | None = None
    """What the guide follows where it speaks of the municipality's pages; None: it says that nobody has looked yet."""
    published: list[str] = []
    """What is public, and may stand in a notice: phones and addresses of offices, numbers that are nobody's."""
    notice_contacts: list[str] = []
    """The places that a new notice names as its contacts, by their keys."""
    places: dict[str, Place]
    """Contacts of the guide, by a short key that the pages use."""

    @field_validator("state_code")
    @classmethod
    def _law_is_there(cls, code: str) -> str:
        statutes.must_be_known(code)
        return code

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

    @field_validator("places")
    @classmethod
    def _names_are_filled(cls, places: dict[str, Place], info: ValidationInfo) -> dict[str, Place]:
        return {key: place.model_copy(update={"name": _filled(place.name, info.data)}) for key, place in places.items()}

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
        known = data_codes.names()
        for code in codes or []:
            if code not in known:
                raise ValueError(f"must list data codes that can be directory information, not {code!r}")
        return codes

    @model_validator(mode="after")
    def _directory_holds_nothing_personal(self) -> Settings:
        if self.directory_information:
            codes = statutes.load(self.state_code, self.zone).codes
            for code in self.directory_information:
                if codes[code].personal:
                    raise ValueError(
                        f"directory_information must list data codes that can be directory information, not {code!r}"
                    )
        return self

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
        return _filled(sentence, {name: getattr(self, name) for name in _NAMES})

    @property
    def zone(self) -> ZoneInfo:
        """The district's clocks."""
        return ZoneInfo(self.timezone)

    def law(self, texts: LawTexts | None = None) -> Law:
        """Read the statutes as this district needs them; None: those that ship with the project.

        Raises LawError for texts that can't be, and SettingsError for the project's own file.
        """
        if texts is None:
            try:
                return statutes.load(self.state_code, self.zone, self.policies, self.directory_information)
            except LawError as error:
                raise SettingsError(f"hooks/noticeboard/law/states/{self.state_code}.yml: {error}") from None
        return statutes.load(self.state_code, self.zone, self.policies, self.directory_information, texts)


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
