// Dates as Americans write them, turned into the notice format, as `hooks/noticeboard/post/handwritten_dates.py` does.

import { dayAfter } from "./when.js";

const MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const DAYS = { today: 0, yesterday: -1, tomorrow: 1 };
const UNKNOWN = new Set(["unknown", "not known", "not yet known", "not known yet", "don't know", "don’t know", "?"]);
const WEEKDAY = /^(?:on )?(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? +(?=\S)/;
const ZONE = / (?:e[sd]?t|eastern(?: time)?)$/;
const DAY_FORMS = [
  /^(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})(?!\d)/,
  /^(?<m>\d{1,2})[-/.](?<d>\d{1,2})[-/.](?<y>\d{4}|\d{2})(?!\d)/,
  /^(?<m>\d{1,2})\/(?<d>\d{1,2})(?![\d/])/,
  /^(?<m>[a-z]{3,9})\.? (?<d>\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:,? (?<y>\d{4})(?!\d))?/,
  /^(?<d>\d{1,2})(?:st|nd|rd|th)? (?<m>[a-z]{3,9})(?:\.?,? (?<y>\d{4})(?!\d))?/,
];
const MONTH_FORMS = [/^(?<m>[a-z]{3,9})\.?,? (?<y>\d{4})$/, /^(?<m>\d{1,2})\/(?<y>\d{4})$/];
const TIME = /^(?<h>\d{1,2})(?::(?<min>\d{2}))?(?::\d{2})? ?(?:(?<half>[ap])\.?m\.?)?$/;
const BETWEEN = / (?:to|through|until|-) | ?– ?/;
const LONGEST = 100;

const pad = (number, width = 2) => String(number).padStart(width, "0");

/**
 * Give a handwritten date as the notice format has it; nothing if it is not understood, or has that form already.
 *
 * `reading`: {today: "2026-11-23", isAhead, isPartial}. Ahead: a day without a year is one to come, as a last day is.
 * Partial: a month, a range or `unknown` will do.
 */
export function asWrittenInFiles(text, reading) {
  const plain = text.slice(0, LONGEST + 1).replace(/[\s\u00a0\u202f]+/g, " ").trim().toLowerCase().replace(/\.+$/, "");
  if (!plain || text.length > LONGEST) return "";
  if (reading.isPartial) {
    if (UNKNOWN.has(plain)) return "unknown";
    const between = BETWEEN.exec(plain);
    if (between) return range(plain.slice(0, between.index), plain.slice(between.index + between[0].length), reading);
  }
  return one(plain, reading);
}

/** Read both ends; a first day without a year goes by the last one. */
function range(first, last, reading) {
  const end = UNKNOWN.has(last) ? "unknown" : one(last, reading) || last;
  const known = /^\d{4}-\d{2}-\d{2}/.exec(end);
  const day = known && !Number.isNaN(Date.parse(`${known[0]}T00:00:00Z`)) ? known[0] : reading.today;
  const start = one(first, { today: day, isAhead: false, isPartial: true }) || first;
  return start !== first || end !== last ? `${start} to ${end}` : "";
}

function one(text, reading) {
  const plain = text.replace(WEEKDAY, "").replace(ZONE, "");
  if (reading.isPartial) {
    for (const form of MONTH_FORMS) {
      const found = form.exec(plain)?.groups;
      if (found && monthOf(found.m)) return `${found.y}-${pad(monthOf(found.m))}`;
    }
  }
  const [day, following] = leadingDay(plain, reading);
  if (!day) return "";
  const rest = following.replace(/^[ ,t]+/, "").replace(/^at /, "");
  if (!rest) return day;
  const time = timeOf(rest);
  return time ? `${day} ${time}` : "";
}

/** Read the day that a text begins with, today where it begins with a time; give it and what follows. */
function leadingDay(plain, reading) {
  const word = plain.split(" ")[0].replace(/,+$/, "");
  if (Object.hasOwn(DAYS, word)) return [dayAfter(reading.today, DAYS[word]), plain.slice(word.length)];
  for (const form of DAY_FORMS) {
    const found = form.exec(plain);
    const month = found && monthOf(found.groups.m);
    if (!month) continue;
    const { d, y = nearestYear(month, Number(d), reading) } = found.groups;
    return [`${y.length === 4 ? y : `20${y}`}-${pad(month)}-${pad(Number(d))}`, plain.slice(found[0].length)];
  }
  return timeOf(plain) ? [reading.today, plain] : ["", ""];
}

/** The number of a month; 0 for a word that is none. */
function monthOf(text) {
  if (/^\d+$/.test(text)) return Number(text);
  return MONTHS.findIndex((name) => name.startsWith(text === "sept" ? "sep" : text)) + 1;
}

/** The year of a day that was written without one: the last such day, or the next. */
function nearestYear(month, day, { today, isAhead }) {
  const [year, ...rest] = today.split("-").map(Number);
  const order = month - rest[0] || day - rest[1];
  if (isAhead) return pad(order < 0 ? year + 1 : year, 4);
  return pad(order > 0 ? year - 1 : year, 4);
}

function timeOf(text) {
  const found = TIME.exec({ noon: "12 pm", midnight: "12 am" }[text] || text)?.groups;
  if (!found || !(found.min || found.half)) return "";
  let hour = Number(found.h);
  if (found.half === "a" && hour > 12) return "";
  if (found.half && hour <= 12) hour = (hour % 12) + (found.half === "p" ? 12 : 0);
  return `${pad(hour)}:${found.min || "00"}`;
}

/** How a field's handwriting is read: which kinds are dates, and which days are ahead. */
export function readingOf({ kind, name }, today) {
  if (!["moment", "when", "delay", "last-day"].includes(kind)) return null;
  return { today, isAhead: ["by", "enroll_by"].includes(name), isPartial: kind === "when" || kind === "delay" };
}
