// The short name of a notice, which becomes a part of its address.

import { dayOf } from "./when.js";

function slug(text) {
  const plain = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").split("-").slice(0, 4).join("-").slice(0, 40);
}

/** Name the notice by its day and short name, by default the company's. Gives its id, and what is wrong with the name. */
export function named(input, data, dates, page) {
  if (!input.dataset.isOwn) input.value = slug(data.contractor === "none" ? data.title || "" : data.contractor || "");
  const day = dates.posted ? dayOf(dates.posted.first, page.zone) : "";
  const id = day && input.value ? `${day}-${input.value}` : "";
  const wrong = (key) => [{ path: "short-name", severity: "error", message: page.words[key] }];
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(input.value)) return { id, wrong: wrong("short_name") };
  return { id, wrong: page.ids.includes(id) ? wrong("same_name") : [] };
}
