// Helpers for pages that are complete without them: “in 2 days” behind dates, the search, the board’s filters, the
// check of a letter’s code, and copying an address.
// The pages state instants; what depends on the reader's clock is added here, and turned over at the minute.

const LANGUAGE = document.documentElement.lang || "en";
const ZONE = document.querySelector("meta[name=time-zone]").content;
const DAY = 86400000;

// Dates

const dayFormat = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit" });
const relative = new Intl.RelativeTimeFormat(LANGUAGE, { numeric: "auto" });

/** The number of calendar days between two instants, by the district's clocks. */
function daysBetween(from, to) {
  return Math.round((Date.parse(dayFormat.format(to)) - Date.parse(dayFormat.format(from))) / DAY);
}

/** “in 2 days”, “tomorrow”, “3 hours ago”. Hours only where the hour counts and it is near. */
function inWords(due, now, hasTime) {
  const left = due - now;
  if (hasTime && Math.abs(left) < DAY) {
    const minutes = Math.trunc(left / 60000);
    return Math.abs(minutes) < 60 ? relative.format(minutes, "minute") : relative.format(Math.trunc(minutes / 60), "hour");
  }
  const days = daysBetween(now, due);
  if (Math.abs(days) <= 60) return relative.format(days, "day");
  if (Math.abs(days) <= 700) return relative.format(Math.trunc(days / 30.44), "month");
  return relative.format(Math.trunc(days / 365.25), "year");
}

/** Write behind each date how far it is, and show of each banner the first line that is still news. */
function refreshDates() {
  const now = new Date();
  for (const time of document.querySelectorAll("time.nb-due")) {
    let words = time.nextElementSibling;
    if (!words || !words.classList.contains("nb-relative")) {
      words = document.createElement("span");
      words.className = "nb-relative";
      time.after(" ", words);
    }
    words.textContent = `(${inWords(new Date(time.dateTime), now, "time" in time.dataset)})`;
  }
  for (const banner of document.querySelectorAll(".nb-banner")) {
    const lines = [...banner.querySelectorAll(".nb-banner__line")];
    const next = lines.find((line) => !line.dataset.until || isOpen(line.dataset.until, now));
    for (const line of lines) line.hidden = line !== next;
  }
  for (const note of document.querySelectorAll("[data-stale-from]")) note.hidden = now < Date.parse(note.dataset.staleFrom);
  for (const state of document.querySelectorAll(".nb-state[data-due]")) {
    if (isOpen(state.dataset.due, now)) continue;
    state.textContent = state.dataset.passed;
    state.closest(".nb-clock").classList.add("is-passed");
  }
}

/** A last second counts to its end. */
function isOpen(due, now) {
  return now < Date.parse(due) + 1000;
}

/** Refresh when the next date passes or the minute is over, whichever comes first. */
function keepDatesFresh() {
  refreshDates();
  const now = Date.now();
  const ends = [...document.querySelectorAll("[data-until], [data-due]")]
    .map((each) => Date.parse(each.dataset.until || each.dataset.due) + 1000 - now)
    .filter((wait) => wait > 0);
  setTimeout(keepDatesFresh, Math.min(60000 - (now % 60000), ...ends) + 1);
}

keepDatesFresh();
document.addEventListener("visibilitychange", () => document.hidden || refreshDates());

// Search: nothing of it is downloaded before the reader opens it.

const dialog = document.querySelector("[data-nb-search]");

/** Keep of an excerpt its text, and the marks that Pagefind puts around the words found. */
function excerpt(target, html) {
  for (const part of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    const node = part.nodeName === "MARK" ? document.createElement("mark") : document.createTextNode("");
    node.textContent = part.textContent;
    target.append(node);
  }
}

function setUpSearch() {
  const input = dialog.querySelector("input");
  const status = dialog.querySelector(".nb-search__status");
  const results = dialog.querySelector(".nb-search__results");
  const more = dialog.querySelector(".nb-search__more");
  const filters = dialog.querySelector(".nb-search__filters");
  const base = new URL(dialog.dataset.base, location.href);
  const plural = new Intl.PluralRules(LANGUAGE);
  let engine;
  let found = [];
  let turn = 0;

  /** Load the search once, however many ask for it meanwhile; after a failure the next one tries again. */
  function load() {
    engine ??= start().catch((error) => { engine = undefined; throw error; });
    return engine;
  }

  async function start() {
    const loaded = await import(new URL("pagefind/pagefind.js", base));
    await loaded.options({ excerptLength: 24 });
    await loaded.init();
    showFilters(await loaded.filters());
    return loaded;
  }

  function showFilters(choices) {
    filters.replaceChildren();
    for (const [name, values] of Object.entries(choices)) {
      const label = dialog.querySelector("[data-nb-filter]").content.firstElementChild.cloneNode(true);
      label.querySelector("span").textContent = name;
      const select = label.querySelector("select");
      select.name = name;
      for (const value of Object.keys(values).sort().reverse()) select.append(new Option(value, value));
      select.addEventListener("change", search);
      filters.append(label);
    }
    filters.hidden = !filters.children.length;
  }

  function chosen() {
    const selects = [...filters.querySelectorAll("select")].filter((select) => select.value);
    return Object.fromEntries(selects.map((select) => [select.name, [select.value]]));
  }

  async function search() {
    const mine = ++turn;
    const query = input.value.trim();
    const wanted = chosen();
    results.replaceChildren();
    more.hidden = true;
    status.textContent = "";
    if (!query && !Object.keys(wanted).length) return;
    status.textContent = dialog.dataset.loading;
    try {
      const answer = await (await load()).search(query || null, { filters: wanted });
      if (mine !== turn) return;
      found = answer.results;
      const count = found.length;
      const words = plural.select(count) === "one" ? dialog.dataset.one : dialog.dataset.other;
      await show(mine);
      if (mine !== turn) return;
      status.textContent = count ? words.replace("#", new Intl.NumberFormat(LANGUAGE).format(count)) : dialog.dataset.none;
    } catch {
      if (mine === turn) status.textContent = dialog.dataset.failed;
    }
  }

  async function show(mine) {
    const start = results.children.length;
    const pages = await Promise.all(found.slice(start, start + 8).map((result) => result.data()));
    if (mine !== turn) return;
    for (const page of pages) {
      const link = document.createElement("a");
      link.href = page.url;
      const title = document.createElement("strong");
      title.textContent = page.meta.title;
      const text = document.createElement("span");
      excerpt(text, page.excerpt);
      link.append(title, text);
      const item = document.createElement("li");
      item.append(link);
      results.append(item);
    }
    more.hidden = results.children.length >= found.length;
  }

  function open() {
    dialog.showModal();
    input.select();
    load().catch(() => {});
  }

  /** Move through the results with the arrow keys; up from the first leads back to the query. */
  function move(event) {
    // A search field would swallow the first Escape to empty itself.
    if (event.key === "Escape") { event.preventDefault(); dialog.close(); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.matches("select")) return;
    const stops = [input, ...results.querySelectorAll("a")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (next) { event.preventDefault(); next.focus(); }
  }

  document.querySelector("[data-nb-search-open]").addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    open();
  });
  let wait;
  input.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(search, 150); });
  dialog.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); search(); });
  dialog.querySelector(".nb-search__close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", move);
  // A click beside the box closes it, as people expect.
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  more.addEventListener("click", () => show(turn));
}

if (dialog) setUpSearch();

// The board's filters: notices that say nothing of a choice (“*”) may be about it, so they are found, too.

const filter = document.querySelector("[data-nb-choices]");
const AT_ONCE = 50;

function setUpFilter() {
  const part = filter.parentElement;
  const status = part.querySelector(".nb-filter__status");
  const list = part.querySelector("[data-nb-found]");
  const more = part.querySelector("[data-nb-more]");
  const template = part.querySelector("[data-nb-row]").content;
  const all = document.querySelector("[data-nb-all]");
  const source = new URL(filter.dataset.nbChoices, location.href);
  const plural = new Intl.PluralRules(LANGUAGE);
  const selects = [...filter.querySelectorAll("select")];
  let loading;
  let found = [];
  let turn = 0;

  /** Load what the notices may be about, once; after a failure the next choice tries again. */
  function load() {
    loading ??= fetch(source).then(async (answer) => {
      if (!answer.ok) throw new Error(answer.statusText);
      const { facets, status: names, rows } = await answer.json();
      return rows.map(([id, title, lang, state, day, whose, ...values]) => ({
        id, title, lang, state, status: names[state], day, whose,
        values: Object.fromEntries(facets.map((facet, index) => [facet, values[index].split(" ")])),
      }));
    }).catch((error) => { loading = undefined; throw error; });
    return loading;
  }

  function row(notice) {
    const made = template.cloneNode(true);
    const link = made.querySelector("a");
    link.href = new URL(`${notice.id}/`, source);
    link.textContent = notice.title;
    if (notice.lang) link.lang = notice.lang;
    const state = made.querySelector(".nb-status");
    state.textContent = notice.status;
    state.classList.add(`nb-status--${notice.state}`);
    made.querySelector("[data-nb-day]").textContent = notice.day;
    made.querySelector("[data-nb-whose]").textContent = notice.whose;
    return made;
  }

  function showMore() {
    const from = list.children.length;
    list.append(...found.slice(from, from + AT_ONCE).map(row));
    more.hidden = list.children.length === found.length;
    if (from) list.children[from].querySelector("a").focus();
  }

  async function show() {
    const wanted = selects.filter((select) => select.value).map((select) => [select.name, select.value]);
    const mine = ++turn;
    let words = "";
    try {
      const notices = wanted.length ? await load() : [];
      if (mine !== turn) return;
      found = notices.filter(({ values }) => wanted.every(([name, value]) => values[name].includes(value) || values[name].includes("*")));
      words = found.length ? filter.dataset[plural.select(found.length) === "one" ? "one" : "other"] : filter.dataset.none;
    } catch {
      found = [];
      words = filter.dataset.failed;
    }
    status.textContent = wanted.length ? words.replace("#", new Intl.NumberFormat(LANGUAGE).format(found.length)) : "";
    list.replaceChildren();
    showMore();
    list.hidden = !found.length;
    all.hidden = wanted.length > 0 && words !== filter.dataset.failed;
  }

  function remember() {
    const chosen = new URLSearchParams(selects.filter((select) => select.value).map((select) => [select.name, select.value]));
    history.replaceState(null, "", `${location.pathname}${chosen.size ? `?${chosen}` : ""}${location.hash}`);
  }

  for (const [name, value] of new URLSearchParams(location.search)) {
    const select = selects.find((each) => each.name === name);
    if (select && [...select.options].some((option) => option.value === value)) select.value = value;
  }
  filter.addEventListener("change", () => { show(); remember(); });
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("reset", () => setTimeout(() => { show(); remember(); }));
  more.addEventListener("click", showMore);
  filter.hidden = false;
  show();
}

if (filter) setUpFilter();

// A letter's code

const verify = document.querySelector("[data-nb-verify]");

/** A code as the notices have it: capital letters, look-alikes set right. */
function codeOf(typed) {
  const plain = typed.toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/[ILOU]/g, (letter) => ({ I: "1", L: "1", O: "0", U: "V" })[letter]);
  return plain.length === 8 ? `${plain.slice(0, 4)}-${plain.slice(4)}` : "";
}

function setUpVerify() {
  const answer = document.querySelector("[data-nb-answer]");
  const tell = (words) => {
    const line = document.createElement("p");
    line.textContent = words;
    answer.replaceChildren(line);
  };

  async function look(event) {
    event?.preventDefault();
    const code = codeOf(verify.elements.code.value);
    if (!code) return tell(verify.dataset.wrong);
    try {
      // A shelf that isn't there holds no code.
      const shelf = await fetch(new URL(`${code[0]}.json`, new URL(verify.dataset.nbVerify, location.href)));
      if (!shelf.ok && shelf.status !== 404) throw new Error(shelf.statusText);
      const found = shelf.ok ? (await shelf.json())[code] : undefined;
      if (!found) return tell(verify.dataset.none);
      const made = document.querySelector("[data-nb-found]").content.cloneNode(true);
      const link = made.querySelector("a");
      link.href = verify.dataset.root + found.url;
      link.textContent = found.title;
      made.querySelector("span").textContent = `${found.status} · ${found.posted}`;
      return answer.replaceChildren(made);
    } catch {
      return tell(verify.dataset.failed);
    }
  }

  verify.addEventListener("submit", look);
  verify.hidden = false;
  const given = new URLSearchParams(location.search).get("code");
  if (given) {
    verify.elements.code.value = given;
    look();
  }
}

if (verify) setUpVerify();

// Copying an address

for (const button of document.querySelectorAll("[data-nb-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = button.parentElement.querySelector("input");
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.nbCopy;
    } catch {
      // The address is marked: the reader's own keys copy it.
    }
  });
}
