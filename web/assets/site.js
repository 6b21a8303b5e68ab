// All pages are whole without this. It only adds keys: "/" goes to the search box.
addEventListener("keydown", (e) => {
  if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.target.closest("input, textarea, select, [contenteditable]")) return;
  e.preventDefault();
  document.getElementById("find")?.focus();
});

// On a publisher's page the frame is as high as what is in it.
const framed = document.body.classList.contains("framed");
if (framed && document.referrer && document.body.dataset.origins.split(" ").includes(new URL(document.referrer).origin)) {
  new ResizeObserver(() => {
    const height = document.querySelector(".feedback, h1") ? document.documentElement.offsetHeight : 0;
    parent.postMessage({ quoth: height }, new URL(document.referrer).origin);
  }).observe(document.documentElement);
}

// The reader's dialog. Without this script the form below the question does the same.
for (const box of document.querySelectorAll(".feedback")) {
  const form = box.querySelector("form"), status = box.querySelector(".status"), why = form.querySelector(".why");
  const d = box.dataset, key = "feedback " + d.kind + " " + d.target;
  let receipt, opened = 0;
  const stored = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const store = (value) => { try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { /* nothing is kept then */ } };
  const make = (tag, props, ...children) => { const e = Object.assign(document.createElement(tag), props); e.append(...children); return e; };

  const buttons = make("p", { className: "votes" });
  const yes = make("button", { type: "button", textContent: d.yes });
  const no = make("button", { type: "button", textContent: d.no });
  yes.setAttribute("aria-describedby", "feedback-question");
  no.setAttribute("aria-describedby", "feedback-question");
  buttons.append(yes, " ", no);
  const dialog = make("dialog", { className: "ask" });
  dialog.setAttribute("aria-labelledby", "feedback-why");
  dialog.lang = box.lang;
  const heading = make("h2", { id: "feedback-why", tabIndex: -1, textContent: why.querySelector("legend").textContent });
  why.querySelector("legend").className = "unseen";
  const cancel = make("button", { type: "button", textContent: d.cancel, className: "soft" });
  form.querySelector(".actions").prepend(cancel, " ");
  form.querySelector(".vote").hidden = true;
  form.querySelector(".vote input").required = false;
  form.noValidate = true;
  const followup = form.querySelector(".followup");
  const refresh = () => {
    const reason = form.reason.value;
    if (followup) followup.hidden = reason !== "misleading" && reason !== "incorrect";
    for (const tell of form.querySelectorAll(".tell")) tell.hidden = reason !== "other" && reason !== "incorrect";
  };
  form.addEventListener("change", refresh);
  refresh();
  dialog.append(heading, form);
  box.insertBefore(dialog, status.nextSibling);
  box.insertBefore(buttons, dialog);

  // One after the other: what a reader did last has to be what is kept.
  let before = Promise.resolve();
  const send = (method, body) => {
    const to = "/api/v1/feedback/" + receipt;
    before = before.catch(() => {}).then(() => fetch(to, {
      method, keepalive: true, headers: body ? { "Content-Type": "application/json" } : {}, body: body && JSON.stringify(body),
    })).then((r) => { if (!r.ok && r.status !== 404) throw new Error(r.status); });
    return before;
  };
  const answer = (vote, more) => ({ kind: d.kind, target: d.target, revision: +d.revision, vote, locale: box.lang, website: form.website.value, ...more });
  const newReceipt = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18)))).replace(/\+/g, "-").replace(/\//g, "_");
  const say = (text) => { status.textContent = text; };
  const idle = () => { say(""); buttons.hidden = false; };
  const thank = () => {
    store(receipt);
    buttons.hidden = true;
    say(d.thanks + " ");
    const change = make("button", { type: "button", textContent: d.change, className: "soft" });
    const undo = make("button", { type: "button", textContent: d.undo, className: "soft" });
    change.onclick = () => { idle(); yes.focus(); };
    undo.onclick = () => send("DELETE").then(() => { store(null); receipt = null; idle(); yes.focus(); }, () => say(d.failed));
    status.append(change, " ", undo);
    status.tabIndex = -1;
    status.focus();
  };
  const begin = () => { receipt = receipt || stored() || newReceipt(); };
  yes.onclick = () => { begin(); send("PUT", answer("yes")).then(thank, () => say(d.failed)); };
  no.onclick = () => {
    begin();
    opened = performance.now();
    send("PUT", answer("no")).catch(() => {}); // counted at the click; the reasons follow
    framed ? dialog.show() : dialog.showModal(); // a frame is too low for a window of its own
    heading.focus();
  };
  const close = () => {
    dialog.close();
    idle();
    no.focus();
    // The receipt stays until the answer is gone: by it a reader can try again.
    send("DELETE").then(() => store(null), () => { store(receipt); say(d.failed); });
  };
  cancel.onclick = close;
  dialog.addEventListener("cancel", (e) => { e.preventDefault(); close(); });
  dialog.addEventListener("keydown", (e) => { if (framed && e.key === "Escape") close(); });
  dialog.addEventListener("click", (e) => { if (e.target === dialog) close(); });
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    const alertBox = form.querySelector(".error"), reason = form.reason.value;
    alertBox.textContent = "";
    if (!reason || (reason === "other" && !form.text.value.trim())) {
      alertBox.textContent = d.choose;
      (reason ? form.text : form.reason[0]).focus();
      return;
    }
    const more = { reasons: [reason], took_ms: Math.round(performance.now() - opened) };
    if (form.text.value.trim() && (reason === "other" || reason === "incorrect")) more.text = form.text.value.trim();
    if (form.source.value && (reason === "other" || reason === "incorrect")) more.source = form.source.value;
    if (followup && !followup.hidden && form.followup.value) more.followup = form.followup.value;
    send("PUT", answer("no", more)).then(() => { dialog.close(); thank(); }, () => { alertBox.textContent = d.failed; });
  });
  if (stored()) { receipt = stored(); thank(); document.activeElement.blur(); }
}
