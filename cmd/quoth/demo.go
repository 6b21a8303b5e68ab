package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"quoth"
	"quoth/demo"
	"quoth/ingest"
)

// demoRecord makes c serve a record in a folder of its own, for the week of package demo;
// remove takes it away.
func (c *ServeCmd) demoRecord() (week demo.Week, remove func(), err error) {
	if c.Record != "" {
		return week, nil, &misuseError{"--demo serves a record of its own", "leave out --record, or --demo"}
	}
	if week, err = demo.Load(); err != nil {
		return week, nil, err
	}
	folder, err := os.MkdirTemp("", "quoth-demo")
	if err != nil {
		return week, nil, fmt.Errorf("make a folder for the demonstration: %w", err)
	}
	c.Record = filepath.Join(folder, "demo.db")
	begun := time.Now()
	// Three days later what readers answered may be told.
	c.now = func() time.Time { return week.End.Add(72*time.Hour + time.Since(begun)) }
	return week, func() { os.RemoveAll(folder) }, nil
}

// fillDemo puts the week into the record by the way that all pages go, and the readers'
// answers after it.
func fillDemo(ctx context.Context, env *Env, s *serving, week demo.Week) error {
	for _, p := range week.Pages {
		article, err := s.extractor.Extract(quoth.RawPage{URL: p.URL, ContentType: "text/html; charset=utf-8", Body: p.HTML})
		if err != nil {
			return fmt.Errorf("read %s: %w", p.URL, err)
		}
		reading, err := analyze(s.analyzer, article)
		if err != nil {
			return fmt.Errorf("read %s: %w", p.URL, err)
		}
		in := &ingest.Ingest{Keeper: s.ingest.Keeper, Linker: s.ingest.Linker, Model: s.ingest.Model, Now: func() time.Time { return p.At }}
		if _, err := in.Put(ctx, []quoth.Reading{reading}, nil); err != nil {
			return err
		}
	}
	var changes []quoth.FeedbackChange
	for _, f := range week.Feedback {
		of, err := answersOf(ctx, s.record, f, week.End)
		if err != nil {
			return err
		}
		for _, c := range of {
			sum := sha256.Sum256(fmt.Append(nil, "demo", len(changes)))
			c.Receipt = hex.EncodeToString(sum[:])
			changes = append(changes, quoth.FeedbackChange{Feedback: c})
		}
	}
	if err := s.record.KeepFeedback(ctx, changes); err != nil || len(week.Pages) == 0 {
		return err
	}
	password := strings.ToLower(rand.Text()[:16])
	env.say("desk", "sign in at /desk as demo with the password "+password)
	return s.desk.AddAccount(ctx, "demo", quoth.DeskEditor, password, operator)
}

// answersOf are the answers that f counts, one every seven minutes from a time on.
func answersOf(ctx context.Context, record quoth.Store, f demo.Feedback, from time.Time) ([]quoth.Feedback, error) {
	kind, target := "article", quoth.ArticleID(quoth.Article{URL: f.URL})
	reading, ref, err := record.Article(ctx, target, 0)
	if err != nil {
		return nil, fmt.Errorf("answers about %s: %w", f.URL, err)
	}
	if f.Words != "" {
		i := slices.IndexFunc(reading.Statements, func(s quoth.Statement) bool { return strings.Contains(s.Content.Text, f.Words) })
		if i < 0 {
			return nil, fmt.Errorf("answers about %q: no statement of %s holds it", f.Words, f.URL)
		}
		kind, target = "statement", reading.Statements[i].ID
	}
	var all []quoth.Feedback
	add := func(n int, vote quoth.Vote, reasons []string, followup string) {
		for i := range n {
			all = append(all, quoth.Feedback{Kind: kind, Target: target, Revision: ref.Revision, Vote: vote, Reasons: reasons, Followup: followup,
				Locale: "en", Surface: "dialog", Weight: 1, Minute: from.Add(time.Duration(i) * 7 * time.Minute).UTC().Truncate(time.Minute)})
		}
	}
	add(f.Yes, quoth.Yes, nil, "")
	for _, key := range slices.Sorted(maps.Keys(f.No)) {
		reason, followup, _ := strings.Cut(key, "/")
		var reasons []string
		if reason != "" {
			reasons = []string{reason}
		}
		add(f.No[key], quoth.No, reasons, followup)
	}
	return all, nil
}

// analyze reads an article, with its background where the analyzer finds any.
func analyze(a quoth.Analyzer, article quoth.Article) (r quoth.Reading, err error) {
	r.Article = article
	if finder, ok := a.(quoth.BackgroundFinder); ok {
		r.Statements, r.Background, err = finder.AnalyzeAll(article)
		return r, err
	}
	r.Statements, err = a.Analyze(article)
	return r, err
}
