// The search over the kinds of data: shows those that match; Enter chooses the first.

import { all, bringForward, one } from "./answers.js";
import { fill } from "./problems.js";

const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("_", " ");

function matches(label, words) {
  const text = ` ${plain(label.dataset.code)} ${plain(label.textContent)}`;
  return words.every((word) => text.includes(` ${word}`) || (word.length > 3 && text.includes(word)));
}

/** Show only what matches the words of a search. */
function narrow(search, page) {
  const field = search.closest("[data-field]");
  const words = plain(search.value).split(/\s+/).filter(Boolean);
  const labels = all("[data-code]", field);
  for (const label of labels) label.hidden = words.length > 0 && !matches(label, words);
  const found = labels.filter((label) => !label.hidden);
  const rest = one("[data-rest]", field);
  rest.hidden = words.length > 0 && !one("[data-code]:not([hidden])", rest);
  rest.open = words.length > 0 && !rest.hidden;
  const note = one("[data-found]", field);
  note.hidden = !words.length;
  note.textContent = found.length ? fill(page.words.codes_found, { count: found.length }) : page.words.code_none;
  return words.length ? found : [];
}

/** Choose the first that was found, and begin the next search. */
function choose(search, page) {
  const [first] = narrow(search, page);
  if (!first) return;
  one("input", first).checked = true;
  bringForward(search.closest("[data-field]"));
  search.value = "";
  narrow(search, page);
  const note = one("[data-found]", search.closest("[data-field]"));
  note.hidden = false;
  note.textContent = fill(page.words.code_chosen, { name: first.textContent.trim() });
  one("input", first).dispatchEvent(new Event("change", { bubbles: true }));
}

/** Listen to the searches inside an element. */
export function listen(root, page) {
  root.addEventListener("input", (event) => {
    if (event.target.matches("[data-code-search]")) narrow(event.target, page);
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-code-search]")) return;
    event.preventDefault();
    choose(event.target, page);
  });
}
