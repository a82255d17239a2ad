"""What families are sent, from the same layout as the page: an e-mail, a text, a whole HTML page, a text message.

All of them say the same facts, in the same order; the text message has room for what it is, and where to read on.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from noticeboard.board.board import FamilyDeadline
from noticeboard.notice.localized import LocalMarkdown, LocalText
from noticeboard.outputs.notice_view import AffectedGroup, DatedStep, Fact, NoticeView, Section
from noticeboard.text import plain_text, sms
from noticeboard.text.plain_text import neutralize

MERGE_FIELD = "{{name}}"
"""The one field that a mass mailer fills in."""
MIN_TITLE = 10
"""With less room than this, a title says nothing."""
WIDTH = 78


@dataclass(frozen=True)
class Paragraphs:
    """A section as letters have it: a heading, plain lines, and Markdown texts."""

    heading: str
    lines: tuple[str | LocalText, ...] = ()
    texts: tuple[LocalMarkdown, ...] = ()


@dataclass(frozen=True)
class Letter:
    """A letter in one language."""

    view: NoticeView

    @property
    def subject(self) -> str:
        """What the letter is about."""
        return self.view.formatter.with_sample_prefix(self._about)

    @property
    def _about(self) -> str:
        title = " ".join(str(self.view.title).split())
        return neutralize(f"{self.gettext('Notice of data breach')}: {title}")

    def gettext(self, message: str, **values: object) -> str:
        """Say a sentence in the letter's language; the name is the one that the catalogs look for."""
        return self.view.formatter.language.gettext(message, **values)

    @cached_property
    def paragraphs(self) -> tuple[Paragraphs, ...]:
        """The letter's parts, in the order of the notice's page."""
        notice, formatter = self.view.posted.notice, self.view.formatter
        status = self.gettext("Status: %(status)s", status=self.view.status)
        posted = self.gettext("Posted: %(day)s", day=formatter.when(notice.posted))
        start = Paragraphs("", (self.view.summary, status, posted))
        end = Paragraphs(self.gettext("Is this letter real?"), tuple(self._proof()))
        return (start, *section_paragraphs(self.view), end)

    def _proof(self) -> Iterator[str]:
        formatter = self.view.formatter
        yield self.gettext("This notice is on the district’s own site: %(address)s", address=self.view.url)
        yield self.gettext("Its code: %(code)s", code=self.view.code)
        verify = f"{formatter.settings.site_url}{formatter.language.path}verify/"
        yield self.gettext("Type the code at %(address)s to see whether a letter is real.", address=verify)
        yield self.gettext("We never ask for a password, a Social Security number or money in a letter or a call.")

    def text(self) -> str:
        """Return the letter as plain text, at most 78 characters a line but for addresses."""
        greeting = self.gettext("Hello %(name)s,", name=MERGE_FIELD)
        start = [self.subject, "=" * min(len(self.subject), WIDTH), greeting]
        parts = []
        for part in self.paragraphs:
            if part.heading:
                parts.append(f"{part.heading}\n{'-' * len(part.heading)}")
            if part.lines:
                mark = "- " if part.heading else ""
                parts.append("\n".join(_wrapped(f"{mark}{line}") for line in part.lines))
            parts += [_wrapped_lines(plain_text.to_text(str(text))) for text in part.texts]
        parts.append(self.view.formatter.settings.publisher)
        return "\n\n".join([*start, *map(neutralize, parts)]) + "\n"

    def html(self) -> Markup:
        """Return the letter as a whole page that needs nothing from elsewhere."""
        body = Markup("").join(_html(part) for part in self.paragraphs)
        return _PAGE.format(
            lang=self.view.formatter.language.code,
            title=self.subject,
            style=Markup(STYLE),  # noqa: S704 (our own)
            publisher=self.view.formatter.settings.publisher,
            greeting=self.gettext("Hello %(name)s,", name=MERGE_FIELD),
            body=Markup(neutralize(body)),  # noqa: S704 (safe before, and nothing is added)
        )

    def email(self) -> bytes:
        """Return the letter as a mail that a mail program opens as a draft, in text and HTML."""
        # Loaded only here: a build takes no mail, and all of them would wait for it.
        from email.message import EmailMessage
        from email.policy import SMTP
        from email.utils import format_datetime

        message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
        # Mail programs decode `=?…?=` wherever it stands.
        message["Subject"] = self.subject.replace("=?", "= ?")
        notice = self.view.posted.notice
        sender = next((contact.email for contact in notice.contacts if contact.email), None)
        if sender:
            message["From"] = " ".join(sender.split())
        message["Date"] = format_datetime(notice.last_change.instant)
        # Mail programs open it for editing, not as something that came in.
        message["X-Unsent"] = "1"
        message.set_content(self.text(), cte="quoted-printable")
        message.add_alternative(str(self.html()), subtype="html", cte="quoted-printable")
        # Only now: setting the content takes out all that speaks of it.
        message["Content-Language"] = self.view.formatter.language.code
        # The boundary is drawn by lot; a fixed one makes the same letter the same bytes.
        message.set_boundary(f"=_{self.view.code}_{self.view.formatter.language.code}")
        return message.as_bytes()

    def sms(self) -> str:
        """Return a text message: whose it is, what about, where to read on, and the code.

        It has at most 160 characters of the GSM alphabet, unless the site's address alone takes more.
        """
        formatter = self.view.formatter
        start = sms.to_gsm(formatter.with_sample_prefix(formatter.settings.publisher))
        end = sms.to_gsm(f"{self.view.url} {self.view.code}")
        title = sms.to_gsm(self._about)
        room = sms.LENGTH - sms.length(f"{start}: . {end}")
        if sms.length(title) <= room:
            return f"{start}: {title}. {end}"
        if room > MIN_TITLE:
            return f"{start}: {sms.truncate(title, room - 2).rstrip(' ,;:.')}... {end}"
        return f"{start}: {end}"


def feed_html(view: NoticeView) -> Markup:
    """Return the notice for a feed's item: what stays true for a reader who keeps it.

    How it stands changes, and updates are items of their own; whoever keeps the item looks both up on the page.
    """
    parts = [Paragraphs("", (view.summary,))]
    parts += [_section(section, view) for section in view.sections if section.id != "updates"]
    parts.append(Letter(view).paragraphs[-1])
    return Markup("\n").join(_html(part, 3) for part in parts)


def section_paragraphs(view: NoticeView) -> Iterator[Paragraphs]:
    """Return a notice's sections, each as lines and texts."""
    return (_section(section, view) for section in view.sections)


def _section(section: Section, view: NoticeView) -> Paragraphs:
    texts = [section.text] if section.text else []
    for update in section.updates:
        texts.append(LocalMarkdown(f"**{update.label}, {view.formatter.when(update.at)}**"))
        if update.corrects:
            corrected = view.formatter.language.gettext("Corrected:")
            texts.append(LocalMarkdown(f"{corrected} {', '.join(update.corrects)}"))
        texts.append(update.text)
    return Paragraphs(section.heading, tuple(_lines(section, view)), tuple(texts))


def _lines(section: Section, view: NoticeView) -> Iterator[str | LocalText]:
    gettext, join = view.formatter.language.gettext, view.formatter.language.join
    yield from (_fact(fact, view) for fact in section.facts)
    yield from (_group(group, view) for group in section.groups)
    if section.not_involved:
        yield f"{gettext('Not taken')}: {join(section.not_involved)}"
    if offer := section.protection:
        yield from (offer.title, offer.duration)
        if last_day := _day(offer.deadline, view) or offer.last_day:
            yield f"{gettext('Last day to sign up')}: {last_day}"
        yield from (way for way in (offer.contact.url, offer.contact.phone, offer.contact.hours) if way)
    yield from (_step(step, view) for step in section.steps)
    for contact in section.contacts:
        ways = ", ".join(way for way in (contact.phone, contact.email, contact.url, str(contact.hours or "")) if way)
        yield LocalText(f"{contact.name}: {ways}", contact.name.lang)
    if section.contract:
        yield f"{gettext('The district’s contract with the company')}: {section.contract}"
    yield from (LocalText(f"{link.title}: {link.url}", link.title.lang) for link in section.links)


def _fact(fact: Fact, view: NoticeView) -> str:
    return f"{fact.label}: {view.formatter.when(fact.date) if fact.date else fact.value}"


def _group(group: AffectedGroup, view: NoticeView) -> str:
    join = view.formatter.language.join
    details = f" ({'; '.join(map(str, group.details))})" if group.details else ""
    return f"{group.people}{details}: {join(group.data)}"


def _step(step: DatedStep, view: NoticeView) -> LocalText:
    no_later_than = view.formatter.language.gettext("No later than")
    day = f" ({no_later_than} {_day(step.deadline, view)})" if step.deadline else ""
    return LocalText(f"{step.text}{day}{f' {step.url}' if step.url else ''}", step.text.lang)


def _day(deadline: FamilyDeadline | None, view: NoticeView) -> str:
    return view.formatter.instant(deadline.due_at, deadline.has_time) if deadline else ""


def _html(part: Paragraphs, level: int = 2) -> Markup:
    # Plain joining: Markup's own formatting takes ten times as long, and every notice has forty lines here.
    heading = f"<h{level}>{escape(part.heading)}</h{level}>" if part.heading else ""
    start, end = ("<li>", "</li>") if part.heading else ("<p>", "</p>")
    lines = "".join(f"{start}{_in_language(line, escape(str(line)), 'span')}{end}" for line in part.lines)
    texts = "".join(_in_language(text, text.html, "div") for text in part.texts)
    html = heading + texts + (f"<ul>{lines}</ul>" if lines and part.heading else lines)
    return Markup(html)  # noqa: S704 (each part is escaped or sanitized above)


def _in_language(text: str | LocalText, html: Markup, tag: str) -> str:
    """Mark words that are in another language than the letter."""
    lang = text.lang if isinstance(text, LocalText) else None
    return f'<{tag} lang="{lang}">{html}</{tag}>' if lang else str(html)


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
<p>{greeting}</p>
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
