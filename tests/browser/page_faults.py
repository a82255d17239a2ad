"""What keeps readers from a page: rules of accessibility, text that is cut, covered or beside the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page


class Way(NamedTuple):
    """How a page is looked at."""

    width: int
    scheme: str
    is_large: bool = False
    """Text at twice its size, as a browser's own setting makes it."""


WAYS = [
    Way(390, "light"),
    Way(1280, "dark"),
    Way(320, "dark"),
    Way(768, "light"),
    Way(390, "dark", is_large=True),
    Way(1280, "light", is_large=True),
    Way(320, "light", is_large=True),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(page: Page) -> list[str]:
    """List what is wrong with a page as it stands in the browser."""
    return [*_broken_rules(page), *page.evaluate(_CUT)]


def _broken_rules(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"][:3]]


@contextmanager
def open_page(browser: Browser, way: Way, **settings: Any) -> Iterator[Page]:
    """Open an empty page that shows what it loads in a way."""
    size = {"width": way.width, "height": 900}
    context = browser.new_context(viewport=size, color_scheme=way.scheme, reduced_motion="reduce", **settings)
    page = context.new_page()
    if way.is_large:
        context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    yield page
    context.close()


_CUT = """() => {
  const found = [];
  const told = (node) => `${node.parentElement.cloneNode().outerHTML.slice(0, 100)} ${node.textContent.trim().slice(0, 40)}`;
  if (document.documentElement.scrollWidth > innerWidth) {
    const wide = [...document.body.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest("svg *"));
    found.push(`the page is ${document.documentElement.scrollWidth} wide: ${wide.at(-1)?.cloneNode().outerHTML.slice(0, 100)}`);
  }
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const lines = [];
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement;
    if (!node.textContent.trim() || parent.closest("script, style, template, noscript, option, select")) continue;
    if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    // A banner keeps to two lines; whoever has enlarged the text sees all of it.
    if (parent.closest(".nb-banner") && parseFloat(getComputedStyle(document.documentElement).fontSize) < 30) continue;
    const boxes = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    let scrolls = false, layer = "";
    for (let each = parent; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.display === "inline" || style.display === "contents") continue;
      if (style.clipPath === "inset(50%)") scrolls = true;
      if (["fixed", "sticky"].includes(style.position) || each.matches("dialog[open]")) layer ||= each.className;
      if (/auto|scroll/.test(style.overflow) && each !== document.body && each !== document.documentElement) scrolls = true;
      if (scrolls) continue;
      const frame = each.getBoundingClientRect();
      for (const box of boxes) {
        if (/hidden|clip/.test(style.overflowX) && (box.left < frame.left - 1 || box.right > frame.right + 1)) found.push(`cut: ${told(node)}`);
        else if (/hidden|clip/.test(style.overflowY) && (box.top < frame.top - 3 || box.bottom > frame.bottom + 3)) found.push(`cut: ${told(node)}`);
      }
    }
    for (const box of boxes) {
      if (!scrolls && (box.left < -1 || box.right > innerWidth + 1)) found.push(`beside the screen: ${told(node)}`);
      if (!scrolls) lines.push({ node, box, layer });
    }
  }
  lines.sort((one, other) => one.box.top - other.box.top);
  for (const [index, { node, box, layer }] of lines.entries()) {
    for (let next = index + 1; next < lines.length && lines[next].box.top < box.bottom - 4; next++) {
      const other = lines[next];
      if (other.node === node || other.layer !== layer) continue;
      if (Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top) < 5) continue;
      if (Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left) > 2) found.push(`over each other: ${told(node)} | ${told(other.node)}`);
    }
  }
  return [...new Set(found)].slice(0, 8);
}"""
