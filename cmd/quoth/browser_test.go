package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"quoth"
)

// browser starts Chromium, with a page of a width. QUOTH_TEST_SHOTS names a folder that
// pictures are written into.
func browser(t *testing.T, width int64) context.Context {
	t.Helper()
	found := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			found = path
			break
		}
	}
	if found == "" {
		t.Skip("no chromium here; ./test installs it")
	}
	// It leaves folders behind when it is ended. The path is short: a socket stands there.
	temp, err := os.MkdirTemp("", "quoth")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(temp) })
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.ExecPath(found), chromedp.Env("TMPDIR="+temp))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// shoot writes a picture of the whole page.
func shoot(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	folder := os.Getenv("QUOTH_TEST_SHOTS")
	if folder == "" {
		return
	}
	take := chromedp.FullScreenshot(100)
	if evaluate[bool](t, ctx, `!!document.querySelector("dialog[open]")`) {
		take = chromedp.CaptureScreenshot() // a dialog lies over what is seen
	}
	picture, err := chromedp.Run(ctx, take)
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o666)
	}
	if err != nil {
		t.Error(err)
	}
}

// evaluate runs a script in the page.
func evaluate[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return v
}

// until waits until a condition of the page holds, and through a page that goes.
func until(t *testing.T, ctx context.Context, condition string) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool](condition))
		switch {
		case err == nil:
			return
		case !strings.Contains(err.Error(), "(-32000)"), time.Now().After(deadline): // the number of what a page that went has for an answer
			t.Fatalf("waiting for %s: %v", condition, err)
		}
	}
}

func TestDialogInBrowser(t *testing.T) {
	s := serve(t, nil)
	at := s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")
	id := at[strings.LastIndexByte(at, '/')+1:]
	for _, width := range []int64{390, 1280} {
		for _, keyboard := range []bool{false, true} {
			t.Run(fmt.Sprintf("%d,keyboard=%v", width, keyboard), func(t *testing.T) {
				dialogFlow(t, s, browser(t, width), id, keyboard)
			})
		}
	}
}

// dialogFlow answers no with a reason, takes it back, answers yes, and cancels a no.
func dialogFlow(t *testing.T, s *testServer, ctx context.Context, id string, keyboard bool) {
	// press activates a button by mouse, or by focus and Enter.
	press := func(script string) {
		t.Helper()
		if keyboard {
			evaluate[bool](t, ctx, "("+script+".focus(), true)")
			if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
				t.Fatal(err)
			}
			return
		}
		evaluate[bool](t, ctx, "("+script+".click(), true)")
	}
	votes := func(n int) string { return fmt.Sprintf(`document.querySelectorAll(".votes button")[%d]`, n) }
	const isOpen, thanked = `document.querySelector("dialog").open`, `document.querySelector(".status").textContent.startsWith("Thank you for feedback")`
	check := func(what string, want quoth.FeedbackCount) {
		t.Helper()
		// The answer of a click is on its way when the dialog opens.
		deadline := time.Now().Add(5 * time.Second)
		c := s.counts(id)
		for (c.Yes != want.Yes || c.No != want.No || c.Reasons["ads"] != want.Reasons["ads"]) && time.Now().Before(deadline) {
			evaluate[bool](t, ctx, "true")
			c = s.counts(id)
		}
		if c.Yes != want.Yes || c.No != want.No || c.Reasons["ads"] != want.Reasons["ads"] {
			t.Errorf("%s: %+v, want %+v", what, c, want)
		}
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(s.URL+"/articles/"+id), chromedp.WaitVisible(".votes")); err != nil {
		t.Fatal(err)
	}
	press(votes(1))
	until(t, ctx, isOpen)
	check("a no counts at the click", quoth.FeedbackCount{No: 1})
	if got := evaluate[string](t, ctx, `document.activeElement.textContent`); got != "Why did you not like this content?" {
		t.Errorf("the focus is on %q", got)
	}
	shoot(t, ctx, fmt.Sprintf("dialog-%d", evaluate[int](t, ctx, "innerWidth")))
	press(`document.querySelector("dialog button[type=submit]")`)
	until(t, ctx, `document.querySelector("dialog .error").textContent !== ""`)
	if keyboard {
		// The error leads to the reasons; the arrows go through them.
		for range 4 {
			if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.ArrowDown)); err != nil {
				t.Fatal(err)
			}
		}
	} else {
		evaluate[bool](t, ctx, `(document.querySelector("dialog [value=ads]").click(), true)`)
	}
	if got := evaluate[string](t, ctx, `document.querySelector("dialog form").reason.value`); got != "ads" {
		t.Fatalf("chosen: %q", got)
	}
	// A person takes longer than this test.
	evaluate[bool](t, ctx, `(performance.now = () => 1e6, true)`)
	press(`document.querySelector("dialog button[type=submit]")`)
	until(t, ctx, thanked)
	check("with its reason", quoth.FeedbackCount{No: 1, Reasons: map[string]int{"ads": 1}})
	press(`[...document.querySelectorAll(".status button")].find((b) => b.textContent === "Undo")`)
	until(t, ctx, `!document.querySelector(".votes").hidden`)
	check("taken back", quoth.FeedbackCount{})
	press(votes(0))
	until(t, ctx, thanked)
	check("a yes", quoth.FeedbackCount{Yes: 1})
	press(`[...document.querySelectorAll(".status button")].find((b) => b.textContent === "Change my answer")`)
	until(t, ctx, `!document.querySelector(".votes").hidden`)
	press(votes(1))
	until(t, ctx, isOpen)
	check("changed to a no", quoth.FeedbackCount{No: 1})
	if keyboard {
		if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.Escape)); err != nil {
			t.Fatal(err)
		}
	} else {
		press(`[...document.querySelectorAll("dialog button")].find((b) => b.textContent === "Cancel")`)
	}
	until(t, ctx, "!("+isOpen+")")
	until(t, ctx, thanked)
	check("cancelled: what stood before stands", quoth.FeedbackCount{Yes: 1})
	// A page that was answered opens at its top.
	if err := chromedp.Do(ctx, chromedp.Navigate(s.URL+"/articles/"+id)); err != nil {
		t.Fatal(err)
	}
	until(t, ctx, thanked)
	if got := evaluate[string](t, ctx, `scrollY + " " + document.activeElement.tagName`); got != "0 BODY" {
		t.Errorf("an answered page opens at %s", got)
	}
	// One that cannot be read again is not put at risk.
	evaluate[bool](t, ctx, `(window.whole = fetch, window.fetch = () => Promise.reject(new Error("no network")), true)`)
	press(`[...document.querySelectorAll(".status button")].find((b) => b.textContent === "Change my answer")`)
	until(t, ctx, `document.querySelector(".votes").hidden && document.querySelector(".status").textContent.startsWith("That did not arrive")`)
	evaluate[bool](t, ctx, `(window.fetch = whole, true)`)
	press(`[...document.querySelectorAll(".status button")].find((b) => b.textContent === "Undo")`)
	until(t, ctx, `!document.querySelector(".votes").hidden`)
	press(votes(1))
	until(t, ctx, isOpen)
	check("a no again", quoth.FeedbackCount{No: 1})
	press(`[...document.querySelectorAll("dialog button")].find((b) => b.textContent === "Cancel")`)
	until(t, ctx, "!("+isOpen+")")
	check("cancelled, with nothing before", quoth.FeedbackCount{})
	if got := evaluate[string](t, ctx, `document.activeElement.textContent`); got != "No" {
		t.Errorf("after Cancel the focus is on %q", got)
	}
}

// The dialog says what is wrong with an answer, and no longer than it is.
func TestDialogSaysWhatIsWrong(t *testing.T) {
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	s := serve(t, func(c *ServeCmd) { c.now, c.AnswerLimit = func() time.Time { return now }, 4 })
	at := s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")
	id := at[strings.LastIndexByte(at, '/')+1:]
	ctx := browser(t, 390)
	if err := chromedp.Do(ctx, chromedp.Navigate(s.URL+"/articles/"+id), chromedp.WaitVisible(".votes")); err != nil {
		t.Fatal(err)
	}
	evaluate[bool](t, ctx, `(document.querySelectorAll(".votes button")[1].click(), performance.now = () => 1e6, true)`)
	const errorText = `document.querySelector("dialog .error").textContent`
	for _, c := range []struct{ what, do, want string }{
		{"no reason", ``, "Please choose a reason."},
		{"other without words", `f.querySelector("[value=other]").click()`, "Please tell us what it is."},
		{"no address", `f.querySelector("[value=incorrect]").click(); f.source.value = "not a url"`, "The address cannot be read. Please write it whole, as https://paper.example/page."},
		{"an address without its beginning", `f.source.value = "paper.example/page"`, "The address cannot be read. Please write it whole, as https://paper.example/page."},
	} {
		evaluate[bool](t, ctx, `{ const f = document.querySelector("dialog form"); `+c.do+`; f.requestSubmit(); true }`)
		if got := evaluate[string](t, ctx, errorText); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
	evaluate[bool](t, ctx, `(document.querySelector("dialog [value=hateful]").click(), true)`)
	if got := evaluate[string](t, ctx, errorText); got != "" {
		t.Errorf("a reason is chosen, and it says %q", got)
	}
	for range 4 {
		s.do("PUT", "/api/v1/feedback/"+newReceipt(), fmt.Sprintf(`{"kind":"article","target":%q,"vote":"yes"}`, id), "User-Agent", evaluate[string](t, ctx, "navigator.userAgent"))
	}
	evaluate[bool](t, ctx, `(document.querySelector("dialog form").requestSubmit(), true)`)
	until(t, ctx, errorText+`.startsWith("Too many answers came from here")`)
}

// TestPagesFitTheScreen looks at every kind of page at the width of a phone: nothing
// reaches over its side, and everything that can be pressed is large enough.
func TestPagesFitTheScreen(t *testing.T) {
	s := serve(t, nil)
	town(s)
	s.add(supposed, "https://herald.example/supposed", "2026-04-17")
	var list quoth.Answer[quoth.Recorded]
	s.get("/api/v1/statements?q=heavier", &list)
	st := list.Items[0]
	for _, width := range []int64{360, 1280} {
		ctx := browser(t, width)
		for name, path := range map[string]string{"front": "/", "search": "/search?q=bridge", "all": "/search", "articles": "/articles?from=2026", "people": "/people", "person": "/people/zoe-hale", "pair": "/people/eric-moss/and/zoe-hale", "article": "/articles/" + st.Article.ID,
			"statement": "/statements/" + st.ID, "stories": "/stories", "story": "/stories/" + st.Article.Story, "trending": "/trending", "method": "/method", "privacy": "/privacy", "corrections": "/corrections", "missing": "/nowhere"} {
			if err := chromedp.Do(ctx, chromedp.Navigate(s.URL+path)); err != nil {
				t.Fatal(err)
			}
			if over := evaluate[int](t, ctx, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
				t.Errorf("%s at %d: reaches %d pixels over the side", name, width, over)
			}
			if small := evaluate[string](t, ctx, `[...document.querySelectorAll("button, .button, input, select")].filter((e) => e.offsetParent && e.type !== "hidden" && e.type !== "radio" && e.getBoundingClientRect().height < 24).map((e) => e.outerHTML).join()`); small != "" {
				t.Errorf("%s at %d: too small to press: %s", name, width, small)
			}
			if unnamed := evaluate[string](t, ctx, `[...document.querySelectorAll("a, button")].filter((e) => !e.textContent.trim() && !e.getAttribute("aria-label")).map((e) => e.outerHTML).join()`); unnamed != "" {
				t.Errorf("%s: without a name: %s", name, unnamed)
			}
			if n := evaluate[int](t, ctx, `document.querySelectorAll("h1").length`); n != 1 {
				t.Errorf("%s: %d headings of the first level", name, n)
			}
			shoot(t, ctx, fmt.Sprintf("%s-%d", name, width))
		}
	}
}

// At the width of a phone the words of tables are whole, and no table reaches over the side.
func TestTablesKeepWordsWhole(t *testing.T) {
	s := serveDemo(t)
	ed := newEditor(s, "ed", quoth.DeskEditor)
	st := aStatement(s, "kind:direct")
	ed.corrects(st.ID, "medium", "social-media", "note", "It was posted.")
	ctx := browser(t, 390)
	for kind, path := range demoPages(s) {
		if err := chromedp.Do(ctx, chromedp.Navigate(s.URL+path)); err != nil {
			t.Fatal(err)
		}
		evaluate[bool](t, ctx, `(document.querySelectorAll("details").forEach((d) => { d.open = true; }), true)`)
		if broken := evaluate[string](t, ctx, `(() => {
			const broken = [], range = document.createRange();
			for (const cell of document.querySelectorAll("th, td")) {
				const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
				for (let node; (node = walk.nextNode());) for (const word of node.data.matchAll(/[\p{L}\d]+/gu)) {
					range.setStart(node, word.index);
					range.setEnd(node, word.index + word[0].length);
					if (new Set([...range.getClientRects()].map((r) => r.top)).size > 1) broken.push(word[0]);
				}
			}
			return broken.join(", ");
		})()`); broken != "" {
			t.Errorf("%s: broken in tables: %s", kind, broken)
		}
		if over := evaluate[int](t, ctx, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
			t.Errorf("%s: reaches %d pixels over the side", kind, over)
		}
		shoot(t, ctx, "tables-"+kind)
	}
}

// Without scripts the dialog is a form that does the same, by the keyboard too.
func TestDialogWithoutScripts(t *testing.T) {
	s := serve(t, nil)
	at := s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")
	id := at[strings.LastIndexByte(at, '/')+1:]
	for _, width := range []int64{390, 1280} {
		ctx := browser(t, width)
		err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
			return err
		}), chromedp.Navigate(s.URL+"/articles/"+id), chromedp.WaitVisible(".feedback form"))
		if err != nil {
			t.Fatal(err)
		}
		shoot(t, ctx, fmt.Sprintf("no-script-%d", width))
		if evaluate[bool](t, ctx, `!!document.querySelector(".votes")`) {
			t.Fatal("the page's script runs")
		}
		// From the first radio button: down to "no", on to the reasons, to the fifth, and to Submit.
		evaluate[bool](t, ctx, `(document.querySelector("[name=vote]").focus(), true)`)
		keys := []string{kb.ArrowDown, kb.Tab, kb.ArrowDown, kb.ArrowDown, kb.ArrowDown, kb.ArrowDown, kb.Tab, kb.Tab, kb.Tab, kb.Enter}
		for _, key := range keys {
			if err := chromedp.Do(ctx, chromedp.KeyEvent(key)); err != nil {
				t.Fatal(err)
			}
		}
		until(t, ctx, `location.pathname === "/feedback/thanks"`)
		if c := s.counts(id); c.No != 1 || c.Reasons["ads"] != 1 {
			t.Errorf("%d wide: %+v", width, c)
		}
		evaluate[bool](t, ctx, `(document.querySelector("main button").focus(), true)`)
		if err := chromedp.Do(ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
			t.Fatal(err)
		}
		until(t, ctx, `document.querySelector("h1")?.textContent === "Your answer was taken back"`)
		if c := s.counts(id); c.No != 0 {
			t.Errorf("%d wide, taken back: %+v", width, c)
		}
	}
}
