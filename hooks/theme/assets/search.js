// The search, over Pagefind; loaded when the reader opens it.

const LANGUAGE = document.documentElement.lang || "en";
const dialog = document.querySelector("[data-nb-search]");

// Words that nearly every page has: where they stand takes more bytes than a page, and tells nothing.
const LITTLE = {
  en: "a an and are as at be been by for from has have i in is it my of on or our that the this to was we were what with you your",
  es: "a al como con de del el en es esta este la las lo los me mi o para por que se su sus un una y",
  "pt-BR": "a ao as com como da das de do dos e em esta este eu me meu minha na no nos o os ou para por que se seu sua um uma",
};
const little = new Set((LITTLE[LANGUAGE] ?? "").split(" "));

/** Leave the little words out of a query that has others; what stands in quotes is looked for as it is. */
function telling(query) {
  const words = query.split(/\s+/).filter((word) => !little.has(word.toLowerCase()));
  return query.includes('"') ? query : words.join(" ") || query;
}

/** Write a query as the phrases of `data-questions` are: without capitals, accents and punctuation. */
function plainWords(query) {
  return query.toLowerCase().normalize("NFD").replace(/[^\p{L}\p{N}\s]/gu, "").replace(/\s+/g, " ").trim();
}

/** Return what to show of a page: a place that says more than its title and first lines do, with its heading. */
function passage(page) {
  // A page of steps is best told by its first ones.
  if (page.meta.title === dialog.dataset.first) return { heading: "", excerpt: page.content.replace(/^[^.]*\. /, "").slice(0, 160).replace(/\s\S*$/, " …") };
  const parts = (page.sub_results ?? []).filter((part) => part.anchor && part.title !== page.meta.title);
  const best = parts.reduce((top, part) => (part.locations.length > (top?.locations.length ?? 0) ? part : top), undefined);
  return best ? { heading: best.title, excerpt: best.excerpt } : { heading: "", excerpt: page.excerpt };
}

/** Keep of an excerpt its text, and the marks that Pagefind puts around the words found; not the heading once more. */
function excerpt(target, html, heading) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  let skip = heading && body.textContent.startsWith(heading) ? heading.length + 1 : 0;
  for (const part of body.childNodes) {
    const node = part.nodeName === "MARK" ? document.createElement("mark") : document.createTextNode("");
    node.textContent = part.textContent.slice(skip);
    skip = Math.max(0, skip - part.textContent.length);
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

  /** Whether somebody asks what to do, in whatever words. */
  function isQuestion(query) {
    const words = ` ${plainWords(query)} `;
    return dialog.dataset.questions.split("|").some((phrase) => words.includes(` ${plainWords(phrase)} `));
  }

  /** Return what answers it: the page of the first steps, then what notices say that people can do. */
  async function answers(loaded, wanted) {
    const { first, then } = dialog.dataset;
    const keep = async (query, isWanted) => {
      const { results: matches } = await loaded.search(query, { filters: wanted });
      const pages = await Promise.all(matches.slice(0, 8).map(async (match) => ({ match, page: await match.data() })));
      return pages.filter(({ page }) => isWanted(page)).map(({ match }) => match);
    };
    const steps = await keep(first, (page) => page.meta.title === first);
    const advice = await keep(then, (page) => page.sub_results.some((part) => part.title === then));
    return [...steps, ...advice.slice(0, 3)];
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
      const loaded = await load();
      let { results: matches } = await loaded.search(telling(query) || null, { filters: wanted });
      // A large board's index has not every place of a word: what stands in quotes may be there all the same.
      const plain = query.replaceAll('"', " ").trim();
      if (!matches.length && plain !== query) ({ results: matches } = await loaded.search(telling(plain) || null, { filters: wanted }));
      if (isQuestion(query)) matches = [...(await answers(loaded, wanted)), ...matches];
      if (mine !== turn) return;
      found = matches.filter((match, number) => number === matches.findIndex(({ id }) => id === match.id));
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
      const { heading, excerpt: found } = passage(page);
      if (heading) text.append(`${heading}: `);
      excerpt(text, found, heading);
      link.append(title, text);
      const item = document.createElement("li");
      item.append(link);
      results.append(item);
    }
    more.hidden = results.children.length >= found.length;
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

  let wait;
  input.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(search, 150); });
  dialog.querySelector("form").addEventListener("submit", search);
  dialog.addEventListener("keydown", move);
  more.addEventListener("click", () => show(turn));
  load().catch(() => {});
  // What was typed while this was on its way.
  if (input.value) search();
}

setUpSearch();
