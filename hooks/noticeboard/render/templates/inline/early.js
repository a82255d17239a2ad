// What Material's script asks for: where it keeps things in this browser, under the site's own path. In words that
// browsers of many years ago know, as are the other scripts of this folder.
var __md_scope = new URL(document.currentScript.dataset.base, location);
// A browser that keeps nothing refuses even to be asked, and shows the page all the same.
var __md_get = (key, store, scope) => {
  try { return JSON.parse((store || localStorage).getItem(`${(scope || __md_scope).pathname}.${key}`)); } catch (error) { return null; }
};
// Colors that follow the device are no choice: only another one is kept.
var __md_set = (key, value, store, scope) => {
  const name = `${(scope || __md_scope).pathname}.${key}`;
  try { value.index === 0 ? (store || localStorage).removeItem(name) : (store || localStorage).setItem(name, JSON.stringify(value)); } catch (error) {}
};
// Material's script fetches a sitemap beside every link that is just “alternate”. A second word spares that.
for (const link of document.querySelectorAll("link[rel=alternate]")) link.rel += " edition";
