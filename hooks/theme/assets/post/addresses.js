// Web and mail addresses, judged as `hooks/noticeboard/addresses.py` judges them.

const ADDRESS = /^https:\/\/(?:(?!xn--)[a-z0-9-]{1,63}\.){1,20}(?!xn--)[a-z0-9-]{1,63}\.?(?::[1-9][0-9]{0,4})?(?:[/?#][^\s<>"\\]*)?$/i;
const ODD = /^https:\/\/[^\s<>"\\/?#@]*(?:[^\s<>"\\/?#@:A-Za-z0-9.-]|xn--)[^\s<>"\\/?#@]*(?:[/?#][^\s<>"\\]*)?$/i;
const NAMED =
  /(?<![\p{L}\p{N}_-])(?:([\p{L}\p{N}_.%+'-]{1,64}@(?:[\p{L}\p{N}_-]{1,63}\.){1,10}\p{L}{2,63})|(?:https?:\/\/)?(?:[\p{L}\p{N}][\p{L}\p{N}_-]{0,62}\.){1,10}\p{L}{2,63}(?:[/?#][^\s…]*)?)/giu;
const END = /[/.,;:!?)\]’”"']+$/;
const FILE = /^[^/@]*\.(?:pdf|docx?|xlsx?|pptx?|csv|txt|html?|png|jpe?g|ics|xml|json)$/i;

export const isHttps = (text) => ADDRESS.test(text);

/** Whether the site's name in an https address has more than plain letters, digits, hyphens and dots. */
export const hasOddHost = (text) => ODD.test(text);

export const hasWords = (text) => /[\p{L}\p{N}]/u.test(text);

/** The web addresses and hosts in a text. */
export const named = (text) => every(text).filter((match) => !match[1]).map((match) => match[0].replace(END, ""));

/** What in a link's words is an address that is not where it leads; else nothing. */
export function namedElsewhere(words, address) {
  const target = unquoted(address).toLowerCase();
  const other = every(words).find((match) => {
    const shown = match[0].toLowerCase();
    return !(match[1] ? target.split("?")[0] === `mailto:${shown.replace(/^'+|'+$/g, "")}` : isAt(shown, target));
  });
  return other ? other[0] : "";
}

const every = (text) =>
  [...text.replaceAll("…", " ").normalize("NFKC").replaceAll("\u3002", ".").matchAll(NAMED)].filter((match) => !FILE.test(match[0]));

function unquoted(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isAt(shown, target) {
  if (!target.startsWith("https://")) return false;
  const bare = (each) => each.replace(/^(?:https?:\/\/)?(?:www\.)?/, "");
  const short = bare(unquoted(shown)).replace(END, "");
  const long = bare(target);
  return long === short || (long.startsWith(short) && "/?#".includes(long[short.length]));
}
