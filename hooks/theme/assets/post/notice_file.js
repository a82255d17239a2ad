// A notice file as staff would write it by hand: the same text as `hooks/noticeboard/notice_file.py` writes.

const HEADER = "# yaml-language-server: $schema=notice.schema.json\n";
const BLOCKS = new Set(["what_happened", "what_we_are_doing", "what_you_can_do", "more_information", "text"]);
const NUMBERS = new Set(["count", "months", "occurred", "discovered", "confirmed", "contained"]);
const FLOW = new Set(["data", "not_involved", "corrects"]);
const WIDTH = 100;

/** Write a notice; fields stand in the order given, empty ones are left out. */
export function text(data) {
  return HEADER + fields(data, "").map((line) => `${line}\n`).join("");
}

const isPart = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function isEmpty(value) {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function fields(data, indent) {
  const lines = [];
  for (const [key, value] of Object.entries(data)) {
    if (isEmpty(value)) continue;
    if (!indent && (typeof value === "object" || BLOCKS.has(key))) lines.push("");
    lines.push(...field(key, value, indent));
  }
  return lines;
}

function field(key, value, indent) {
  if (isPart(value)) return [`${indent}${key}:`, ...fields(value, `${indent}  `)];
  if (Array.isArray(value)) {
    if (FLOW.has(key)) return [`${indent}${key}: [${value.join(", ")}]`];
    return [`${indent}${key}:`, ...list(value, `${indent}  `)];
  }
  if (BLOCKS.has(key)) return [`${indent}${key}: ${blockMark(value)}`, ...block(value, `${indent}  `)];
  if (key === "summary" && value.length > WIDTH - 10) return [`${indent}${key}: >-`, ...folded(value, `${indent}  `)];
  return [`${indent}${key}: ${scalar(String(value), NUMBERS.has(key))}`];
}

export function list(items, indent) {
  return items.flatMap((item) => {
    if (!isPart(item)) return listItem(item, indent);
    return fields(item, `${indent}  `).map((line, index) => (index ? line : `${indent}- ${line.slice(indent.length + 2)}`));
  });
}

function listItem(item, indent) {
  if (item && item.trim().includes("\n")) return [`${indent}- ${blockMark(item)}`, ...block(item, `${indent}  `)];
  return [`${indent}- ${item ? scalar(item.trim(), false) : "~"}`];
}

function linesOf(value) {
  const bare = value.replace(/\r\n/g, "\n").replace(/^\n+|\n+$/g, "").trimEnd();
  return bare.split("\n").map((line) => line.trimEnd());
}

const block = (value, indent) => linesOf(value).map((line) => `${indent}${line}`.trimEnd());
const blockMark = (value) => (linesOf(value)[0].startsWith(" ") ? "|2" : "|");

function folded(value, indent) {
  const width = WIDTH + 10 - indent.length;
  const lines = [];
  for (const word of value.trim().split(/\s+/)) {
    const last = lines.length - 1;
    if (last >= 0 && [...lines[last]].length + 1 + [...word].length <= width) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => indent + line);
}

function scalar(value, isNumber) {
  const isOdd =
    !value ||
    value !== value.trim() ||
    "-?:,[]{}#&*!|>'\"%@`=".includes(value[0]) ||
    value.includes(": ") ||
    value.includes(" #") ||
    value.endsWith(":") ||
    /^(?:true|false|yes|no|on|off|y|n|null|~)$/i.test(value) ||
    (!isNumber && /^[-+.]?[0-9][0-9_.,eExXoO:]*$/.test(value));
  return isOdd ? `'${value.replaceAll("'", "''")}'` : value;
}

/**
 * Add to a posted notice's text: an update at the end of its list, lines that were missing, another status.
 *
 * Gives null where the file is written so that a place can't be found for certain.
 */
export function extended(source, { update, status, dates = {} }) {
  let lines = source.replace(/\r\n/g, "\n").trimEnd().split("\n");
  if (status) {
    const at = lines.findIndex((line) => /^status:/.test(line));
    if (at < 0) return null;
    lines[at] = lines[at].replace(/^(status:\s*)[a-z'"]+/, `$1${status}`);
    if (!new RegExp(`^status:\\s*${status}\\b`).test(lines[at])) return null;
  }
  for (const [name, day] of Object.entries(dates)) {
    const at = lines.findIndex((line) => /^posted:/.test(line));
    if (at < 0 || lines.some((line) => line.startsWith(`${name}:`))) return null;
    lines.splice(at, 0, `${name}: ${day}`);
  }
  if (!update) return `${lines.join("\n")}\n`;
  const start = lines.findIndex((line) => /^updates:/.test(line));
  if (start < 0) {
    const before = lines.findIndex((line) => /^translations:/.test(line));
    const at = before < 0 ? lines.length : before;
    const made = ["", "updates:", ...list([update], "  "), ...(before < 0 ? [] : [""])];
    if (at > 0 && lines[at - 1] === "") made.shift();
    lines.splice(at, 0, ...made);
    return `${lines.join("\n")}\n`;
  }
  if (!/^updates:\s*(#.*)?$/.test(lines[start])) return null;
  const item = lines.slice(start + 1).find((line) => line.trim() && !line.trim().startsWith("#"));
  const indent = /^( *)- /.exec(item || "")?.[1];
  if (indent === undefined) return null;
  // The list goes to the next field that begins at the line's start, less the blank lines and comments before it.
  let end = lines.findIndex((line, index) => index > start && /^[^\s#-]/.test(line));
  if (end < 0) end = lines.length;
  while (end > start + 1 && (!lines[end - 1].trim() || lines[end - 1].startsWith("#"))) end -= 1;
  lines.splice(end, 0, ...list([update], indent));
  return `${lines.join("\n")}\n`;
}
