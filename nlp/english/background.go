package english

import (
	"strconv"

	"quoth"
	"quoth/nlp"
)

// background finds the dated sentences of the reporter's own about people: those of the
// running text outside quotation marks in which nobody is quoted or said to think, that
// tell a day, month or year up to the day of the article, and name a person, or refer to
// one, who speaks or is named elsewhere in the article.
func background(d *nlp.Doc, article quoth.Article) []quoth.Background {
	var out []quoth.Background
	if len(d.Timexes) == 0 {
		return nil
	}
	var credit *string
	if article.Site != "" {
		credit = &article.Site
	}
	taken := attributed(d)
	parties := clusterOf(d)
	x := 0
	for _, s := range d.Sentences {
		first := x
		for x < len(d.Timexes) && d.Timexes[x].First < s.Past {
			x++
		}
		if first == x || !isReporting(d, s, taken) {
			continue
		}
		when := dated(d, d.Timexes[first:x])
		about := people(d, s, parties)
		if when == nil || len(about) == 0 {
			continue
		}
		evidence, span := d.Span(when.TokenRange), d.Span(s.TokenRange)
		out = append(out, quoth.Background{
			ID: "b" + strconv.Itoa(len(out)+1), Span: span, Text: span.In(d.Text),
			When:  quoth.Said{EDTF: when.EDTF, Evidence: evidence, Text: evidence.In(d.Text)},
			About: about, Credit: credit,
		})
	}
	return out
}

// attributed tells of every token whether it is part of an attribution.
func attributed(d *nlp.Doc) []bool {
	taken := make([]bool, len(d.Tokens))
	for _, at := range d.Attributions {
		for _, role := range [][]nlp.TokenRange{at.Source, at.Cue, at.Content} {
			for _, r := range role {
				for t := r.First; t < r.Past; t++ {
					taken[t] = true
				}
			}
		}
	}
	return taken
}

// clusterOf gives for every token 1 + the cluster of the mention that it is in.
func clusterOf(d *nlp.Doc) []int32 {
	of := make([]int32, len(d.Tokens))
	for c, cluster := range d.Clusters {
		fillRanges(of, cluster.Mentions, int32(c+1))
	}
	return of
}

// isReporting reports whether sentence s is the reporter's own: in the running text, with a
// verb, outside quotation marks and attributions.
func isReporting(d *nlp.Doc, s nlp.Sentence, taken []bool) bool {
	if s.Block < len(d.Blocks) && (!d.Blocks[s.Block].Kind.IsBody() || d.Blocks[s.Block].Kind == quoth.Heading) {
		return false
	}
	hasVerb := false
	for t := s.First; t < s.Past; t++ {
		if taken[t] || d.Tokens[t].Depth > 0 {
			return false
		}
		hasVerb = hasVerb || d.UPOS[t] == nlp.VERB || d.UPOS[t] == nlp.AUX
	}
	return hasVerb
}

// dated is the first expression that names a day, month or year that has begun by the day
// of the document, nil when there is none.
func dated(d *nlp.Doc, timexes []nlp.Timex) *nlp.Timex {
	for i := range timexes {
		x := &timexes[i]
		isDate := x.EDTF != "" && (x.Type == nlp.DateTimex || x.Type == nlp.TimeTimex)
		if isDate && !isAdrift(d, x.TokenRange) && (d.DCT.IsZero() || !startsAfter(x.EDTF, d.DCT)) {
			return x
		}
	}
	return nil
}

// people are the persons that sentence s names or refers to, in order, each once.
func people(d *nlp.Doc, s nlp.Sentence, of []int32) []quoth.Party {
	var out []quoth.Party
	seen := map[int32]bool{}
	for t := s.First; t < s.Past; t++ {
		c := of[t] - 1
		if c < 0 || seen[c] || d.Clusters[c].Kind != quoth.PersonParty {
			continue
		}
		seen[c] = true
		out = append(out, quoth.Party{Name: d.Clusters[c].Name, Kind: d.Clusters[c].Kind, ID: partyID(c)})
	}
	return out
}
