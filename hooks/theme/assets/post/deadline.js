// The clock that stays in view: by when the notice must be up.

import * as clocks from "./clocks.js";
import { dateWords } from "./preview.js";
import { fill } from "./problems.js";

/** The groups that are filled in so far. */
export const groupsOf = (data) => (data.affected || []).filter((group) => group.who && group.data);

/** By when to post: the earliest clock that a posting meets, or else by when to tell people. Gives {words, isPassed}. */
export function deadline(data, dates, page, now) {
  const { words } = page;
  const isOwn = data.contractor === "none";
  if (!isOwn && dates.received?.first === undefined) return { words: words.begin_clock, isPassed: false };
  // Until it is said whose data it is, the clock is that of students' data of any kind.
  const groups = groupsOf(data);
  const affected = groups.length || isOwn ? groups : [{ who: "students", data: ["unknown"] }];
  const notice = { ...dates, posted: dates.posted || { first: now }, contractor: isOwn ? "none" : "company", status: data.status, affected };
  const found = clocks.of(notice, page.law, page.zone, now).filter(({ rule, due }) => rule.owed_by === "district" && due !== null);
  const posting = found.filter(({ rule }) => rule.met_by === "posted" || rule.basis === "policy");
  const first = (posting.length ? posting : found).toSorted((one, other) => one.due - other.due)[0];
  if (!first) return { words: words.no_post_clock, isPassed: false };
  const isPassed = first.due < now;
  const kind = posting.length ? "post" : "tell";
  const time = dateWords(page).soon(first.due, first.rule.limit.kind === "hours");
  return { words: fill(words[`${kind}_${isPassed ? "passed" : "by"}`], { time }), isPassed };
}
