// The draft: kept in this browser only. Clearing asks first, and can be undone until the page is left.

// Another board may be at the same host; this one's languages share the draft.
const KEY = `noticeboard-draft ${new URL("../../", import.meta.url).pathname}`;
let cleared = null;

/** Keep {data, name}; false where the browser keeps nothing, which still writes a notice. */
export function keep(draft) {
  try {
    localStorage.setItem(KEY, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** The draft, or null. */
export function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY) || "null");
  } catch {
    return null;
  }
}

/** Delete the draft; `bringBack` gives it once more. */
export function clear() {
  cleared = kept();
  localStorage.removeItem(KEY);
}

export const bringBack = () => cleared;
