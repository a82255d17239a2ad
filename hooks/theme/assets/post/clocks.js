// The law's arithmetic, as `hooks/noticeboard/clocks.py` has it: the same rules from the same data, tested against it.

import { dayAfter, dayOf, endOf } from "./when.js";

/**
 * Compute every clock that a notice starts.
 *
 * `notice`: contractor, status, affected ([{who, data}]), and its dates as `when.js` reads them (or absent).
 * Gives [{rule, starts, due, met, state, estimated}] in the order of the law; instants are milliseconds or null.
 */
export function of(notice, law, zone, now) {
  return triggered(notice, law, zone)
    .filter(([rule]) => rule.limit.kind !== "immediately")
    .map(([rule, isCertain]) => clock(notice, rule, isCertain, law, zone, now));
}

function triggered(notice, law, zone) {
  const breach = notice.contractor === "none" ? "own" : "contractor";
  const found = [];
  for (const rule of law.rules) {
    const event = rule.starts[breach];
    if (!event) continue;
    const start = notice[event];
    const day = start && start.first !== null ? dayOf(start.first, zone) : null;
    if (!inForce(rule, day || dayOf(notice.posted.first, zone))) continue;
    const categories = categoriesOf(notice, rule, law, day);
    if (rule.data.some((each) => categories.has(each))) found.push([rule, true]);
    else if (rule.estimated_data.some((each) => categories.has(each))) found.push([rule, false]);
  }
  return found;
}

function inForce(rule, day) {
  return (!rule.from || rule.from <= day) && (!rule.to || day <= rule.to);
}

function categoriesOf(notice, rule, law, day) {
  const found = new Set();
  for (const group of notice.affected) {
    if (rule.people && !rule.people.includes(group.who)) continue;
    const byThemselves = group.data.every((code) => law.codes[code].by_themselves !== null);
    for (const code of group.data) {
      const entry = law.codes[code];
      const isTooEarly = entry.personal_from && day && day < entry.personal_from;
      for (const category of byThemselves ? entry.by_themselves : entry.categories) {
        if (!(isTooEarly && law.personal.includes(category))) found.add(category);
      }
    }
  }
  return found;
}

function clock(notice, rule, isCertain, law, zone, now) {
  const event = rule.limit.event || rule.starts[notice.contractor === "none" ? "own" : "contractor"];
  const start = notice[event];
  const starts = start ? start.first : null;
  const met = notice[rule.met_by] ? notice[rule.met_by].first : null;
  let due = counted(rule, starts, law, zone);
  let estimated = due !== null && (!isCertain || !["time", "day"].includes(start.form));
  const delay = rule.is_paused_by_police ? notice.police_delay : null;
  let isPaused = false;
  if (delay && due !== null && (delay.first === null || delay.first <= due)) {
    const hasBegun = delay.first === null || delay.first <= now;
    isPaused = met === null && hasBegun && (delay.last === null || now <= delay.last);
    const end = delay.last ?? met;
    if (end !== null) due = Math.max(due, endOf(dayOf(end, zone), zone));
    estimated = true;
  }
  const isVoid = notice.status === "withdrawn" && met === null;
  if (isPaused || isVoid) [due, estimated] = [null, false];
  const state = isPaused && !isVoid ? "paused" : stateOf(rule, start, due, met, now);
  return { rule, starts, due, met, state, estimated };
}

function counted(rule, starts, law, zone) {
  if (starts === null || starts === undefined) return null;
  const { kind, count, calendar } = rule.limit;
  const day = dayOf(starts, zone);
  if (kind === "hours") return starts + count * 3600000;
  if (kind === "business_days") return endOf(businessDay(day, count, law.holidays[calendar]), zone);
  return endOf(dayAfter(day, kind === "calendar_days" ? count : 0), zone);
}

function businessDay(start, count, holidays) {
  let day = start;
  for (let left = count; left > 0; ) {
    day = dayAfter(day, 1);
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !holidays.includes(day)) left -= 1;
  }
  return day;
}

function stateOf(rule, start, due, met, now) {
  if (rule.limit.kind === "not_after_event" && !start) return "not_started";
  if (due === null) return "no_date";
  if (met !== null) return met <= due ? "met" : "met_late";
  return now <= due ? "running" : "overdue";
}

