// The form that writes a notice: reads the answers, says what is wrong beside each, and shows what follows from them.
// Nothing is sent anywhere: the file leaves the browser only when its writer opens GitHub, copies it or downloads it.

import * as clocks from "./clocks.js";
import { extended, text as noticeText } from "./notice_file.js";
import { finder } from "./personal_data.js";
import { dateWords, preview } from "./preview.js";
import { check, fill, personalWords } from "./problems.js";
import { dayOf, rewritten, written } from "./when.js";

// Another board may be at the same host; this one's languages share the draft.
const DRAFT = `noticeboard-draft ${new URL("../../", import.meta.url).pathname}`;
/** Characters that an address may have before GitHub refuses it. */
const LONGEST_ADDRESS = 8000;

const root = document.querySelector("[data-nb-post]");
const form = root.querySelector("form");
const one = (selector, inside = root) => inside.querySelector(selector);
const all = (selector, inside = root) => [...inside.querySelectorAll(selector)];
let page;
let find;
let posted = null;
let isEveryProblemShown = false;
/** Nothing is kept in a browser before its reader wrote something. */
let isWritten = false;

// Reading the answers

const isOf = (container, each) => each.parentElement.closest("[data-part], [data-item], [data-mode], [data-update]") === container;

function valueOf(field) {
  const { kind } = field.dataset;
  if (kind === "codes") return all("input:checked", field).map((box) => box.value);
  const text = one("input, select, textarea", field).value;
  if (kind === "lines") return text.split("\n").map((line) => line.trim()).filter(Boolean);
  if (kind === "schools") return text.trim().toLowerCase() === "all" ? "all" : text.split(",").map((name) => name.trim()).filter(Boolean);
  return kind === "markdown" ? text.replace(/\r\n/g, "\n").trimEnd() : text.trim();
}

const isEmpty = (value) => value === "" || value === undefined || (typeof value === "object" && !Object.keys(value).length);

/** Read a part of the form: its data, and its answers with their places. */
function read(container, path = "") {
  const data = {};
  const answers = [];
  const at = (name) => (path ? `${path}.${name}` : name);
  for (const field of all("[data-field]", container).filter((each) => isOf(container, each))) {
    const { field: name, kind, longest, title } = field.dataset;
    const value = valueOf(field);
    if (!isEmpty(value)) data[name] = value;
    const about = { name, kind, title, required: "required" in field.dataset, longest: Number(longest) || 0 };
    answers.push({ path: at(name), field: about, value, element: field });
  }
  for (const part of all("[data-part]", container).filter((each) => isOf(container, each))) {
    const inner = read(part, at(part.dataset.part));
    if (isEmpty(inner.data)) continue;
    data[part.dataset.part] = inner.data;
    answers.push(...inner.answers);
  }
  for (const list of all("[data-list]", container).filter((each) => isOf(container, each))) {
    const items = all("[data-item]", list).map((item, index) => read(item, `${at(list.dataset.list)}.${index}`));
    // An item that nobody touched asks for nothing, unless the list needs one.
    const kept = items.filter((item, index) => Object.keys(item.data).some((key) => key !== "who") || ("required" in list.dataset && !index));
    if (kept.length) data[list.dataset.list] = kept.map((item) => item.data);
    answers.push(...kept.flatMap((item) => item.answers));
  }
  return { data, answers };
}

function ordered(data) {
  const known = page.order.filter((name) => name in data);
  return Object.fromEntries(known.map((name) => [name, data[name]]));
}

// Filling it in

function write(container, data) {
  for (const field of all("[data-field]", container).filter((each) => isOf(container, each))) {
    const value = data[field.dataset.field];
    if (field.dataset.kind === "codes") for (const box of all("input", field)) box.checked = (value || []).includes(box.value);
    else if (value !== undefined) {
      const separator = field.dataset.kind === "lines" ? "\n" : ", ";
      one("input, select, textarea", field).value = Array.isArray(value) ? value.join(separator) : value;
    }
  }
  for (const part of all("[data-part]", container).filter((each) => isOf(container, each))) {
    const inner = data[part.dataset.part];
    if (!inner) continue;
    write(part, inner);
    if (part.closest("details")) part.closest("details").open = true;
  }
  for (const list of all("[data-list]", container).filter((each) => isOf(container, each))) {
    one("[data-items]", list).replaceChildren();
    const items = data[list.dataset.list] || ("required" in list.dataset ? [{}] : []);
    for (const item of items) write(add(list), item);
  }
}

let number = 0;

/** Tie each field's note and problem to its control, for those who don't see them. */
function tie(container) {
  for (const field of all(".nb-field", container)) {
    number += 1;
    const control = one("input, select, textarea", field);
    const ids = all(".nb-field__note, .nb-field__problem", field).map((each, index) => {
      each.id = `post-note-${number}-${index}`;
      return each.id;
    });
    (field.dataset.kind === "codes" ? field : control).setAttribute("aria-describedby", ids.join(" "));
  }
}

function add(list) {
  const item = one("template", list).content.firstElementChild.cloneNode(true);
  one("[data-items]", list).append(item);
  tie(item);
  return item;
}

// Showing what follows

const isAdding = () => one("[name=mode]:checked", form).value === "add";

function shortName() {
  return one("[data-short-name] input");
}

function slug(text) {
  const plain = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").split("-").slice(0, 4).join("-").slice(0, 40);
}

function named(data, dates, problems) {
  const input = shortName();
  if (!input.dataset.isOwn) input.value = slug(data.contractor === "none" ? data.title || "" : data.contractor || "");
  const day = dates.posted ? dayOf(dates.posted.first, page.zone) : "";
  const id = day && input.value ? `${day}-${input.value}` : "";
  const wrong = (key) => problems.push({ path: "short-name", severity: "error", message: page.words[key] });
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(input.value)) wrong("short_name");
  else if (page.ids.includes(id)) wrong("same_name");
  for (const each of find(input.value)) {
    const message = fill(page.words[personalWords(each)], { what: each.name });
    problems.push({ path: "short-name", severity: each.severity, message });
  }
  return id;
}

function showProblems(answers, problems) {
  const elements = new Map(answers.map((answer) => [answer.path, answer.element]));
  elements.set("short-name", one("[data-short-name]"));
  elements.set("notice-name", one("[data-notice-name]"));
  for (const field of all(".nb-field")) {
    const line = one(".nb-field__problem", field);
    line.hidden = true;
    line.textContent = "";
    one("input, select, textarea", field).removeAttribute("aria-invalid");
  }
  const list = one("[data-problems]");
  list.replaceChildren();
  for (const problem of problems) {
    const field = elements.get(problem.path) || one("[data-short-name]");
    const control = one("input, select, textarea", field);
    const title = field.dataset.title || one(".nb-field__title", field).firstChild.textContent;
    if (isEveryProblemShown || "isTouched" in field.dataset || problem.severity === "warning") {
      const line = one(".nb-field__problem", field);
      line.textContent += `${line.textContent ? " " : ""}${problem.message}`;
      line.classList.toggle("nb-field__problem--warning", problem.severity === "warning");
      line.hidden = false;
      if (problem.severity === "error") control.setAttribute("aria-invalid", "true");
    }
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${title}: ${problem.message}`;
    button.addEventListener("click", () => reveal(control));
    const item = document.createElement("li");
    item.className = `nb-post__${problem.severity}`;
    item.append(button);
    list.append(item);
  }
  const count = problems.filter((each) => each.severity === "error").length;
  const status = count ? fill(page.words.open_problems, { count }) : page.words.none;
  if (one("[data-status]").textContent !== status) one("[data-status]").textContent = status;
  return count;
}

function reveal(control) {
  for (let each = control.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
  control.focus();
  control.scrollIntoView({ block: "center" });
}

function showDates(answers, dates) {
  const say = dateWords(page);
  for (const { path, element } of answers) {
    const note = one(".nb-field__note", element);
    if (!note) continue;
    const date = dates[path];
    note.hidden = !date;
    note.textContent = date ? fill(page.words.reads_as, { day: say.when(date) }) : "";
  }
}

function showClocks(data, dates, now) {
  const list = one("[data-clocks]");
  list.replaceChildren();
  const groups = (data.affected || []).filter((group) => group.who && group.data);
  const notice = { ...dates, contractor: data.contractor || "", status: data.status, affected: groups };
  const found = dates.posted && data.contractor ? clocks.of(notice, page.law, page.zone, now) : [];
  const say = dateWords(page);
  for (const clock of found) {
    const { rule } = clock;
    const by = rule.owed_by === "district" ? page.publisher : data.contractor;
    const name = document.createElement("strong");
    name.textContent = `${rule.name}: ${rule.limit_words}`;
    const due = document.createElement("p");
    due.dataset.clock = rule.id;
    due.dataset.due = clock.due === null ? "" : new Date(clock.due).toISOString();
    due.textContent = clock.due === null ? page.words[clock.state === "paused" ? "paused" : data.status === "withdrawn" ? "withdrawn" : clock.state === "not_started" ? "not_started" : "no_date"]
      : `${page.words.no_later} ${say.instant(clock.due, rule.limit.kind === "hours")}${clock.estimated ? ` (${page.words.estimated})` : ""}`;
    const law = document.createElement("p");
    law.className = "nb-quiet";
    law.textContent = `${fill(page.words.owes, { by, to: page.owed_to[rule.owed_to] })} ${rule.citation}`;
    const item = document.createElement("li");
    item.append(name, due, law);
    list.append(item);
  }
  if (!found.length) {
    const item = document.createElement("li");
    item.textContent = page.words.no_clock;
    list.append(item);
  }
}

function showFile(name, text) {
  one("[data-file-name]").textContent = name;
  one("[data-file]").textContent = text;
  one("[data-file]").dataset.name = name;
  const open = one("[data-open]");
  const folder = `${page.repository}/new/${page.branch}`;
  const filled = `${folder}?filename=${encodeURIComponent(name)}&value=${encodeURIComponent(text)}`;
  open.dataset.isTooLong = String(!isAdding() && filled.length > LONGEST_ADDRESS);
  if (isAdding()) open.href = `${page.repository}/edit/${page.branch}/${name}`;
  else open.href = filled.length > LONGEST_ADDRESS ? `${folder}?filename=${encodeURIComponent(name)}` : filled;
}

function refresh() {
  const now = Date.now();
  const adding = isAdding();
  for (const each of all("[data-mode]")) each.hidden = each.dataset.mode !== (adding ? "add" : "new");
  for (const each of all("[data-how]")) each.hidden = each.dataset.how !== (adding ? "add" : "new");
  return adding ? refreshUpdate(now) : refreshNotice(now);
}

function refreshNotice(now) {
  const { data, answers } = read(one("div[data-mode=new]", form));
  const { problems, dates } = check(answers, data, page, find, now);
  const id = named(data, dates, problems);
  const file = ordered(data);
  showDates(answers, dates);
  showClocks(data, dates, now);
  one("[data-preview]").replaceChildren(preview(data, dates, page));
  for (const question of document.querySelectorAll("[data-report] li")) {
    const names = question.dataset.names.split(" ").filter(Boolean);
    const answer = names.some((name) => data[name]) ? "answered" : names.length ? "unanswered" : "own_answer";
    question.querySelector("span").textContent = page.words[answer];
  }
  showFile(`notices/${id || "YYYY-MM-DD-short-name"}.yml`, noticeText(file));
  keep(data);
  return showProblems(answers, problems);
}

function refreshUpdate(now) {
  const { data, answers } = read(one("[data-update]"));
  const { problems, dates } = posted ? check(answers, { contacts: [] }, page, find, now) : { problems: [], dates: {} };
  const { at, kind, text, status, ...late } = data;
  const wrong = (path, key, values) => problems.push({ path, severity: "error", message: fill(page.words[key], values) });
  if (!posted) wrong("notice-name", "not_loaded");
  if (posted && status === "withdrawn" && kind !== "withdrawal") wrong("kind", "required");
  const moved = kind === "withdrawal" ? "withdrawn" : status;
  const file = posted && extended(posted.text, { update: { at, kind, text }, status: moved, dates: late });
  if (posted && file === null) wrong("notice-name", "by_hand");
  showDates(answers, dates);
  showFile(posted ? `notices/${posted.id}.yml` : "", file || "");
  return showProblems(answers, problems);
}

// Drafts

function keep(data) {
  if (!isWritten) return;
  try {
    localStorage.setItem(DRAFT, JSON.stringify({ data, name: shortName().dataset.isOwn ? shortName().value : "" }));
    one("[data-draft]").textContent = page.words.saved;
  } catch {
    // A browser that keeps nothing still writes a notice.
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(DRAFT) || "null");
  } catch {
    return null;
  }
}

function start(draft) {
  isWritten = Boolean(draft);
  const fresh = { posted: written(Date.now(), page.zone), status: "investigating", ...page.defaults };
  write(one("div[data-mode=new]", form), draft?.data || fresh);
  if (draft?.name) {
    shortName().value = draft.name;
    shortName().dataset.isOwn = "true";
  }
  const at = one("[data-update] [data-field=at] input");
  at.value = written(Date.now(), page.zone);
}

/** Empty the form, and set the draft aside. */
function forget() {
  localStorage.removeItem(DRAFT);
  form.reset();
  delete shortName().dataset.isOwn;
  for (const field of all("[data-is-touched]")) delete field.dataset.isTouched;
  isEveryProblemShown = false;
  start(null);
}

/** Go on with the draft; one of another shape, as another site on this host may leave, must not keep the form away. */
function resume() {
  try {
    start(kept());
  } catch {
    forget();
  }
}

async function loadPosted(id) {
  posted = null;
  const note = one("[data-notice-name] .nb-field__note");
  note.hidden = true;
  if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9-]+$/.test(id)) {
    const answer = await fetch(new URL(`notices/${id}/notice.yml`, new URL(root.dataset.base, location.href)));
    if (answer.ok) posted = { id, text: await answer.text() };
  }
  if (posted) {
    note.textContent = page.words.loaded;
    note.hidden = false;
    const has = (name) => new RegExp(`^${name}:`, "m").test(posted.text);
    for (const field of all("[data-update] [data-kind=moment]")) {
      field.hidden = field.dataset.field !== "at" && has(field.dataset.field);
      if (field.hidden) one("input", field).value = "";
    }
  }
  one("[data-update]").hidden = !posted;
  refresh();
}

// What people do

function touched(event) {
  const field = event.target.closest(".nb-field");
  if (!field) return;
  if (["moment", "when", "last-day"].includes(field.dataset.kind)) {
    const better = rewritten(event.target.value);
    if (better) event.target.value = better;
  }
  field.dataset.isTouched = "true";
  refresh();
}

function download() {
  const link = document.createElement("a");
  const file = one("[data-file]");
  link.href = URL.createObjectURL(new Blob([file.textContent], { type: "text/yaml" }));
  link.download = file.dataset.name.split("/").at(-1);
  link.click();
  URL.revokeObjectURL(link.href);
}

async function copy() {
  try {
    await navigator.clipboard.writeText(one("[data-file]").textContent);
    one("[data-status]").textContent = page.words.copied;
  } catch {
    one("[data-status]").textContent = page.words.not_copied;
  }
}

function propose(event) {
  isEveryProblemShown = true;
  const count = refresh();
  if (count) {
    event.preventDefault();
    one("[data-problems] .nb-post__error button").click();
  } else if (one("[data-open]").dataset.isTooLong === "true") {
    copy();
    one("[data-status]").textContent = page.words.too_large;
  }
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
    if (event.target.closest("[data-notice-name]")) loadPosted(event.target.value.trim());
    else touched(event);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("add" in button.dataset) one("input, select, textarea", add(button.closest("[data-list]"))).focus();
    if ("remove" in button.dataset) {
      const list = button.closest("[data-list]");
      button.closest("[data-item]").remove();
      one("[data-add]", list).focus();
    }
    if ("now" in button.dataset) {
      one("input", button.closest(".nb-field")).value = written(Date.now(), page.zone);
      isWritten = true;
    }
    if ("clear" in button.dataset) forget();
    refresh();
    if ("clear" in button.dataset) one("[data-draft]").textContent = page.words.cleared;
  });
  one("[data-open]").addEventListener("click", propose);
  one("[data-copy]").addEventListener("click", copy);
  one("[data-download]").addEventListener("click", download);
}

async function open() {
  page = await (await fetch(root.dataset.nbPost)).json();
  find = finder(page.personal, page.not_names);
  tie(root);
  resume();
  listen();
  root.hidden = false;
  const wanted = new URLSearchParams(location.search).get("notice");
  if (wanted) {
    one("[name=mode][value=add]", form).checked = true;
    one("[data-notice-name] input").value = wanted;
    await loadPosted(wanted);
  } else refresh();
  root.dataset.isReady = "true";
}

open();
