package render

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"quoth"
)

// thing is a JSON-LD node.
type thing map[string]any

// appendJSONLD writes r as one line of schema.org JSON-LD: a NewsArticle whose parts
// are its quotations, the words as text, the speaker as creator (spokenByCharacter is for
// fiction), and the day as dateCreated. What nobody is said to have said, and what is told in
// the reporter's words, is no quotation of the speaker's, and schema.org has nothing else for
// it: "she denied that …" would be read as her words.
func appendJSONLD(b *bytes.Buffer, r quoth.Reading) error {
	a := r.Article
	article := thing{"@context": "https://schema.org", "@type": "NewsArticle", "identifier": a.ID}
	set(article, "url", a.URL)
	set(article, "headline", a.Title)
	set(article, "inLanguage", a.Language)
	set(article, "datePublished", a.Published.EDTF)
	if a.Site != "" {
		article["publisher"] = thing{"@type": "Organization", "name": a.Site}
	}
	if len(a.Bylines) > 0 {
		authors := make([]thing, len(a.Bylines))
		for i, name := range a.Bylines {
			authors[i] = thing{"@type": "Person", "name": name}
		}
		article["author"] = authors
	}
	quotations := []thing{}
	for i := range r.Statements {
		if s := &r.Statements[i]; s.IsFactual() && s.Kind != quoth.Indirect {
			quotations = append(quotations, quotation(s))
		}
	}
	article["hasPart"] = quotations
	return encode(b, article, "")
}

// quotation is a statement in schema.org's words.
func quotation(s *quoth.Statement) thing {
	q := thing{"@type": "Quotation", "identifier": s.ID, "text": contentText(s), "additionalType": string(s.Kind)}
	if s.Speaker != nil {
		speaker := thing{"@type": schemaType(s.Speaker.Kind), "name": s.Speaker.Name}
		set(speaker, "identifier", s.Speaker.ID)
		q["creator"] = speaker
	}
	if s.Said != nil && !strings.Contains(s.Said.EDTF, "/") { // an interval is no schema.org Date
		set(q, "dateCreated", s.Said.EDTF)
	}
	var about []thing
	for _, p := range s.About {
		about = append(about, thing{"@type": schemaType(p.Kind), "name": p.Name})
	}
	if len(about) > 0 {
		q["about"] = about
	}
	return q
}

func schemaType(k quoth.PartyKind) string {
	switch k {
	case quoth.PersonParty:
		return "Person"
	case quoth.OrganizationParty:
		return "Organization"
	case quoth.DocumentParty:
		return "CreativeWork"
	}
	return "Thing"
}

// set enters value unless it is not known.
func set(t thing, key, value string) {
	if value != "" {
		t[key] = value
	}
}

// contextChars is how many characters stand before and after the words in a
// TextQuoteSelector, enough to find them again in a changed page.
const contextChars = 32

// appendAnnotations writes each statement of r as one line, a W3C Web Annotation: the
// words and their place by TextQuoteSelector and TextPositionSelector (in code
// points), the speaker and the kind in the bodies.
func appendAnnotations(b *bytes.Buffer, r quoth.Reading) error {
	points := newPointCounter(r)
	for i := range r.Statements {
		s := &r.Statements[i]
		if s.Content == nil {
			continue // it has no place in the page
		}
		annotation := thing{
			"@context":   "http://www.w3.org/ns/anno.jsonld",
			"id":         "urn:quoth:" + r.Article.ID + ":" + s.ID,
			"type":       "Annotation",
			"motivation": "identifying",
			"body":       annotationBodies(s),
			"target":     annotationTargets(r.Article, s, points),
		}
		if err := encode(b, annotation, ""); err != nil {
			return err
		}
	}
	return nil
}

// annotationBodies tell the kind, that it was not said or might not have been, who is said to
// say it and by which word.
func annotationBodies(s *quoth.Statement) []thing {
	bodies := []thing{{"type": "TextualBody", "purpose": "classifying", "value": string(s.Kind)}}
	if !s.IsFactual() {
		bodies = append(bodies, thing{"type": "TextualBody", "purpose": "classifying", "value": string(s.Factuality)})
	}
	if s.Speaker != nil {
		bodies = append(bodies, thing{"type": "TextualBody", "purpose": "identifying", "value": s.Speaker.Name})
	}
	if s.Cue != nil {
		bodies = append(bodies, thing{"type": "TextualBody", "purpose": "describing", "value": s.Cue.Text})
	}
	return bodies
}

// annotationTargets is one target per piece of the content.
func annotationTargets(a quoth.Article, s *quoth.Statement, points *pointCounter) []thing {
	source := a.URL
	if source == "" {
		source = "urn:quoth:" + a.ID
	}
	var targets []thing
	for _, span := range s.Content.Spans {
		targets = append(targets, thing{
			"source": source,
			"selector": []thing{
				{"type": "TextQuoteSelector", "exact": span.In(a.Text),
					"prefix": before(a.Text, span.Start), "suffix": after(a.Text, span.End)},
				{"type": "TextPositionSelector", "start": points.at(span.Start), "end": points.at(span.End)},
			},
		})
	}
	return targets
}

// before returns the last contextChars characters of text before offset.
func before(text string, offset int) string {
	start := offset
	for range contextChars {
		_, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
	}
	return text[start:offset]
}

// after returns the first contextChars characters of text from offset.
func after(text string, offset int) string {
	end := offset
	for range contextChars {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	return text[offset:end]
}
