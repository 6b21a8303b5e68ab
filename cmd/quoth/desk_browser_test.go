package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"quoth"
	"quoth/feedback"
)

// signIn signs a browser in by the keyboard.
func signIn(t *testing.T, ctx context.Context, s *testServer, name string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate(s.URL+"/desk"), chromedp.WaitVisible("input[name=name]")); err != nil {
		t.Fatal(err)
	}
	evaluate[bool](t, ctx, `(document.querySelector("input[name=name]").focus(), true)`)
	if err := chromedp.Do(ctx, chromedp.KeyEvent(name), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(deskPassword), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(".cases")); err != nil {
		t.Fatal(err)
	}
}

// An editor corrects a statement by keys alone: through the queue into the case, the words
// selected in the article and put into the form, and the case closed.
func TestDeskByKeyboard(t *testing.T) {
	for _, width := range []int64{390, 1280} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			s := serve(t, nil)
			town(s)
			st := aStatement(s, "coward")
			complain(s, st.ID, 1, feedback.Answer{Reasons: []string{feedback.Incorrect}, Followup: "words", Text: "He said less."})
			if err := s.served.desk.AddAccount(t.Context(), "ed", quoth.DeskEditor, deskPassword, "test"); err != nil {
				t.Fatal(err)
			}
			ctx := browser(t, width)
			signIn(t, ctx, s, "ed")
			key := func(keys string, opts ...chromedp.KeyOption) {
				t.Helper()
				if err := chromedp.Do(ctx, chromedp.KeyEvent(keys, opts...)); err != nil {
					t.Fatal(err)
				}
			}
			key("j")
			until(t, ctx, `document.activeElement.matches(".cases a.open")`)
			shoot(t, ctx, fmt.Sprintf("desk-%d", width))
			key(kb.Enter)
			until(t, ctx, `location.pathname.startsWith("/desk/cases/") && document.readyState === "complete"`)
			shoot(t, ctx, fmt.Sprintf("case-new-%d", width))
			key("c")
			until(t, ctx, `document.querySelector("h1 + p")?.textContent.includes("in-progress by ed") && document.readyState === "complete"`)
			key("e")
			until(t, ctx, `location.pathname.startsWith("/desk/statements/") && !!document.getElementById("article-text") && document.readyState === "complete"`)
			shoot(t, ctx, fmt.Sprintf("edit-%d", width))
			// From the end of the article back to the quotation, and over its words.
			evaluate[bool](t, ctx, `(() => { const a = document.getElementById("article-text"); a.focus(); a.setSelectionRange(a.value.indexOf("a coward"), a.value.indexOf("a coward")); return true; })()`)
			for range len("a coward") {
				key(kb.ArrowRight, chromedp.KeyModifiers(kb.ModifierShift))
			}
			evaluate[bool](t, ctx, `(document.querySelector("[data-put=content]:not([data-more])").focus(), true)`)
			key(kb.Enter)
			content := evaluate[string](t, ctx, `document.querySelector("[name=content]").value`)
			start := strings.Index(bridgeText, "a coward")
			if want := fmt.Sprintf("[%d-%d] a coward", start, start+len("a coward")); content != want {
				t.Fatalf("put: %q, want %q", content, want)
			}
			evaluate[bool](t, ctx, `(document.querySelector("[name=note]").focus(), true)`)
			key("He called Hale so, and no more.")
			evaluate[bool](t, ctx, `(document.querySelector("[value=preview]").focus(), true)`)
			key(kb.Enter)
			until(t, ctx, `!!document.getElementById("preview") && document.readyState === "complete"`)
			shoot(t, ctx, fmt.Sprintf("preview-%d", width))
			evaluate[bool](t, ctx, `(document.querySelector("[value=correct]").focus(), true)`)
			key(kb.Enter)
			until(t, ctx, `location.pathname.startsWith("/desk/cases/") && !!document.querySelector(".correction") && document.readyState === "complete"`)
			key("x")
			until(t, ctx, `document.activeElement.name === "outcome"`)
			for range 3 { // up from "declined", which is chosen at first
				key(kb.ArrowUp)
			}
			if got := evaluate[string](t, ctx, `document.activeElement.value`); got != "corrected" {
				t.Fatalf("the outcome is %q", got)
			}
			key(kb.Tab)
			key("He said less than that.")
			key(kb.Tab)
			key(kb.Enter)
			until(t, ctx, `document.querySelector("h1 + p")?.textContent.includes("closed by ed: corrected")`)
			shoot(t, ctx, fmt.Sprintf("case-closed-%d", width))
			if now := aStatement(s, "coward"); now.Content.Text != "a coward" {
				t.Errorf("corrected: %q", now.Content.Text)
			}
		})
	}
}

// axe-core finds nothing on the pages of the desk either, and they fit a phone.
func TestDeskAccessibility(t *testing.T) {
	axe := axeCore(t)
	s := serveDemo(t)
	if err := s.served.desk.AddAccount(t.Context(), "ed", quoth.DeskEditor, deskPassword, "test"); err != nil {
		t.Fatal(err)
	}
	if err := s.served.desk.Gather(t.Context()); err != nil {
		t.Fatal(err)
	}
	cases, err := s.store.Cases(t.Context(), quoth.CaseQuery{})
	if err != nil || len(cases.Items) == 0 {
		t.Fatalf("the week opens no case: %v", err)
	}
	statement := ""
	for _, c := range cases.Items {
		if c.Kind == "statement" {
			statement = c.Target
		}
	}
	pages := map[string]string{"desk": "/desk", "case": "/desk/cases/" + cases.Items[0].ID, "edit": "/desk/statements/" + statement, "desk-person": "/desk/people/mara-lindqvist", "audit": "/desk/audit", "account": "/desk/account", "read": "/desk/read",
		"reply": "/statements/" + statement + "/reply", "notice": "/statements/" + statement + "/notice", "letter-thanks": "/letters/thanks?reference=x", "sign-in": "/desk/sign-in"}
	for _, width := range []int64{390, 1280} {
		ctx := browser(t, width)
		signIn(t, ctx, s, "ed")
		for _, theme := range []string{"light", "dark"} {
			setTheme(t, ctx, theme)
			for name, path := range pages {
				if err := chromedp.Do(ctx, chromedp.Navigate(s.URL+path)); err != nil {
					t.Fatal(err)
				}
				if v := violations(t, ctx, axe); v != "" {
					t.Errorf("%s, %s, %d wide:\n%s", name, theme, width, v)
				}
				if over := evaluate[int](t, ctx, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
					t.Errorf("%s at %d: reaches %d pixels over the side", name, width, over)
				}
				if theme == "light" {
					shoot(t, ctx, fmt.Sprintf("%s-%d", name, width))
				}
			}
		}
	}
}
