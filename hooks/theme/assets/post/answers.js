// The answers in the form: read as the data of a notice, and written back into it.

import { asWrittenInFiles, readingOf } from "./handwritten_dates.js";

export const one = (selector, inside = document) => inside.querySelector(selector);
export const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

/** The control that a question is answered in; for kinds of data, their search; else the first box of several. */
export const controlOf = (field) => one("input:not([type=checkbox]), select, textarea", field) || one("input", field);

const isOf = (container, each) => each.parentElement.closest("[data-part], [data-item], [data-mode], [data-update]") === container;
const own = (selector, container) => all(selector, container).filter((each) => isOf(container, each));

/** Read one question. What people write by hand, such as “Nov 20” or “1,250”, becomes what stands in the file. */
export function valueOf(field, today) {
  const { kind, field: name } = field.dataset;
  if (kind === "codes") return all("input:checked", field).map((box) => box.value);
  const text = controlOf(field).value;
  if (kind === "lines") return text.split("\n").map((line) => line.trim()).filter(Boolean);
  if (kind === "schools") return text.trim().toLowerCase() === "all" ? "all" : text.split(",").map((each) => each.trim()).filter(Boolean);
  if (kind === "markdown") return text.replace(/\r\n/g, "\n").trimEnd();
  const trimmed = text.trim();
  if (kind === "count") return counted(trimmed);
  const reading = readingOf({ kind, name }, today);
  return (reading && asWrittenInFiles(trimmed, reading)) || trimmed;
}

function counted(text) {
  if (/^(?:fewer|less) than (?:10|ten)$|^(?:under|<) ?(?:10|ten)$/i.test(text)) return "fewer than 10";
  if (/^(?:unknown|not (?:yet )?known(?: yet)?)$/i.test(text)) return "unknown";
  return /^\d{1,3}(?:,\d{3})+$/.test(text) ? text.replaceAll(",", "") : text;
}

const isEmpty = (value) => value === "" || value === undefined || (typeof value === "object" && !Object.keys(value).length);

/** Read a part of the form: its data, and its answers with their places. What is hidden is not asked. */
export function read(container, today, path = "") {
  const data = {};
  const answers = [];
  const at = (name) => (path ? `${path}.${name}` : name);
  for (const field of own("[data-field]", container).filter((each) => !each.hidden)) {
    const { field: name, kind, longest, title } = field.dataset;
    const value = valueOf(field, today);
    if (!isEmpty(value)) data[name] = value;
    const about = { name, kind, title, required: "required" in field.dataset, longest: Number(longest) || 0 };
    answers.push({ path: at(name), field: about, value, element: field });
  }
  for (const part of own("[data-part]", container)) {
    const inner = read(part, today, at(part.dataset.part));
    if (isEmpty(inner.data)) continue;
    data[part.dataset.part] = inner.data;
    answers.push(...inner.answers);
  }
  for (const list of own("[data-list]", container)) {
    const items = all("[data-item]", list).map((item, index) => read(item, today, `${at(list.dataset.list)}.${index}`));
    // An item that nobody touched asks for nothing, unless the list needs one.
    const kept = items.filter((item, index) => Object.keys(item.data).some((key) => key !== "who") || ("required" in list.dataset && !index));
    if (kept.length) data[list.dataset.list] = kept.map((item) => item.data);
    answers.push(...kept.flatMap((item) => item.answers));
  }
  return { data, answers };
}

/** Fill in a part of the form; the parts that have something are unfolded. */
export function write(container, data) {
  for (const field of own("[data-field]", container)) {
    const value = data[field.dataset.field];
    if (field.dataset.kind === "codes") for (const box of all("[type=checkbox]", field)) box.checked = (value || []).includes(box.value);
    if (field.dataset.kind === "codes") bringForward(field);
    else if (value !== undefined) {
      const separator = field.dataset.kind === "lines" ? "\n" : ", ";
      controlOf(field).value = Array.isArray(value) ? value.join(separator) : value;
    }
    if (!isEmpty(value)) unfold(field);
  }
  for (const part of own("[data-part]", container)) {
    const inner = data[part.dataset.part];
    if (!inner) continue;
    write(part, inner);
    unfold(part);
  }
  for (const list of own("[data-list]", container)) {
    one("[data-items]", list).replaceChildren();
    const given = data[list.dataset.list] ?? [];
    const items = given.length === 0 && "required" in list.dataset ? [{}] : given;
    for (const item of items) write(add(list), item);
    if (data[list.dataset.list]) unfold(list);
  }
}

/** Put the chosen kinds of data among those that are always in view, so that the others can stay folded. */
export function bringForward(field) {
  for (const box of all("[data-rest] :checked", field)) one(".nb-codes", field).append(box.closest("label"));
}

/** Open whatever is folded around an element. */
export function unfold(element) {
  for (let each = element.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
}

let number = 0;

/** Tie each question's note and problem to its control, for those who don't see them. */
export function tie(container) {
  for (const field of all(".nb-field", container)) {
    number += 1;
    const ids = all(".nb-field__note, .nb-field__problem", field).map((each, index) => {
      each.id = `post-note-${number}-${index}`;
      return each.id;
    });
    controlOf(field).setAttribute("aria-describedby", ids.join(" "));
  }
}

/** Add an item to a list, and give it. */
export function add(list) {
  const item = one("template", list).content.firstElementChild.cloneNode(true);
  one("[data-items]", list).append(item);
  tie(item);
  return item;
}
