// Sentences to begin with, whose blanks are filled as far as the company and the date are known.

import { all, controlOf, one } from "./answers.js";

const fieldOf = (form, name) => one(`[data-step] > [data-field=${name}]`, form);

/** Whether a question still has the sentence that it began with. */
export const isStarter = (field) => Boolean(field.dataset.starter) && controlOf(field).value === field.dataset.starter;

/** Put the sentences into texts that nobody has written in. `company`: its name, or nothing; `day`: an instant, or null. */
export function begin(form, { starters, zone }, { isOwn, company, day }) {
  const date = day === null ? "" : new Intl.DateTimeFormat("en-US", { timeZone: zone, dateStyle: "long" }).format(day);
  for (const [name, sentence] of Object.entries(starters[isOwn ? "own" : "company"])) {
    const field = fieldOf(form, name);
    const control = controlOf(field);
    if (control.value !== (field.dataset.starter ?? "")) continue;
    const text = sentence.replaceAll("[COMPANY]", company || "[COMPANY]").replaceAll("[DATE]", date || "[DATE]");
    field.dataset.starter = text;
    if (control.value !== text) control.value = text;
  }
}

/** The names of the questions that still have their sentence. */
export const startersLeft = (form) => all("[data-starter]", form).filter(isStarter).map((field) => field.dataset.field);

/** Forget which sentences were put in. */
export function forget(form) {
  for (const field of all("[data-starter]", form)) delete field.dataset.starter;
}
