// Days and times as staff write them, read as `hooks/noticeboard/dates.py` reads them. Instants are milliseconds (UTC).

const formats = new Map();

function format(zone) {
  if (!formats.has(zone)) {
    formats.set(zone, new Intl.DateTimeFormat("en-US", {
      timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit", second: "2-digit",
    }));
  }
  return formats.get(zone);
}

/** What a zone's clocks show at an instant, as if it were UTC. */
function wall(instant, zone) {
  const part = {};
  for (const { type, value } of format(zone).formatToParts(instant)) part[type] = Number(value);
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
}

/** Every instant at which a zone's clocks show a time: one, none (the clocks skip it), or two. */
function instants(shown, zone) {
  const offsets = [shown - 86400000, shown + 86400000].map((near) => wall(near, zone) - near);
  const found = [...new Set(offsets)].map((offset) => shown - offset).filter((instant) => wall(instant, zone) === shown);
  return found.sort((one, other) => one - other);
}

const pad = (number, width = 2) => String(number).padStart(width, "0");

/** An instant's day by a zone's clocks: “2026-09-14”. */
export function dayOf(instant, zone) {
  return new Date(wall(instant, zone)).toISOString().slice(0, 10);
}

/** A day some days later. */
export function dayAfter(day, count) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86400000).toISOString().slice(0, 10);
}

export function startOf(day, zone) {
  return instants(Date.parse(`${day}T00:00:00Z`), zone)[0];
}

/** The last second of a day. */
export function endOf(day, zone) {
  return instants(Date.parse(`${day}T23:59:59Z`), zone)[0];
}

/** An instant as the format writes it: “2026-09-14 16:45”, with the offset on the night that the clocks go back. */
export function written(instant, zone) {
  const shown = wall(instant, zone) - (wall(instant, zone) % 60000);
  const text = new Date(shown).toISOString().slice(0, 16).replace("T", " ");
  return instants(shown, zone).length > 1 ? `${text} ${offsetOf(wall(instant, zone) - instant)}` : text;
}

function offsetOf(milliseconds) {
  const minutes = Math.abs(milliseconds) / 60000;
  return `${milliseconds < 0 ? "-" : "+"}${pad(Math.trunc(minutes / 60))}:${pad(minutes % 60)}`;
}

/** A text that is no date: `message` is the key of a sentence. */
export class WhenError extends Error {
  constructor(key, values = {}) {
    super(key);
    this.values = values;
  }
}

function checkDay(year, month, day) {
  if (year < 1900 || year > 2100 || month < 1 || month > 12) throw new WhenError("no_such_day");
  if (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) throw new WhenError("no_such_day");
}

const TIME = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?(?: ?(Z|[+-]\d{2}:\d{2}))?$/;

/** Read a day, or a day and time. Throws WhenError for all else. */
export function moment(text, zone) {
  const trimmed = text.trim();
  const time = TIME.exec(trimmed);
  if (time) {
    const [year, month, day, hour, minute, second] = time.slice(1, 7).map((part) => Number(part || 0));
    checkDay(year, month, day);
    if (hour > 23 || minute > 59 || second > 59) throw new WhenError("no_such_time");
    const first = placed(Date.UTC(year, month - 1, day, hour, minute, second), time[7], zone);
    return { text: trimmed, form: "time", first, last: first };
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) throw new WhenError("moment");
  checkDay(...trimmed.split("-").map(Number));
  return { text: trimmed, form: "day", first: startOf(trimmed, zone), last: endOf(trimmed, zone) };
}

function placed(shown, offset, zone) {
  if (offset === "Z") return shown;
  if (offset) {
    const [hours, minutes] = offset.slice(1).split(":").map(Number);
    if (hours > 14 || minutes > 59) throw new WhenError("no_such_time");
    return shown - (offset[0] === "-" ? -1 : 1) * (hours * 60 + minutes) * 60000;
  }
  const found = instants(shown, zone);
  if (found.length === 1) return found[0];
  const before = wall(shown - 86400000, zone) - (shown - 86400000);
  const after = wall(shown + 86400000, zone) - (shown + 86400000);
  throw new WhenError(found.length ? "twice" : "skipped", { first: offsetOf(before), second: offsetOf(after) });
}

function part(text, zone, key) {
  const month = /^(\d{4})-(\d{2})$/.exec(text);
  if (month) {
    const [year, number] = [Number(month[1]), Number(month[2])];
    checkDay(year, number, 1);
    const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
    return { text, form: "month", first: startOf(`${text}-01`, zone), last: endOf(`${text}-${pad(last)}`, zone) };
  }
  if (/^\d{4}$/.test(text)) {
    checkDay(Number(text), 1, 1);
    return { text, form: "year", first: startOf(`${text}-01-01`, zone), last: endOf(`${text}-12-31`, zone) };
  }
  try {
    return moment(text, zone);
  } catch (error) {
    throw error.message === "moment" ? new WhenError(key) : error;
  }
}

function range(text, first, last, zone) {
  if (last.last !== null && first.first !== null && last.last < first.first) throw new WhenError("swapped");
  const isOneDay = last.last !== null && dayOf(first.first, zone) === dayOf(last.last, zone);
  return { text, form: isOneDay ? "day" : "range", first: first.first, last: last.last };
}

const UNKNOWN = { text: "unknown", form: "unknown", first: null, last: null };

/** Read any form: a moment, a month, a year, “A to B”, or unknown. */
export function when(text, zone) {
  const trimmed = text.trim();
  if (trimmed === "unknown") return UNKNOWN;
  const ends = /^(\S.*?) to (\S.*)$/.exec(trimmed);
  if (ends) return range(trimmed, part(ends[1], zone, "when"), part(ends[2], zone, "when"), zone);
  return part(trimmed, zone, "when");
}

/** Read “A to B”, where B may be unknown. */
export function delay(text, zone) {
  const ends = /^\s*(\S.*?) to (\S.*?)\s*$/.exec(text);
  if (!ends) throw new WhenError("delay");
  const last = ends[2] === "unknown" ? UNKNOWN : part(ends[2], zone, "delay");
  return range(text.trim(), part(ends[1], zone, "delay"), last, zone);
}
