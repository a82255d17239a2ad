// The form that writes a notice: reads the answers, says what is wrong beside each, and shows what follows from them.
// Nothing is sent anywhere: the file leaves the browser only when its writer opens GitHub, copies it or downloads it.

import * as additions from "./additions.js";
import { add, all, controlOf, one, read, tie, unfold, valueOf, write } from "./answers.js";
import * as codeSearch from "./code_search.js";
import { deadline } from "./deadline.js";
import * as drafts from "./drafts.js";
import { openFinds, settledFinds, showFinds } from "./finds.js";
import { text as noticeText } from "./notice_file.js";
import { finder } from "./personal_data.js";
import { preview } from "./preview.js";
import { check, fill, personalProblem } from "./problems.js";
import * as results from "./results.js";
import * as shortNames from "./short_name.js";
import * as starters from "./starters.js";
import { keepInView, makeSteps } from "./steps.js";
import { dayOf, moment, written } from "./when.js";

const root = one("[data-nb-post]");
const form = one("form", root);
const fresh = one("div[data-mode=new]", form);
let page;
let find;
let steps;
/** Whether the writer asked to propose an addition, so that all of its errors are said. */
let isEveryProblemShown = false;
let isPressed = false;
let isRefreshDue = false;
/** Nothing is kept in a browser before its reader wrote something. */
let isWritten = false;
/** What was last found wrong, and where: by the problem's path. */
let found = { problems: [], fields: new Map() };

const mode = () => one("[name=mode]:checked", form).value;
const isAdding = () => mode() === "add";
const today = () => dayOf(Date.now(), page.zone);
const shortName = () => one("[data-short-name] input", root);
const topField = (name) => one(`[data-step] > [data-field=${name}]`, fresh);

// Reading and showing

function ordered(data) {
  const known = page.order.filter((name) => name in data);
  return Object.fromEntries(known.map((name) => [name, data[name]]));
}

/** Ask only what fits the kind of breach, and begin the texts with its sentences. */
function fit() {
  const isOwn = mode() === "own";
  for (const name of ["received", "contractor", "product", "contract"]) {
    for (const field of all(`[data-field=${name}]`, fresh)) field.hidden = isOwn && name !== "product";
  }
  let day = null;
  try {
    day = moment(valueOf(topField("received"), today()), page.zone).first;
  } catch {
    // Not a date yet.
  }
  starters.begin(fresh, page, { isOwn, company: controlOf(topField("contractor")).value.trim(), day: isOwn ? null : day });
}

function refresh() {
  const adding = isAdding();
  for (const each of all("[data-mode]", root)) each.hidden = each.dataset.mode !== (adding ? "add" : "new");
  for (const each of all("[data-how]", root)) each.hidden = each.dataset.how !== (adding ? "add" : "new");
  for (const each of all("[data-last]", root)) each.hidden = !adding && steps.current() !== steps.total;
  for (const each of all("[data-progress], [data-deadline], [data-steps], .nb-post__draft", root)) each.hidden = adding;
  const now = Date.now();
  return adding ? refreshAddition(now) : refreshNotice(now);
}

function refreshNotice(now) {
  fit();
  const { data, answers } = read(fresh, today());
  if (mode() === "own") data.contractor = "none";
  const { problems, dates } = check(answers, data, page, find, now);
  const { id, wrong } = shortNames.named(shortName(), data, dates, page);
  problems.push(...wrong, ...find(shortName().value).map((each) => personalProblem("short-name", each, page)));
  const file = ordered(data);
  results.showDates(answers, dates, page);
  results.showClocks(one("[data-clocks]", root), data, dates, page, now);
  const { words, isPassed } = deadline(data, dates, page, now);
  const line = one("[data-deadline]", root);
  if (line.textContent !== words) line.textContent = words;
  line.dataset.isPassed = String(isPassed);
  one("[data-preview]", root).replaceChildren(preview(data, dates, page));
  for (const question of all("[data-report] li", root)) {
    const names = question.dataset.names.split(" ").filter(Boolean);
    const isSaid = (name) => data[name] && !problems.some((each) => each.path === name && each.severity === "error");
    const answer = names.some(isSaid) ? "answered" : names.length ? "unanswered" : "own_answer";
    one("span", question).textContent = page.words[answer];
  }
  keep(data);
  return showAll(answers, problems, { name: `notices/${id || "YYYY-MM-DD-short-name"}.yml`, text: noticeText(file) });
}

function refreshAddition(now) {
  const { answers, problems, dates, name, text } = additions.readAddition(root, page, find, now, today());
  results.showDates(answers, dates, page);
  return showAll(answers, problems, { name, text });
}

/** Show problems, finds and the file; give how many things keep the notice from going up. */
function showAll(answers, problems, file) {
  const fields = new Map(answers.map((answer) => [answer.path, answer.element]));
  fields.set("short-name", one("[data-short-name]", root));
  fields.set("notice-name", one("[data-notice-name]", root));
  found = { problems, fields };
  const settled = new Set(settledFinds(problems));
  const others = problems.filter((each) => !each.find);
  const finds = openFinds(problems);
  const errors = others.filter((each) => each.severity === "error");
  results.showBeside(root, problems.filter((each) => !settled.has(each)), fieldOf, isShown);
  results.listProblems(one("[data-problems]", root), isAdding() && !isEveryProblemShown ? [] : others, titleOf, reveal);
  showFinds(one("[data-finds]", root), problems, page, { titleOf, go: reveal, changed: refresh });
  showStatus(errors.length, finds.length, settled.size);
  const counts = new Map();
  for (const each of [...errors, ...finds]) {
    const step = steps.stepOf(fieldOf(each));
    counts.set(step, (counts.get(step) || 0) + 1);
  }
  steps.count(counts);
  const count = errors.length + finds.length;
  results.showFile(root, file, page, { isAdding: isAdding(), mayGoUp: count === 0 });
  return count;
}

/** The question that a problem is about; one in a part that is still empty is no answer yet. */
const fieldOf = ({ path }) => found.fields.get(path) || one(`[data-part="${path.split(".")[0]}"] [data-field="${path.split(".").at(-1)}"]`, fresh) || one("[data-short-name]", root);
const titleOf = (problem) => {
  const field = fieldOf(problem);
  return field.dataset.title || one(".nb-field__title", field).firstChild.textContent.trim();
};
const isShown = (field) => "isTouched" in field.dataset || (isAdding() ? isEveryProblemShown : steps.isLeft(field));

function showStatus(errors, finds, settled) {
  const { words } = page;
  const parts = [];
  if (finds) parts.push(fill(words.open_finds, { count: finds }));
  if (errors) parts.push(fill(words.open_problems, { count: errors }));
  if (!parts.length) parts.push(settled ? fill(words.none_else, { count: settled }) : words.none);
  const status = one("[data-status]", root);
  if (status.textContent !== parts.join(". ")) status.textContent = parts.join(". ");
  status.dataset.isOpen = String(errors + finds > 0);
}

/** Lead to the question that a problem is about. */
function reveal(problem) {
  const field = fieldOf(problem);
  if (!isAdding() && steps.stepOf(field) !== steps.current()) steps.go(steps.stepOf(field));
  unfold(field);
  const control = controlOf(field);
  control.focus();
  control.scrollIntoView({ block: "center" });
}

// Drafts

function keep(data) {
  if (!isWritten) return;
  const kept = { ...data };
  for (const name of starters.startersLeft(fresh)) delete kept[name];
  // The time of posting is that of the last look at the form, unless its writer gave another.
  if (!("isTouched" in topField("posted").dataset)) delete kept.posted;
  if (!drafts.keep({ data: kept, name: shortName().dataset.isOwn ? shortName().value : "" })) return;
  const time = new Intl.DateTimeFormat(page.language === "es" ? "es-US" : page.language, { timeStyle: "short", timeZone: page.zone }).format();
  one("[data-draft]", root).textContent = fill(page.words.saved, { time });
}

function start(draft) {
  isWritten = Boolean(draft);
  const posted = written(Date.now(), page.zone);
  write(fresh, draft ? { posted, status: "investigating", ...draft.data } : { posted, status: "investigating", ...page.defaults });
  one(`[name=mode][value=${draft?.data.contractor === "none" ? "own" : "company"}]`, form).checked = true;
  if (draft?.data.posted) topField("posted").dataset.isTouched = "true";
  if (draft?.name) {
    shortName().value = draft.name;
    shortName().dataset.isOwn = "true";
  }
  controlOf(one("[data-update] [data-field=at]", root)).value = posted;
}

/** Empty the form. */
function empty() {
  form.reset();
  delete shortName().dataset.isOwn;
  for (const field of all("[data-is-touched]", root)) delete field.dataset.isTouched;
  starters.forget(fresh);
  isEveryProblemShown = false;
  steps.forget();
}

function forget() {
  drafts.clear();
  empty();
  start(null);
}

/** Go on with the draft; one of another shape, as another site on this host may leave, must not keep the form away. */
function resume() {
  try {
    start(drafts.kept());
  } catch {
    forget();
  }
}

function askToClear(isAsking) {
  one("[data-clear]", root).hidden = isAsking;
  one("[data-clear-ask]", root).hidden = !isAsking;
  one(isAsking ? "[data-clear-no]" : "[data-clear]", root).focus();
}

function clearDraft() {
  forget();
  steps.go(1);
  askToClear(false);
  refresh();
  one("[data-draft]", root).textContent = page.words.cleared;
  one("[data-undo]", root).hidden = false;
  one("[data-undo]", root).focus();
}

function undo() {
  empty();
  start(drafts.bringBack());
  one("[data-undo]", root).hidden = true;
  one("[data-clear]", root).focus();
  refresh();
}

// What people do

function touched(event) {
  const field = event.target.closest(".nb-field");
  if (field && !event.target.matches("[data-code-search]")) field.dataset.isTouched = "true";
  // While a button is pressed nothing may move, or the click would miss it.
  if (isPressed) isRefreshDue = true;
  else refresh();
}

function released() {
  isPressed = false;
  if (isRefreshDue) setTimeout(refresh);
  isRefreshDue = false;
}

function download() {
  const link = document.createElement("a");
  const file = one("[data-file]", root);
  link.href = URL.createObjectURL(new Blob([file.textContent], { type: "text/yaml" }));
  link.download = file.dataset.name.split("/").at(-1);
  link.click();
  URL.revokeObjectURL(link.href);
}

async function copy() {
  const status = one("[data-status]", root);
  try {
    await navigator.clipboard.writeText(one("[data-file]", root).textContent);
    status.textContent = page.words.copied;
  } catch {
    status.textContent = page.words.not_copied;
  }
}

function propose(event) {
  isEveryProblemShown = true;
  if (refresh()) {
    event.preventDefault();
    const [first] = openFinds(found.problems);
    if (first) one("[data-find-list] li[data-is-settled=false] input", root).focus();
    else reveal(found.problems.find((each) => each.severity === "error" && !each.find));
  } else if (one("[data-open]", root).dataset.isTooLong === "true") {
    copy();
    one("[data-status]", root).textContent = page.words.too_large;
  }
}

async function loadPosted(id) {
  await additions.load(root, id, page);
  refresh();
}

function clicked(event) {
  const button = event.target.closest("button");
  if (!button) return;
  if ("add" in button.dataset) controlOf(one(".nb-field", add(button.closest("[data-list]")))).focus();
  if ("remove" in button.dataset) {
    const list = button.closest("[data-list]");
    button.closest("[data-item]").remove();
    one("[data-add]", list).focus();
  }
  if ("leave" in button.dataset) {
    one("[name=mode][value=company]", form).checked = true;
    refresh();
    one("[name=mode]:checked", form).focus();
  }
  if ("clear" in button.dataset) askToClear(true);
  if ("clearNo" in button.dataset) askToClear(false);
  if ("clearYes" in button.dataset) clearDraft();
  if ("undo" in button.dataset) undo();
  if ("add" in button.dataset || "remove" in button.dataset) refresh();
}

function listen() {
  let wait;
  form.addEventListener("input", (event) => {
    if (event.target.closest("[data-short-name]")) shortName().dataset.isOwn = shortName().value ? "true" : "";
    if (event.target.closest("[data-notice-name]")) return;
    isWritten ||= event.target.name !== "mode";
    clearTimeout(wait);
    wait = setTimeout(refresh, 200);
  });
  form.addEventListener("change", (event) => {
    if (event.target.closest("[data-notice-name]")) loadPosted(event.target.value);
    else touched(event);
    if (event.target.value === "add" && event.target.name === "mode") one("#post-add", root).focus();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("pointerdown", () => { isPressed = true; }, true);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, released, true);
  root.addEventListener("click", clicked);
  one("[data-open]", root).addEventListener("click", propose);
  one("[data-copy]", root).addEventListener("click", copy);
  one("[data-download]", root).addEventListener("click", download);
  codeSearch.listen(form, page);
}

/** The controls with an error in a step. */
function wrongIn(step) {
  return found.problems.filter((each) => each.severity === "error" && steps.stepOf(fieldOf(each)) === step).map((each) => {
    unfold(fieldOf(each));
    return controlOf(fieldOf(each));
  });
}

async function open() {
  page = await (await fetch(root.dataset.nbPost)).json();
  find = finder(page.personal, page.person_names);
  steps = makeSteps(root, page, { changed: refresh, wrongIn });
  tie(root);
  resume();
  listen();
  root.hidden = false;
  keepInView(root);
  steps.show(history.state?.step || 1, { isFocused: false });
  const wanted = new URLSearchParams(location.search).get("notice");
  if (wanted) {
    one("[name=mode][value=add]", form).checked = true;
    additions.choose(root, wanted);
    await loadPosted(wanted);
  }
  root.dataset.isReady = "true";
}

open();
