"""No string of a notice becomes markup or script on any page, be it checked or not: by parsing, and in a browser."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest

from noticeboard.text import safe_markdown
from tests.browser.hostile import notices, strings
from tests.browser.hostile.conftest import Watched
from tests.browser.hostile.notices import Judged
from tests.support import MARKDOWN_TAGS, Counted

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("hostile")]

AUDIT = """async (paths) => {
  const NEVER = 'iframe,frame,frameset,object,embed,applet,base,math,animate,set,use,foreignObject,image,portal,marquee,audio,video,listing,xmp,plaintext';
  const ADDRESSES = ['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster', 'background', 'ping', 'srcset', 'cite', 'manifest', 'longdesc'];
  const own = new Set();
  const key = (each) => each.outerHTML.replace(/(?:"base": |data-base=)"[^"]*"/g, '').replace(/(?:\\.\\.?\\/)+|\\/board\\//g, '');
  const walk = function* (root) {
    for (const each of root.querySelectorAll('*')) {
      yield each;
      if (each.localName === 'template') yield* walk(each.content);
    }
  };
  const read = async (path) => {
    const answer = await fetch(path);
    return new DOMParser().parseFromString(await answer.text(), 'text/html');
  };
  // What the theme brings along stands on pages that tell of no notice, too.
  for (const path of ['guide/how-to-report/', 'es/guide/how-to-report/', 'pt/guide/how-to-report/', 'post/'])
    for (const each of walk(await read(path))) if (['script', 'style'].includes(each.localName)) own.add(key(each));
  const found = [];
  let count = 0;
  for (const path of paths) {
    const page = await read(path);
    const bad = (each, why) => found.push(`${path}: ${why}: ${each.outerHTML.slice(0, 160)}`);
    for (const each of walk(page)) {
      count += 1;
      if (each.matches(NEVER)) bad(each, 'element');
      if (each.localName === 'script' && (!own.has(key(each)) || /canary|evil/.test(key(each)))) bad(each, 'script');
      if (each.localName === 'style' && !own.has(key(each))) bad(each, 'style');
      if (each.localName === 'meta' && each.httpEquiv && each.httpEquiv !== 'Content-Security-Policy') bad(each, 'meta');
      if (each.localName === 'link' && each.parentNode !== page.head && !/^(?:\\.\\.\\/)+assets\\//.test(each.getAttribute('href'))) bad(each, 'link');
      for (const { name, value } of each.attributes) {
        const plain = value.replace(/[\\u0000-\\u0020]/g, '').toLowerCase();
        if (/^on|^popover|^srcdoc$|^http-equiv$/.test(name) && each.localName !== 'meta') bad(each, name);
        if (name === 'style' && /url|import|expression|position/.test(plain)) bad(each, 'style');
        if (!ADDRESSES.includes(name)) continue;
        const scheme = /^([a-z][a-z0-9+.-]*):/.exec(plain)?.[1];
        const allowed = each.localName === 'a' ? ['https', 'mailto', 'tel', 'webcal'] : each.localName === 'link' ? ['https'] : [];
        if (each.localName === 'img' && each.closest('.nb-paper')) allowed.push('data');
        if (scheme && !allowed.includes(scheme)) bad(each, name);
        if (plain.startsWith('//') || plain.includes('\\\\') || (each.localName !== 'a' && plain.includes('//evil'))) bad(each, name);
      }
    }
  }
  return { found, count };
}"""


def pages(site: Path) -> list[str]:
    return sorted(f"./{path.relative_to(site).as_posix()}".removesuffix("index.html") for path in site.rglob("*.html"))


def test_there_are_a_thousand_and_most_are_shown(judged: Judged, counted: Counted) -> None:
    """What is refused is refused in words that a person can read, whatever the string."""
    every = strings.everything()
    assert len(every) >= 1000
    assert len(judged.refused) < len(every) / 2
    counted("hostile strings, each put into every kind of place of a notice", len(every))
    counted("of them refused in every place by `check`, in words", len(judged.refused))
    for problem in judged.checked.problems:
        for told in (problem.as_text(), str(problem.as_data())):
            assert told.isprintable() or not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told), repr(
                told
            )


def test_every_page_is_ours_to_a_parser(hostile: Path, hostile_url: str, watched: Watched, counted: Counted) -> None:
    """Chromium's own parser finds no element, attribute or address on any page that the project didn't write."""
    lists = [path for path in pages(hostile) if "notices/by/" in path]
    every = [path for path in pages(hostile) if path not in lists] + lists[::8]
    unchecked = [path for path in every if notices.UNCHECKED in path]
    assert len(unchecked) > 75  # the page in three languages
    watched.page.goto(f"{hostile_url}404.html")
    watched.alarms.clear()
    made = watched.page.evaluate(AUDIT, every)
    assert made["found"] == []
    assert made["count"] > 100_000
    counted("pages full of them, read by Chromium's parser", len(every))
    counted("elements on these, none of them theirs", made["count"])


def test_a_second_parser_agrees(hostile: Path) -> None:
    """html5lib reads some of the fullest pages."""
    own = {"script", "style", "template", "form", "svg", "iframe", "object", "embed", "base", "math"}
    every = sorted(hostile.glob(f"notices/*{notices.UNCHECKED}/index.html"))[::4]
    for path in every:
        tree = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        found = [each for each in tree.iter() if isinstance(each.tag, str)]
        article = tree.find(".//article")
        assert article is not None
        assert [each.tag for each in article.iter() if each.tag in own] == [], path
        assert [(each.tag, key) for each in found for key in each.attrib if key.startswith("on")] == [], path


def test_markdown_is_text(hostile_url: str, watched: Watched) -> None:
    """Each string as the Markdown of a notice, by the build and by the form, in a live page: nothing runs."""
    every = strings.everything()
    for text in every:
        made = str(safe_markdown.html(text))
        assert set(re.findall(r"<(\w+)", made)) <= MARKDOWN_TAGS, text
        assert all(re.match(r"https://|mailto:|tel:", href) for href in re.findall(r'href="([^"]*)"', made)), made
    watched.visit(f"{hostile_url}post/")
    found = watched.page.evaluate(
        """async ([texts, htmls]) => {
          const { rendered } = await import(new URL('../assets/post/markdown.js', location.href));
          const box = document.createElement('div');
          document.body.append(box);
          const bad = () => [...box.querySelectorAll('*')].filter((each) => [...each.attributes].some(({ name, value }) =>
            !['href', 'title', 'start'].includes(name) || (name === 'href' && !/^(?:https:\\/\\/|mailto:|tel:)/.test(value)))).map((each) => each.outerHTML);
          for (const html of htmls) box.insertAdjacentHTML('beforeend', html);
          for (const text of texts) box.append(rendered(text));
          const found = bad();
          for (const each of box.querySelectorAll('*')) { each.dispatchEvent(new MouseEvent('mouseover', { bubbles: true })); each.focus?.(); }
          await new Promise((done) => setTimeout(done, 300));
          return [found, window.__canary ?? null];
        }""",
        [every, [str(safe_markdown.html(text)) for text in every]],
    )
    assert found == [[], None]


def test_nothing_runs_in_a_browser(hostile: Path, hostile_url: str, watched: Watched, counted: Counted) -> None:
    """Pages of notices in each language, their print view, the board and what leads to it: no canary, dialog or request."""
    unchecked = [path.parent.name for path in sorted(hostile.glob(f"notices/*{notices.UNCHECKED}/index.html"))]
    others = [path.name for path in sorted(hostile.glob("notices/*-hostile-*")) if path.name not in unchecked]
    lists = [path for path in pages(hostile) if "notices/by/" in path]
    every = [
        "",
        "es/",
        "pt/",
        "notices/",
        "es/notices/",
        "pt/notices/",
        "notices/2026/",
        "subscribe/",
        "record/",
        "data/",
        "faq/",
    ]
    every += [f"notices/{name}/" for name in [*unchecked, *others[::6]]]
    every += [
        f"{language}notices/{name}/"
        for language, names in (("es/", unchecked[::4]), ("pt/", unchecked[1::4]))
        for name in names
    ]
    for path in [*every, *lists[:: len(lists) // 3]]:
        watched.visit(f"{hostile_url}{path}")
    counted("pages full of them, visited without the site's policy: nothing ran", watched.visits)


def test_nothing_runs_in_what_scripts_show(hostile: Path, hostile_url: str, watched: Watched) -> None:
    """The filtered board, the search's results and the letter's check show titles; they show them as words."""
    page = watched.page
    watched.visit(f"{hostile_url}notices/?status=resolved")
    page.wait_for_selector("[data-nb-found] li")
    page.keyboard.press("/")
    page.fill("#nb-query", "canary onerror script")
    page.wait_for_selector(".nb-search__results li")
    watched.visit(f"{hostile_url}verify/")
    for name in [path.parent.name for path in sorted(hostile.glob(f"notices/*{notices.UNCHECKED}/index.html"))][:6]:
        from noticeboard.notice import short_code

        page.fill("#nb-code", short_code.code_for(name))
        page.click(".nb-verify button")
        page.wait_for_selector(f"[data-nb-answer] a[href*='{name}']")
    watched.visit(f"{hostile_url}verify/")


def test_nothing_runs_in_the_forms_preview(hostile_url: str, watched: Watched) -> None:
    watched.visit(f"{hostile_url}post/")
    for group in list(notices.groups(strings.everything()))[::10]:
        data = notices.bent(notices.plain(0), notices.fill_all(group)) | {"updates": [], "translations": {}}
        watched.page.evaluate(
            "(data) => localStorage.setItem('noticeboard-draft /board/', JSON.stringify({ data }))", data
        )
        watched.visit(f"{hostile_url}post/")
        watched.page.wait_for_selector("[data-is-ready]")
        preview = watched.page.locator("[data-preview]")
        assert "canary" in (preview.text_content() or "")
        assert preview.locator("script, img, iframe, svg, style, [onerror], [onload]").count() == 0
    assert watched.page.evaluate("window.__canary") is None
