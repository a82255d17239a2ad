// Helpers for pages that are complete without them: “in 2 days” behind dates, and copying an address. What few visitors
// need is in files of its own, loaded where it is needed: the search, the board’s filters, the check of a letter’s code.
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

/** Write behind each date how far it is, and show of each notice the first line that is still news. */
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
  for (const place of document.querySelectorAll(".nb-next")) {
    const lines = [...place.children];
    const next = lines.find((line) => !line.dataset.until || isOpen(line.dataset.until, now));
    for (const line of lines) line.hidden = line !== next;
  }
  for (const part of document.querySelectorAll("[data-shown-until]")) part.hidden = !isOpen(part.dataset.shownUntil, now);
  for (const part of document.querySelectorAll("[data-shown-from]")) part.hidden = isOpen(part.dataset.shownFrom, now);
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
  const ends = [...document.querySelectorAll("[data-until], [data-due], [data-shown-until]")]
    .map(({ dataset }) => Date.parse(dataset.until || dataset.due || dataset.shownUntil) + 1000 - now)
    .filter((wait) => wait > 0);
  setTimeout(keepDatesFresh, Math.min(60000 - (now % 60000), ...ends) + 1);
}

keepDatesFresh();
document.addEventListener("visibilitychange", () => document.hidden || refreshDates());

// The menu opens by itself; here it closes when the reader goes on to something else, so that it covers nothing.

const menu = document.querySelector(".nb-menu");

if (menu) {
  const close = () => { menu.open = false; };
  menu.addEventListener("click", (event) => { if (event.target.closest("a")) close(); });
  menu.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) close(); });
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) close(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    close();
    menu.querySelector("summary").focus();
  });
}

// A table that is wider than the screen can be moved with the arrow keys.

function reachTables() {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .nb-notice table")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

addEventListener("load", reachTables);
addEventListener("resize", reachTables);

// Search: nothing of it is downloaded before the reader opens it.

const dialog = document.querySelector("[data-nb-search]");
let searching;

function openSearch() {
  dialog.showModal();
  dialog.querySelector("input").select();
  searching ??= import("./search.js").catch(() => {
    searching = undefined;
    dialog.querySelector(".nb-search__status").textContent = dialog.dataset.failed;
  });
}

function setUpSearch() {
  document.querySelector("[data-nb-search-open]").addEventListener("click", openSearch);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    openSearch();
  });
  dialog.querySelector(".nb-search__close").addEventListener("click", () => dialog.close());
  dialog.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  // A click beside the box closes it, as people expect.
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}

if (dialog) setUpSearch();

// What belongs to one page

if (document.querySelector("[data-nb-choices]")) import("./filter.js");
if (document.querySelector("[data-nb-verify]")) import("./verify.js");

// Printing

for (const button of document.querySelectorAll("[data-nb-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Copying an address

for (const button of document.querySelectorAll("[data-nb-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = button.parentElement.querySelector("input");
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.nextElementSibling.textContent = button.dataset.nbCopy;
    } catch {
      // The address is marked: the reader's own keys copy it.
    }
  });
}
