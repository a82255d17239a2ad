// The board's filters: notices that say nothing of a choice (“*”) may be about it, so they are found, too, behind those
// that name it.

const LANGUAGE = document.documentElement.lang || "en";
const filter = document.querySelector("[data-nb-choices]");
const AT_ONCE = 50;
// Wide on purpose, from before kindergarten to years after graduation: to leave somebody out would be a wrong “no”.
const [FIRST_AGE, LAST_AGE] = [2, 22];

/** Whether a notice's values name what was chosen (“yes”), may be about it (“maybe”), or are about something else. */
function matches(values, chosen) {
  const [, born] = chosen.match(/^born-([0-9]{4})$/) || [];
  const isNamed = born
    ? values.some((year) => year - born >= FIRST_AGE && year - born <= LAST_AGE)
    : values.includes(chosen);
  if (isNamed) return "yes";
  return values.includes("*") ? "maybe" : "";
}

function setUpFilter() {
  const part = filter.parentElement;
  const status = part.querySelector(".nb-filter__status");
  const list = part.querySelector("[data-nb-found]");
  const more = part.querySelector("[data-nb-more]");
  const template = part.querySelector("[data-nb-row]").content;
  const all = document.querySelector("[data-nb-all]");
  const why = JSON.parse(filter.dataset.why);
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
    made.querySelector("[data-nb-why]").textContent = notice.why.join(" · ");
    made.querySelector("[data-nb-day]").textContent = notice.day;
    made.querySelector("[data-nb-whose]").textContent = notice.whose;
    return made;
  }

  /** A notice with why it was found: how many of the choices it names, and words for it; nothing if it is about others. */
  function explained(notice, wanted) {
    const matched = wanted.map(([name, value]) => [name, matches(notice.values[name], value)]);
    if (matched.some(([, match]) => !match)) return null;
    const said = matched.filter(([name]) => name in why).map(([name, match]) => why[name][match === "yes" ? 0 : 1]);
    return { ...notice, named: matched.filter(([, match]) => match === "yes").length, why: said };
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
      found = notices.map((notice) => explained(notice, wanted)).filter((notice) => notice);
      found.sort((one, other) => other.named - one.named);
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
  filter.addEventListener("change", async () => {
    remember();
    await show();
    // The smallest move that brings the first of what was found onto the screen.
    if (status.textContent) (list.firstElementChild || status).scrollIntoView({ block: "nearest" });
  });
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("reset", () => setTimeout(() => { show(); remember(); }));
  more.addEventListener("click", showMore);
  filter.hidden = false;
  show();
}

setUpFilter();
