// The check of a letter's code.

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
      const response = await fetch(new URL("codes.json", new URL(verify.dataset.nbVerify, location.href)));
      if (!response.ok) throw new Error(response.statusText);
      const found = (await response.json())[code];
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

setUpVerify();
