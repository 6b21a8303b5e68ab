package parse

import (
	"quoth/nlp"
	"quoth/nlp/linear"
)

// action is a transition. Their numbers are the labels of the action model.
type action uint8

const (
	shift     action = iota // the next word goes on the stack
	left                    // the top of the stack becomes a child of the next word
	right                   // the top of the stack becomes a child of the one below
	done                    // nothing is left to do
	noActions = 3
)

// maxRels is the largest number of relations: sets of them are bits of a word.
const maxRels = 64

// node is a token of the sentence being parsed, with what hangs from it so far.
// Places in it are node indices; the parser's null node stands for none.
type node struct {
	w, p, wp, c    uint64 // word, tag, both, cluster
	lset, rset     uint64 // relations of the children on either side
	head           int32
	l1, l2, r1, r2 int32 // outermost child on either side, and the one before it
	nl, nr         uint8 // number of children on either side, up to 7
	rel            uint8
	depth          uint8 // quotations open
	punct          uint8 // commas and the like up to here, modulo 256
}

// parser is a configuration of the arc-hybrid system with its working memory. Nodes
// 0 to n-1 are the tokens; node n is the root, which stands behind the last word; node
// n+1 is the null node.
type parser struct {
	clusters linear.Table
	nodes    []node
	n        int
	stack    []int32
	next     int32
	fs       []uint64
	scores   []float32
	bag      linear.BagScratch
	three    [noActions]float32

	xnames []string // whose hashes xtags holds
	xtags  []uint64
}

func newParser(clusters linear.Table) *parser {
	return &parser{clusters: clusters, fs: make([]uint64, 0, 128), scores: make([]float32, maxRels)}
}

// tags learns the names of the XPOS layer: features are made of names, so that a model
// fits any tagger that knows the same tags.
func (p *parser) tags(xnames []string) {
	if len(xnames) > 0 && len(xnames) == len(p.xnames) && &xnames[0] == &p.xnames[0] {
		return
	}
	p.xnames, p.xtags = xnames, p.xtags[:0]
	for _, n := range xnames {
		p.xtags = append(p.xtags, nlp.Hash(n))
	}
}

// read starts a sentence.
func (p *parser) read(d *nlp.Doc, r nlp.TokenRange) {
	p.n = r.Len()
	none := int32(p.n + 1)
	p.nodes, p.stack, p.next = p.nodes[:0], p.stack[:0], 0
	commas := uint8(0)
	for t := r.First; t < r.Past; t++ {
		tok := &d.Tokens[t]
		tag := nlp.Mix(p.xtags[d.XPOS[t]], uint64(d.UPOS[t]))
		if d.UPOS[t] == nlp.PUNCT {
			commas++
		}
		p.nodes = append(p.nodes, node{
			w: tok.Lower, p: tag, wp: nlp.Mix(tok.Lower, tag), c: uint64(p.clusters.Get(tok.Lower)),
			head: none, l1: none, l2: none, r1: none, r2: none, depth: tok.Depth, punct: commas,
		})
	}
	for i := range uint64(2) { // the root and the null node
		p.nodes = append(p.nodes, node{w: i + 2, p: i + 2, wp: i + 2, c: 1<<20 + i,
			head: none, l1: none, l2: none, r1: none, r2: none, punct: commas})
	}
}

func (p *parser) root() int32 { return int32(p.n) }

// only returns the one action that is possible, or choice = true when there are more.
func (p *parser) only() (a action, choice bool) {
	switch last := p.next == p.root(); {
	case len(p.stack) == 0 && last:
		return done, false
	case len(p.stack) == 0:
		return shift, false
	case last && len(p.stack) == 1:
		return left, false
	case last:
		return right, false
	}
	return shift, true
}

// can reports whether a is possible where [parser.only] leaves a choice.
func (p *parser) can(a action) bool { return a != right || len(p.stack) > 1 }

// best returns the possible action with the highest score, the first of equals.
func (p *parser) best(scores [noActions]float32) action {
	b := shift
	for a := left; a <= right; a++ {
		if scores[a] > scores[b] && p.can(a) {
			b = a
		}
	}
	return b
}

func (p *parser) shift() {
	p.stack = append(p.stack, p.next)
	p.next++
}

// arc returns head and dependent of the arc that left or right would make.
func (p *parser) arc(a action) (head, dep int32) {
	top := len(p.stack) - 1
	if a == left {
		return p.next, p.stack[top]
	}
	return p.stack[top-1], p.stack[top]
}

// attach makes the arc of left or right.
func (p *parser) attach(a action, rel uint8) {
	h, d := p.arc(a)
	p.stack = p.stack[:len(p.stack)-1]
	head, dep := &p.nodes[h], &p.nodes[d]
	dep.head, dep.rel = h, rel
	if a == left {
		head.l1, head.l2 = d, head.l1
		head.lset |= 1 << rel
		head.nl = min(head.nl+1, 7)
	} else {
		head.r1, head.r2 = d, head.r1
		head.rset |= 1 << rel
		head.nr = min(head.nr+1, 7)
	}
}

// write copies the tree to the document.
func (p *parser) write(d *nlp.Doc, r nlp.TokenRange, root uint8) {
	for i := range p.n {
		h := p.nodes[i].head
		d.Rels[r.First+i] = p.nodes[i].rel
		if h == p.root() {
			d.Heads[r.First+i] = -1
			continue
		}
		d.Heads[r.First+i] = int32(r.First) + h
	}
}
