package api

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"quoth"
)

// fieldDocs are what the description says of the fields of a type, by their names in JSON. What
// a field is in full stands in docs/reading.md.
var fieldDocs = map[reflect.Type]map[string]string{
	reflect.TypeFor[quoth.Statement](): {
		"id":         "the same as long as the article has these words",
		"kind":       "direct: all of the content stands in quotation marks; indirect: none of it; mixed. \"\" once withdrawn",
		"source":     "the words that name who speaks; null when the sentence has none",
		"cue":        "the words that say that it is said, such as \"denied\"; null without any. Content without its cue may mean the opposite",
		"content":    "what is said; null once withdrawn",
		"speaker":    "whom the article attributes it to; null when it does not tell",
		"said":       "when it was said; null when the article does not tell. The day of printing is article.published",
		"medium":     strings.Join(quoth.Media(), ", "),
		"venue":      "the named channel or place; null when none is named",
		"about":      "whom the content speaks of, the most important first",
		"addressee":  "whom the words were addressed to; absent when the article names nobody",
		"continues":  "ID of the statement that this one goes on from, or null",
		"repeats":    "ID of the statement of the body whose words this one repeats, or null",
		"confidence": "0 to 1: that source, cue and content are right together; of speaker, day, medium and venue it says nothing",
		"factuality": "factual; negated, hypothetical and questioned are no claim that anybody said so",
	},
	reflect.TypeFor[quoth.Recorded](): {
		"article":      "where it stands",
		"saying":       "ID of the saying, whose occurrences /api/v1/sayings/{id} lists",
		"occurrences":  "how many statements the saying has, this one among them",
		"revision":     "of the article, the newest that has the statement",
		"version":      "of the statement, for an edit; only where one is asked for by its ID",
		"highlights":   "what a search found: spans of content.text, in bytes from its beginning",
		"without_page": "IDs in it of people who have no page, by an editor's decision",
		"withdrawn":    "why an editor took it away; of such a statement only id and article are there",
	},
	reflect.TypeFor[quoth.Role]():      {"spans": "places in the article's text", "text": "the bytes of the spans, joined by \" … \""},
	reflect.TypeFor[quoth.Said]():      {"edtf": "a day, month, year or interval (EDTF level 0)", "evidence": "where the article tells it", "text": "the words that tell it"},
	reflect.TypeFor[quoth.Venue]():     {"name": "as the article has it", "span": "where it stands"},
	reflect.TypeFor[quoth.Speaker]():   {"name": "the fullest that the article gives", "kind": partyKinds, "mention": "what the statement calls them, such as \"he\"", "id": partyID},
	reflect.TypeFor[quoth.Party]():     {"name": "the fullest that the article gives", "kind": partyKinds, "id": partyID, "stance": "how the words sound towards them; mostly absent, which is not neutral"},
	reflect.TypeFor[quoth.Addressee](): {"name": "the fullest that the article gives", "kind": partyKinds, "id": partyID, "span": "what the article calls them there"},
	reflect.TypeFor[quoth.Stance]():    {"label": "critical, neutral or supportive: a model's estimate, no verdict", "confidence": "0 to 1"},
	reflect.TypeFor[quoth.ArticleRef](): {
		"id": "of the article", "url": "where it was printed; absent when not known", "site": "the outlet; absent when the page names none", "title": "absent when there is none",
		"published": "day of printing (EDTF); absent when not known", "story": "ID of the story it is a copy of", "revision": "state of the page that is meant, from 1", "revisions": "how many states there are", "statements": "how many the newest has",
	},
	reflect.TypeFor[quoth.Person](): {
		"id": "of the person in the record", "name": "the fullest that articles give", "kind": "person or organization", "aliases": "names that articles call them by, the most frequent first", "links": "identifiers elsewhere",
		"statements": "how many they make", "about": "how many are about them", "articles": "how many name them", "merged_into": "ID of the person that this one is", "hidden": "why there is no page", "reason": "not used in answers of the API",
	},
	reflect.TypeFor[quoth.Alias](): {"name": "as an article has it", "articles": "how many call them so", "evidence": "ID of one of these articles"},
	reflect.TypeFor[quoth.Facets](): {
		"total": "statements found, or counted when is_more", "is_more": "there are more: the newest were counted", "speaker": "the ten most frequent", "about": "the ten most frequent", "outlet": "the ten most frequent",
		"medium": "the ten most frequent", "kind": "all", "year": "of saying, of those whose day is known",
	},
	reflect.TypeFor[quoth.Facet]():  {"value": "ID or name to ask for", "name": "of the person, where value is an ID", "count": "statements"},
	reflect.TypeFor[quoth.Circle](): {"speaks_of": "whom their newest statements are about", "spoken_by": "who makes the newest statements about them"},
	reflect.TypeFor[quoth.Trend](): {
		"id": "of the person or the story", "name": "or title", "kind": "person, organization or story", "count": "articles in the days; of a story outlets", "usual": "to be expected in as many days, by the four weeks before",
		"burst": "(count − usual) / √(usual + 1)",
	},
	reflect.TypeFor[quoth.Story](): {"id": "that of its first article", "title": "of the first article", "published": "day of its first printing (EDTF), \"\" when not known", "articles": "the first first"},
	reflect.TypeFor[quoth.Change](): {
		"id": "number of the change", "at": "when", "actor": "account of the editor", "action": "merge, split, rename or hide", "person": "ID of who it was done to", "other": "ID of whom they were merged with or split from, or the name before",
		"note": "why", "undone": "it holds no more", "undone_at": "when it was undone; absent while it holds", "without_page": "whoever it was done to has no page, by an editor's decision",
	},
	reflect.TypeFor[quoth.Correction](): {
		"id": "number of the correction", "statement": "ID of the statement", "article": "ID of its article", "revision": "of the article, that was corrected", "kind": "correction, clarification, retraction or redaction", "state": "accepted, or undone when it holds no more",
		"fields": "those that differ", "was": "before; null when the words may not be shown", "is": "after; null when the statement was taken away", "note": "what and why", "case": "ID of the case", "actor": "account of the editor", "approver": "account of the second editor", "at": "when", "undone_at": "when it was undone; absent while it holds",
	},
	reflect.TypeFor[quoth.Revision](): {"number": "from 1", "hash": "of the text", "model": "that read it", "at": "when it was read", "title": "of the article then"},
	reflect.TypeFor[Published]():      {"edtf": "null when not known", "from": "where the page tells it; flag: it was given with the page", "confidence": "0 to 1", "time": "with the time of day, in the page's zone, or null"},
	reflect.TypeFor[Block]():          {"kind": "paragraph, heading, quote, list, headline, byline, … advertisement and other furniture", "span": "of the article's text", "text": "the bytes of the span"},
	reflect.TypeFor[quoth.Background](): {
		"id": "b1, b2 … in the order of the text", "span": "of the article's text", "text": "one sentence of the reporter's own", "when": "the day, month or year that it tells", "about": "people whom it tells of", "credit": "the outlet, null when not known",
	},
	reflect.TypeFor[quoth.Facts](): {
		"words": "of body blocks", "statements": "how many there are", "named_sources": "distinct people and organizations that speak", "anonymous_sources": "distinct speakers who are deliberately not named",
		"quoted_share": "0 to 1: words of the body in quotation marks inside a statement", "undated_statements": "statements whose day is not known", "advertisements": "blocks of them", "headline_quote": "verbatim, altered, absent or none: whether the body has what the headline quotes",
	},
	reflect.TypeFor[Reading](): {
		"id": "of the article", "url": "the canonical address", "site": "the outlet", "title": "the headline", "bylines": "who signs", "roles": "what those who sign are, in the page's words", "agencies": "news agencies that sign with them",
		"section": "of the outlet", "language": "as the page names it, or by its words", "published": "day of printing", "updated": "of the last change", "paywall": "none, metered or locked", "unit": "of all spans",
		"blocks": "in order, disjoint", "statements": "by where their content begins", "background": "dated sentences of the reporter's own", "facts": "counts",
	},
}

// What is told of several types.
const (
	partyKinds = "person, organization, group, anonymous or document"
	partyID    = "of the person in the record, \"\" when it is nobody of the record's; in a reading that is not kept p1, p2 …"
)

// explainFields writes what the fields of t are into its schema.
func explainFields(schema *huma.Schema, t reflect.Type) {
	if t.Kind() != reflect.Struct {
		return
	}
	for i := range t.NumField() {
		if f := t.Field(i); f.Anonymous {
			explainFields(schema, f.Type)
		}
	}
	docs := fieldDocs[t]
	for _, name := range slices.Sorted(maps.Keys(docs)) {
		if p := schema.Properties[name]; p != nil {
			schema.Properties[name] = explained(p, docs[name])
		}
	}
}

// explained is a property with what it is. Properties that only refer to a schema get one of
// their own, for the schema is others' too.
func explained(p *huma.Schema, doc string) *huma.Schema {
	if p.Ref == "" {
		p.Description = doc
		return p
	}
	return &huma.Schema{Ref: p.Ref, Description: doc}
}
