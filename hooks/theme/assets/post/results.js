// What follows from the answers: problems beside their questions and in a list, readings of dates, clocks, the file.

import { all, controlOf, one } from "./answers.js";
import * as clocks from "./clocks.js";
import { groupsOf } from "./deadline.js";
import { dateWords } from "./preview.js";
import { fill } from "./problems.js";

/** Characters that an address may have before GitHub refuses it. */
const LONGEST_ADDRESS = 8000;

/** Say each problem beside its question, where `isShown(field)`. */
export function showBeside(root, problems, fieldOf, isShown) {
  for (const line of all(".nb-field__problem:not([data-find-list] *)", root)) {
    line.hidden = true;
    line.textContent = "";
  }
  for (const control of all("[aria-invalid]", root)) control.removeAttribute("aria-invalid");
  for (const problem of problems) {
    const field = fieldOf(problem);
    if (!isShown(field)) continue;
    const line = one(".nb-field__problem", field);
    line.textContent += `${line.textContent ? " " : ""}${problem.message}`;
    line.classList.toggle("nb-field__problem--warning", problem.severity === "warning");
    line.hidden = false;
    if (problem.severity === "error") controlOf(field).setAttribute("aria-invalid", "true");
  }
}

/** List the problems; each leads to its question. */
export function listProblems(list, problems, titleOf, go) {
  list.replaceChildren(...problems.map((problem) => {
    const button = document.createElement("button");
    button.type = "button";
    const title = titleOf(problem);
    button.textContent = `${title}${title.endsWith("?") ? "" : ":"} ${problem.message}`;
    button.addEventListener("click", () => go(problem));
    const item = document.createElement("li");
    item.className = `nb-post__${problem.severity}`;
    item.append(button);
    return item;
  }));
}

/** Say how each date is read. */
export function showDates(answers, dates, page) {
  const say = dateWords(page);
  for (const { path, element } of answers) {
    const note = one(".nb-field__note", element);
    if (!note || element.dataset.kind === "codes") continue;
    const date = dates[path];
    note.hidden = !date;
    note.textContent = date ? fill(page.words.reads_as, { day: say.when(date) }) : "";
  }
}

/** List the clocks that the notice starts. */
export function showClocks(list, data, dates, page, now) {
  const notice = { ...dates, contractor: data.contractor || "", status: data.status, affected: groupsOf(data) };
  const found = dates.posted && data.contractor ? clocks.of(notice, page.law, page.zone, now) : [];
  list.replaceChildren(...found.map((clock) => clockItem(clock, data, page)));
  if (found.length) return;
  const item = document.createElement("li");
  item.textContent = page.words.no_clock;
  list.append(item);
}

function clockItem(clock, data, page) {
  const { rule } = clock;
  const name = document.createElement("strong");
  name.textContent = `${rule.name}: ${rule.limit_words}`;
  const due = document.createElement("p");
  due.dataset.clock = rule.id;
  due.dataset.due = clock.due === null ? "" : new Date(clock.due).toISOString();
  due.textContent = dueWords(clock, data, page);
  const law = document.createElement("p");
  law.className = "nb-quiet";
  const by = rule.owed_by === "district" ? page.publisher : data.contractor;
  law.textContent = `${fill(page.words.owes, { by, to: page.owed_to[rule.owed_to] })} ${rule.citation}`;
  const item = document.createElement("li");
  item.append(name, due, law);
  return item;
}

function dueWords({ due, state, estimated, rule }, data, page) {
  const { words } = page;
  if (due !== null) {
    const day = dateWords(page).instant(due, rule.limit.kind === "hours");
    return `${words.no_later} ${day}${estimated ? ` (${words.estimated})` : ""}`;
  }
  if (state === "paused") return words.paused;
  if (data.status === "withdrawn") return words.withdrawn;
  return state === "not_started" ? words.not_started : words.no_date;
}

/** Show the file, and lead to GitHub once it may go up: the address holds the text, so it waits until then. */
export function showFile(root, { name, text }, page, { isAdding, mayGoUp }) {
  one("[data-file-name]", root).textContent = name;
  const file = one("[data-file]", root);
  file.textContent = text;
  file.dataset.name = name;
  const open = one("[data-open]", root);
  const folder = `${page.repository}/new/${page.branch}?filename=${encodeURIComponent(name)}`;
  const filled = `${folder}&value=${encodeURIComponent(text)}`;
  open.dataset.isTooLong = String(!isAdding && filled.length > LONGEST_ADDRESS);
  if (!mayGoUp) open.setAttribute("href", "#post-propose");
  else if (isAdding) open.href = `${page.repository}/edit/${page.branch}/${name}`;
  else open.href = filled.length > LONGEST_ADDRESS ? folder : filled;
}
