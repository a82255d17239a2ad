// What the public page will look like, from the same facts and layout. The page itself is made by the build; a test compares them.

import { isGoodLink, rendered } from "./markdown.js";
import { fill } from "./problems.js";
import { dayOf } from "./when.js";

function element(name, classes, ...children) {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** Days as the page writes them: “el martes 24 de noviembre”, “1º de dezembro”. */
function days(written) {
  const { locale } = written.resolvedOptions();
  const format = (at) => {
    const day = written.format(at);
    if (locale.startsWith("es")) return day.replace(/^(\p{L}+), /u, "$1 ");
    return locale.startsWith("pt") ? day.replace(/(?<![0-9])1 de /, "1º de ") : day;
  };
  return { format };
}

/** The page's words for dates, in its language and the district's zone. */
export function dateWords(page) {
  const locale = page.language === "es" ? "es-US" : page.language;
  const write = (options) => new Intl.DateTimeFormat(locale, { timeZone: page.zone, ...options });
  const full = days(write({ weekday: "long", year: "numeric", month: "long", day: "numeric" }));
  const long = days(write({ year: "numeric", month: "long", day: "numeric" }));
  const time = write({ timeStyle: "short" });
  const month = write({ year: "numeric", month: "long" });
  const put = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
  const instant = (at, hasTime) =>
    hasTime ? put(page.words.day_time, { day: full.format(at), time: time.format(at) }) : full.format(at);
  const near = write({ weekday: "long", month: "long", day: "numeric" });
  return {
    instant,
    /** An instant that is near, without its year. */
    soon: (at, hasTime) => (hasTime ? put(page.words.day_time, { day: near.format(at), time: time.format(at) }) : near.format(at)),
    when(date) {
      if (date.form === "unknown" || date.first === null) return page.words.not_known;
      if (date.form === "range") {
        const first = long.format(date.first);
        if (date.last === null) return put(page.words.from_open, { first });
        const last = long.format(date.last);
        return first === last ? first : put(page.words.from_to, { first, last });
      }
      if (date.form === "year") return dayOf(date.first, page.zone).slice(0, 4);
      if (date.form === "month") return month.format(date.first);
      return instant(date.first, date.form === "time");
    },
  };
}

/** Make the page of a notice. `dates`: its dates by path, as they were read. */
export function preview(data, dates, page) {
  const { words } = page;
  const say = dateWords(page);
  const made = document.createDocumentFragment();
  const text = (name) => {
    if (!data[name]) return "";
    return data[name].length > page.longest_text ? element("p", "", words.too_long_to_show) : rendered(data[name]);
  };
  made.append(
    element("h2", "nb-post__title", data.title || "…"),
    element("p", "nb-state-line",
      element("span", `nb-status nb-status--${data.status}`, status(data, page)),
      dates.posted ? element("span", "nb-quiet", fill(words.posted_on, { day: say.when(dates.posted) })) : ""),
    element("p", "nb-lead", data.summary || ""),
  );
  // The sections in the order of the public page, and what stands under the text of each.
  const parts = {
    "what-happened": () => [facts(data, dates, page, say)],
    "what-information": () => [groups(data, page), notInvolved(data, page)],
    "what-you-can-do": () => [protection(data, dates, page, say), steps(data, dates, page, say)],
    "more-information": () => [contacts(data, page), contract(data, page), links(data)],
  };
  const { headings, texts } = page.layout;
  for (const [id, words] of Object.entries(headings)) {
    made.append(element("h3", "", words), text(texts[id]), ...(parts[id] ? parts[id]() : []));
  }
  return made;
}

/** One sentence on where it stands, and on what isn't known yet. */
function status(data, page) {
  const groups = data.affected || [];
  const isActive = data.status === "investigating" || data.status === "contained";
  let open = "";
  if (isActive && groups.some((group) => group.data?.length === 1 && group.data[0] === "unknown")) open = page.words.data_open;
  else if (isActive && groups.some((group) => group.count === "unknown")) open = page.words.people_open;
  return [page.status[data.status] || "", open].filter(Boolean).join(" ");
}

function facts(data, dates, page, say) {
  const { words } = page;
  const list = element("dl", "nb-facts");
  const add = (name, value) => list.append(element("div", "", element("dt", "", name), element("dd", "", value)));
  const isOwn = data.contractor === "none";
  const product = data.product ? ` (${data.product})` : "";
  if (data.contractor) add(words.whose, `${isOwn ? words.own : data.contractor}${product}`);
  for (const name of ["cause", "found_by"]) {
    if (data[name]) add(page.layout[name].label, page.layout[name].choices[data[name]]);
  }
  for (const [name, label] of Object.entries(page.layout.facts)) {
    if (dates[name]) add(name === "discovered" && isOwn ? page.layout.discovered_own : label, say.when(dates[name]));
  }
  return list;
}

function groups(data, page) {
  const { words } = page;
  const box = element("div", "nb-groups");
  for (const group of data.affected || []) {
    const schools = group.schools === "all" ? words.all_schools : joined(group.schools || [], page);
    const about = [schools, group.cohort, count(group.count, page)].filter(Boolean).join(" · ");
    const isUnknown = group.data?.length === 1 && group.data[0] === "unknown";
    const names = (group.data || []).map((code) => element("li", "", page.codes[code]));
    box.append(element("section", "nb-group",
      element("h4", "", page.people[group.who] || ""),
      about ? element("p", "nb-quiet", about) : "",
      isUnknown ? element("p", "", words.data_unknown) : element("ul", "nb-data", ...names)));
  }
  return box;
}

const joined = (items, page) => new Intl.ListFormat(page.language, { type: "conjunction" }).format(items);

function count(value, page) {
  if (!value) return "";
  if (value === "unknown") return page.words.count_unknown;
  if (value === "fewer than 10") return page.words.count_few;
  if (!/^[0-9]+$/.test(value)) return value;
  const locale = page.language === "es" ? "es-US" : page.language;
  return fill(page.words.persons, { count: new Intl.NumberFormat(locale).format(Number(value)) });
}

function notInvolved(data, page) {
  if (!data.not_involved?.length) return "";
  const names = joined(data.not_involved.map((code) => page.codes[code]), page);
  return element("section", "nb-not-involved",
    element("h4", "", page.words.not_involved), element("p", "", `${names}.`));
}

function link(words, address) {
  const made = element("a", "", words);
  if (isGoodLink(address)) made.href = address;
  return made;
}

/** A link with the site that it leads to: “Web page (example.org)”. */
function namedLink(words, address) {
  const site = URL.canParse(address) ? ` (${new URL(address).hostname.replace(/^www\./, "")})` : "";
  return [link(words, address), element("span", "nb-site", site)];
}

const phoneLink = (phone) => link(phone, `tel:${phone.replace(/[^0-9+]/g, "")}`);

function ways(contact, page) {
  const list = element("ul", "nb-ways");
  if (contact.phone) list.append(element("li", "", phoneLink(contact.phone)));
  if (contact.email) list.append(element("li", "", link(contact.email, `mailto:${contact.email}`)));
  if (contact.url) list.append(element("li", "", ...namedLink(page.words.by_web, contact.url)));
  return list.children.length ? list : "";
}

function protection(data, dates, page, say) {
  const offer = data.protection;
  if (!offer) return "";
  const { words } = page;
  const day = dates["protection.enroll_by"];
  const last = day ? say.instant(day.form === "time" ? day.first : day.last, day.form === "time") : offer.enroll_by;
  const months = Number(offer.months) === 1 ? words.month_long : fill(words.months_long, { months: offer.months });
  return element("section", "nb-offer",
    element("h4", "", fill(words.provider, { provider: offer.provider || "" })),
    element("p", "", offer.months ? `${months} ` : "", last ? `${words.enroll_by}: ` : "", last ? element("strong", "", last) : ""),
    offer.url ? element("p", "", ...namedLink(words.enroll, offer.url)) : "",
    offer.phone ? element("p", "", phoneLink(offer.phone), offer.hours ? element("span", "nb-quiet", ` ${offer.hours}`) : "") : "");
}

function steps(data, dates, page, say) {
  if (!data.steps?.length) return "";
  const items = data.steps.map((step, index) => {
    const day = dates[`steps.${index}.by`];
    const item = element("li", "", step.do || "");
    if (day) {
      const due = say.instant(day.form === "time" ? day.first : day.last, day.form === "time");
      item.append(element("span", "nb-last-day", ` ${fill(page.words.no_later_day, { day: due })}`));
    }
    return item;
  });
  return element("ul", "nb-steps", ...items);
}

function contacts(data, page) {
  const rows = (data.contacts || []).map((contact) =>
    element("li", "nb-contact", element("strong", "", contact.name || ""),
      contact.hours ? element("span", "nb-quiet", ` ${contact.hours}`) : "", ways(contact, page)));
  return element("ul", "nb-list", ...rows);
}

function contract(data, page) {
  if (!data.contract) return "";
  return element("p", "", `${page.layout.contract}: ${data.contract}`);
}

function links(data) {
  if (!data.links?.length) return "";
  return element("ul", "nb-list", ...data.links.map((each) => element("li", "", ...namedLink(each.title || "", each.url || ""))));
}
