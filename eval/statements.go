package eval

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"quoth"
)

// GoldStatement is what gold says of one attribution; "" is "not known".
type GoldStatement struct {
	Attribution quoth.Attribution
	Speaker     string
	SpeakerKind quoth.PartyKind
	Said        string // EDTF
	Medium      string
	Venue       string
	About       []string
	Kind        quoth.Kind
}

// StatementFigures are those of the gold set's own scorer. A gold and a predicted
// statement are the same when their contents share at least half of their joint words.
// Said, Medium and About are over matched statements; SpeakerF1 is end to end.
type StatementFigures struct {
	Articles   int      `json:"articles"`
	Gold       int      `json:"gold"`
	Predicted  int      `json:"predicted"`
	Found      Accuracy `json:"found"`
	Speaker    Accuracy `json:"speaker"`     // of matched ones with a named speaker in gold: the same name
	SpeakerAny Accuracy `json:"speaker_any"` // a shorter form of the name counts too
	SpeakerF1  PRF      `json:"speaker_f1"`
	Said       PRF      `json:"said"`      // the same interval of days
	SaidNear   PRF      `json:"said_near"` // intervals that overlap, lengths no more than 31 days apart
	Medium     PRF      `json:"medium"`    // "unknown" counts as no answer
	Venue      PRF      `json:"venue"`     // names that share a word, articles and prepositions aside
	About      PRF      `json:"about"`     // names
	Kind       Accuracy `json:"kind"`
}

// StatementScore counts article by article. The zero value is ready; one goroutine at a
// time.
type StatementScore struct {
	f                           StatementFigures
	goldNamed, predNamed, toEnd int
	said, near, medium, venue   classCounts
	about                       classCounts
}

// leastShared is the share of their joint words that contents of the same statement have
// in common.
const leastShared = 0.5

// MatchStatements tells for each gold statement which predicted one is the same, -1 for
// none.
func MatchStatements(text string, gold []GoldStatement, predicted []quoth.Statement) []int {
	words := splitWords(text)
	g, p := make([]quoth.Attribution, len(gold)), make([]quoth.Attribution, len(predicted))
	for i := range gold {
		g[i] = gold[i].Attribution
	}
	for i, s := range predicted {
		if s.Content != nil {
			p[i].Content = s.Content.Spans
		}
	}
	partner, overlap := match(words.locate(g), words.locate(p))
	for i := range partner {
		if overlap[i] < leastShared {
			partner[i] = -1
		}
	}
	return partner
}

// Add scores one article.
func (s *StatementScore) Add(text string, gold []GoldStatement, predicted []quoth.Statement) {
	f := &s.f
	f.Articles++
	f.Gold += len(gold)
	f.Predicted += len(predicted)
	for _, p := range predicted {
		s.predNamed += one(isNamed(p.Speaker))
	}
	for i, j := range MatchStatements(text, gold, predicted) {
		g := gold[i]
		hasName := g.Speaker != "" && (g.SpeakerKind == quoth.PersonParty || g.SpeakerKind == quoth.OrganizationParty)
		s.goldNamed += one(hasName)
		f.Found.add(j >= 0)
		if j >= 0 {
			s.add(g, predicted[j], hasName)
		}
	}
}

// add scores a matched pair.
func (s *StatementScore) add(g GoldStatement, p quoth.Statement, hasName bool) {
	f := &s.f
	f.Kind.add(g.Kind == p.Kind)
	if hasName {
		name := ""
		if p.Speaker != nil {
			name = p.Speaker.Name
		}
		isSame := sameParties(g.Speaker, name)
		f.Speaker.add(isSame)
		f.SpeakerAny.add(isSame || nearParties(g.Speaker, name))
		s.toEnd += one(isSame && isNamed(p.Speaker))
	}
	edtf := ""
	if p.Said != nil {
		edtf = p.Said.EDTF
	}
	a, b := intervalOf(g.Said), intervalOf(edtf)
	count(&s.said, g.Said != "", edtf != "", b.isValid && a == b)
	count(&s.near, g.Said != "", edtf != "", a.isNear(b))
	gm, pm := known(g.Medium), known(p.Medium)
	count(&s.medium, gm != "", pm != "", gm == pm)
	venue := ""
	if p.Venue != nil {
		venue = p.Venue.Name
	}
	count(&s.venue, g.Venue != "", venue != "", shareWord(g.Venue, venue))
	s.addAbout(g.About, p.About)
}

// count adds one answer to c.
func count(c *classCounts, inGold, inPredicted, isRight bool) {
	c.gold += one(inGold)
	c.predicted += one(inPredicted)
	c.right += one(inGold && inPredicted && isRight)
}

func known(medium string) string {
	if medium == quoth.UnknownMedium {
		return ""
	}
	return medium
}

func (s *StatementScore) addAbout(gold []string, predicted []quoth.Party) {
	g, p := map[string]bool{}, map[string]bool{}
	for _, name := range gold {
		g[nameKey(name)] = true
	}
	for _, party := range predicted {
		p[nameKey(party.Name)] = true
	}
	delete(g, "")
	delete(p, "")
	s.about.gold += len(g)
	s.about.predicted += len(p)
	for name := range p {
		s.about.right += one(g[name])
	}
}

// Figures returns the figures so far.
func (s *StatementScore) Figures() StatementFigures {
	f := s.f
	f.SpeakerF1 = newPRF(s.toEnd, s.predNamed, s.goldNamed)
	prf := func(c classCounts) PRF { return newPRF(c.right, c.predicted, c.gold) }
	f.Said, f.SaidNear, f.Medium, f.Venue, f.About = prf(s.said), prf(s.near), prf(s.medium), prf(s.venue), prf(s.about)
	return f
}

func isNamed(p *quoth.Speaker) bool {
	return p != nil && (p.Kind == quoth.PersonParty || p.Kind == quoth.OrganizationParty)
}

// titles are the words of a name that its comparison leaves aside.
var titles = setOf(`mr mrs ms miss dr prof sir dame lord lady sen senator rep representative gov governor president vice mayor judge justice
	king queen prince princess secretary former the st rev pope cardinal gen general col colonel capt captain lt sgt detective
	officer chief chairman chairwoman attorney ambassador minister jr sr ii iii iv`)

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// nameWords are the words that make a name: no titles, no middle initials.
func nameWords(name string) []string {
	name = strings.ToLower(name)
	name = strings.NewReplacer("'s", "", "’s", "").Replace(name)
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	var core []string
	for _, w := range words {
		if !titles[w] {
			core = append(core, w)
		}
	}
	if len(core) > 2 {
		kept := core[:1:1]
		for _, w := range core[1 : len(core)-1] {
			if len([]rune(w)) > 1 {
				kept = append(kept, w)
			}
		}
		core = append(kept, core[len(core)-1])
	}
	if len(core) == 0 {
		return words
	}
	return core
}

func nameKey(name string) string { return strings.Join(nameWords(name), " ") }

// parties are the keys of the joint speakers of name.
func parties(name string) map[string]bool {
	m := map[string]bool{}
	for part := range strings.SplitSeq(name, " & ") {
		if k := nameKey(part); k != "" {
			m[k] = true
		}
	}
	return m
}

func sameParties(a, b string) bool {
	x, y := parties(a), parties(b)
	if len(x) != len(y) || len(x) == 0 {
		return false
	}
	for k := range x {
		if !y[k] {
			return false
		}
	}
	return true
}

// nearParties reports whether the words of one name are all among those of the other.
func nearParties(a, b string) bool {
	for x := range parties(a) {
		for y := range parties(b) {
			if within(x, y) || within(y, x) {
				return true
			}
		}
	}
	return false
}

func within(a, b string) bool {
	has := setOf(b)
	for w := range strings.FieldsSeq(a) {
		if !has[w] {
			return false
		}
	}
	return true
}

// shareWord reports whether two venues have a word of content in common.
func shareWord(a, b string) bool {
	has := setOf(strings.ToLower(a))
	for w := range strings.FieldsSeq(strings.ToLower(b)) {
		if len(w) > 3 && has[w] {
			return true
		}
	}
	return a == b
}

// days is a stretch of days, from the first to the last, open where a bound is zero.
type days struct {
	first, last time.Time
	isValid     bool
}

// intervalOf reads an EDTF date or interval, days{} when it is none.
func intervalOf(edtf string) days {
	if edtf == "" {
		return days{}
	}
	a, b, isInterval := strings.Cut(edtf, "/")
	if !isInterval {
		b = a
	}
	first, ok1 := boundOf(a, false)
	last, ok2 := boundOf(b, true)
	if !ok1 || !ok2 {
		return days{}
	}
	return days{first, last, true}
}

// boundOf is the first or last day of an EDTF date, the zero time for an open end.
func boundOf(s string, isLast bool) (time.Time, bool) {
	s = strings.TrimRight(strings.TrimSpace(s), "~?%")
	if s == "" || s == ".." {
		return time.Time{}, true
	}
	s, _, _ = strings.Cut(s, "T")
	var n []int
	for p := range strings.SplitSeq(s, "-") {
		x, err := strconv.Atoi(p)
		if err != nil {
			return time.Time{}, false
		}
		n = append(n, x)
	}
	switch {
	case len(n) == 1 && isLast:
		return time.Date(n[0], 12, 31, 0, 0, 0, 0, time.UTC), true
	case len(n) == 1:
		return time.Date(n[0], 1, 1, 0, 0, 0, 0, time.UTC), true
	case n[1] < 1 || n[1] > 12:
		return time.Time{}, false
	case len(n) == 2 && isLast:
		return time.Date(n[0], time.Month(n[1])+1, 0, 0, 0, 0, 0, time.UTC), true
	case len(n) == 2:
		return time.Date(n[0], time.Month(n[1]), 1, 0, 0, 0, 0, time.UTC), true
	case len(n) == 3:
		return time.Date(n[0], time.Month(n[1]), n[2], 0, 0, 0, 0, time.UTC), true
	}
	return time.Time{}, false
}

// maxApart is by how much the lengths of near intervals may differ.
const maxApart = 31 * 24 * time.Hour

// isNear reports whether a and b overlap and are about as long.
func (a days) isNear(b days) bool {
	if !a.isValid || !b.isValid {
		return false
	}
	a, b = a.closed(), b.closed()
	return !a.first.After(b.last) && !b.first.After(a.last) && (a.last.Sub(a.first)-b.last.Sub(b.first)).Abs() <= maxApart
}

// closed puts the ends of the calendar for open bounds.
func (a days) closed() days {
	if a.first.IsZero() {
		a.first = time.Date(1800, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if a.last.IsZero() {
		a.last = time.Date(2080, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	return a
}
