"""What families are sent, from the same file as the page: an e-mail, a text, a page to print, a text message.

All of them say the same facts, in the same order; the text message has room for what it is, and where to read on.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cached_property

from markupsafe import Markup, escape

from noticeboard.board.board import FamilyDate, Posted
from noticeboard.i18n import labels
from noticeboard.i18n.catalogs import SOURCE
from noticeboard.notice import short_code
from noticeboard.notice.dates import When
from noticeboard.notice.localized import Localized, Said
from noticeboard.render import csp
from noticeboard.render.formatter import Wording
from noticeboard.text import plain_text, safe_markdown, sms
from noticeboard.text.plain_text import harmless

NAME = "{{name}}"
"""The one field that a mass mailer fills in."""
MIN_TITLE = 10
"""With less room than this, a title says nothing."""
WIDTH = 78


@dataclass(frozen=True)
class Block:
    """A piece of a letter: a heading with what stands under it."""

    heading: str
    lines: tuple[str | Said, ...] = ()
    """Plain lines."""
    markdown: tuple[str | Said, ...] = ()
    """Texts of the notice."""


@dataclass(frozen=True)
class Letter:
    """A letter in one language."""

    wording: Wording
    posted: Posted

    @property
    def local(self) -> Localized:
        """What the notice says in the letter's language."""
        return Localized(self.posted.notice, self.wording.language.code)

    @property
    def address(self) -> str:
        """The notice's page."""
        return f"{self.wording.settings.site_url}{self.wording.language.path}{self.posted.address}"

    @property
    def code(self) -> str:
        """The notice's short code."""
        return short_code.code(self.posted.id)

    @property
    def subject(self) -> str:
        """What the letter is about."""
        return self._marked(self._about)

    @property
    def _about(self) -> str:
        title = " ".join(str(self.local.title).split())
        return harmless(f"{self.gettext('Notice of data breach')}: {title}")

    def _marked(self, text: str) -> str:
        return f"{self.gettext('SAMPLE')}: {text}" if self.wording.settings.samples else text

    def gettext(self, message: str, **values: object) -> str:
        """Say a sentence in the letter's language; the name is the one that the catalogs look for."""
        return self.wording.language.gettext(message, **values)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The letter's pieces, in the order of the notice's page."""
        return tuple(self._blocks())

    def _blocks(self) -> Iterator[Block]:
        language, local, notice = self.wording.language, self.local, self.posted.notice
        gettext = language.gettext
        yield Block("", (local.summary, *self._standing()))
        yield Block(gettext("What happened"), tuple(self._facts()), (self._text("what_happened"),))
        yield Block(gettext("What information was involved"), tuple(self._groups()))
        yield Block(gettext("What we are doing"), (), (self._text("what_we_are_doing"),))
        yield Block(gettext("What you can do"), tuple(self._dates()), (self._text("what_you_can_do"),))
        more = (self._text("more_information"),) if notice.more_information else ()
        yield Block(gettext("For more information"), tuple(self._contacts()), more)
        if notice.updates:
            yield Block(gettext("Updates"), (), tuple(self._updates()))
        yield Block(gettext("Is this letter real?"), tuple(self._proof()))

    def _text(self, name: str) -> Said:
        return self.local.text(name) or Said("")

    def _english(self, text: str) -> Said:
        """Give what the format has no translation for, such as an office's name."""
        return Said(text, None if self.wording.language.code == SOURCE else SOURCE)

    def _standing(self) -> list[str]:
        notice, when = self.posted.notice, self.wording.when
        lines = [self.gettext("Status: %(status)s", status=self.gettext(labels.STATUS[notice.status]))]
        lines.append(self.gettext("Posted: %(day)s", day=when(notice.posted)))
        return lines

    def _facts(self) -> Iterator[str]:
        notice, when, gettext = self.posted.notice, self.wording.when, self.wording.language.gettext
        system = notice.contractor if notice.has_contractor else gettext("The district’s own")
        yield f"{gettext('Whose system')}: {system}{f' ({notice.product})' if notice.product else ''}"
        found_out = gettext("When the contractor found out") if notice.has_contractor else gettext("When we found out")
        dates: list[tuple[str, When | None]] = [
            (gettext("When it happened"), notice.occurred),
            (found_out, notice.discovered),
            (gettext("When its notice reached us"), notice.received),
        ]
        yield from (f"{name}: {when(date)}" for name, date in dates if date)

    def _groups(self) -> Iterator[str]:
        language, notice = self.wording.language, self.posted.notice
        for index, group in enumerate(notice.affected):
            schools = language.gettext("All schools") if group.schools == "all" else language.join(group.schools or [])
            cohort = self.local.cohort(index)
            about = [schools, str(cohort) if cohort else "", self.wording.count(group)]
            within = f" ({'; '.join(each for each in about if each)})" if any(about) else ""
            data = language.join(self.wording.data_names(group.data))
            yield f"{self.gettext(labels.PEOPLE[group.who])}{within}: {data}"
        if notice.not_involved:
            names = language.join(self.wording.data_names(notice.not_involved))
            yield f"{language.gettext('It is confirmed that these were not part of it:')} {names}."

    def _dates(self) -> Iterator[str | Said]:
        notice, gettext = self.posted.notice, self.wording.language.gettext
        family = self.posted.family_dates
        if protection := notice.protection:
            yield gettext("Identity protection from %(provider)s", provider=protection.provider)
            yield self.wording.language.ngettext(
                "It lasts for %(num)s month.", "It lasts for %(num)s months.", protection.months
            )
            enroll = next((date for date in family if date.kind == "enroll"), None)
            last = self._day(enroll) if enroll else protection.enroll_by
            if last:
                yield f"{gettext('Last day to enroll')}: {last}"
            yield from (way for way in (protection.url, protection.phone, protection.hours) if way)
        by = {date.step: date for date in family if date.kind == "step"}
        for index, step in enumerate(notice.steps or []):
            day = f" ({gettext('No later than')} {self._day(by[index])})" if index in by else ""
            said = self.local.step(index)
            yield Said(f"{said}{day}{f' {step.url}' if step.url else ''}", said.lang)

    def _day(self, date: FamilyDate) -> str:
        return self.wording.instant(date.due, date.has_time)

    def _contacts(self) -> Iterator[Said]:
        for contact in self.posted.notice.contacts:
            ways = [way for way in (contact.phone, contact.email, contact.url, contact.hours) if way]
            yield self._english(f"{contact.name}: {', '.join(ways)}")
        for link in self.posted.notice.links or []:
            yield self._english(f"{link.title}: {link.url}")

    def _updates(self) -> Iterator[str | Said]:
        notice = self.posted.notice
        for index, update in reversed(list(enumerate(notice.updates or []))):
            kind, day = self.gettext(labels.UPDATE[update.kind]), self.wording.when(update.at)
            yield f"**{kind}, {day}**"
            yield self.local.update(index)

    def _proof(self) -> Iterator[str]:
        gettext, settings = self.wording.language.gettext, self.wording.settings
        yield gettext("This notice is on the district’s own site: %(address)s", address=self.address)
        yield gettext("Its code: %(code)s", code=self.code)
        verify = f"{settings.site_url}{self.wording.language.path}verify/"
        yield gettext("Type the code at %(address)s to see whether a letter is real.", address=verify)
        yield gettext("We never ask for a password, a Social Security number or money in a letter or a call.")

    def text(self) -> str:
        """Give the letter as plain text, at most 78 characters a line but for addresses."""
        start = [self.subject, "=" * min(len(self.subject), WIDTH), self.gettext("Hello %(name)s,", name=NAME)]
        parts = []
        for block in self.blocks:
            if block.heading:
                parts.append(f"{block.heading}\n{'-' * len(block.heading)}")
            if block.lines:
                mark = "- " if block.heading else ""
                parts.append("\n".join(_wrapped(f"{mark}{line}") for line in block.lines))
            parts += [_wrapped_lines(plain_text.of(str(each))) for each in block.markdown]
        parts.append(self.wording.settings.publisher)
        return "\n\n".join([*start, *map(harmless, parts)]) + "\n"

    def html(self, name: str = NAME) -> Markup:
        """Give the letter as a whole page that needs nothing from elsewhere."""
        language = self.wording.language
        greeting = language.gettext("Hello %(name)s,", name=name) if name else ""
        body = Markup("").join(self._html_block(block) for block in self.blocks)
        return _PAGE.format(
            lang=language.code,
            title=self.subject,
            style=Markup(STYLE),  # noqa: S704 (our own)
            publisher=self.wording.settings.publisher,
            greeting=Markup("<p>{}</p>").format(greeting) if greeting else "",
            body=Markup(harmless(body)),  # noqa: S704 (safe before, and nothing is added)
        )

    def page(self, picture: Markup) -> Markup:
        """Give the notice as a page to print, with a picture that leads a phone to it."""
        made = self.html("")
        told = self.gettext("The newest version of this page: %(address)s", address=self.address)
        made = made.replace(_CHARSET, _CHARSET + csp.meta(csp.of_sheet(STYLE)), 1)
        box = Markup('<p class="code">{}<br>{}</p>').format(picture, told)
        return made.replace(Markup("<h1>"), box + Markup("<h1>"), 1)

    @staticmethod
    def _html_block(block: Block, level: int = 2) -> Markup:
        # Plain joining: Markup's own formatting takes ten times as long, and every notice has forty lines here.
        heading = f"<h{level}>{escape(block.heading)}</h{level}>" if block.heading else ""
        start, end = ("<li>", "</li>") if block.heading else ("<p>", "</p>")
        lines = "".join(f"{start}{_in_language(line, escape(str(line)), 'span')}{end}" for line in block.lines)
        texts = "".join(_in_language(each, safe_markdown.html(str(each)), "div") for each in block.markdown)
        made = heading + texts + (f"<ul>{lines}</ul>" if lines and block.heading else lines)
        return Markup(made)  # noqa: S704 (each part is escaped or sanitized above)

    def item(self) -> Markup:
        """Give the notice for a feed's item: what stays true for a reader who keeps it."""
        blocks = [block for block in self.blocks if block.heading != self.gettext("Updates")]
        # How it stands changes; whoever keeps the item looks it up on the page.
        first = Block("", (self.local.summary,))
        return Markup("\n").join(self._html_block(block, 3) for block in [first, *blocks[1:]])

    def email(self) -> bytes:
        """Give the letter as a mail that a mail program opens as a draft, in text and HTML."""
        message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
        # Mail programs decode `=?…?=` wherever it stands.
        message["Subject"] = self.subject.replace("=?", "= ?")
        sender = next((contact.email for contact in self.posted.notice.contacts if contact.email), None)
        if sender:
            message["From"] = " ".join(sender.split())
        message["Date"] = format_datetime(self.posted.notice.last_change.instant)
        message["Content-Language"] = self.wording.language.code
        # Mail programs open it for editing, not as something that came in.
        message["X-Unsent"] = "1"
        message.set_content(self.text(), cte="quoted-printable")
        message.add_alternative(str(self.html()), subtype="html", cte="quoted-printable")
        # The boundary is drawn by lot; a fixed one makes the same letter the same bytes.
        message.set_boundary(f"=_{self.code}_{self.wording.language.code}")
        return message.as_bytes()

    def sms(self) -> str:
        """Give a text message: whose it is, what about, where to read on, and the code.

        It has at most 160 characters of the GSM alphabet, unless the site's address alone takes more.
        """
        start = sms.written(self._marked(self.wording.settings.publisher))
        end = sms.written(f"{self.address} {self.code}")
        title = sms.written(self._about)
        room = sms.LENGTH - sms.length(f"{start}: . {end}")
        if sms.length(title) <= room:
            return f"{start}: {title}. {end}"
        if room > MIN_TITLE:
            return f"{start}: {sms.cut(title, room - 2).rstrip(' ,;:.')}... {end}"
        return f"{start}: {end}"


def _in_language(said: str | Said, html: Markup, tag: str) -> str:
    """Mark words that are in another language than the letter."""
    lang = said.lang if isinstance(said, Said) else None
    return f'<{tag} lang="{lang}">{html}</{tag}>' if lang else str(html)


_CHARSET = Markup('<meta charset="utf-8">')
_PAGE = Markup("""<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<p>{publisher}</p>
<h1>{title}</h1>
{greeting}
{body}
</main>
</body>
</html>
""")
STYLE = """
body { max-width: 40em; margin: 2em auto; padding: 0 1em; overflow-wrap: break-word; }
body { font: 12pt/1.4 Georgia, serif; color: #000; background: #fff; }
h1 { font-size: 1.4em; } h2 { font-size: 1.1em; margin: 1.2em 0 .2em; }
ul { margin: .3em 0; padding-left: 1.2em; }
.code img { image-rendering: pixelated; }
.code { float: right; width: 11em; margin: 0 0 1em 1em; font-size: .7em; overflow-wrap: anywhere; }
@page { margin: 1.5cm; }
@media print { body { margin: 0; max-width: none; font-size: 10.5pt; } h2 { break-after: avoid; } }
@media print { a[href^="https:"]::after { content: " (" attr(href) ")"; } }
table { border-collapse: collapse; } th, td { padding: .2em .5em; border: 1px solid #000; text-align: left; }
"""


def _wrapped_lines(text: str) -> str:
    return "\n".join(_wrapped(line) for line in text.split("\n"))


def _wrapped(line: str) -> str:
    indent = " " * (len(line) - len(line.lstrip(" -")))
    return textwrap.fill(
        line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )
