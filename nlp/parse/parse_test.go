package parse

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/linear"
	"quoth/nlp/neural"
	"quoth/nlp/surface"
)

// treebank is a tiny corpus of invented people: word/UPOS/XPOS/head/relation, heads
// counted from 1 and 0 for the root, a sentence a line.
const treebank = `
Zoe/PROPN/NNP/3/nsubj Hale/PROPN/NNP/1/flat opened/VERB/VBD/0/root the/DET/DT/5/det doors/NOUN/NNS/3/obj ./PUNCT/./3/punct
The/DET/DT/2/det dogs/NOUN/NNS/3/nsubj barked/VERB/VBD/0/root ./PUNCT/./3/punct
Omar/PROPN/NNP/2/nsubj closed/VERB/VBD/0/root a/DET/DT/4/det window/NOUN/NN/2/obj in/ADP/IN/7/case the/DET/DT/7/det hall/NOUN/NN/2/obl ./PUNCT/./2/punct
It/PRON/PRP/2/nsubj rains/VERB/VBZ/5/ccomp ,/PUNCT/,/5/punct Ines/PROPN/NNP/5/nsubj said/VERB/VBD/0/root ./PUNCT/./5/punct
She/PRON/PRP/2/nsubj opens/VERB/VBZ/0/root boxes/NOUN/NNS/2/obj ./PUNCT/./2/punct
He/PRON/PRP/3/nsubj was/AUX/VBD/3/cop late/ADJ/JJ/0/root ./PUNCT/./3/punct
`

// docOf builds a document with gold tags and heads, and a sentence for each line.
func docOf(lines string) *nlp.Doc {
	d := &nlp.Doc{}
	var text strings.Builder
	tags, rels := map[string]uint8{}, map[string]uint8{}
	number := func(m map[string]uint8, names *[]string, n string) uint8 {
		if _, ok := m[n]; !ok {
			m[n] = uint8(len(*names))
			*names = append(*names, n)
		}
		return m[n]
	}
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		first := len(d.Tokens)
		for _, w := range strings.Fields(line) {
			f := strings.Split(w, "/")
			start := text.Len()
			text.WriteString(f[0])
			text.WriteByte(' ')
			d.Tokens = append(d.Tokens, nlp.NewToken(text.String(), start, text.Len()-1))
			d.UPOS, d.XPOS = append(d.UPOS, nlp.UPOSNamed(f[1])), append(d.XPOS, number(tags, &d.XPOSNames, f[2]))
			head, _ := strconv.Atoi(f[3])
			d.Heads, d.Rels = append(d.Heads, int32(first+head-1)), append(d.Rels, number(rels, &d.RelNames, f[4]))
			if head == 0 {
				d.Heads[len(d.Heads)-1] = -1
			}
		}
		d.Sentences = append(d.Sentences, nlp.Sentence{TokenRange: nlp.TokenRange{First: first, Past: len(d.Tokens)}})
	}
	d.Text = text.String()
	d.Blocks = []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{End: len(d.Text)}}}
	return d
}

// wordsOf is a network that has not learned anything yet of the words of d.
func wordsOf(d *nlp.Doc) []byte {
	fields := make([][]uint64, surface.Fields)
	for i := range fields {
		fields[i] = []uint64{uint64(i)}
	}
	for t := range d.Tokens {
		for i, f := range surface.Append(nil, d, t) {
			if !slices.Contains(fields[i], f) {
				fields[i] = append(fields[i], f)
			}
		}
	}
	return neural.NewTrainer(neural.Shape{Width: 32, Hidden: 32, Layers: 2, Rows: len(neural.Rows(fields)), Labels: 1}, 1).Keep(fields)
}

var treebankModel = sync.OnceValues(func() ([]byte, error) { return taught(1200) })

// taught is a model of the treebank, its network trained in so many passes.
func taught(epochs int) ([]byte, error) {
	d := docOf(treebank)
	return Train([]*nlp.Doc{d, d, d, d, d, d}, Options{Seed: 1, MinCount: 2, NetEpochs: epochs, Words: wordsOf(d)})
}

func trained(t testing.TB) (*Stage, []byte) {
	t.Helper()
	b, err := treebankModel()
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(b)
	if err != nil {
		t.Fatal(err)
	}
	return s, b
}

// What was trained on comes out again, heads and relations.
func TestTrainedOn(t *testing.T) {
	s, _ := trained(t)
	gold, d := docOf(treebank), docOf(treebank)
	s.Run(d)
	for i := range d.Tokens {
		got, want := d.RelNames[d.Rels[i]], gold.RelNames[gold.Rels[i]]
		if d.Heads[i] != gold.Heads[i] || got != want {
			t.Errorf("%s (token %d) is %s of %d, want %s of %d", d.Word(i), i, got, d.Heads[i], want, gold.Heads[i])
		}
	}
}

// randomDoc is a document of random words with random tags.
func randomDoc(r *rand.Rand, sentences, most int) *nlp.Doc {
	pool := docOf(treebank)
	d := &nlp.Doc{Text: pool.Text, XPOSNames: pool.XPOSNames}
	for range sentences {
		first := len(d.Tokens)
		for range r.IntN(most + 1) {
			d.Tokens = append(d.Tokens, pool.Tokens[r.IntN(len(pool.Tokens))])
			d.UPOS = append(d.UPOS, nlp.UPOS(r.IntN(int(nlp.VERB)+1)))
			d.XPOS = append(d.XPOS, uint8(r.IntN(len(pool.XPOSNames))))
		}
		d.Sentences = append(d.Sentences, nlp.Sentence{TokenRange: nlp.TokenRange{First: first, Past: len(d.Tokens)}})
	}
	return d
}

// checkTree fails unless every sentence is a projective tree with one root, which alone
// has the relation root.
func checkTree(t *testing.T, d *nlp.Doc) {
	t.Helper()
	for _, s := range d.Sentences {
		roots := 0
		for i := s.First; i < s.Past; i++ {
			h := int(d.Heads[i])
			if (d.RelNames[d.Rels[i]] == Root) != (h < 0) {
				t.Fatalf("token %d with head %d has relation %s", i, h, d.RelNames[d.Rels[i]])
			}
			if h < 0 {
				roots++
				continue
			}
			if !s.Contains(h) {
				t.Fatalf("token %d has its head %d outside its sentence %v", i, h, s)
			}
			steps := 0
			for at := i; d.Heads[at] >= 0; at = int(d.Heads[at]) {
				if steps++; steps > s.Len() {
					t.Fatalf("token %d hangs in a circle", i)
				}
			}
		}
		if s.Len() > 0 && roots != 1 {
			t.Fatalf("sentence %v has %d roots", s, roots)
		}
	}
}

// Whatever the tags, every sentence gets a tree, the same one every time.
func TestAnyTags(t *testing.T) {
	s, _ := trained(t)
	r := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		d := randomDoc(r, 4, 30)
		s.Run(d)
		checkTree(t, d)
		again := *d
		s.Run(&again)
		if !reflect.DeepEqual(again.Heads, d.Heads) || !reflect.DeepEqual(again.Rels, d.Rels) {
			t.Error("the second run gives another tree")
		}
	}
}

// A sentence ten times as long takes about ten times as long, not a hundred times.
func TestLongSentenceIsLinear(t *testing.T) {
	s, _ := trained(t)
	r := rand.New(rand.NewPCG(7, 8))
	run := func(n int) time.Duration {
		d := randomDoc(r, 1, 0)
		for len(d.Tokens) < n {
			more := randomDoc(r, 1, n)
			d.Tokens, d.UPOS, d.XPOS = append(d.Tokens, more.Tokens...), append(d.UPOS, more.UPOS...), append(d.XPOS, more.XPOS...)
		}
		d.Tokens, d.UPOS, d.XPOS = d.Tokens[:n], d.UPOS[:n], d.XPOS[:n]
		d.Sentences = []nlp.Sentence{{TokenRange: nlp.TokenRange{Past: n}}}
		best := time.Hour
		for range 3 {
			start := time.Now()
			s.Run(d)
			best = min(best, time.Since(start))
		}
		roots := 0
		for _, h := range d.Heads {
			if h < 0 {
				roots++
			}
		}
		if roots != 1 {
			t.Errorf("%d words have %d roots", n, roots)
		}
		return best
	}
	run(1000)
	if short, long := run(5_000), run(50_000); long > 40*short {
		t.Errorf("5,000 words take %v, 50,000 take %v", short, long)
	}
}

// Goroutines that share a stage get what one alone gets.
func TestConcurrent(t *testing.T) {
	s, _ := trained(t)
	want := docOf(treebank)
	s.Run(want)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				d := docOf(treebank)
				s.Run(d)
				if !reflect.DeepEqual(d.Heads, want.Heads) || !reflect.DeepEqual(d.Rels, want.Rels) {
					t.Error("another goroutine changed the answer")
				}
			}
		})
	}
	wg.Wait()
}

// The same documents train the same bytes.
func TestTrainIsDeterministic(t *testing.T) {
	a, err := taught(30)
	if err != nil {
		t.Fatal(err)
	}
	b, err := taught(30)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Error("training twice gives two models")
	}
}

// A model that is cut off or not a model is an error.
func TestOpenDamaged(t *testing.T) {
	_, b := trained(t)
	for n := 0; n < len(b); n += 1 + len(b)/300 {
		if _, err := Open(b[:n]); err == nil {
			t.Fatalf("a model cut off at %d of %d bytes opens", n, len(b))
		}
	}
}

func TestTrainOnNothing(t *testing.T) {
	if _, err := Train(nil, Options{}); err == nil {
		t.Error("training on no documents gives a model")
	}
}

// Following the actions of least cost rebuilds every projective tree.
func TestCheapestActionsRebuildTree(t *testing.T) {
	d := docOf(treebank)
	names := relations([]*nlp.Doc{d})
	tr := &training{parser: newParser(noClusters(t)), root: uint8(slices.Index(names, Root)), trees: collect([]*nlp.Doc{d}, names)}
	for i := range tr.trees {
		g := &tr.trees[i]
		tr.walk(g, func(_, dep int32) uint8 { return g.rels[dep] })
		for t2 := range g.words.Len() {
			if got := tr.parser.nodes[t2].head; got != g.heads[t2] {
				t.Errorf("sentence %d: node %d has head %d, want %d", i, t2, got, g.heads[t2])
			}
		}
	}
}

// The cost of an action is how much worse the best tree becomes that can still be
// reached: checked against search over all ways on, for random trees.
func TestCostsAgainstSearch(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 300 {
		n := r.IntN(5) + 1
		p := newParser(noClusters(t))
		d := randomDoc(r, 1, 0)
		pool := docOf(treebank)
		for range n {
			d.Tokens, d.UPOS, d.XPOS = append(d.Tokens, pool.Tokens[0]), append(d.UPOS, 0), append(d.XPOS, 0)
		}
		p.tags(d.XPOSNames)
		p.read(d, nlp.TokenRange{Past: n})
		gold := projectiveTree(r, n)
		p.aim(gold)
		for {
			a, choice := p.only()
			if a == done {
				break
			}
			if choice {
				var left3 [noActions]int
				for a := range action(noActions) {
					if p.can(a) {
						q := clone(p)
						step(q, a)
						left3[a] = fewestErrors(q, gold)
					}
				}
				best := fewestErrors(p, gold)
				costs := p.costs()
				for a := range action(noActions) {
					if p.can(a) && int(costs[a]) != left3[a]-best {
						t.Fatalf("gold %v, stack %v, next %d: action %d costs %d, want %d", gold, p.stack, p.next, a, costs[a], left3[a]-best)
					}
				}
				a = action(r.IntN(noActions))
				for !p.can(a) {
					a = action(r.IntN(noActions))
				}
				step(p, a)
				continue
			}
			step(p, a)
		}
	}
}

func step(p *parser, a action) {
	if a == shift {
		p.shift()
		return
	}
	p.attach(a, 0)
}

func clone(p *parser) *parser {
	return &parser{n: p.n, nodes: slices.Clone(p.nodes), stack: slices.Clone(p.stack), next: p.next, heads: p.heads,
		ahead: slices.Clone(p.ahead), waiting: slices.Clone(p.waiting), stacked: slices.Clone(p.stacked)}
}

// fewestErrors is the smallest number of wrong heads in any tree that p can still build.
func fewestErrors(p *parser, gold []int32) int {
	a, choice := p.only()
	if a == done {
		wrong := 0
		for i := range p.n {
			if p.nodes[i].head != gold[i] {
				wrong++
			}
		}
		return wrong
	}
	if !choice {
		q := clone(p)
		step(q, a)
		return fewestErrors(q, gold)
	}
	best := 1 << 30
	for a := range action(noActions) {
		if p.can(a) {
			q := clone(p)
			step(q, a)
			best = min(best, fewestErrors(q, gold))
		}
	}
	return best
}

// projectiveTree is a random projective tree over n words, the root's head being n: the
// one that random actions build.
func projectiveTree(r *rand.Rand, n int) []int32 {
	p := &parser{n: n, nodes: make([]node, n+2)}
	p.aim(make([]int32, n))
	for {
		a, choice := p.only()
		if a == done {
			break
		}
		for choice {
			if a = action(r.IntN(noActions)); p.can(a) {
				break
			}
		}
		step(p, a)
	}
	heads := make([]int32, n)
	for i := range heads {
		heads[i] = p.nodes[i].head
	}
	return heads
}

func BenchmarkRun(b *testing.B) {
	s, _ := trained(b)
	d := docOf(strings.Repeat(treebank, 20))
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		s.Run(d)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(d.Tokens)), "ns/word")
}

func noClusters(t *testing.T) linear.Table {
	t.Helper()
	b, err := linear.FreezeTable(nil)
	if err != nil {
		t.Fatal(err)
	}
	table, err := linear.OpenTable(b)
	if err != nil {
		t.Fatal(err)
	}
	return table
}
