// What is wrong in a notice that is being written, said beside its field. The checks on the pull request say the same
// and more; these are here so that most never fire.

import { hasOddHost, hasWords, isHttps, named, namedElsewhere } from "./addresses.js";
import { lossesOf } from "./markdown.js";
import { delay, moment, when, WhenError } from "./when.js";

const GRACE = 15 * 60000;
const READERS = { moment, when, delay };
const ORDER = ["occurred", "discovered", "received", "posted"];
const PAST = [...ORDER, "confirmed", "families_notified", "attorney_general_notified", "police_delay"];
const BLANK = /\[[A-Z][A-Z ’'-]{2,40}\](?![([:])/;

/** Fill a sentence: “{name}” is replaced by the value of that name. */
export function fill(sentence, values = {}) {
  return sentence.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

/**
 * Find the problems of a notice.
 *
 * `answers`: [{path, field: {name, kind, required, longest, title}, value}], one for each question that is open.
 * `page`: the page's data; `find`: the finder of personal data.
 * Gives {problems: [{path, severity, message}], dates: {name: when}}.
 */
export function check(answers, data, page, find, now) {
  const problems = [];
  const dates = {};
  const say = (path, key, values, severity = "error") =>
    problems.push({ path, severity, message: fill(page.words[key], values) });
  for (const { path, field, value } of answers) {
    if (value === "" || (Array.isArray(value) && !value.length)) {
      if (field.required) say(path, "required");
      continue;
    }
    const text = String(value);
    if (text.length > page.longest_text) {
      say(path, "text_limit", { most: page.longest_text, found: text.length });
      continue;
    }
    if (field.longest && text.length > field.longest) say(path, "too_long", { most: field.longest, found: text.length });
    const reader = READERS[field.kind] || (field.kind === "last-day" && /^\d{4}-/.test(text) && moment);
    if (reader) {
      try {
        dates[path] = reader(text, page.zone);
      } catch (error) {
        if (!(error instanceof WhenError)) throw error;
        say(path, error.message, error.values);
      }
    } else if (SHAPES[field.kind]) SHAPES[field.kind](text, (key, values) => say(path, key, values));
    if (HEADS.test(path) && !hasWords(text)) say(path, "no_words");
    if (TITLE.test(path) && named(text).some((each) => !isCompany(each, data))) say(path, "no_address");
    for (const each of personal(path, field, text, data, page, find)) problems.push(each);
    const blank = BLANK.exec(text);
    if (blank) say(path, "blank", { what: blank[0] });
  }
  between(data, dates, page, now, say, answers);
  return { problems, dates };
}

const HEADS = /^(?:translations\.[^.]+\.)?(?:title|summary)$/;
const TITLE = /^(?:translations\.[^.]+\.)?title$/;

/** Whether an address in a title is a company's name. */
function isCompany(address, data) {
  const companies = named(`${data.contractor} ${data.product}`.toLowerCase());
  return companies.includes(address.toLowerCase()) && !address.includes("/");
}

const SHAPES = {
  phone: (text, say) => {
    const digits = text.split(/[Ee]?x/)[0].replace(/[^0-9A-Z]/g, "");
    const shape = /^\+?[0-9(][0-9A-Z() .+-]*(?:,? ?(?:[Ee]xt\.?|[Ee]xtension|x) ?[0-9]{1,8})?$/;
    if (!shape.test(text.trim()) || digits.length < 3 || digits.length > 15) say("phone");
  },
  email: (text, say) => {
    if (!/^[A-Za-z0-9._%+'-]+@(?![A-Za-z0-9.-]*[Xx][Nn]--)(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}$/.test(text.trim())) say("email");
  },
  https: (text, say) => {
    if (!isHttps(text.trim())) say(hasOddHost(text.trim()) ? "host" : "https");
  },
  months: (text, say) => {
    if (!/^[0-9]{1,3}$/.test(text.trim()) || Number(text) < 1 || Number(text) > 240) say("months");
  },
  count: (text, say) => {
    const trimmed = text.trim();
    if (trimmed === "fewer than 10" || trimmed === "unknown") return;
    if (/^[0-9]{9,}$/.test(trimmed)) say("large");
    else if (!/^[0-9]{1,8}$/.test(trimmed)) say("count", { number: /[1-9][0-9]+/.exec(trimmed.replaceAll(",", ""))?.[0] || "250" });
    else if (Number(trimmed) < 10) say("small");
  },
  contractor: (text, say) => {
    const bare = text.toLowerCase().replace(/^[.\- ]+|[.\- ]+$/g, "");
    if (text !== "none" && ["none", "no", "n/a", "na", "own", "ourselves", "us", ""].includes(bare)) say("contractor");
  },
  markdown: (text, say) => {
    for (const key of new Set(lossesOf(text))) say(key);
  },
};

const CONTACT_FIELDS = ["phone", "email", "https"];
const CONTACT_KINDS = ["mail", "phone", "address"];
const NO_TEXTS = ["moment", "when", "delay", "count", "months", "choice", "codes"];

function personal(path, field, text, data, page, find) {
  if (NO_TEXTS.includes(field.kind)) return [];
  const isContact = CONTACT_FIELDS.includes(field.kind);
  return find(text, [...page.published, ...ownWays(data)], page.open)
    .filter((each) => !(isContact && CONTACT_KINDS.includes(each.kind)))
    .map((each) => personalProblem(path, each, page));
}

/** The problem that a find is; `find` is what was found, and is never said. */
export function personalProblem(path, each, page) {
  const message = fill(page.words[personalWords(each)], { what: each.name });
  return { path, severity: each.severity, message, what: each.name, find: each.found };
}

/** Which sentence tells of a find: a child's name is nothing that an office publishes. */
function personalWords(found) {
  if (found.severity === "error") return "personal_error";
  return CONTACT_KINDS.includes(found.kind) ? "personal_warning" : "personal_name";
}

function ownWays(data) {
  const parts = [...(data.contacts || []), data.protection || {}];
  return parts.flatMap((part) => [part.phone, part.email, part.url]).filter(Boolean);
}

/** What must hold between fields. */
function between(data, dates, page, now, say, answers) {
  const title = Object.fromEntries(answers.map(({ path, field }) => [path, field.title]));
  if (data.contractor && data.contractor !== "none" && !data.received) say("received", "required");
  const known = ORDER.filter((name) => dates[name] && dates[name].form !== "unknown");
  known.forEach((late, index) => {
    const early = known.slice(0, index).reverse().find((name) => isBefore(dates[late], dates[name]));
    if (early) say(late, "before", { field: title[early] });
  });
  for (const [path, date] of Object.entries(dates)) {
    const isPast = PAST.includes(path) || path.endsWith("reviewed") || path === "at";
    if (isPast && date.first !== null && date.first > now + GRACE) say(path, "future");
  }
  if (dates.families_notified && dates.received && isBefore(dates.families_notified, dates.received)) {
    say("families_notified", "families_first", {}, "warning");
  }
  (data.contacts || []).forEach((contact, index) => {
    if (contact.name && !(contact.phone || contact.email || contact.url)) say(`contacts.${index}.name`, "no_way");
  });
  for (const [list, words] of [["links", "title"], ["steps", "do"]]) {
    (data[list] || []).forEach((each, index) => {
      if (each.url && namedElsewhere(each[words] || "", each.url)) say(`${list}.${index}.${words}`, "link_other");
    });
  }
  codes(data, page, say);
}

const isBefore = (one, other) => one.last !== null && other.first !== null && one.last < other.first;

function codes(data, page, say) {
  const taken = new Set();
  (data.affected || []).forEach((group, index) => {
    const list = group.data || [];
    for (const code of list) taken.add(code);
    if (list.includes("unknown") && list.length > 1) say(`affected.${index}.data`, "unknown_alone");
  });
  for (const code of data.not_involved || []) {
    if (code === "unknown" || code === "other") say("not_involved", "only_confirmed");
    else if (taken.has(code)) say("not_involved", "overlap", { code: page.codes[code] });
  }
  for (const rule of page.law.protections) {
    const found = rule.data.filter((code) => taken.has(code));
    if (found.length && Number(data.protection?.months || 0) < rule.months) {
      const names = found.map((code) => page.codes[code]).join(", ");
      const path = data.protection ? "protection.months" : "protection.provider";
      say(path, "protection", { months: rule.months, data: names, citation: rule.citation }, "warning");
    }
  }
}
