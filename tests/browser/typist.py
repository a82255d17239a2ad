"""Somebody who fills in the form at /post/ with a keyboard, and counts the presses of Tab."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from noticeboard.post.steps import STEPS

NEW = "div[data-mode=new]"

CLOSED = """(selector) => {
  const target = document.querySelector(selector);
  const closed = [];
  for (let each = target.parentElement.closest('details'); each; each = each.parentElement.closest('details')) if (!each.open) closed.unshift(each);
  document.querySelectorAll('[data-to-open]').forEach((each) => each.removeAttribute('data-to-open'));
  if (closed.length) closed[0].querySelector('summary').setAttribute('data-to-open', '');
  return closed.length;
}"""


class Typist:
    """A person at the keyboard of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tabs = 0
        """Presses of Tab so far."""

    def focus(self, selector: str) -> None:
        """Press Tab until the focus is on a control; whatever is folded around it is opened on the way."""
        while self.page.evaluate(CLOSED, selector):
            self._tab_to("[data-to-open]")
            self.page.keyboard.press("Enter")
        self._tab_to(selector)

    def _tab_to(self, selector: str) -> None:
        for _ in range(400):
            if self.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
            self.page.keyboard.press("Tab")
            self.tabs += 1
        raise AssertionError(f"the keyboard never reaches {selector}")

    def enter(self, scope: str, name: str, value: Any) -> None:
        """Answer one question with the keys that a person would use."""
        field = f"{scope} [data-field={name}]"
        kind = self.page.eval_on_selector(field, "(field) => field.dataset.kind")
        if kind == "codes":
            self.focus(f"{field} [data-code-search]")
            for code in value:
                label = f"{field} [data-code={code}]"
                self.page.keyboard.type(self.page.eval_on_selector(label, "(label) => label.textContent.trim()"))
                self.page.keyboard.press("Enter")
                assert self.page.is_checked(f"{label} input"), code
            return
        self.focus(f"{field} :is(input, textarea, select)")
        if kind == "choice":
            option = f"{field} option[value={value}]"
            self.page.keyboard.type(self.page.eval_on_selector(option, "(option) => option.textContent"))
            return
        self.page.keyboard.press("Control+A")
        separator = ", " if kind == "schools" else "\n"
        self.page.keyboard.insert_text(separator.join(value) if isinstance(value, list) else value)

    def turn(self) -> None:
        """Go on to the next step."""
        self.focus("[data-step]:not([hidden]) [data-next]")
        self.page.keyboard.press("Enter")

    def fill(self, data: dict[str, Any]) -> None:
        """Write a whole notice, step by step; at the end the last step is in view."""
        if data["contractor"] == "none":
            self.focus("[name=mode]:checked")
            self.page.keyboard.press("ArrowDown")
        for step in STEPS:
            for name in [each for each in step.names if each in data and data[each] != "none"]:
                self._answer(name, data[name])
            self.turn()

    def _answer(self, name: str, value: Any) -> None:
        if isinstance(value, list) and name != "not_involved":
            self._fill_list(name, value)
        elif name == "translations":
            for code, words in value.items():
                self._fill_part(f"{NEW} [data-part=translations] [data-part={code}]", words)
        elif name == "protection":
            self._fill_part(f"{NEW} [data-part=protection]", value)
        else:
            self.enter(f"{NEW} section:not([hidden])", name, value)

    def _fill_part(self, scope: str, values: dict[str, Any]) -> None:
        for key in self._order(scope):
            if key in values:
                self.enter(scope, key, values[key])

    def _order(self, scope: str) -> list[str]:
        names: list[str] = self.page.eval_on_selector_all(
            f"{scope} [data-field]", "(all) => all.map((each) => each.dataset.field)"
        )
        return names

    def _fill_list(self, name: str, items: list[dict[str, Any]]) -> None:
        has_first = self.page.locator(f"[data-list={name}] [data-item]").count()
        for index, item in enumerate(items):
            if index >= has_first:
                self.focus(f"[data-list={name}] [data-add]")
                self.page.keyboard.press("Enter")
            self._fill_part(f"[data-list={name}] [data-item]:nth-of-type({index + 1})", item)


def open_step(page: Page, number: int) -> None:
    """Go to a step with the list of all steps."""
    if not page.locator("[data-steps] details").evaluate("fold => fold.open"):
        page.locator("[data-steps] summary").click()
    page.locator(f"[data-go='{number}']").click()
