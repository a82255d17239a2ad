// What Material's script asks for: where it keeps things in this browser, under the site's own path.
var __md_scope = new URL(document.currentScript.dataset.base, location);
var __md_get = (key, store = localStorage, scope = __md_scope) => {
  // A browser that keeps nothing shows the page all the same.
  try { return JSON.parse(store.getItem(`${scope.pathname}.${key}`)); } catch { return null; }
};
var __md_set = (key, value, store = localStorage, scope = __md_scope) => {
  const name = `${scope.pathname}.${key}`;
  // Colors that follow the device are no choice: only another one is kept.
  try { value.index === 0 ? store.removeItem(name) : store.setItem(name, JSON.stringify(value)); } catch {}
};
// Material's script fetches a sitemap beside every link that is just “alternate”. A second word spares that.
for (const link of document.querySelectorAll("link[rel=alternate]")) link.rel += " edition";
