// An addition to a posted notice: an update, a correction, a withdrawal, or a date that was missing.

import { all, controlOf, one, read } from "./answers.js";
import { extended } from "./notice_file.js";
import { check, fill } from "./problems.js";

let posted = null;

/** Load the posted notice that was chosen; its file is beside its page. */
export async function load(root, id, page) {
  posted = null;
  const note = one("[data-notice-name] .nb-field__note", root);
  note.hidden = true;
  if (/^[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9-]+$/.test(id)) {
    const answer = await fetch(new URL(`notices/${id}/notice.yml`, new URL(root.dataset.base, location.href)));
    if (answer.ok) posted = { id, text: await answer.text() };
  }
  if (posted) {
    note.textContent = page.words.loaded;
    note.hidden = false;
    const has = (name) => new RegExp(`^${name}:`, "m").test(posted.text);
    for (const field of all("[data-update] [data-kind=moment]", root)) {
      field.hidden = field.dataset.field !== "at" && has(field.dataset.field);
      if (field.hidden) controlOf(field).value = "";
    }
  }
  one("[data-update]", root).hidden = !posted;
}

/** Choose a notice in the list; one that is older than the list is put into it. */
export function choose(root, id) {
  const list = one("[data-notice-name] select", root);
  if (![...list.options].some((option) => option.value === id)) list.append(new Option(id, id));
  list.value = id;
}

/** Read the addition: its answers, problems, dates, and the whole file with it. */
export function readAddition(root, page, find, now, today) {
  one("[data-field=corrects]", root).hidden = controlOf(one("[data-update] [data-field=kind]", root)).value !== "correction";
  const { data, answers } = read(one("[data-update]", root), today);
  const { problems, dates } = posted ? check(answers, { contacts: [] }, page, find, now) : { problems: [], dates: {} };
  const { at, kind, corrects, text, status, ...late } = data;
  const wrong = (path, key) => problems.push({ path, severity: "error", message: fill(page.words[key]) });
  if (!posted) wrong("notice-name", "not_loaded");
  if (posted && status === "withdrawn" && kind !== "withdrawal") wrong("kind", "required");
  const moved = kind === "withdrawal" ? "withdrawn" : status;
  const file = posted && extended(posted.text, { update: { at, kind, corrects, text }, status: moved, dates: late });
  if (posted && file === null) wrong("notice-name", "by_hand");
  return { answers, problems, dates, name: posted ? `notices/${posted.id}.yml` : "", text: file || "" };
}
