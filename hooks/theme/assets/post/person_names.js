// People's names beside what is said of them, found as `hooks/noticeboard/check/person_names.py` finds them.

const MAX_FACT = 30;
const SEPARATOR = /[-_+=&/?.]/;

/** A text in small letters, without accents. */
const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
const isCapital = (text) => text[0] !== text[0].toLowerCase();
const capitalized = (word) => word.replace(/[A-Za-zÀ-ÖØ-öø-ÿ]+/g, (part) => part[0].toUpperCase() + part.slice(1).toLowerCase());

/** Make the function that finds names: (text) → [[start, end]], in the text's order. */
export function nameFinder(data) {
  const sets = Object.fromEntries(Object.entries(data.words).map(([name, words]) => [name, new Set(words)]));
  sets.names = new Set([...sets.first, ...sets.last, ...sets.ambiguous_names]);
  const [name, slug, end] = ["name", "slug", "end"].map((key) => new RegExp(data[key], "g"));
  const [titled, privateFacts, schoolFacts] = ["titled", "private", "school"].map((key) => new RegExp(data[key], "gi"));
  const form = new RegExp(data.form);
  const smallWord = /(?<![A-Za-zÀ-ÖØ-öø-ÿ])[a-zà-öø-ÿ]{3,}(?![A-Za-zÀ-ÖØ-öø-ÿ])/g;
  const places = data.placed.map((pattern) => new RegExp(pattern, "g"));

  const asWords = (text) => text.split(/([-_+=&/?.])/).map((word) => {
    if (word.length === 1 && SEPARATOR.test(word)) return " ";
    const small = word.toLowerCase();
    return sets.not_persons.has(small) || sets.not_names.has(small) ? small : capitalized(word);
  }).join("");

  const plainWord = (word) => plain(word.replace(/\.+$/, "")).replace(/['’]s$/, "");
  const isApart = (word) => {
    const small = plainWord(word.text);
    return isCapital(word.text) && small.length > 1 && (sets.not_names.has(small) || sets.offices.has(small) || small.endsWith("-grader"));
  };

  function named(text, words) {
    while (words.length && !isCapital(words.at(-1).text)) words.pop();
    while (words.length && !isCapital(words[0].text)) words.shift();
    const capitals = words.filter((word) => isCapital(word.text));
    if (capitals.every((word) => plainWord(word.text).length === 1)) return null;
    const start = words[0].start;
    const last = words.at(-1).start + words.at(-1).text.length;
    const known = words.flatMap((word) => plainWord(word.text).split("-")).filter((part) => sets.names.has(part));
    const before = plain(text.slice(Math.max(0, start - 10), start)).replace(/[ .]+$/, "");
    const isTitled = sets.titles.has(before.slice(before.lastIndexOf(" ") + 1));
    const isWhole = capitals.length > 1 || isTitled;
    if (known.some((part) => !sets.ambiguous.has(part)) || known.length > 1 || isTitled) return { start, end: last, isKnown: true, isWhole };
    const isFormed = isWhole && words.length === capitals.length && capitals.length <= 3 && capitals.every((word) => form.test(word.text));
    return isFormed ? { start, end: last, isKnown: false, isWhole: true } : null;
  }

  function* read(text, start, found) {
    const words = [...found.matchAll(/[^ ]+/g)].map((match) => ({ start: start + match.index, text: match[0] }));
    // What stands before a colon is a label, and may be the next line's.
    if (text[start + found.length] === ":" && !sets.names.has(plainWord(words.at(-1).text))) words.pop();
    if (words.some((word) => sets.not_persons.has(plainWord(word.text)))) return;
    let group = [];
    for (const word of [...words, null]) {
      if (word && !isApart(word)) {
        group.push(word);
        continue;
      }
      const one = group.length ? named(text, group) : null;
      if (one) yield one;
      group = [];
    }
  }

  function* names(text) {
    for (const match of text.matchAll(name)) {
      const isAlone = !match[0].includes(" ");
      const isNone = isAlone && text.slice(Math.max(0, match.index - 2), match.index) !== ". " && !plain(match[0]).replace(/['’]s$/, "").split("-").some((part) => sets.names.has(part));
      if (!isNone) yield* read(text, match.index, match[0]);
    }
    for (const match of text.matchAll(titled)) {
      const start = match.index + match[0].length - match[1].length;
      if (!isCapital(match[1]) && !sets.not_names.has(plain(match[1]))) yield { start, end: start + match[1].length, isKnown: true, isWhole: true };
    }
  }

  /** A given name and a family name that were typed without capitals. */
  function* smallNames(text) {
    const words = [...text.matchAll(smallWord)];
    for (const [index, word] of words.slice(1).entries()) {
      const first = words[index];
      const isPair = text.slice(first.index + first[0].length, word.index) === " ";
      if (isPair && sets.first.has(first[0]) && sets.last.has(word[0])) yield { start: first.index, end: word.index + word[0].length, isKnown: true, isWhole: true };
    }
  }

  function* placed(text) {
    for (const pattern of places) {
      for (const match of text.matchAll(pattern)) {
        const start = match.index + match[0].lastIndexOf(match[1]);
        const [first] = plain(match[1]).split(" ");
        const isNone = match[1] === match[1].toLowerCase()
          ? !sets.names.has(first) || sets.ambiguous.has(first)
          : ["not_names", "not_persons", "offices"].some((name) => sets[name].has(first));
        if (!isNone) yield { start, end: start + match[1].length, isKnown: true, isWhole: true };
      }
    }
  }

  function* around(pattern, text, one) {
    const from = Math.max(0, one.start - data.near - MAX_FACT);
    const to = one.end + data.near + MAX_FACT;
    for (const match of text.slice(0, to).matchAll(pattern)) {
      if (match.index >= from) yield { start: match.index, end: match.index + match[0].length };
    }
  }

  function isTied(one, fact, reach, ends) {
    if (fact.start < one.end && one.start < fact.end) return one.isKnown && (one.start + 3 < fact.start || fact.end + 3 < one.end);
    const [first, last] = one.end <= fact.start ? [one.end, fact.start] : [fact.end, one.start];
    return last - first <= reach && !ends.some((place) => first <= place && place < last);
  }

  function isOfAPlace(text, one) {
    const before = /([a-z]+) $/.exec(plain(text.slice(Math.max(0, one.start - 14), one.start)));
    const behind = /^ ([a-z]+)/.exec(plain(text.slice(one.end, one.end + 14)));
    return (before && sets.before_places.has(before[1])) || (behind && sets.behind_places.has(behind[1]));
  }

  function holdsOffice(text, one) {
    const near = plain(`${text.slice(Math.max(0, one.start - 40), one.start)} ${text.slice(one.end, one.end + 40)}`);
    return (near.match(/[a-z]+/g) || []).some((word) => sets.offices.has(word));
  }

  function hasFact(text, one, ends) {
    const isOffice = holdsOffice(text, one);
    const isCertain = one.isKnown && one.isWhole;
    const far = isCertain && !isOffice ? data.near : data.close;
    if ([...around(privateFacts, text, one)].some((fact) => isTied(one, fact, far, ends))) return true;
    const reach = isCertain ? data.close + 16 : data.close;
    // A book or a play has a name in its title.
    const isQuoted = (fact) => /[“”"«»]/.test(one.end <= fact.start ? text.slice(one.end, fact.start) : text.slice(fact.end, one.start));
    return !isOffice && [...around(schoolFacts, text, one)].some((fact) => isTied(one, fact, reach, ends) && !isQuoted(fact));
  }

  return (original) => {
    const text = original.replace(slug, asWords);
    const ends = [...text.matchAll(end)].map((match) => match.index);
    return [...names(text), ...smallNames(text), ...placed(text)]
      .filter((one) => one.isKnown || original.slice(one.start, one.end) !== original.slice(one.start, one.end).toLowerCase())
      .filter((one) => !isOfAPlace(text, one))
      .filter((one) => hasFact(text, one, ends))
      .map((one) => [one.start, one.end]);
  };
}
