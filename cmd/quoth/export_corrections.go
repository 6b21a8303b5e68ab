package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"quoth"
)

// corrections writes every article that editors corrected, as quoth read does, with what
// they corrected: gold for quoth eval and quoth train. What may not be shown is left out.
func (c *ExportCmd) corrections(ctx context.Context, w io.Writer, store quoth.Store) error {
	type state struct {
		article  string
		revision int
	}
	var order []state
	of := map[state][]quoth.Correction{}
	redacted := map[string]bool{} // statements; what was corrected in them before tells their words too
	for q := (quoth.CorrectionQuery{State: quoth.Accepted, Limit: quoth.MaxLimit}); ; {
		list, err := store.Corrections(ctx, q)
		if err != nil {
			return err
		}
		for _, c := range list {
			q.Before = c.ID
			redacted[c.Statement] = redacted[c.Statement] || c.Kind == quoth.Redaction
			if redacted[c.Statement] || c.Kind == quoth.Clarification {
				continue
			}
			at := state{c.Article, c.Revision}
			if of[at] == nil {
				order = append(order, at)
			}
			of[at] = append(of[at], c)
		}
		if len(list) < quoth.MaxLimit {
			break
		}
	}
	for _, at := range slices.Backward(order) {
		r, _, err := store.Article(ctx, at.article, at.revision)
		if err != nil {
			return err
		}
		line, err := correctedLine(r, of[at])
		if err != nil {
			return fmt.Errorf("write article %s: %w", at.article, err)
		}
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	return nil
}

// correctedLine is an article as a line of JSON, with its corrections, the oldest first.
func correctedLine(r quoth.Reading, list []quoth.Correction) ([]byte, error) {
	slices.Reverse(list)
	article, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	corrections, err := json.Marshal(list)
	if err != nil {
		return nil, err
	}
	// The article is an object that is not empty: one field more goes before its end.
	line := append(bytes.TrimSuffix(article, []byte("}")), `,"corrections":`...)
	return append(append(line, corrections...), "}\n"...), nil
}
