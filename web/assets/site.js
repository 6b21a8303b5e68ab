// All pages are whole without this. It only adds keys: "/" goes to the search box.
addEventListener("keydown", (e) => {
  if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.target.closest("input, textarea, select, [contenteditable]")) return;
  e.preventDefault();
  document.getElementById("find").focus();
});
