package attribution

import (
	"quoth/nlp"
	"quoth/nlp/linear"
	"quoth/nlp/neural"
)

// view is what the features need to know of a document: its tokens with hashes of
// lemma and relation, the tree from the heads' side, and the quotations.
type view struct {
	d     *nlp.Doc
	words []word
	regs  []region
	// The names of labels, hashed, and what a relation means to a head.
	rels []uint64
	bits []childBits
	tags []uint64

	lowers   []uint64 // per token, the hash of its word in small letters
	clusters []uint32 // and its cluster

	heard   *neural.Heard    // what the network makes of the tokens
	guessed []guessed        // and of each, in steps
	p       []roleP          // per token, what the first chain found
	cues    []cue            // of the document, in order
	blocks  []nlp.TokenRange // per block with tokens; others are empty

	// Set by aim: the cue that roles are looked for, and what stands around it.
	cue      cue
	setting  uint64
	cueLemma uint64
	cueText  uint64
	up       []int32   // the cue's head, its head and so on to the root
	upStamp  []int32   // per token, 1 + its place in up; others 0
	related  []related // by relate: the tokens of the window, and one more on each side
	from     int       // the token of related[0]
}

// word is one token.
type word struct {
	lemma, tag, rel, cluster uint64
	sent, block              int32
	head                     int32
	left, right              int32 // first and last token of its subtree
	subject                  int32 // its subject, -1 if none
	children                 childBits
	kind                     uint8 // of its mention
	region                   int32 // quotation it stands in, -1 outside
	cue                      int32 // 1 + index of the cue that it is in, 0 none
	cuesBefore               int32 // cues that begin before it
}

// roleP is how likely a token has each role.
type roleP struct{ source, content, cue float32 }

// region is a quotation: all tokens with depth above 0 in a row within one block.
type region struct {
	nlp.TokenRange
	ends uint64 // how it begins and ends, see endsOf
}

// childBits say which relations a token's dependents have.
type childBits uint16

// The relations that tell something of a cue.
const (
	hasSubject childBits = 1 << iota
	hasPassive
	hasClause // ccomp
	hasOpen   // xcomp
	hasObject
	hasOblique
	hasParataxis
	hasAdverbial
	hasMark
	hasCopula
	hasRelative
	hasNegation
)

var relBits = map[string]childBits{
	"nsubj": hasSubject, "csubj": hasSubject, "nsubj:pass": hasPassive, "ccomp": hasClause,
	"xcomp": hasOpen, "obj": hasObject, "iobj": hasObject, "obl": hasOblique,
	"parataxis": hasParataxis, "advcl": hasAdverbial, "mark": hasMark, "cop": hasCopula, "acl:relcl": hasRelative,
}

// read fills v from d.
func (v *view) read(d *nlp.Doc, clusters linear.Table) {
	v.d = d
	v.words = append(v.words[:0], make([]word, len(d.Tokens))...)
	v.upStamp = append(v.upStamp[:0], make([]int32, len(d.Tokens))...)
	v.up = v.up[:0]
	v.blocks = append(v.blocks[:0], make([]nlp.TokenRange, len(d.Blocks))...)
	v.names(d)
	v.lowers = nlp.Lowers(d.Tokens, v.lowers)
	v.clusters = clusters.GetAll(v.lowers, v.clusters)
	for i, s := range d.Sentences {
		for t := s.First; t < s.Past; t++ {
			w := &v.words[t]
			*w = word{
				lemma: nlp.Hash(d.Lemmas[t]), tag: v.tags[d.XPOS[t]], rel: v.rels[d.Rels[t]],
				cluster: uint64(v.clusters[t]),
				sent:    int32(i), block: int32(s.Block), head: d.Heads[t],
				left: int32(t), right: int32(t), subject: -1, region: -1,
			}
			if m := d.MentionOf[t]; m >= 0 {
				w.kind = uint8(d.Mentions[m].Kind)
			}
		}
		v.tree(s.TokenRange)
		if b := &v.blocks[s.Block]; b.Past == 0 {
			*b = s.TokenRange
		} else {
			b.Past = s.Past
		}
	}
	v.quotations()
}

// forget drops what v keeps of the document.
func (v *view) forget() { v.d, v.heard = nil, nil }

func (v *view) names(d *nlp.Doc) {
	if len(v.rels) == len(d.RelNames) && len(v.tags) == len(d.XPOSNames) {
		return
	}
	v.rels, v.bits, v.tags = nil, nil, nil
	for _, n := range d.RelNames {
		v.rels = append(v.rels, nlp.Hash(n))
		v.bits = append(v.bits, relBits[n])
	}
	for _, n := range d.XPOSNames {
		v.tags = append(v.tags, nlp.Hash(n))
	}
}

// tree fills what the words of a sentence know of their dependents. Projective trees
// need two passes: leftward words give their left edge to heads on the right, and so on;
// one pass over each direction is enough since a head's edge never ends inside.
func (v *view) tree(s nlp.TokenRange) {
	d := v.d
	for t := s.First; t < s.Past; t++ {
		h := d.Heads[t]
		if h < 0 {
			continue
		}
		w := &v.words[h]
		b := v.bits[d.Rels[t]]
		w.children |= b
		if b&(hasSubject|hasPassive) != 0 && (w.subject < 0 || b&hasSubject != 0) {
			w.subject = int32(t)
		}
		if d.UPOS[t] == nlp.PART && isNegation[d.Lemmas[t]] {
			w.children |= hasNegation
		}
	}
	for t := s.First; t < s.Past; t++ {
		for h, steps := d.Heads[t], 0; h >= 0 && steps < maxClimb; h, steps = d.Heads[h], steps+1 {
			w := &v.words[h]
			if w.left <= int32(t) && int32(t) <= w.right {
				break
			}
			w.left, w.right = min(w.left, int32(t)), max(w.right, int32(t))
		}
	}
}

// maxClimb bounds every way up a tree, so that work stays linear in the text whatever
// the tree is.
const maxClimb = 24

func (v *view) quotations() {
	v.regs = v.regs[:0]
	for t := range v.words {
		if v.d.Tokens[t].Depth == 0 {
			continue
		}
		w := &v.words[t]
		open := t == 0 || v.words[t-1].region < 0 || v.words[t-1].block != w.block ||
			(v.d.Tokens[t].Mark == nlp.OpenMark && v.d.Tokens[t].Depth == 1)
		if open {
			v.regs = append(v.regs, region{TokenRange: nlp.TokenRange{First: t, Past: t}})
		}
		w.region = int32(len(v.regs) - 1)
		v.regs[w.region].Past = t + 1
	}
	for i := range v.regs {
		v.regs[i].ends = v.endsOf(v.regs[i].TokenRange)
	}
}

// endsOf tells what stands before a quotation and what ends it inside its marks: in print
// a comma there leads on to a cue, a full stop does not.
func (v *view) endsOf(r nlp.TokenRange) uint64 {
	kind := func(t int) uint64 {
		switch v.d.Word(t) {
		case ",":
			return 1
		case ".", "...", "…":
			return 2
		case "?", "!":
			return 3
		case ":":
			return 4
		}
		return 5
	}
	before, last := uint64(0), uint64(0)
	if r.First > 0 && v.words[r.First-1].block == v.words[r.First].block {
		before = kind(r.First - 1)
	}
	t := r.Past - 1
	if v.d.Tokens[t].Mark == nlp.CloseMark {
		t--
	}
	if t > r.First {
		last = kind(t)
	}
	after := uint64(0) // whether the block goes on, in the same sentence or another
	if r.Past < len(v.words) && v.words[r.Past].block == v.words[r.First].block {
		after = 1 + flag(v.words[r.Past].sent == v.words[r.Past-1].sent)
	}
	return before | last<<3 | after<<6
}

// newCue returns the cue of tokens [first, past).
func (v *view) newCue(first, past int, p float64) cue {
	c := cue{TokenRange: nlp.TokenRange{First: first, Past: past}, head: first, p: p}
	for t := first; t < past; t++ {
		if h := int(v.words[t].head); !c.Contains(h) {
			c.head = t
			if v.d.UPOS[t] == nlp.VERB {
				break
			}
		}
	}
	return c
}

// markCues tells every word which cue it is in and how many are before it.
func (v *view) markCues(cues []cue) {
	v.cues = cues
	next := 0
	for t := range v.words {
		for next < len(cues) && cues[next].First <= t { // two may begin together
			next++
		}
		w := &v.words[t]
		w.cuesBefore, w.cue = int32(next), 0
		if next > 0 && cues[next-1].Contains(t) {
			w.cue = int32(next)
		}
	}
}

// A window ends maxReach tokens from its cue, or after as many other cues as maxRivals:
// what lies further off belongs to those.
const (
	maxReach  = 250
	maxRivals = 4
)

// window is where the source and the content of c are looked for: its block, and the
// block after it when the cue leads over to that.
func (v *view) window(c cue) nlp.TokenRange {
	block := v.words[c.First].block
	own := v.words[c.First].cuesBefore
	w := nlp.TokenRange{First: c.First, Past: c.Past}
	for w.First > 0 && c.First-w.First < maxReach && v.words[w.First-1].block == block && own-v.words[w.First-1].cuesBefore <= maxRivals {
		w.First--
	}
	grow := func(block int32) {
		for w.Past < len(v.words) && w.Past-c.Past < maxReach && v.words[w.Past].block == block && v.words[w.Past].cuesBefore-own <= maxRivals {
			w.Past++
		}
	}
	grow(block)
	if w.Past < len(v.words) && w.Past-c.Past <= 4 && v.words[w.Past].block > block && v.follows(int(v.words[w.Past].block), int(block)) && !v.d.Tokens[w.Past].Flags.Has(nlp.InBackground) {
		grow(v.words[w.Past].block)
	}
	return w
}

// leastRole is the least probability by the first chain that a token has a role, and
// leastRelated the least step of the network's odds that it is related to the cue (one in
// forty): a window ends with the last token on each side that has both, since reading tokens
// once more for each cue is a large part of all work. On PolNeAR dev linked F1 is 0.3 higher
// with it, which is chance.
const (
	leastRole    = 0.02
	leastRelated = 2
)

// trimmed is w without what nothing of c's is seen in at its ends. It is asked after relate.
func (v *view) trimmed(w nlp.TokenRange) nlp.TokenRange {
	isEmpty := func(t int) bool {
		r := v.relatedAt(t)
		return v.p[t].source+v.p[t].content < leastRole || (r.source < leastRelated && r.content < leastRelated)
	}
	for w.First < v.cue.First && isEmpty(w.First) {
		w.First++
	}
	for w.Past > v.cue.Past && isEmpty(w.Past-1) {
		w.Past--
	}
	return w
}

// aimAt sets the cue that roleFeatures is asked about, and returns its window.
func (v *view) aimAt(c cue) nlp.TokenRange {
	w := v.window(c)
	v.aim(c)
	v.relate(w)
	return v.trimmed(w)
}

// aim sets the cue that roleFeatures is asked about.
func (v *view) aim(c cue) {
	for _, t := range v.up {
		v.upStamp[t] = 0
	}
	v.up = v.up[:0]
	v.cue = c
	for t := int32(c.head); t >= 0 && len(v.up) < maxClimb; t = v.words[t].head {
		v.up = append(v.up, t)
		v.upStamp[t] = int32(len(v.up))
	}
	v.setting = v.settingOf(c)
	v.cueLemma = v.words[c.head].lemma
	v.cueText = 0
	for t := c.First; t < c.Past; t++ {
		v.cueText = nlp.Mix(v.cueText, v.d.Tokens[t].Lower)
	}
}

// settingOf tells what stands around a cue: the quotations next to it, whether its block
// begins with one, and how many cues the block has.
func (v *view) settingOf(c cue) uint64 {
	block := v.blocks[v.words[c.First].block]
	r := v.nearMarks(c.First, -1, block) | v.nearMarks(c.Past-1, 1, block)<<2
	if v.words[block.First].region >= 0 {
		r |= 16
	}
	if v.words[c.First].region >= 0 {
		r |= 32
	}
	cues := v.words[block.Past-1].cuesBefore - v.words[block.First].cuesBefore + flag32(v.words[block.First].cue != 0)
	return r | uint64(min(cues, 3))<<6
}

// nearMarks tells how near, going in steps of step from token t inside block, a
// quotation is: 0 further than markReach, 1 near, 2 next to it.
func (v *view) nearMarks(t, step int, block nlp.TokenRange) uint64 {
	for i := 1; i <= markReach; i++ {
		k := t + i*step
		if !block.Contains(k) {
			return 0
		}
		if v.words[k].region >= 0 {
			if i <= 2 {
				return 2
			}
			return 1
		}
	}
	return 0
}

// markReach is how many tokens a quotation may be from a cue to stand beside it: room
// for a source with a title.
const markReach = 8
