// What looks like personal data: each find waits for its writer's word, “removed” or “not about a person”.

import { all, one } from "./answers.js";
import { fill } from "./problems.js";

/** What was said of each find: "removed" or "no_person". It is kept nowhere, as its key holds the find. */
const said = new Map();
const keyOf = (problem) => JSON.stringify([problem.path, problem.find]);
let shown = "";

/** The finds that still keep the notice in the browser: one that is said to be removed must really be gone. */
export const openFinds = (problems) => problems.filter((each) => each.find && said.get(keyOf(each)) !== "no_person");

/** The finds of which the writer said that they are not about a person. */
export const settledFinds = (problems) => problems.filter((each) => each.find && said.get(keyOf(each)) === "no_person");

/** List the finds. `titleOf`: a problem's question; `go`: leads to it; `changed`: told after each word of the writer. */
export function showFinds(box, problems, page, { titleOf, go, changed }) {
  const finds = problems.filter((each) => each.find);
  box.hidden = !finds.length;
  const list = one("[data-find-list]", box);
  const state = JSON.stringify(finds.map(keyOf));
  if (state !== shown) list.replaceChildren(...finds.map((each, index) => item(each, index, page, { titleOf, go, changed })));
  shown = state;
  all("li", list).forEach((each, index) => {
    const word = said.get(keyOf(finds[index]));
    one(".nb-field__problem", each).hidden = word !== "removed";
    each.dataset.isSettled = String(word === "no_person");
  });
}

function item(problem, index, page, { titleOf, go, changed }) {
  const key = keyOf(problem);
  const made = document.createElement("li");
  const set = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = fill(page.words.looks_like, { field: titleOf(problem), what: problem.what });
  set.append(legend);
  for (const [word, sentence] of [["removed", page.words.find_removed], ["no_person", page.words.find_no_person]]) {
    const label = document.createElement("label");
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = `find-${index}`;
    radio.value = word;
    radio.checked = said.get(key) === word;
    radio.addEventListener("change", () => { said.set(key, word); changed(); });
    label.append(radio, ` ${sentence}`);
    set.append(label);
  }
  const still = document.createElement("p");
  still.className = "nb-field__problem";
  still.textContent = page.words.find_still_there;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "nb-plain";
  button.textContent = page.words.find_go;
  button.addEventListener("click", () => go(problem));
  made.append(set, still, button);
  return made;
}
