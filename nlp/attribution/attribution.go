// Package attribution finds who says what: attribution relations of source, cue and
// content (Pareti 2016).
//
// It reads nlp.Tokens, nlp.Sentences, nlp.Tags, nlp.Lemmas, nlp.Heads and nlp.Mentions
// and provides nlp.Attributions. A convolutional network (nlp/neural) reads the words, and two
// conditional random fields (nlp/linear.Chain) know what it makes of them. The first labels
// every token once, as source, cue or content of whatever attribution. Its cues are kept; the
// second is run once for every cue, as predicates are in semantic role labelling, and labels the source and the content of that cue in the
// tokens around it, knowing how likely the first chain found each role there (stacking,
// Wolpert 1992). So every piece is linked to its cue by construction, and the way through
// the syntax tree from cue to token is evidence. A log-linear model chooses between the
// best few analyses of each cue and none. A cue for which no
// content is found is no attribution. The package does no I/O and knows no language but for
// the few words in english.go; those that make a cue are learned.
package attribution

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"quoth/nlp"
	"quoth/nlp/linear"
	"quoth/nlp/neural"
	"quoth/nlp/surface"
)

// magic begins a model file of this package; its last digit is the version of what the
// features mean.
const magic = "quothatt3"

// The labels of the chains: B opens a piece, I goes on with it.
const (
	outside = 0

	beginSource  = 1
	inSource     = 2
	beginContent = 3
	inContent    = 4
	beginCue     = 5 // of the first chain only
	inCue        = 6
)

var (
	flatLabels = []string{"O", "B-source", "I-source", "B-content", "I-content", "B-cue", "I-cue"}
	roleLabels = []string{"O", "B-source", "I-source", "B-content", "I-content"}
)

// numRoles is the number of labels of the second chain.
const numRoles = 5

// allowed reports whether in the BIO scheme label to may follow from (-1: the start).
func allowed(from, to int) bool {
	return to == outside || to%2 == 1 || from == to || from == to-1
}

// Stage finds attributions. It is safe for concurrent use.
type Stage struct {
	flat, roles *linear.Chain
	choice      *linear.Model
	clusters    linear.Table
	net         *neural.Net
	least       float64   // confidence of what is kept
	tried       int       // analyses of a cue
	pool        sync.Pool // *scratch
}

// Open returns the stage whose model is b, which must not change afterwards.
func Open(b []byte) (*Stage, error) {
	parts, err := linear.Unbundle(magic, b, 5)
	if err != nil {
		return nil, err
	}
	s := &Stage{least: leastConfidence, tried: tried}
	if s.flat, err = linear.OpenChain(parts[0]); err != nil {
		return nil, fmt.Errorf("open attribution model: first chain: %w", err)
	}
	if s.roles, err = linear.OpenChain(parts[1]); err != nil {
		return nil, fmt.Errorf("open attribution model: second chain: %w", err)
	}
	if s.choice, err = linear.Open(parts[2]); err != nil {
		return nil, fmt.Errorf("open attribution model: choice: %w", err)
	}
	if s.clusters, err = linear.OpenTable(parts[3]); err != nil {
		return nil, fmt.Errorf("open attribution model: clusters: %w", err)
	}
	if s.net, err = neural.Open(parts[4]); err != nil {
		return nil, fmt.Errorf("open attribution model: %w", err)
	}
	if s.net.Labels() != len(flatLabels) || s.net.Fields() != surface.Fields || s.net.Relations() != relations || s.net.Places() != places || s.net.Rank() != rank {
		return nil, errors.New("open attribution model: its network is for something else")
	}
	if !slices.Equal(s.flat.Labels(), flatLabels) || !slices.Equal(s.roles.Labels(), roleLabels) || len(s.choice.Labels()) != 1 {
		return nil, fmt.Errorf("open attribution model: its labels are %v, %v and %v", s.flat.Labels(), s.roles.Labels(), s.choice.Labels())
	}
	s.pool.New = func() any { return &scratch{} }
	return s, nil
}

// Name returns "attribution".
func (s *Stage) Name() string { return "attribution" }

// Requires implements nlp.Stage.
func (s *Stage) Requires() nlp.Layer {
	return nlp.Tokens | nlp.Sentences | nlp.Tags | nlp.Lemmas | nlp.Heads | nlp.Mentions
}

// Provides returns nlp.Attributions.
func (s *Stage) Provides() nlp.Layer { return nlp.Attributions }

// scratch is the working memory of one Run.
type scratch struct {
	view  view
	chain linear.ChainScratch
	net   neural.Scratch
	heard neural.Heard
	fs    []uint64
	cues  []cue // by the first chain
	// known holds, for every token before and after its cue, what the features that are
	// the same for all cues add to the scores; unknown until it is asked for.
	known   []float32
	choices []choice
	found   []found
	owner   []int32
}

// unknown is no score that a chain gives.
const unknown = -1e30

// cue is a run of tokens that says that something is said.
type cue struct {
	nlp.TokenRange
	head int     // its token that the others hang from
	p    float64 // probability that it is one
}

// Run fills d.Attributions.
func (s *Stage) Run(d *nlp.Doc) {
	sc := s.pool.Get().(*scratch)
	defer s.pool.Put(sc)
	d.Attributions = []nlp.Attribution{}
	if len(d.Tokens) == 0 {
		return
	}
	sc.view.read(d, s.clusters)
	listen(s.net, d, sc, &sc.heard)
	sc.view.hear(&sc.heard)
	s.findCues(d, sc)
	sc.choices = sc.choices[:0]
	for _, c := range sc.cues {
		if ch, ok := s.choose(sc, c); ok && ch.all[0].Confidence >= s.least {
			sc.choices = append(sc.choices, ch)
		}
	}
	agree(sc.choices)
	sc.view.yieldToAfter(sc.choices)
	sc.found = sc.found[:0]
	for i := range sc.choices {
		if at := sc.choices[i].picked(); at != nil && !sc.view.isBullet(at.cue.TokenRange) && !sc.view.describes(at) && !sc.view.isTopic(at.Attribution) && !sc.view.isVerdict(at.Attribution) && !sc.view.isIdiom(at) {
			f := *at
			f.Content = sc.view.beforeNarration(f.cue.TokenRange, f.Content)
			f.pContent = f.pContent[:len(f.Content)]
			sc.found = append(sc.found, f)
		}
	}
	sc.found = sc.view.readAsides(sc.view.apart(sc.view.resume(sc.found)))
	sc.owner = append(sc.owner[:0], make([]int32, len(d.Tokens))...)
	for _, at := range settle(sc.found, sc.owner) {
		sc.view.overRefusal(at.Attribution)
		at.Source = sc.view.beforeColon(at.Attribution)
		sc.view.wholeSubject(&at.Attribution)
		sc.view.wholeLabel(&at.Attribution)
		sc.view.turnSource(&at.Attribution, sc.owner)
		sc.view.turnPassive(&at.Attribution, sc.owner)
		if sc.view.isExpletive(&at.Attribution) {
			if sc.view.isJudged(&at.Attribution) {
				continue
			}
			at.Source = nil
		}
		d.Attributions = append(d.Attributions, at.Attribution)
	}
	sc.view.addTurns(d)
	sc.view.addSoundbites(d)
	s.addSigned(d, sc)
	sc.view.addPosts(d)
	sc.view.addUnmarked(d)
	s.coverQuotations(d, sc)
	sc.view.addLost(d)
	slices.SortStableFunc(d.Attributions, func(a, b nlp.Attribution) int {
		return a.Content[0].First - b.Content[0].First
	})
	sc.view.forget()
}

// beforeNarration is content without what the chain took into it from the paragraph after
// that of the cue, when other words come first there: the paragraph tells of something else
// by then, and may quote somebody else. A colon announces that paragraph whole.
func (v *view) beforeNarration(cue nlp.TokenRange, content []nlp.TokenRange) []nlp.TokenRange {
	block := v.words[cue.First].block
	if v.d.Word(v.blocks[block].Past-1) == ":" {
		return content
	}
	for i, r := range content[1:] {
		if next := v.words[r.First].block; next > block && r.First != v.blocks[next].First {
			return content[:i+1]
		} else if next > block {
			break
		}
	}
	return content
}

// overRefusal lets the cue of at go on over the saying that is refused: what was "declined to
// say" is no "to say". Its clause tells a saying from other deeds, "refused to pay"; parsers miss
// some that begin with "when".
func (v *view) overRefusal(at nlp.Attribution) {
	cue, content := &at.Cue[len(at.Cue)-1], &at.Content[0]
	to, verb := content.First, content.First+1
	if cue.Past != to || content.Len() < 3 || !isRefusal[v.d.Lemmas[cue.Past-1]] || v.d.UPOS[to] != nlp.PART || int(v.words[verb].head) != cue.Past-1 || v.words[verb].children&hasClause == 0 && v.d.Lemmas[verb] != say {
		return
	}
	cue.Past, content.First = verb+1, verb+1
}

// beforeColon is the source of at, or the subject of its sentence in its place when a colon is the
// cue and what stands before that is only spoken of: "Hale painted a dark portrait of Renn: “…”".
func (v *view) beforeColon(at nlp.Attribution) []nlp.TokenRange {
	cue := at.Cue[0]
	if len(at.Source) != 1 || len(at.Cue) != 1 || cue.Len() != 1 || v.d.Word(cue.First) != ":" || at.Source[0].Past != cue.First {
		return at.Source
	}
	s := v.d.Sentences[v.words[cue.First].sent]
	for t := s.First; t < at.Source[0].First; t++ {
		w := &v.words[t]
		if w.head >= 0 || w.subject < 0 || w.subject > int32(t) || v.d.UPOS[t] != nlp.VERB || v.words[w.subject].region >= 0 {
			continue
		}
		if name := v.phraseOf(int(w.subject)); v.isSomebody(int(w.subject), name) {
			return []nlp.TokenRange{name}
		}
	}
	return at.Source
}

// phraseOf is what hangs from token t, without punctuation at its end.
func (v *view) phraseOf(t int) nlp.TokenRange {
	r := nlp.TokenRange{First: int(v.words[t].left), Past: int(v.words[t].right) + 1}
	for r.Len() > 1 && v.d.Tokens[r.Past-1].Flags.Has(nlp.IsPunct) {
		r.Past--
	}
	return r
}

// What is added to the scores of labels that open a piece. A chain trained for the
// likeliest labels finds too little for the best F1. Tuned on PolNeAR dev, where linked F1
// is flat within ±0.3 from half of them to one and a half times as much.
const (
	cueLean     = 0.7
	sourceLean  = 1
	contentLean = 0.6
)

// findCues labels every block with the first chain: it sets sc.cues, and for every token
// the probabilities of its roles, which the second chain builds on.
func (s *Stage) findCues(d *nlp.Doc, sc *scratch) {
	sc.cues = sc.cues[:0]
	sc.view.p = append(sc.view.p[:0], make([]roleP, len(d.Tokens))...)
	for _, b := range sc.view.blocks {
		if b.Len() == 0 || d.Tokens[b.First].Flags.Has(nlp.InBackground) {
			continue
		}
		n := b.Len()
		s.flat.Begin(&sc.chain, n)
		for i := range n {
			sc.fs = sc.view.flatFeatures(sc.fs[:0], b.First+i)
			s.flat.Token(&sc.chain, i, sc.fs, nil)
		}
		s.flat.Marginals(&sc.chain, n)
		s.flat.Lean(&sc.chain, n, beginCue, cueLean)
		s.flat.Decode(&sc.chain, n)
		for i := range n {
			p := sc.chain.P[i*len(flatLabels):]
			sc.view.p[b.First+i] = roleP{source: p[beginSource] + p[inSource], content: p[beginContent] + p[inContent], cue: p[beginCue] + p[inCue]}
		}
		best := sc.chain.Best
		for i := 0; i < n; i++ {
			if best[i] < beginCue {
				continue
			}
			first := i
			for i+1 < n && best[i+1] == inCue {
				i++
			}
			sc.cues = append(sc.cues, sc.view.newCue(b.First+first, b.First+i+1, float64(sc.view.p[b.First+first].cue)))
		}
	}
	sc.view.markCues(sc.cues)
	sc.known = sc.known[:0]
	for range 2 * numRoles * len(d.Tokens) {
		sc.known = append(sc.known, unknown)
	}
}

// analyse finds the best few analyses of cue c, those without content left out.
func (s *Stage) analyse(sc *scratch, c cue) []found {
	w := sc.view.aimAt(c)
	n := w.Len()
	s.roles.Begin(&sc.chain, n)
	for t := range n {
		s.scoreRoles(sc, t, w.First+t)
	}
	s.roles.Marginals(&sc.chain, n)
	s.roles.Lean(&sc.chain, n, beginSource, sourceLean)
	s.roles.Lean(&sc.chain, n, beginContent, contentLean)
	sequences, scores := s.roles.DecodeBest(&sc.chain, n, s.tried)
	var out []found
	for i, labels := range sequences {
		at := found{
			Attribution: nlp.Attribution{Cue: []nlp.TokenRange{c.TokenRange}},
			cue:         c, rank: i, behind: float64(scores[0] - scores[i]),
		}
		at.take(labels, w.First, sc.chain.P)
		if len(at.Content) > 0 {
			out = append(out, at)
		}
	}
	out = sc.view.fitQuotations(out, w, sc.chain.P)
	if at, ok := sc.view.prefixed(c); ok {
		out = slices.DeleteFunc(out, func(f found) bool { return f.Content[0].First < at.Content[0].First || len(f.Source) == 0 })
		if len(out) == 0 {
			out = append(out, found{Attribution: at, cue: c, pSource: []float64{c.p}, pContent: []float64{c.p}})
		}
	}
	return out
}

// scoreRoles sets the scores of token i of the window, token t of the document.
func (s *Stage) scoreRoles(sc *scratch, i, t int) {
	v := &sc.view
	if v.cue.Contains(t) {
		s.roles.Token(&sc.chain, i, append(sc.fs[:0], mix(100, 1)), nil)
		return
	}
	const L = numRoles
	side := flag(t < v.cue.First)
	at := (2*t + int(side)) * L
	known := sc.known[at : at+L]
	if known[0] == unknown {
		clear(known)
		sc.fs = v.sideFeatures(v.wordFeatures(sc.fs[:0], t), t, side)
		s.roles.Score(&sc.chain, sc.fs, known)
	}
	sc.fs = v.roleFeatures(sc.fs[:0], t)
	s.roles.Token(&sc.chain, i, sc.fs, known)
}

// take sets the pieces of at from the labels of the tokens from first on, whose marginal
// probabilities are p.
func (at *found) take(labels []uint8, first int, p []float32) {
	for t := 0; t < len(labels); t++ {
		l := labels[t]
		if l == outside {
			continue
		}
		begin := l - 1 + l%2 // the B label of the role
		piece := nlp.TokenRange{First: first + t, Past: first + t + 1}
		sum := p[t*numRoles+int(begin)] + p[t*numRoles+int(begin)+1]
		for t+1 < len(labels) && labels[t+1] == begin+1 {
			t++
			piece.Past++
			sum += p[t*numRoles+int(begin)] + p[t*numRoles+int(begin)+1]
		}
		mean := float64(sum) / float64(piece.Len())
		if begin == beginSource {
			at.Source, at.pSource = append(at.Source, piece), append(at.pSource, mean)
		} else {
			at.Content, at.pContent = append(at.Content, piece), append(at.pContent, mean)
		}
	}
}
