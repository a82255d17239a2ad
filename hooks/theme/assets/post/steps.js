// The steps of the form: one in view at a time, with the way there and back.

import { all, one } from "./answers.js";
import { fill } from "./problems.js";

/**
 * Make the steps.
 *
 * `changed` is told after each turn; `wrongIn(step)` gives the controls with an error in a step.
 */
export function makeSteps(root, page, { changed, wrongIn }) {
  const sections = all("[data-step]", root);
  const total = sections.length + 1;
  const left = new Set();
  let current = 1;

  function show(number, { isFocused = true } = {}) {
    current = number;
    sections.forEach((section, index) => { section.hidden = index + 1 !== number; });
    root.dataset.at = number === total ? "last" : String(number);
    all(".nb-post__bar span", root).forEach((each, index) => each.classList.toggle("nb-post__bar-done", index < number));
    one("[data-steps] details", root).open = false;
    if (number === total) for (let each = 1; each < total; each += 1) left.add(each);
    changed();
    if (!isFocused) return;
    const heading = one(`#post-step-${number}`, root);
    heading.focus({ preventScroll: true });
    (number === total ? heading : one("[data-progress]", root)).scrollIntoView({ block: "start" });
  }

  function go(number) {
    if (number !== current) history.pushState({ step: number }, "");
    show(number);
  }

  /** Leave a step: the first time its errors are shown instead, and the second time they may wait. */
  function next() {
    const isFirst = !left.has(current);
    left.add(current);
    changed();
    const [wrong] = isFirst ? wrongIn(current) : [];
    if (wrong) wrong.focus();
    else go(current + 1);
  }

  addEventListener("popstate", (event) => show(event.state?.step || 1));
  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("next" in button.dataset) next();
    if ("back" in button.dataset) go(current - 1);
    if ("go" in button.dataset) go(Number(button.dataset.go));
  });
  return {
    show,
    go,
    total,
    isLeft: (element) => left.has(Number(element.closest("[data-step]")?.dataset.step)),
    stepOf: (element) => Number(element.closest("[data-step]")?.dataset.step || total),
    current: () => current,
    forget: () => left.clear(),
    /** Say at each step how many errors it has. */
    count(numbers) {
      all("[data-go]", root).forEach((button, index) => {
        const count = left.has(index + 1) ? numbers.get(index + 1) || 0 : 0;
        button.nextElementSibling.textContent = count ? fill(page.words.fix_here, { count }) : "";
      });
      for (const button of all("[data-next]", root)) {
        const step = Number(button.closest("[data-step]").dataset.step);
        button.textContent = page.words[left.has(step) && numbers.get(step) ? "continue_anyway" : "continue"];
      }
    },
  };
}

/** Hold the clock below the site's header, however tall that is, and scroll nothing that has the focus under the two. */
export function keepInView(root) {
  const header = one(".md-header");
  const line = one("[data-deadline]", root);
  const measure = () => {
    const isSticky = (each) => getComputedStyle(each).position === "sticky";
    const top = header && isSticky(header) ? header.offsetHeight : 0;
    document.documentElement.style.setProperty("--nb-post-top", `${top}px`);
    document.documentElement.style.setProperty("--nb-post-cover", `${top + (isSticky(line) ? line.offsetHeight : 0)}px`);
  };
  const observer = new ResizeObserver(measure);
  for (const each of [header, line]) if (each) observer.observe(each);
  addEventListener("resize", measure);
  measure();
}
