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

// isAddress reports whether an address is one of the web, without a password in it.
const isAddress = (text) => {
  try {
    const u = new URL(text);
    return /^https?:\/\//i.test(text) && !u.username && !u.password;
  } catch { return false; }
};

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
  const alertBox = form.querySelector(".error");
  const refresh = () => {
    const reason = form.reason.value;
    alertBox.textContent = "";
    if (followup) followup.hidden = reason !== "misleading" && reason !== "incorrect";
    for (const tell of form.querySelectorAll(".tell")) tell.hidden = reason !== "other" && reason !== "incorrect";
  };
  form.addEventListener("input", refresh);
  refresh();
  dialog.append(heading, form);
  box.insertBefore(dialog, status.nextSibling);
  box.insertBefore(buttons, dialog);

  // One after the other: what a reader did last has to be what is kept.
  let before = Promise.resolve();
  const next = (step) => { before = before.catch(() => {}).then(step); return before; };
  const request = async (method, body) => {
    const r = await fetch("/api/v1/feedback/" + receipt, {
      method, keepalive: true, headers: body ? { "Content-Type": "application/json" } : {}, body: body && JSON.stringify(body),
    });
    if (r.ok || (method === "DELETE" && r.status === 404)) return r;
    const problem = await r.json().catch(() => ({}));
    throw Object.assign(new Error(problem.detail || ""), { status: r.status });
  };
  const send = (method, body) => next(() => request(method, body));
  // What to say of a failure: what is wrong with the answer, or that it did not arrive.
  const wrong = (e) => e.status === 429 ? d.later : e.status >= 400 && e.status < 500 && e.message || d.failed;
  const answer = (vote, more) => ({ kind: d.kind, target: d.target, revision: +d.revision, vote, locale: box.lang, website: form.website.value, ...more });
  const newReceipt = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18)))).replace(/\+/g, "-").replace(/\//g, "_");
  const say = (text) => { status.textContent = text; };
  const idle = () => { say(""); buttons.hidden = false; };
  let standing = null; // the answer that stands while the reader thinks of another
  const thank = () => {
    store(receipt);
    standing = null;
    buttons.hidden = true;
    say(d.thanks + " ");
    const change = make("button", { type: "button", textContent: d.change, className: "soft" });
    const undo = make("button", { type: "button", textContent: d.undo, className: "soft" });
    change.onclick = () => next(async () => { standing = await (await request("GET")).json(); })
      .catch((e) => { if (e.status !== 404) throw e; }) // one that is gone does not stand
      .then(() => { idle(); yes.focus(); }, (e) => { status.firstChild.textContent = wrong(e) + " "; });
    undo.onclick = () => send("DELETE").then(() => { store(null); receipt = null; idle(); yes.focus(); }, (e) => say(wrong(e)));
    status.append(change, " ", undo);
    status.tabIndex = -1;
  };
  const answered = () => { thank(); status.focus(); };
  const begin = () => { receipt = receipt || stored() || newReceipt(); };
  yes.onclick = () => { begin(); send("PUT", answer("yes")).then(answered, (e) => say(wrong(e))); };
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
    // What stood before the no stands again, or nothing does. The receipt stays until the
    // answer is gone: by it a reader can try again.
    next(async () => {
      if (!standing) return request("DELETE");
      const { vote, revision, reasons, followup, text, source, locale } = standing;
      return request("PUT", answer(vote, { revision, reasons: reasons || [], followup, text, source, locale }));
    }).then(() => { standing ? answered() : store(null); }, (e) => { store(receipt); say(wrong(e)); });
  };
  cancel.onclick = close;
  dialog.addEventListener("cancel", (e) => { e.preventDefault(); close(); });
  dialog.addEventListener("keydown", (e) => { if (framed && e.key === "Escape") close(); });
  dialog.addEventListener("click", (e) => { if (e.target === dialog) close(); });
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    const reason = form.reason.value, mayTell = reason === "other" || reason === "incorrect";
    const text = mayTell ? form.text.value.trim() : "", source = mayTell ? form.source.value.trim() : "";
    const complain = (field, words) => { alertBox.textContent = words; field.focus(); };
    if (!reason) return complain(form.reason[0], d.choose);
    if (reason === "other" && !text) return complain(form.text, d.say);
    if (source && !isAddress(source)) return complain(form.source, d.address);
    const more = { reasons: [reason], took_ms: Math.round(performance.now() - opened) };
    if (text) more.text = text;
    if (source) more.source = source;
    if (followup && !followup.hidden && form.followup.value) more.followup = form.followup.value;
    send("PUT", answer("no", more)).then(() => { dialog.close(); answered(); }, (e) => { alertBox.textContent = wrong(e); });
  });
  if (stored()) { receipt = stored(); thank(); } // without the focus: nobody came here for it
}
