// Puts the question of a Quoth site about this page below the tag that loads this:
//   <script async src="https://record.example/embed.js"></script>
// data-url names the article's address when it is not the page's own, data-title the frame.
(() => {
  const tag = document.currentScript, site = new URL(tag.src).origin;
  const own = document.querySelector('link[rel="canonical"]');
  const frame = document.createElement("iframe");
  frame.title = tag.dataset.title || "Was this article helpful?";
  frame.src = site + "/embed?url=" + encodeURIComponent(tag.dataset.url || (own && own.href) || location.href);
  frame.referrerPolicy = "origin"; // by which the site knows whom it answers to
  frame.style.cssText = "border:0;width:100%;height:0;display:block";
  addEventListener("message", (e) => {
    if (e.origin !== site || e.source !== frame.contentWindow || !(e.data && e.data.quoth >= 0)) return;
    frame.style.height = Math.min(e.data.quoth, 2000) + "px";
  });
  tag.after(frame);
})();
