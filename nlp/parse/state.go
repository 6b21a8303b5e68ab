package parse

import (
	"quoth/nlp"
	"quoth/nlp/linear"
	"quoth/nlp/neural"
)

// action is a transition.
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
	w, p, wp, c uint64 // word, tag, both, cluster
	lset, rset  uint64 // relations of the children on either side
	head        int32
	l1, l2, r1  int32 // outermost child on either side, and the one before it on the left
	rel         uint8
	depth       uint8 // quotations open
	punct       uint8 // commas and the like up to here, modulo 256
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
	// heads are those that the tree is to have, as many as can be, by node. ahead is how many
	// words from next on are to hang from a node, waiting how many on the stack.
	heads, ahead, waiting []int32
	stacked               []bool // per node, whether it is on the stack
	fs                    []uint64
	scores                []float32
	bag                   linear.BagScratch
	net                   neural.Scratch
	heard                 *neural.Heard // what it makes of the document; nil while gold is aimed at
	first                 int           // the sentence's first token

	xnames []string // whose hashes xtags holds
	xtags  []uint64
	// tagFeatures are those of the network.
	tagFeatures []uint64
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
	p.xnames, p.xtags, p.tagFeatures = xnames, p.xtags[:0], p.tagFeatures[:0]
	for _, n := range xnames {
		p.xtags, p.tagFeatures = append(p.xtags, nlp.Hash(n)), append(p.tagFeatures, tagFeature(n))
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
			head: none, l1: none, l2: none, r1: none, depth: tok.Depth, punct: commas,
		})
	}
	for i := range uint64(2) { // the root and the null node
		p.nodes = append(p.nodes, node{w: i + 2, p: i + 2, wp: i + 2, c: 1<<20 + i,
			head: none, l1: none, l2: none, r1: none, punct: commas})
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

// aim tells the parser the heads that the tree is to have, before its first action.
func (p *parser) aim(heads []int32) {
	p.heads = append(p.heads[:0], heads...)
	p.ahead, p.waiting = append(p.ahead[:0], make([]int32, p.n+1)...), append(p.waiting[:0], make([]int32, p.n+1)...)
	p.stacked = append(p.stacked[:0], make([]bool, p.n+1)...)
	for _, h := range heads {
		p.ahead[h]++
	}
}

// costs returns how many of the arcs aimed at each action makes impossible (Goldberg and
// Nivre 2013, section 4.2, arc-hybrid), where there is a choice. Unlike there, only a word
// with an empty stack below it can still become the root.
func (p *parser) costs() [noActions]int32 {
	var c [noActions]int32
	top := len(p.stack) - 1
	s0, b0 := p.stack[top], p.next
	c[shift] = p.waiting[b0] // b0 on the stack can have no child to its left any more
	switch h := p.heads[b0]; {
	case h == p.root(): // as there is one root only, nothing may lie below it
		c[shift]++
	case h != s0 && p.stacked[h]: // nor a head deeper than the one below it
		c[shift]++
	}
	h := p.heads[s0]
	isLost := h == p.root() && top > 0
	if h > b0 && !isLost || top > 0 && h == p.stack[top-1] {
		c[left]++
	}
	if h >= b0 && !isLost {
		c[right]++
	}
	c[left] += p.ahead[s0]
	c[right] += p.ahead[s0]
	return c
}

// cheapest returns a possible action of least cost, where there is a choice.
func (p *parser) cheapest() action {
	costs := p.costs()
	b := left // always possible
	if p.can(right) && (costs[right] < costs[left] || costs[right] == costs[left] && p.isLikelier()) {
		b = right
	}
	if costs[shift] < costs[b] || costs[shift] == costs[b] && p.isFromPunct(b) {
		b = shift
	}
	return b
}

// isFromPunct reports whether a would hang a word from punctuation, as the network hardly ever
// means it.
func (p *parser) isFromPunct(a action) bool {
	if p.heard == nil {
		return false
	}
	h, _ := p.arc(a)
	if h == p.root() {
		return false
	}
	before := uint8(0)
	if h > 0 {
		before = p.nodes[h-1].punct
	}
	return p.nodes[h].punct != before
}

// isLikelier reports whether the network thinks it likelier that the top of the stack hangs from
// the word below it than from the next word.
func (p *parser) isLikelier() bool {
	if p.heard == nil {
		return false
	}
	top := len(p.stack) - 1
	s0, s1, b0 := int(p.stack[top]), int(p.stack[top-1]), int(p.next)
	return p.heard.HeadOdds(p.first+s1, p.first+s0) > p.heard.HeadOdds(p.first+b0, p.first+s0)
}

func (p *parser) shift() {
	p.stack = append(p.stack, p.next)
	h := p.heads[p.next]
	p.ahead[h]--
	p.waiting[h]++
	p.stacked[p.next] = true
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
	p.stacked[d] = false
	p.waiting[p.heads[d]]--
	head, dep := &p.nodes[h], &p.nodes[d]
	dep.head, dep.rel = h, rel
	if a == left {
		head.l1, head.l2 = d, head.l1
		head.lset |= 1 << rel
	} else {
		head.r1 = d
		head.rset |= 1 << rel
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
