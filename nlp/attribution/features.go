package attribution

import "quoth/nlp"

// Feature templates are numbered; a feature is its template mixed with its values.
// Numbers below 100 are of the first chain, and so are those from 350 on, of what the network
// makes of a token; those from 100 on are of the second chain, from 200 on of the choice, and
// from 400 on of what networks read (surface.Append). Each has features of its own, but their
// numbers stay apart for whoever reads them.

// pad stands for a word outside the sentence.
var pad = word{lemma: 1, tag: 1, rel: 1, region: -1, subject: -1, head: -1}

// at returns word t if it is in the block of word near, else pad, and its token.
func (v *view) at(t, near int) (*word, nlp.Token) {
	if t < 0 || t >= len(v.words) || v.words[t].block != v.words[near].block {
		return &pad, nlp.Token{Lower: 1, Form: 1}
	}
	return &v.words[t], v.d.Tokens[t]
}

func flag(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// cueFeatures appends the features of token t as a cue.
func (v *view) cueFeatures(fs []uint64, t int) []uint64 {
	var (
		w, tok   = &v.words[t], v.d.Tokens[t]
		p1, t1   = v.at(t-1, t)
		p2, t2   = v.at(t-2, t)
		n1, u1   = v.at(t+1, t)
		n2, u2   = v.at(t+2, t)
		head     = &pad
		quoted   = flag(tok.Depth > 0)
		around   = v.marksAround(t)
		children = uint64(w.children)
	)
	if w.head >= 0 {
		head = &v.words[w.head]
	}
	subject, subjectTag := v.subjectOf(w)
	fs = append(fs, mix(1, 0), mix(2, tok.Lower), mix(3, w.lemma), mix(4, w.tag), mix(5, t1.Lower), mix(6, u1.Lower),
		mix(7, t2.Lower), mix(8, u2.Lower), mix(9, p1.tag), mix(10, n1.tag), mix(11, nlp.Mix(p2.tag, p1.tag)),
		mix(12, nlp.Mix(n1.tag, n2.tag)), mix(13, nlp.Mix(t1.Lower, tok.Lower)), mix(14, nlp.Mix(tok.Lower, u1.Lower)),
		mix(15, nlp.Mix(w.lemma, w.tag)), mix(16, nlp.Mix(p1.tag, nlp.Mix(w.tag, n1.tag))),
		mix(18, tok.Suffix), mix(19, w.cluster), mix(22, tok.Shape))
	fs = append(fs, mix(30, w.rel), mix(31, nlp.Mix(w.lemma, w.rel)), mix(32, nlp.Mix(w.rel, head.lemma)),
		mix(33, nlp.Mix(w.tag, head.tag)), mix(34, nlp.Mix(w.tag, children)), mix(35, nlp.Mix(w.lemma, children)),
		mix(36, nlp.Mix(w.lemma, subject)), mix(37, nlp.Mix(w.tag, subject)),
		mix(39, nlp.Mix(subject, children)), mix(40, subjectTag), mix(41, nlp.Mix(w.cluster, children)))
	for b := childBits(1); b <= hasNegation; b <<= 1 {
		if w.children&b != 0 {
			fs = append(fs, mix(42, nlp.Mix(w.lemma, uint64(b))))
		}
	}
	fs = append(fs, mix(50, quoted), mix(51, nlp.Mix(w.lemma, quoted)), mix(52, around), mix(53, nlp.Mix(w.lemma, around)),
		mix(54, nlp.Mix(w.tag, around)), mix(55, nlp.Mix(w.tag, nlp.Mix(quoted, uint64(p1.kind)*16+uint64(n1.kind)))),
		mix(56, nlp.Mix(w.lemma, uint64(p1.kind)*16+uint64(n1.kind))))
	return v.headline(fs, 62, t, w.tag)
}

// flatFeatures appends the features of token t for the first chain: those of a cue, and
// those that tell what clause, subject and quotation it stands in.
func (v *view) flatFeatures(fs []uint64, t int) []uint64 {
	fs = v.cueFeatures(fs, t)
	w := &v.words[t]
	head, above := &pad, &pad
	if w.head >= 0 {
		head = &v.words[w.head]
		if head.head >= 0 {
			above = &v.words[head.head]
		}
	}
	p1, t1 := v.at(t-1, t)
	n1, _ := v.at(t+1, t)
	quote, ends := v.quotePlace(t), v.endsAround(t)
	clause, clauseEdge := v.governor(t, hasClause|hasParataxis|hasOpen|hasAdverbial|hasRelative)
	subject, subjectEdge := v.governor(t, hasSubject|hasPassive)
	other, otherEdge := v.governor(t, hasObject|hasOblique)
	fs = append(fs, mix(70, nlp.Mix(w.rel, nlp.Mix(head.rel, head.lemma))), mix(71, nlp.Mix(w.rel, nlp.Mix(head.rel, above.lemma))),
		mix(72, nlp.Mix(w.rel, nlp.Mix(head.rel, above.rel))), mix(73, clause), mix(74, nlp.Mix(clause, clauseEdge)),
		mix(75, nlp.Mix(clause, w.tag)), mix(76, subject), mix(77, nlp.Mix(subject, subjectEdge)), mix(78, nlp.Mix(subject, w.tag)),
		mix(79, other), mix(80, nlp.Mix(other, otherEdge)), mix(81, quote), mix(82, nlp.Mix(quote, w.tag)),
		mix(83, nlp.Mix(quote, nlp.Mix(p1.tag, w.tag))), mix(84, nlp.Mix(quote, clause)), mix(85, nlp.Mix(quote, t1.Lower)),
		mix(86, nlp.Mix(uint64(w.kind), nlp.Mix(uint64(p1.kind), subject))), mix(87, nlp.Mix(quote, nlp.Mix(w.tag, n1.tag))),
		mix(90, nlp.Mix(quote, ends)), mix(91, nlp.Mix(w.tag, ends)), mix(92, nlp.Mix(w.lemma, ends)),
		mix(88, nlp.Mix(uint64(w.kind), nlp.Mix(w.rel, head.lemma))), mix(89, nlp.Mix(flag(v.d.Tokens[t].Flags.Has(nlp.StartsSent)), quote)))
	return v.netFeatures(fs, t, quote)
}

// netFeatures appends those that tell what the network thinks of token t.
func (v *view) netFeatures(fs []uint64, t int, quote uint64) []uint64 {
	w, g := &v.words[t], v.guessed[t]
	before, after := uint64(0), uint64(0)
	if t > 0 && v.sameBlock(t, t-1) {
		before = 1 + v.guessed[t-1].level()
	}
	if t+1 < len(v.words) && v.sameBlock(t, t+1) {
		after = 1 + v.guessed[t+1].level()
	}
	all := g.level()
	return append(fs, mix(350, g.source), mix(351, g.content), mix(352, g.cue), mix(353, g.firstSource), mix(354, g.firstContent), mix(355, g.firstCue),
		mix(356, all), mix(357, nlp.Mix(all, before)), mix(358, nlp.Mix(all, after)), mix(359, nlp.Mix(g.cue, w.tag)), mix(360, nlp.Mix(g.content, quote)),
		mix(361, nlp.Mix(g.firstContent, w.rel)), mix(362, nlp.Mix(g.source, w.rel)), mix(363, nlp.Mix(g.cue, uint64(w.children))))
}

// quotePlace tells where t stands in or beside a quotation, and how long that is.
func (v *view) quotePlace(t int) uint64 {
	w := &v.words[t]
	r := uint64(0)
	if w.region >= 0 {
		reg := v.regs[w.region]
		r = 1 | flag(reg.First == t)<<1 | flag(reg.Past == t+1)<<2 | min(3, bucket(reg.Len())/3)<<5
	}
	if t > 0 && v.words[t-1].region >= 0 && v.words[t-1].region != w.region && v.sameBlock(t, t-1) {
		r |= 8
	}
	if t+1 < len(v.words) && v.words[t+1].region >= 0 && v.words[t+1].region != w.region && v.sameBlock(t, t+1) {
		r |= 16
	}
	return r
}

// endsAround is how the quotation that t stands in begins and ends, or the last one of
// its block before it and the first after, as far as markReach tokens.
func (v *view) endsAround(t int) uint64 {
	if q := v.words[t].region; q >= 0 {
		return v.regs[q].ends
	}
	block := v.blocks[v.words[t].block]
	before, after := uint64(0), uint64(0)
	for i := 1; i <= markReach; i++ {
		if q := v.regionAt(t-i, block); before == 0 && q >= 0 {
			before = 1 + v.regs[q].ends
		}
		if q := v.regionAt(t+i, block); after == 0 && q >= 0 {
			after = 1 + v.regs[q].ends
		}
	}
	return 1<<20 | before<<10 | after
}

func (v *view) regionAt(t int, block nlp.TokenRange) int32 {
	if !block.Contains(t) {
		return -1
	}
	return v.words[t].region
}

// governor climbs from t to the nearest word, t itself among them, whose relation is one
// of kinds, and tells that relation with the lemma above it; edge tells whether t is the
// first or last word below. Without such a word it tells the root's lemma.
func (v *view) governor(t int, kinds childBits) (what, edge uint64) {
	at := int32(t)
	for range maxClimb {
		w := &v.words[at]
		if w.head < 0 {
			return nlp.Mix(1, w.lemma), 0
		}
		if v.bits[v.d.Rels[at]]&kinds != 0 {
			side := flag(w.head > int32(t))
			return nlp.Mix(w.rel, nlp.Mix(v.words[w.head].lemma, side)), 1 + flag(w.left == int32(t)) + 2*flag(w.right == int32(t))
		}
		at = w.head
	}
	return 0, 0
}

// headline appends a feature for tokens outside the body.
func (v *view) headline(fs []uint64, template uint64, t int, value uint64) []uint64 {
	if !v.d.Blocks[v.words[t].block].Kind.IsBody() {
		fs = append(fs, mix(template, value))
	}
	return fs
}

func mix(template, value uint64) uint64 { return nlp.Mix(template, value) }

// subjectOf tells what the subject of w is: a pronoun or common noun by its lemma, a
// name by its class.
func (v *view) subjectOf(w *word) (kind, tag uint64) {
	if w.subject < 0 {
		return 0, 0
	}
	s := &v.words[w.subject]
	if s.kind != 0 {
		return uint64(s.kind), s.tag
	}
	return s.lemma, s.tag
}

// marksAround tells what quotation stands around token t in its block: whether one
// ended just before (with the tokens between), begins just after, and how near.
func (v *view) marksAround(t int) uint64 {
	block := v.words[t].block
	before, after := uint64(0), uint64(0)
	for i := 1; i <= 6; i++ {
		if before == 0 && t-i >= 0 && v.words[t-i].block == block && v.d.Tokens[t-i].Mark == nlp.CloseMark {
			before = uint64(i+1) / 2
		}
		if after == 0 && t+i < len(v.words) && v.words[t+i].block == block && v.d.Tokens[t+i].Mark == nlp.OpenMark {
			after = uint64(i+1) / 2
		}
	}
	return before*4 + after + flag(v.d.Tokens[t].Depth > 0)*16
}

// bucket makes large distances coarse.
func bucket(n int) uint64 {
	sign := uint64(0)
	if n < 0 {
		sign, n = 64, -n
	}
	switch {
	case n <= 4:
		return sign + uint64(n)
	case n <= 6:
		return sign + 5
	case n <= 9:
		return sign + 6
	case n <= 14:
		return sign + 7
	case n <= 24:
		return sign + 8
	case n <= 49:
		return sign + 9
	}
	return sign + 10
}

// place is where a token stands with regard to the cue aimed at.
type place struct {
	distance  int    // in tokens, negative before the cue; 0 in it
	bucket    uint64 // of the distance
	sentences uint64 // sentence difference, cut at 2
	top       int32  // the dependent of the meeting point that it hangs from, or itself
	up, down  uint64 // steps to and from the meeting point: hashes of relations
	topRel    uint64
	steps     int
	isTop     bool
}

// locate finds the way through the tree from token t to the cue's head.
func (v *view) locate(t int) place {
	c := v.cue
	p := place{top: int32(t)}
	switch {
	case t < c.First:
		p.distance = t - c.First
	case t >= c.Past:
		p.distance = t - c.Past + 1
	}
	p.bucket = bucket(p.distance)
	diff := v.words[t].sent - v.words[c.head].sent
	p.sentences = uint64(int64(max(-2, min(2, diff))) + 2)
	at := int32(t)
	for v.upStamp[at] == 0 && p.steps < maxClimb {
		p.top = at
		p.topRel = v.words[at].rel
		p.up = nlp.Mix(p.up, p.topRel)
		p.steps++
		if at = v.words[at].head; at < 0 {
			p.down = 2
			return p
		}
	}
	if n := v.upStamp[at]; n > 1 {
		for _, u := range v.up[:n-1] {
			p.down = nlp.Mix(p.down, v.words[u].rel)
		}
	}
	p.isTop = p.steps == 0
	return p
}

// allRoleFeatures appends all features of token t for the second chain, as training wants
// them. In use the first two kinds are scored once a token, see [Stage.analyse].
func (v *view) allRoleFeatures(fs []uint64, t int) []uint64 {
	if v.cue.Contains(t) {
		return append(fs, mix(100, 1))
	}
	fs = v.wordFeatures(fs, t)
	fs = v.sideFeatures(fs, t, flag(t < v.cue.First))
	return v.roleFeatures(fs, t)
}

// wordFeatures appends those that are the same for every cue: what the token is, and
// what the first chain found.
func (v *view) wordFeatures(fs []uint64, t int) []uint64 {
	var (
		w, tok = &v.words[t], v.d.Tokens[t]
		p1, t1 = v.at(t-1, t)
		n1, u1 = v.at(t+1, t)
		n2, _  = v.at(t+2, t)
	)
	found := v.levels(t)
	return append(fs, mix(101, 0), mix(120, tok.Lower), mix(121, w.tag), mix(122, nlp.Mix(p1.tag, w.tag)), mix(123, nlp.Mix(w.tag, n1.tag)),
		mix(124, nlp.Mix(t1.Lower, tok.Lower)), mix(125, nlp.Mix(tok.Lower, u1.Lower)), mix(126, t1.Lower), mix(127, u1.Lower),
		mix(131, nlp.Mix(w.tag, nlp.Mix(n1.tag, n2.tag))), mix(171, found), mix(174, nlp.Mix(found, v.levelsBefore(t))))
}

// sideFeatures appends those that know of the cue only whether it comes after the token.
func (v *view) sideFeatures(fs []uint64, t int, side uint64) []uint64 {
	w := &v.words[t]
	p1, _ := v.at(t-1, t)
	return append(fs, mix(128, nlp.Mix(uint64(w.kind), nlp.Mix(uint64(p1.kind), side))), mix(129, nlp.Mix(w.rel, side)),
		mix(132, nlp.Mix(w.cluster, side)), mix(133, nlp.Mix(flag(w.left == int32(t)), nlp.Mix(w.rel, side))))
}

// roleFeatures appends those that tell how token t stands to the cue aimed at.
func (v *view) roleFeatures(fs []uint64, t int) []uint64 {
	var (
		w, tok = &v.words[t], v.d.Tokens[t]
		p1, t1 = v.at(t-1, t)
		pl     = v.locate(t)
		quote  = v.quoteRelation(t)
		top    = &v.words[pl.top]
		limits = flag(top.left == int32(t)) + 2*flag(top.right == int32(t)) + 4*flag(pl.steps == 0)
		place  = nlp.Mix(pl.sentences, nlp.Mix(pl.topRel, pl.down))
		edges  = nlp.Mix(place, limits)
		path   = nlp.Mix(pl.up, pl.down)
		others = v.otherCues(t)
		side   = flag(t < v.cue.First)
		in     = quote & 7
		rival  = v.rival(t)
	)
	// Where it is.
	fs = append(fs, mix(102, pl.bucket), mix(103, nlp.Mix(pl.bucket, v.cueLemma)), mix(104, nlp.Mix(pl.bucket, w.tag)),
		mix(105, pl.sentences), mix(106, place), mix(107, nlp.Mix(place, v.cueLemma)), mix(108, edges),
		mix(109, path), mix(110, nlp.Mix(path, v.cueLemma)), mix(111, nlp.Mix(edges, v.cueLemma)), mix(112, nlp.Mix(place, w.tag)),
		mix(113, nlp.Mix(place, tok.Lower)), mix(114, nlp.Mix(place, nlp.Mix(p1.tag, w.tag))),
		mix(130, nlp.Mix(uint64(w.kind), nlp.Mix(pl.topRel, pl.bucket))))
	// The quotations.
	fs = append(fs, mix(140, quote), mix(141, nlp.Mix(quote, pl.sentences)), mix(142, nlp.Mix(quote, v.cueLemma)),
		mix(143, nlp.Mix(quote, nlp.Mix(pl.sentences, others))), mix(144, nlp.Mix(quote, tok.Lower)), mix(145, nlp.Mix(quote, edges)),
		mix(146, nlp.Mix(quote, nlp.Mix(t1.Lower, side))), mix(147, nlp.Mix(quote, nlp.Mix(w.tag, pl.bucket))))
	// The other cues.
	fs = append(fs, mix(150, others), mix(151, nlp.Mix(others, pl.bucket)), mix(152, nlp.Mix(others, edges)),
		mix(153, nlp.Mix(others, nlp.Mix(pl.sentences, w.tag))))
	// The cue's setting.
	fs = append(fs, mix(154, nlp.Mix(v.setting, nlp.Mix(in, side))), mix(155, nlp.Mix(v.setting, edges)),
		mix(156, nlp.Mix(v.setting, nlp.Mix(quote, pl.sentences))), mix(157, nlp.Mix(rival, nlp.Mix(in, side))),
		mix(158, nlp.Mix(rival, nlp.Mix(v.setting, nlp.Mix(quote, pl.sentences)))), mix(159, nlp.Mix(v.setting, nlp.Mix(w.tag, nlp.Mix(in, pl.bucket)))))
	if w.region >= 0 {
		ends := v.regs[w.region].ends
		fs = append(fs, mix(180, nlp.Mix(ends, nlp.Mix(side, pl.sentences))), mix(181, nlp.Mix(ends, nlp.Mix(side, rival))),
			mix(182, nlp.Mix(ends, nlp.Mix(side, v.setting))), mix(183, nlp.Mix(ends, nlp.Mix(quote, rival))),
			mix(184, nlp.Mix(ends, nlp.Mix(side, v.cueLemma))), mix(185, nlp.Mix(nlp.Mix(ends, rival), nlp.Mix(pl.sentences, nlp.Mix(others, side)))))
	}
	// What the first chain found.
	found, content, source := v.levels(t), level(v.p[t].content), level(v.p[t].source)
	fs = append(fs, mix(172, nlp.Mix(content, nlp.Mix(in, nlp.Mix(side, rival)))), mix(173, nlp.Mix(found, nlp.Mix(side, others))),
		mix(175, nlp.Mix(content, edges)), mix(176, nlp.Mix(source, edges)),
		mix(177, nlp.Mix(nlp.Mix(found, v.levelsBefore(t)), nlp.Mix(pl.sentences, others))), mix(178, nlp.Mix(content, nlp.Mix(pl.bucket, v.setting))),
		mix(179, nlp.Mix(source, nlp.Mix(pl.bucket, v.setting))))
	// What the network makes of token and cue.
	own, last, next := v.related[t-v.from], v.related[t-v.from-1], v.related[t-v.from+1]
	both := own.level()
	fs = append(fs, mix(190, own.source), mix(191, own.content), mix(192, both), mix(193, nlp.Mix(both, last.level())), mix(194, nlp.Mix(both, next.level())),
		mix(195, nlp.Mix(own.content, quote)), mix(196, nlp.Mix(own.content, edges)), mix(197, nlp.Mix(own.source, edges)), mix(198, nlp.Mix(both, nlp.Mix(found, side))))
	// The cue.
	fs = append(fs, mix(160, nlp.Mix(v.cueText, nlp.Mix(pl.topRel, limits))), mix(161, nlp.Mix(v.cueText, nlp.Mix(pl.bucket, quote))),
		mix(162, nlp.Mix(v.cueLemma, nlp.Mix(tok.Lower, side))), mix(163, nlp.Mix(v.words[v.cue.head].tag, place)),
		mix(164, nlp.Mix(uint64(v.words[v.cue.head].children), nlp.Mix(pl.topRel, side))))
	return v.headline(fs, 170, t, nlp.Mix(place, w.tag))
}

// levels is what the first chain found for token t, in steps.
func (v *view) levels(t int) uint64 {
	p := v.p[t]
	return level(p.content)*64 + level(p.source)*8 + level(p.cue)
}

// levelsBefore is the same of content and source for the token before, 0 without one.
func (v *view) levelsBefore(t int) uint64 {
	if t == 0 || !v.sameBlock(t, t-1) {
		return 0
	}
	return level(v.p[t-1].content)*8 + level(v.p[t-1].source)
}

// otherCues tells how many other cues begin between t and the cue aimed at, cut at 2,
// and whether t is in one.
func (v *view) otherCues(t int) uint64 {
	w := &v.words[t]
	own := v.words[v.cue.First].cuesBefore
	between := w.cuesBefore - own
	if between < 0 {
		between = -between - flag32(w.cue == 0)
		if w.cue != 0 {
			between = max(between, 1)
		}
	}
	return uint64(min(2, max(0, between)))*2 + flag(w.cue != 0)
}

func flag32(b bool) int32 {
	if b {
		return 1
	}
	return 0
}

// quoteRelation tells how t and the cue aimed at stand to the quotations: whether each
// is inside one, whether it is the same, how many lie between, whether t opens or closes
// one or is a mark, and whether the cue's sentence opens inside one.
func (v *view) quoteRelation(t int) uint64 {
	w, c := &v.words[t], &v.words[v.cue.head]
	r := uint64(0)
	if c.region >= 0 {
		r |= 1
	}
	if w.region >= 0 {
		r |= 2
		if w.region == c.region {
			r |= 4
		}
		reg := v.regs[w.region]
		if reg.First == t {
			r |= 8
		}
		if reg.Past == t+1 {
			r |= 16
		}
		gap := v.cue.First - reg.Past
		if reg.First >= v.cue.Past {
			gap = reg.First - v.cue.Past
		}
		r |= bucket(max(0, gap)) << 8
		r |= min(3, bucket(reg.Len())/3) << 12
	}
	if t > 0 && v.words[t-1].region >= 0 && v.words[t-1].region != w.region {
		r |= 32
	}
	if t+1 < len(v.words) && v.words[t+1].region >= 0 && v.words[t+1].region != w.region {
		r |= 64
	}
	return r
}

// rival tells whose the sentence of t is: how many quotations lie between t and the cue,
// cut at 3, and whether another cue stands nearer to t's quotation, or to t, than the
// one aimed at.
func (v *view) rival(t int) uint64 {
	w := &v.words[t]
	piece := nlp.TokenRange{First: t, Past: t + 1}
	if w.region >= 0 {
		piece = v.regs[w.region].TokenRange
	}
	own := v.words[v.cue.First].cuesBefore // number of the cue aimed at
	before := v.words[piece.First].cuesBefore
	after := v.words[piece.Past-1].cuesBefore + 1
	r := uint64(0)
	if v.cue.First >= piece.Past { // the piece stands before the cue
		r = uint64(min(3, own-after)) << 2
		if before > 0 && v.cueEnd(before) > 0 && piece.First-v.cueEnd(before) < v.cue.First-piece.Past && v.sameBlock(v.cueEnd(before)-1, t) {
			r |= 1
		}
	} else if piece.First >= v.cue.Past {
		r = 2 | uint64(min(3, before-own))<<2
		if first := v.cueFirst(after); first > 0 && first-piece.Past < piece.First-v.cue.Past && v.sameBlock(first, t) {
			r |= 1
		}
	}
	return r
}

func (v *view) sameBlock(a, b int) bool { return v.words[a].block == v.words[b].block }

// cueFirst and cueEnd return where cue number n, from 1, begins and ends; 0 if there is
// no such cue.
func (v *view) cueFirst(n int32) int {
	if n < 1 || int(n) > len(v.cues) {
		return 0
	}
	return v.cues[n-1].First
}

func (v *view) cueEnd(n int32) int {
	if n < 1 || int(n) > len(v.cues) {
		return 0
	}
	return v.cues[n-1].Past
}

// level makes a probability one of seven steps, finer towards both ends.
func level(p float32) uint64 {
	switch {
	case p < 0.02:
		return 0
	case p < 0.1:
		return 1
	case p < 0.3:
		return 2
	case p < 0.6:
		return 3
	case p < 0.85:
		return 4
	case p < 0.97:
		return 5
	}
	return 6
}
