{ const note = document.currentScript.previousElementSibling; note.hidden = Date.now() < Date.parse(note.dataset.staleFrom); }
