// The small part of Markdown that a notice may use, shown as elements. What may not stand in a notice is named, not
// shown. Nothing is ever parsed as HTML: every word becomes a text node. No pattern looks further than a fixed number of
// characters, and none can match the same characters in two ways: time grows with the length of the text, and no faster.

import { hasOddHost, hasWords, isHttps, namedElsewhere } from "./addresses.js";

const HARMFUL = [
  ["html", /<\/?[A-Za-z][A-Za-z0-9-]*(?:[\s/][^>\n]{0,1000})?>|<!--/],
  ["image", /!\[[^\]\n]{0,500}\][([]/],
  ["code", /`|^(?: {4}|\t)(?! *(?:[-*+]|\d+[.)]) )/],
  ["quote", /^ {0,3}>/],
  ["heading", /^ {0,3}#{1,2}(?:\s|$)/],
  ["rule", /^ {0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+)$/],
  ["attributes", /\{[:.#][^{}\n]{0,80}\}|\[\^[^\]\n]{1,40}\]|-8<-/],
];

/** A link, and the definition of one; what follows the address begins with a blank, so that it ends in one way only. */
const LINK = /(?<!!)\[[^\]\n]{0,500}\]\(([^)\s]{0,2000})(?:\s[^)]{0,500})?\)|^[ \t]*\[[^\]\n]{1,500}\]:[ \t]*(\S+)/gm;

/** Name what in a text may not stand in a notice: the keys of sentences, one for each find. */
export function lossesOf(text) {
  const lines = text.split("\n");
  let isListed = false;
  const found = lines.flatMap((line, number) => {
    isListed ||= number > 0 && /^\s*(?:[-*+]|\d+[.)]) /.test(lines[number - 1]);
    return HARMFUL.filter(([key, pattern]) => pattern.test(line) && !(key === "code" && isListed && !line.includes("`")))
      .filter(([key]) => !(key === "rule" && line.includes("|")))
      .map(([key]) => key);
  });
  if (lines.some((_, number) => isTable(lines, number) && isText(lines[number - 1]) && !isTableBelow(lines, number))) found.push("rule");
  for (const link of text.matchAll(LINK)) {
    if (!isGoodLink(link[1] ?? link[2])) found.push(hasOddHost(link[1] ?? link[2]) ? "host" : "link");
  }
  for (const link of rendered(text).querySelectorAll("a")) {
    if (!hasWords(link.textContent)) found.push("link_words");
    else if (namedElsewhere(link.textContent, link.getAttribute("href"))) found.push("link_other");
  }
  return found;
}

export function isGoodLink(address) {
  return (
    isHttps(address) ||
    /^tel:\+?[0-9().-]{3,20}(?:;ext=[0-9]{1,8})?$/.test(address) ||
    /^mailto:[A-Za-z0-9._%+'-]+@(?![A-Za-z0-9.-]*[Xx][Nn]--)[A-Za-z0-9.-]+\.[A-Za-z]{2,}(?:\?subject=[A-Za-z0-9%._+-]{1,200})?$/.test(address)
  );
}

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

/** Show a text. */
export function rendered(text) {
  const definitions = {};
  const kept = text.replace(/\r\n/g, "\n").split("\n").filter((line) => {
    const definition = /^ {0,3}\[([^\]\n]+)\]:\s*(\S+)\s*$/.exec(line);
    if (definition) definitions[definition[1].toLowerCase()] = definition[2];
    return !definition;
  });
  const target = document.createDocumentFragment();
  blocks(kept, target, definitions);
  return target;
}

const ITEM = /^( *)([-*+]|\d{1,9}[.)]) +(.*)$/;

/** Lists in lists that are still shown as lists. */
const DEEPEST = 20;

function blocks(lines, target, links, depth = 0) {
  let index = 0;
  while (index < lines.length) {
    const line = lines[index];
    const heading = /^ {0,3}(#{3,6})\s(.*)$/.exec(line);
    if (!line.trim()) index += 1;
    else if (heading) {
      target.append(element(`h${heading[1].length}`, ...inline(heading[2].trim().replace(/(?:^|\s)#+$/, "").trim(), links)));
      index += 1;
    } else if (isTable(lines, index)) index = table(lines, index, target, links);
    else if (depth < DEEPEST && ITEM.test(line)) index = list(lines, index, target, links, depth);
    else index = paragraph(lines, index, target, links);
  }
}

function paragraph(lines, start, target, links) {
  let end = start;
  const begins = (line) => /^ {0,3}#{3,6}\s/.test(line) || /^ *(?:[-*+]|1[.)]) +\S/.test(line);
  while (end < lines.length && lines[end].trim() && !(end > start && (begins(lines[end]) || isTableBelow(lines, end)))) end += 1;
  const text = lines.slice(start, end).map((line) => line.trimStart());
  target.append(element("p", ...inline(text.join("\n").trimEnd(), links)));
  return end;
}

function list(lines, start, target, links, depth) {
  const [, indent, mark] = ITEM.exec(lines[start]);
  const isNumbered = /\d/.test(mark);
  const kind = (each) => (/\d/.test(each) ? each.slice(-1) : each);
  const made = element(isNumbered ? "ol" : "ul");
  if (isNumbered && Number.parseInt(mark, 10) !== 1) made.start = Number.parseInt(mark, 10);
  const items = [];
  let index = start;
  let isLoose = false;
  while (index < lines.length) {
    const item = ITEM.exec(lines[index]);
    if (item && item[1].length <= indent.length + 1 && kind(item[2]) === kind(mark)) {
      items.push([item[3]]);
      index += 1;
    } else if (!lines[index].trim()) {
      let next = index;
      while (next < lines.length && !lines[next].trim()) next += 1;
      const after = lines[next] || "";
      const goesOn = ITEM.test(after) ? kind(ITEM.exec(after)[2]) === kind(mark) : /^ {2,}/.test(after);
      if (!after || !goesOn) break;
      isLoose = true;
      items.at(-1).push("");
      index = next;
    } else if (/^ {2,}/.test(lines[index]) && (ITEM.test(lines[index]) || lines[index - 1].trim() === "")) {
      items.at(-1).push(lines[index].replace(/^ {2,4}/, ""));
      index += 1;
    } else if (ITEM.test(lines[index]) || /^ {0,3}#{3,6}\s/.test(lines[index])) break;
    else if (lines[index - 1].trim() === "") break;
    else {
      items.at(-1).push(lines[index].trimStart());
      index += 1;
    }
  }
  for (const item of items) {
    const entry = element("li");
    blocks(item, entry, links, depth + 1);
    if (!isLoose) for (const child of [...entry.children]) if (child.localName === "p") child.replaceWith(...child.childNodes);
    made.append(entry);
  }
  target.append(made);
  return index;
}

const cells = (line) => line.trim().replace(/^\||(?<!\\)\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim());

function isTable(lines, index) {
  const rule = lines[index + 1] || "";
  return (
    lines[index].includes("|") && rule.includes("-") && !rule.startsWith("\t") && cells(rule).every((cell) => /^:?-+:?$/.test(cell)) &&
    cells(lines[index]).length === cells(rule).length
  );
}

const isText = (line) => Boolean(line?.trim()) && !/^ {0,3}(?:#{3,6}\s|\[[^\]\n]+\]:)/.test(line);

/** A table close below a paragraph starts its first row with a bar. */
const isTableBelow = (lines, index) => lines[index].trimStart().startsWith("|") && isTable(lines, index);

function table(lines, start, target, links) {
  const width = cells(lines[start]).length;
  const row = (line, name) => {
    const found = cells(line);
    const made = Array.from({ length: width }, (_, at) => element(name, ...inline(found[at] || "", links)));
    return element("tr", ...made);
  };
  const body = element("tbody");
  let index = start + 2;
  for (; index < lines.length && lines[index].trim() && !ITEM.test(lines[index]); index += 1) body.append(row(lines[index], "td"));
  const made = element("table", element("thead", row(lines[start], "th")));
  if (body.children.length) made.append(body);
  target.append(made);
  return index;
}

const INLINE = [
  [/\\([!-/:-@[-`{-~])/y, (match) => [match[1]]],
  [/(?: {2,200}|\\)\n/y, () => [element("br")]],
  [/\[((?:[^[\]\\]|\\[^]){0,500})\]\(<?([^)\s<>]{0,2000})>?(?:\s{1,20}"([^"]{0,500})")?\)/y, (match, links) => link(match[1], match[2], links)],
  [/\[((?:[^[\]\\]|\\[^]){1,500})\](?:\[([^\]]{0,500})\])?/y, (match, links) => {
    const address = links[(match[2] || match[1]).toLowerCase()];
    return address ? link(match[1], address, links) : [match[0]];
  }],
  [/<((?:https:\/\/|mailto:)[^\s<>]{1,2000})>/y, (match, links) => link(match[1], match[1], links)],
  [/\*\*\*(?=\S)([^*]{0,2000}[^\s*])\*\*\*/y, (match, links) => [element("em", element("strong", ...inline(match[1], links)))]],
  [/(\*\*|__)(?=\S)((?:(?!\1)[^]){0,2000}?[^\s])\1(?![\p{L}\p{N}]|(?<=\*)\*)/uy, (match, links) => [element("strong", ...inline(match[2], links))]],
  [/(\*)(?=[^\s*])((?:[^*]|\*\*[^*]{1,500}\*\*){0,2000}?[^\s*])\*(?!\*)/y, (match, links) => [element("em", ...inline(match[2], links))]],
  [/(?<![\p{L}\p{N}])_(?=[^\s_])([^_]{0,2000}?[^\s_])_(?![\p{L}\p{N}])/uy, (match, links) => [element("em", ...inline(match[1], links))]],
];

function link(words, address, links) {
  if (!isGoodLink(address)) return inline(words, links);
  const made = element("a", ...inline(words, links));
  made.href = address;
  return [made];
}

function inline(text, links) {
  const found = [];
  let plain = "";
  let index = 0;
  const flush = () => { if (plain) found.push(plain); plain = ""; };
  while (index < text.length) {
    let match = null;
    for (const [pattern, make] of INLINE) {
      pattern.lastIndex = index;
      match = pattern.exec(text);
      if (match) {
        flush();
        found.push(...make(match, links));
        index += match[0].length;
        break;
      }
    }
    if (!match) {
      plain += text[index];
      index += 1;
    }
  }
  flush();
  return found;
}
