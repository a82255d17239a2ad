"""The same notices as a Hugo project: the notices' own YAML through a content adapter, in this project's own built page.

    python -m tests.tools.bench.hugo_site NOTICES FOLDER en|all BUILT

BUILT is a site of this project with a few made notices. One of its notice pages becomes the template: all that stands
around the notice is kept as it is, and the notice's words and lists are filled in by Hugo, for each page anew. Its dates
stay those of one page: to count and write them all takes Hugo half as long again, and it shall have no handicap.
"""

from __future__ import annotations

import html
import json
import re
import sys
from pathlib import Path
from typing import Any

from tests.tools.bench.plain_material import FOLDERS, guide, read, write_all

SETTINGS = {
    "baseURL": "https://example.github.io/board/",
    "title": "Danbury breach notices and incident guide",
    "defaultContentLanguage": "en",
    "timeZone": "America/New_York",
    "disableKinds": ["taxonomy", "term"],
    "disableHugoGeneratorInject": True,
    "buildFuture": True,
}
ADAPTER = """\
{{ .EnableAllLanguages }}
{{ $code := .Site.Language.Params.code }}
{{ range $id, $notice := hugo.Data.notices }}
  {{ $own := index ($notice.translations | default dict) $code }}
  {{ $words := merge $notice ($own | default dict) }}
  {{ $.AddPage (dict "path" $id "title" $words.title "dates" (dict "date" (time.AsTime (printf "%s:00" $notice.posted)))
    "params" (dict "id" $id "notice" $words "own" (or (eq $code "en") $own))) }}
{{ end }}
"""
LISTED = """\
<h1>{{ .Title }}</h1>
{{ .Content }}
{{ if eq .Section "notices" }}<ul>{{ range .RegularPages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <time>{{ time.Format ":date_full" .Date }}</time>
{{ .Params.notice.summary }}</li>{{ end }}</ul>{{ end }}
"""


def markdown(field: str) -> str:
    return f"{{{{ $.Page.RenderString $n.{field} }}}}"


def between(start: str, end: str, filled: str, page: str) -> str:
    """Replace what stands between two places."""
    made, count = re.subn(f"({start}).*?({end})", lambda m: f"{m[1]}{filled}{m[2]}", page, count=1, flags=re.DOTALL)
    assert count, (start, end)
    return made


def fill_words(article: str, notice: dict[str, Any]) -> str:
    """Let Hugo render the notice's texts and lists, and write its names."""
    data = "{{ range (index $n.affected %d).data }}<li>{{ . }}</li>{{ end }}"
    involved = '{{ delimit (index $n.affected 0).data ", " " and " }}'
    code = "{{ with upper (sha1 $.Params.id) }}{{ substr . 0 4 }}-{{ substr . 4 4 }}{{ end }}"
    schools = '{{ delimit (index $n.affected 0).schools ", " " and " }}'
    update = re.findall(r'<section class="nb-update.*?</section>', article, re.DOTALL)[0]
    told = between(r"</h3>\n", "</section>", "{{ $.Page.RenderString .text }}", update)
    article = article.replace(update, f"{{{{ range $n.updates }}}}{told}{{{{ end }}}}")
    for start, end, filled in (
        (r'id="what-happened">.*?</h2>\n', '<dl class="nb-facts">', markdown("what_happened")),
        (r'id="what-we-are-doing">.*?</h2>\n', '<h2 id="what-you-can-do">', markdown("what_we_are_doing")),
        (r'id="what-you-can-do">.*?</h2>\n', '<section class="nb-card', markdown("what_you_can_do")),
        (r'<ul class="nb-data">(?=<li>)', "</ul>", data % 0),
        (r'<ul class="nb-data">(?=<li>)', "</ul>", data % 1),
        (r'class="nb-code">', "</strong>", code),
        (r'class="nb-quiet">(?=[^<]* School)', " ·", schools),
        (r"</dt>\s*<dd>(?!<)", "</dd>", involved),
        (r'data-value="(?=\d{4}")', '"', '{{ $posted.Format "2006" }}'),
    ):
        article = between(start, end, filled, article)
    return article.replace(f"{int(notice['affected'][0]['count']):,}", "{{ (index $n.affected 0).count }}")


def template(page: str, identity: str, notice: dict[str, Any]) -> str:
    """Make Hugo's template of one built page of this project."""
    assert "{{" not in page
    before, start, rest = page.partition('<article class="nb-notice"')
    article, end, after = rest.partition("</article>")
    start += "{{ if .Params.own }} data-pagefind-body{{ end }}"
    article = fill_words(article.removeprefix(" data-pagefind-body"), notice)
    words = {
        notice["title"]: "{{ $n.title }}",
        notice["summary"]: "{{ $n.summary }}",
        notice["product"]: "{{ $n.product }}",
        notice["contractor"]: "{{ $n.contractor }}",
        identity: "{{ .Params.id }}",
    }
    for text, expression in words.items():
        before, article = (part.replace(html.escape(text, quote=False), expression) for part in (before, article))
    known = '{{ $n := .Params.notice }}{{ $posted := time.AsTime (printf "%s:00" $n.posted) "America/New_York" }}'
    return known + before + start + article + end + after


def other(page: str, notice: dict[str, Any]) -> str:
    """Make the template of the guide's pages and lists: the same page around other content."""
    before, _, rest = page.partition('<article class="nb-notice"')
    before = before.replace(notice["title"], "{{ .Title }}").replace(notice["summary"], "")
    return f"{before}<div data-pagefind-body>{LISTED}</div>{rest.partition('</article>')[2]}"


def options(languages: list[str], notices: Path) -> dict[str, Any]:
    """Make the settings; the notices stay where they are."""
    each = {code[:2]: {"weight": at, "locale": code, "params": {"code": code}} for at, code in enumerate(languages, 1)}
    mounts = [{"source": name, "target": name} for name in ("content", "layouts")]
    mounts.append({"source": str(notices), "target": "data/notices"})
    return {**SETTINGS, "languages": each, "module": {"mounts": mounts}}


def content(languages: list[str]) -> dict[str, str]:
    """Return the guide's pages by Hugo's paths: guide/index.md in es/ is guide/_index.es.md."""
    made: dict[str, str] = {"notices/_content.gotmpl": ADAPTER}
    for code in languages:
        made[f"notices/_index.{code[:2]}.md"] = "---\ntitle: Breach notices\n---\n"
    for name, text in guide(languages).items():
        short = name[:2] if name.startswith(("es/", "pt/")) else "en"
        inner = name.removeprefix(f"{short}/").removesuffix(".md").replace("index", "_index")
        made[f"{inner}.{short}.md"] = text
    return made


def write(notices: Path, folder: Path, languages: list[str], built: Path) -> None:
    """Write the whole Hugo project; the page that becomes the template is the first that was not translated."""
    pages = sorted((built / "notices").glob("*-case-*/notice.yml"))
    sample = next(page for page in pages if "translations:" not in page.read_text("utf-8"))
    notice = read(sample)
    identity = sample.parent.name
    made = {"hugo.json": json.dumps(options(languages, notices))}
    made |= {f"content/{name}": text for name, text in content(languages).items()}
    for code in languages:
        page = (built / FOLDERS[code] / "notices" / identity / "index.html").read_text("utf-8")
        made[f"layouts/notices/page.{code[:2]}.html"] = template(page, identity, notice)
        made[f"layouts/all.{code[:2]}.html"] = other(page, notice)
    write_all(folder, made)


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]), list(FOLDERS) if sys.argv[3] == "all" else ["en"], Path(sys.argv[4]))
