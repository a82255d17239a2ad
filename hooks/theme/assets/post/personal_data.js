// Personal data in a text, found as `hooks/noticeboard/personal_data.py` finds it: the same patterns, the same undoing
// of disguises. It runs here so that nothing leaves the browser before it was looked at.

import { nameFinder } from "./person_names.js";

const CONTACT_KINDS = new Set(["mail", "phone", "address"]);
const WINDOW = 1000;
const OVERLAP = 200;
/** Characters in front of a label that are searched. */
const BEFORE = 80;
/** Finds in one text; more add nothing to what must be done. */
const MOST = 200;
const ENTITIES = {
  nbsp: " ", shy: "", hyphen: "-", dash: "-", ndash: "-", mdash: "-", minus: "-", period: ".", commat: "@", colon: ":",
  sol: "/", num: "#", lpar: "(", rpar: ")", amp: "&", zwnj: "", zwj: "", ensp: " ", emsp: " ", thinsp: " ", lowbar: "_",
  comma: ",",
};

export function normalized(text) {
  text = text.replaceAll("\t", "|");
  for (let turn = 0; turn < 2; turn += 1) {
    text = text.replace(/&(?:#([0-9]{1,6})|#[xX]([0-9a-fA-F]{1,5})|([a-zA-Z]{2,8}));/g, (all, decimal, hexadecimal, name) => {
      if (name) return ENTITIES[name] ?? all;
      const code = decimal ? Number(decimal) : parseInt(hexadecimal, 16);
      return code >= 32 && code < 0xd800 ? String.fromCodePoint(code) : " ";
    });
  }
  return text
    .replace(/%([2-7][0-9a-fA-F])/g, (all, code) => String.fromCharCode(parseInt(code, 16)))
    .normalize("NFKC")
    .replace(/\p{Nd}/gu, digit)
    .replace(/[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/g, "")
    .replace(/[\u2010-\u2015\u2043\u2212\u00b7\u2022\ufe58\ufe63\uff0d\u30fc]/g, "-")
    .replace(/[\r\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, " ")
    .replace(/[*`\\]|(?<=[0-9])__(?=[0-9])/g, "");
}

/** A digit of another script as 0 to 9: each script's ten digits follow each other. */
function digit(character) {
  let value = 0;
  for (let code = character.codePointAt(0) - 1; value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code)); code -= 1) value += 1;
  return /[0-9]/.test(character) ? character : String(value % 10);
}

/** What two ways to write one mail address, phone or house address have in common: all else is another one. */
export function key(kind, text) {
  if (kind === "mail") return text.replaceAll(" ", "").replace(/^['_]+|['_]+$/g, "").toLowerCase();
  if (kind !== "phone") return text.toLowerCase().replace(/[^a-z0-9]/g, "");
  const digits = text.split(/[Ee]?[Xx]/)[0].replace(/[^0-9]/g, "");
  return digits.length === 11 && digits[0] === "1" ? digits.slice(1) : digits;
}

/** A house address is found without its town. */
function isAllowed(kind, what, allowed) {
  const own = key(kind, what);
  return allowed.some((each) => (kind === "address" ? each.split(/[,\n]/) : [each]).some((part) => key(kind, part) === own));
}

function luhn(number) {
  const digits = [...number.replace(/[^0-9]/g, "")].reverse().map(Number);
  const sum = digits.reduce((all, each, index) => all + (index % 2 ? (each > 4 ? each * 2 - 9 : each * 2) : each), 0);
  return sum % 10 === 0 && new Set(digits).size > 1;
}

function iban(number) {
  const plain = number.replace(/[ -]/g, "").toUpperCase();
  if (plain.length < 15 || plain.length > 34) return false;
  const digits = [...plain.slice(4), ...plain.slice(0, 4)].map((each) => parseInt(each, 36)).join("");
  return [...digits].reduce((rest, each) => (rest * 10 + Number(each)) % 97, 0) === 1;
}

function ssn(number) {
  const digits = number.replace(/[^0-9]/g, "");
  return !/^(?:000|666|9)/.test(digits) && digits.slice(3, 5) !== "00" && digits.slice(5) !== "0000";
}

/** Whether a number that is written or labelled as one could be given out; letters may stand for digits there. */
function ssnOrItin(number) {
  const digits = number.replace(/[^0-9]/g, "");
  return digits.length !== 9 || !(/^(?:000|666)/.test(digits) || digits.slice(3, 5) === "00" || digits.slice(5) === "0000");
}

/** Whether a number of ten digits is no health care provider's by its check digit, which counts 80840 in front. */
const notNpi = (number) => !/^[12]/.test(number.replace(/[^0-9]/g, "")) || !luhn(`80840${number}`);

const PROOFS = { card: luhn, iban, ssn, ssn_or_itin: ssnOrItin, not_npi: notNpi };

/** Make the function that finds personal data: (text, contacts, open) → [{kind, name, severity, found}], in the text's order. */
export function finder({ patterns, labels }, personNames) {
  const findNames = nameFinder(personNames);
  const labelled = Object.fromEntries(Object.entries(labels).map(([name, pattern]) => [name, new RegExp(pattern, "gi")]));
  const compiled = patterns.map((each) => ({
    ...each,
    regex: each.pattern && new RegExp(each.pattern, `d${each.label && each.isBehind ? "y" : "g"}${each.flags}`),
    needed: each.pattern && new RegExp(each.needs, each.flags),
  }));
  const placesOf = (each, part) => {
    if (!each.pattern) return findNames(part);
    if (!each.needed.test(part)) return [];
    return matchesOf(each, part).map(([match, shift]) => {
      let last = match.length - 1;
      while (last > 0 && match[last] === undefined) last -= 1;
      return match.indices[last].map((place) => place + shift);
    });
  };
  /** The matches of a pattern anywhere, or right beside its label; each with what must be added to its places. */
  const matchesOf = (each, part) => {
    if (!each.label) return [...part.matchAll(each.regex)].map((match) => [match, 0]);
    return [...part.matchAll(labelled[each.label])].map((label) => {
      const start = each.isBehind ? 0 : Math.max(0, label.index - BEFORE);
      each.regex.lastIndex = each.isBehind ? label.index + label[0].length : 0;
      return [each.regex.exec(each.isBehind ? part : part.slice(start, label.index)), start];
    }).filter(([match]) => match);
  };
  return (text, contacts = [], open = []) => {
    const joined = normalized(text).replace(/(?<!\n)\n(?!\n)/g, " ");
    const found = [];
    for (let offset = 0; offset < joined.length; offset += WINDOW - OVERLAP) {
      const part = joined.slice(offset, offset + WINDOW);
      for (const each of compiled) {
        if (found.length === MOST) break;
        for (const place of placesOf(each, part)) {
          const [start, end] = place.map((index) => index + offset);
          const what = joined.slice(start, end);
          if (each.proof && !PROOFS[each.proof](what)) continue;
          if (found.some((other) => start < other.end && other.start < end)) continue;
          if (isAllowed(each.kind, what, CONTACT_KINDS.has(each.kind) ? contacts : open)) continue;
          found.push({ kind: each.kind, name: each.name, severity: each.severity, found: what, start, end });
        }
      }
    }
    const ours = found.filter((each) => each.severity);
    return ours.sort((one, other) => one.start - other.start).map(({ start, end, ...rest }) => rest);
  };
}
