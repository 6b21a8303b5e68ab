// The desk is whole without this. It adds keys to the queue, and lets words that are
// selected in the article be put into the form with their place.
const lines = [...document.querySelectorAll(".cases a.open")];
addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select")) return;
  if (e.key === "j" || e.key === "k") {
    if (!lines.length) return;
    const at = lines.indexOf(document.activeElement);
    lines[Math.max(0, Math.min(lines.length - 1, at + (e.key === "j" ? 1 : -1)))].focus();
    e.preventDefault();
    return;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(e.key)}"]`);
  if (!target) return;
  e.preventDefault();
  target.matches("button, a") ? target.click() : target.focus();
});

const article = document.getElementById("article-text");
if (article) {
  // A field that is read-only has no caret to go through it with; one that refuses every
  // change does.
  article.readOnly = false;
  article.addEventListener("beforeinput", (e) => e.preventDefault());
  const bytes = new TextEncoder(), say = document.getElementById("picked");
  const offset = (i) => bytes.encode(article.value.slice(0, i)).length;
  const first = document.querySelector('[name="content"]').value.match(/^\[(\d+)-/);
  if (first) { // show where the statement stands
    let i = Math.max(0, +first[1] - 400);
    while (i < article.value.length && offset(i) < +first[1]) i += 1;
    article.setSelectionRange(i, i);
    article.scrollTop = article.scrollHeight * (i / article.value.length) - article.clientHeight / 3;
  }
  for (const button of document.querySelectorAll("[data-put]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      let from = article.selectionStart, to = article.selectionEnd;
      while (from < to && /\s/.test(article.value[from])) from += 1;
      while (to > from && /\s/.test(article.value[to - 1])) to -= 1;
      if (from === to) { say.textContent = button.dataset.none; article.focus(); return; }
      const words = article.value.slice(from, to).replace(/[\r\n]/g, " ");
      const line = `[${offset(from)}-${offset(to)}] ${words}`;
      const field = document.querySelector(`[name="${button.dataset.put}"]`);
      field.value = button.dataset.more && field.value.trim() ? field.value.trimEnd() + "\n" + line : line;
      say.textContent = `${button.textContent}: ${words}`;
    });
  }
}
