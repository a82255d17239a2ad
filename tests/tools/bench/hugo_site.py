"""The same notices as a Hugo project that does this project's work: the same kinds of files, with the same words.

    python -m tests.tools.bench.hugo_site NOTICES FOLDER BUILT

BUILT is a site of this project with a few made notices, in English. What it has of one of them becomes Hugo's templates:
all that stands around the notice's words is kept as it is, and the words are filled in by Hugo, for each notice anew.
So Hugo reads the notices' own YAML and writes for each its page, calendar, record and file; lists by year, school and
company; feeds of all events as RSS, Atom and JSON, one for each school and company; and the tables, calendars and indexes
of the whole board. Its dates and law stay those of the one notice, and it checks nothing: that much less it does.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from noticeboard.outputs.feeds import PAGE_SIZE as FEED_SIZE
from noticeboard.pages.lists import PAGE_SIZE as LIST_SIZE
from noticeboard.text import safe_markdown
from tests.tools.bench.plain_material import guide, read, write_all

TEXTS = ("what_happened", "what_we_are_doing", "what_you_can_do")
KNOWN = "{{ $id := .Params.id }}{{ $n := .Params.notice }}{{ $posted := .Date }}{{ $page := . }}"
ADAPTER = """\
{{ range $id, $notice := hugo.Data.notices }}
  {{ $schools := slice }}
  {{ range $notice.affected }}{{ if ne .schools "all" }}{{ $schools = $schools | append .schools }}{{ end }}{{ end }}
  {{ $.AddPage (dict "path" $id "title" $notice.title "outputs" (slice "html" "calendar" "record" "source")
    "dates" (dict "date" (time.AsTime (printf "%s:00" $notice.posted) "America/New_York"))
    "params" (dict "id" $id "notice" $notice "schools" $schools "companies" (slice $notice.contractor)
      "years" (slice (substr $notice.posted 0 4)))) }}
{{ end }}
"""
ROWS = """\
<h1>{{{{ .Title }}}}</h1>
<ul>{{{{ range (.Paginate .Pages {size}).Pages }}}}{{{{ partialCached "row.html" . .Params.id }}}}{{{{ end }}}}</ul>
{{{{ range .Paginator.Pagers }}}}<a href="{{{{ .URL }}}}">{{{{ .PageNumber }}}}</a>{{{{ end }}}}
"""


@dataclass(frozen=True)
class Sample:
    """One notice of this project's built site, whose files become templates."""

    built: Path
    notice: dict[str, Any]
    id: str

    @classmethod
    def of(cls, built: Path) -> Sample:
        """Take the one with a page of middle length, of those with an update and no translation."""
        notices = {path.parent.name: read(path) for path in (built / "notices").glob("*-case-*/notice.yml")}
        fit = [name for name, notice in notices.items() if notice.get("updates") and "translations" not in notice]
        by_length = sorted(fit, key=lambda name: ((built / f"notices/{name}/index.html").stat().st_size, name))
        middle = by_length[len(by_length) // 2]
        return cls(built, notices[middle], middle)

    def file(self, name: str) -> str:
        return (self.built / name).read_text("utf-8")

    @cached_property
    def code(self) -> str:
        code: str = json.loads(self.file(f"notices/{self.id}/notice.json"))["code"]
        return code

    @cached_property
    def texts(self) -> dict[str, str]:
        """The notice's texts as HTML, by what Hugo writes for them."""
        made = {name: str(safe_markdown.html(self.notice[name]).strip()) for name in TEXTS}
        found = {
            f'partialCached "text.html" (dict "page" $page "text" $n.{name}) $id "{name}"': made[name] for name in TEXTS
        }
        update = str(safe_markdown.html(self.notice["updates"][0]["text"]).strip())
        return {
            **found,
            'partialCached "text.html" (dict "page" $page "text" (index $n.updates 0).text) $id "update"': update,
        }

    @cached_property
    def words(self) -> dict[str, str]:
        """The notice's words, by what Hugo writes for them; the longest first, as one may be a part of another."""
        schools = self.notice["affected"][0]["schools"]
        found = {
            "$n.summary": self.notice["summary"],
            "$n.title": self.notice["title"],
            "$n.product": self.notice["product"],
            "$n.contractor": self.notice["contractor"],
            "$id": self.id,
            'printf "%s-%s" (substr (upper (sha1 $id)) 0 4) (substr (upper (sha1 $id)) 4 4)': self.code,
        }
        for number, school in enumerate(schools):
            found[f"index (index $n.affected 0).schools {number}"] = school
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))

    def as_html(self, made: str) -> str:
        """Let Hugo fill in a piece of HTML."""
        return self._filled(
            made, self.texts, lambda text: text, "{}", lambda word: html.escape(word, quote=False), "{}"
        )

    def as_xml(self, made: str) -> str:
        """Let Hugo fill in a piece of XML whose texts are escaped HTML."""
        escape = lambda text: html.escape(text, quote=False)  # noqa: E731 - the same way twice
        return self._filled(made, self.texts, escape, "{} | htmlEscape", escape, "{} | htmlEscape")

    def as_json(self, made: str) -> str:
        """Let Hugo fill in a piece of JSON."""
        quote = lambda text: json.dumps(text, ensure_ascii=False)[1:-1]  # noqa: E731 - the same way twice
        inner = '{} | jsonify (dict "noHTMLEscape" true) | strings.TrimPrefix "\\"" | strings.TrimSuffix "\\""'
        return self._filled(made, self.texts, quote, inner, quote, "{}")

    def as_text(self, made: str) -> str:
        """Let Hugo fill in a line of a table or of a calendar."""
        return self._filled(made, {}, str, "", str, "{}")

    def _filled(self, made: str, texts: Mapping[str, str], in_text: Any, text: str, in_word: Any, word: str) -> str:
        assert "{{" not in made
        marks: dict[str, str] = {}
        for found, escaped, form in (
            *((expression, in_text(value), text) for expression, value in texts.items()),
            *((expression, in_word(value), word) for expression, value in self.words.items()),
        ):
            mark = f"\x00{len(marks)}\x00"
            marks[mark] = "{{ " + form.format(found) + " }}"
            made = made.replace(escaped, mark)
        for mark, expression in marks.items():
            made = made.replace(mark, expression)
        return made


def between(start: str, end: str, filled: str, page: str) -> str:
    """Replace what stands between two places."""
    made, count = re.subn(f"({start}).*?({end})", lambda m: f"{m[1]}{filled}{m[2]}", page, count=1, flags=re.DOTALL)
    assert count, (start, end)
    return made


def notice_page(sample: Sample) -> str:
    """Make the template of a notice's page: all around it is kept, and its words and lists are filled in."""
    page = sample.file(f"notices/{sample.id}/index.html")
    page = sample.as_html(page)
    page = between(
        r'<ul class="nb-data">', "</ul>", "{{ range (index $n.affected 0).data }}<li>{{ . }}</li>{{ end }}", page
    )
    page = between(r'data-value="(?=\d{4}")', '"', '{{ $posted.Format "2006" }}', page)
    count = f"{int(sample.notice['affected'][0]['count']):,}"
    return KNOWN + page.replace(f"{count} people", "{{ (index $n.affected 0).count }} people")


def other_page(sample: Sample, inner: str) -> str:
    """Make the template of the guide's pages and lists: the same page around other content."""
    before, _, rest = sample.file(f"notices/{sample.id}/index.html").partition('<article class="nb-notice"')
    title = html.escape(sample.notice["title"], quote=False)
    before = before.replace(title, "{{ .Title }}").replace(html.escape(sample.notice["summary"], quote=False), "")
    return f"{before}{inner}{rest.partition('</article>')[2]}"


@dataclass(frozen=True)
class Whole:
    """A file of the whole board: what stands before, for each notice, and behind."""

    name: str
    format: str
    row: str
    start: str = ""
    between: str = ""
    end: str = ""
    limit: int = 0

    def template(self) -> str:
        pages = f"(first {self.limit} .RegularPages)" if self.limit else ".RegularPages"
        row = f'{{{{ partialCached "{self.name}.txt" . .Params.id }}}}'
        comma = f"{{{{ if $i }}}}{self.between}{{{{ end }}}}" if self.between else ""
        return f"{self.start}{{{{ range $i, $_ := {pages} }}}}{comma}{row}{{{{ end }}}}{self.end}"


def around(text: str, pattern: str) -> tuple[str, str]:
    """Return what stands before the first of the pieces, and behind the last."""
    found = list(re.finditer(pattern, text, re.DOTALL))
    return text[: found[0].start()], text[found[-1].end() :]


def of_notice(sample: Sample, text: str, pattern: str) -> list[str]:
    """Return the pieces that are of the sample."""
    return [piece for piece in re.findall(pattern, text, re.DOTALL) if sample.id in piece]


def feeds(sample: Sample) -> list[Whole]:
    """Return the feeds of all events, in three forms."""
    made = []
    for name, file, pattern in (
        ("rss", "feed.xml", r"    <item>.*?</item>\n"),
        ("atom", "atom.xml", r"  <entry>.*?</entry>\n"),
    ):
        text = sample.file(file)
        start, end = around(text, pattern)
        made.append(Whole(name, "xml", sample.as_xml("".join(of_notice(sample, text, pattern))), start, "", end))
    feed = json.loads(sample.file("feed.json"))
    items = [item for item in feed.pop("items") if sample.id in item["id"]]
    row = ",".join(json.dumps(item, ensure_ascii=False, indent=1) for item in items)
    start = json.dumps(feed, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n"items": ['
    return [*made, Whole("feed", "json", sample.as_json(row), start, ",", "]}")]


def tables(sample: Sample) -> list[Whole]:
    """Return the tables and indexes of the whole board."""
    made = []
    for name in ("notices", "groups", "clocks", "changes"):
        head, *lines = sample.file(f"{name}.csv").splitlines(keepends=True)
        rows = [line for line in lines if sample.id in line]
        made.append(Whole(f"{name}_table", "csv", sample.as_text("".join(rows)), head))
    for name, file in (("records", "notices.json"), ("rows", "notices/rows.json"), ("veris", "veris.json")):
        data = json.loads(sample.file(file))
        items = data if isinstance(data, list) else data["notices" if name == "records" else "rows"]
        row = next(json.dumps(item, ensure_ascii=False) for item in items if sample.id in json.dumps(item))
        made.append(Whole(name, "json", sample.as_json(row), "[", ",\n", "]"))
    code = json.dumps({sample.code: json.loads(sample.file("verify/codes.json"))[sample.code]}, ensure_ascii=False)[
        1:-1
    ]
    return [*made, Whole("codes", "json", sample.as_json(code), "{\n", ",\n", "\n}")]


def calendars(sample: Sample) -> list[Whole]:
    """Return the calendars of the whole board."""
    text, pattern = sample.file("deadlines.ics"), r"BEGIN:VEVENT\r?\n.*?END:VEVENT\r?\n"
    start, end = around(text, pattern)
    row = sample.as_text("".join(of_notice(sample, text.replace("\r\n ", ""), pattern)))
    return [Whole(name, "ics", row, start, "", end) for name in ("deadlines", "deadlines-district")]


MEDIA = {"csv": "text/csv", "json": "application/json", "xml": "application/rss+xml", "ics": "text/calendar"}


def options(notices: Path, whole: list[Whole]) -> dict[str, Any]:
    """Make the settings; the notices stay where they are."""
    mounts = [{"source": name, "target": name} for name in ("content", "layouts")]
    mounts += [{"source": str(notices), "target": f"{target}/notices"} for target in ("data", "assets")]
    formats = {one.name: {"baseName": one.name, "mediaType": MEDIA[one.format], "isPlainText": True} for one in whole}
    own = {
        "calendar": {"baseName": "deadlines", "mediaType": "text/calendar", "isPlainText": True},
        "record": {"baseName": "notice", "mediaType": "application/json", "isPlainText": True},
        "source": {"baseName": "notice", "mediaType": "application/yaml", "isPlainText": True},
    }
    return {
        "baseURL": "https://example.github.io/board/",
        "title": "Danbury breach notices and incident guide",
        "timeZone": "America/New_York",
        "disableHugoGeneratorInject": True,
        "disableKinds": ["taxonomy"],
        "buildFuture": True,
        "taxonomies": {"school": "schools", "company": "companies", "year": "years"},
        "outputFormats": {**formats, **own},
        "outputs": {"home": ["html"], "page": ["html"], "section": ["html"], "term": ["html", "rss"]},
        "module": {"mounts": mounts},
    }


def layouts(sample: Sample, whole: list[Whole]) -> dict[str, str]:
    """Return the templates, by their paths."""
    folder = f"notices/{sample.id}"
    rows = re.findall(r'<li class="nb-row".*?</li>', sample.file("notices/by/school/-/index.html"), re.DOTALL)
    row = sample.as_html(next(row for row in rows if sample.id in row))
    row = between(
        r'<time datetime="', "</time>", '{{ $posted.Format "2006-01-02" }}">{{ $posted.Format "Jan 2, 2006" }}', row
    )
    made = {
        "_partials/text.html": '{{ return .page.RenderString (dict "display" "block") .text }}',
        "_partials/row.html": KNOWN + row,
        "notices/page.html": notice_page(sample),
        "notices/page.calendar.ics": KNOWN + sample.as_text(sample.file(f"{folder}/deadlines.ics")),
        "notices/page.record.json": KNOWN + sample.as_json(sample.file(f"{folder}/notice.json")),
        "notices/page.source.yaml": '{{ (resources.Get (printf "notices/%s.yml" .Params.id)).Content }}',
        "all.html": other_page(sample, "<h1>{{ .Title }}</h1>{{ .Content }}"),
        "section.html": other_page(sample, "<h1>{{ .Title }}</h1>{{ .Content }}"),
        "notices/section.html": other_page(sample, ROWS.format(size=LIST_SIZE)),
        "term.html": other_page(sample, ROWS.format(size=LIST_SIZE)),
    }
    for one in whole:
        made[f"_partials/{one.name}.txt"] = KNOWN + one.row
        made[f"notices/section.{one.name}.{one.format}"] = one.template()
    rss = next(one for one in whole if one.name == "rss")
    part = Whole(rss.name, rss.format, rss.row, rss.start, rss.between, rss.end, FEED_SIZE)
    made["term.rss.xml"] = part.template().replace(".RegularPages", ".Pages")
    return {f"layouts/{name}": text for name, text in made.items()}


def content(whole: list[Whole]) -> dict[str, str]:
    """Return the guide's pages by Hugo's paths: guide/index.md is guide/_index.md."""
    outputs = json.dumps(["html", *(one.name for one in whole)])
    made = {
        "notices/_content.gotmpl": ADAPTER,
        "notices/_index.md": f"---\ntitle: Breach notices\noutputs: {outputs}\n---\n",
    }
    made |= {name.replace("index.md", "_index.md"): text for name, text in guide(["en"]).items()}
    return {f"content/{name}": text for name, text in made.items()}


def write(notices: Path, folder: Path, built: Path) -> None:
    """Write the whole Hugo project."""
    sample = Sample.of(built)
    whole = [*feeds(sample), *tables(sample), *calendars(sample)]
    write_all(folder, {"hugo.json": json.dumps(options(notices, whole)), **content(whole), **layouts(sample, whole)})


if __name__ == "__main__":
    write(*(Path(argument) for argument in sys.argv[1:4]))
