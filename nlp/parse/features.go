package parse

import "quoth/nlp"

// distance puts how far apart two nodes are in one of eight classes.
func distance(a, b int32) uint64 {
	d := b - a
	if d < 0 {
		d = -d
	}
	switch {
	case d <= 4:
		return uint64(d)
	case d <= 6:
		return 5
	case d <= 10:
		return 6
	}
	return 7
}

// commas is how many marks stand between two nodes, up to 20.
func commas(a, b *node) uint64 { return uint64(min(b.punct-a.punct, 20)) }

func mix3(k, a, b uint64) uint64    { return nlp.Mix(nlp.Mix(k, a), b) }
func mix4(k, a, b, c uint64) uint64 { return nlp.Mix(nlp.Mix(nlp.Mix(k, a), b), c) }

// noDistance stands for the distance to no node.
const noDistance = 9

// actionFeatures returns the features of the configuration for the action model; they
// stay valid until the next call. They are the single words, tags and relations of
// Chen and Manning (2014, section 3.1) with clusters, and the pairs, valencies,
// distances and sets of relations of Zhang and Nivre (2011, tables 1 and 2), with s1
// and s0 paired as s0 and b0 are, for the arc-hybrid system makes arcs between both.
// What is not here (grandchildren, third words on the stack and in the buffer, words of
// inner children) lost on EWT dev.
func (p *parser) actionFeatures() []uint64 {
	none := int32(p.n + 1)
	top := len(p.stack) - 1
	s0i, s1i, s2i := p.stack[top], none, none
	if top > 0 {
		s1i = p.stack[top-1]
	}
	if top > 1 {
		s2i = p.stack[top-2]
	}
	b0i, b1i, b2i := p.next, min(p.next+1, p.root()), min(p.next+2, p.root())
	nodes := p.nodes
	s0, s1, s2 := &nodes[s0i], &nodes[s1i], &nodes[s2i]
	b0, b1, b2 := &nodes[b0i], &nodes[b1i], &nodes[b2i]
	s0l, s0r, s1l, s1r, b0l := &nodes[s0.l1], &nodes[s0.r1], &nodes[s1.l1], &nodes[s1.r1], &nodes[b0.l1]
	s0l2, s0r2, s1l2, s1r2, b0l2 := &nodes[s0.l2], &nodes[s0.r2], &nodes[s1.l2], &nodes[s1.r2], &nodes[b0.l2]
	ds, ps := distance(s1i, s0i), commas(s1, s0)
	if s1i == none {
		ds, ps = noDistance, noDistance
	}
	db, pb := distance(s0i, b0i), commas(s0, b0)
	quotes := uint64(s1.depth)<<16 | uint64(s0.depth)<<8 | uint64(b0.depth)
	p.fs = append(p.fs[:0],
		// words, tags and clusters on the stack and in the buffer
		nlp.Mix(1, s0.w), nlp.Mix(2, s0.p), nlp.Mix(3, s0.c), nlp.Mix(4, s1.w), nlp.Mix(5, s1.p), nlp.Mix(6, s1.c),
		nlp.Mix(7, s2.w), nlp.Mix(8, s2.p), nlp.Mix(9, s2.c), nlp.Mix(10, b0.w), nlp.Mix(11, b0.p), nlp.Mix(12, b0.c),
		nlp.Mix(13, b1.w), nlp.Mix(14, b1.p), nlp.Mix(15, b1.c), nlp.Mix(16, b2.w), nlp.Mix(17, b2.p), nlp.Mix(18, b2.c),
		// their children
		nlp.Mix(19, s0l.w), nlp.Mix(20, s0l.p+uint64(s0l.rel)), nlp.Mix(21, s0l2.p+uint64(s0l2.rel)),
		nlp.Mix(22, s0r.p+uint64(s0r.rel)), nlp.Mix(23, s0r2.p+uint64(s0r2.rel)),
		nlp.Mix(24, s1l.w), nlp.Mix(25, s1l.p+uint64(s1l.rel)), nlp.Mix(26, s1l2.p+uint64(s1l2.rel)),
		nlp.Mix(27, s1r.w), nlp.Mix(28, s1r.p+uint64(s1r.rel)), nlp.Mix(29, s1r2.p+uint64(s1r2.rel)),
		nlp.Mix(30, b0l.w), nlp.Mix(31, b0l.p+uint64(b0l.rel)), nlp.Mix(32, b0l2.p+uint64(b0l2.rel)),
		nlp.Mix(43, s0.lset), nlp.Mix(44, s0.rset), nlp.Mix(45, s1.lset), nlp.Mix(46, s1.rset), nlp.Mix(47, b0.lset), nlp.Mix(48, s2.rset),
		// what lies between
		nlp.Mix(54, ds), nlp.Mix(55, db), nlp.Mix(56, ps), nlp.Mix(57, pb), nlp.Mix(58, quotes),
		// pairs and triples
		mix3(59, s0.p, b0.p), mix3(60, s1.p, s0.p), mix4(61, s0.p, b0.p, b1.p), mix4(62, s1.p, s0.p, b0.p),
		mix3(63, s0.w, b0.w), mix3(64, s1.w, s0.w), mix3(65, s0.c, b0.c), mix3(66, s1.c, s0.c),
		mix3(67, s0.wp, b0.p), mix3(68, s1.wp, s0.p), mix3(69, s0.p, b0.wp), mix3(70, s1.p, s0.wp),
		mix4(71, s1.p, s0.p, ds), mix4(72, s0.p, b0.p, db), mix4(73, s1.p, s0.p, ps), mix4(74, s0.p, b0.p, pb),
		mix3(75, b0.p, b1.p), mix4(76, b0.p, b1.p, b2.p), mix3(77, s1.c, b0.c),
		mix4(78, s1.p, s0.p, s0l.w), mix4(79, s1.w, s0.p, s0l.w), mix4(80, s1.w, s0l.w, s0.c),
		mix4(81, s1.p, s1.rset, s0.p), mix4(82, s0.p, s0.rset, b0.p), mix4(83, s0.p, b0.lset, b0.p),
	)
	return p.fs
}

// arcKind names an arc by its tags and its direction.
func (p *parser) arcKind(h, dep int32) uint64 {
	direction := uint64(0)
	if dep > h {
		direction = 1
	}
	return mix3(direction, p.nodes[h].p, p.nodes[dep].p)
}

// labelFeatures returns the features of the arc from node hi to node di for the label
// model; they stay valid until the next call. All of them know the arc's direction.
func (p *parser) labelFeatures(hi, di int32) []uint64 {
	nodes, none := p.nodes, int32(p.n+1)
	h, d := &nodes[hi], &nodes[di]
	k, sib, set, marks := uint64(0), h.l1, h.lset, commas(d, h)
	if di > hi {
		k, sib, set, marks = 1<<8, h.r1, h.rset, commas(h, d)
	}
	before, after := none, min(di+1, p.root())
	if di > 0 {
		before = di - 1
	}
	dist := distance(hi, di)
	db, da, s := &nodes[before], &nodes[after], &nodes[sib]
	dl, dl2, dr := &nodes[d.l1], &nodes[d.l2], &nodes[d.r1]
	p.fs = append(p.fs[:0],
		nlp.Mix(k|1, h.w), nlp.Mix(k|2, h.p), nlp.Mix(k|3, h.c), nlp.Mix(k|4, d.w), nlp.Mix(k|5, d.p), nlp.Mix(k|6, d.c),
		nlp.Mix(k|7, dl.w), nlp.Mix(k|8, dl.p), nlp.Mix(k|9, uint64(dl.rel)), nlp.Mix(k|10, dl2.w), nlp.Mix(k|11, uint64(dl2.rel)),
		nlp.Mix(k|12, dr.w), nlp.Mix(k|13, uint64(dr.rel)), nlp.Mix(k|14, d.lset), nlp.Mix(k|15, d.rset), nlp.Mix(k|16, h.lset), nlp.Mix(k|17, h.rset),
		nlp.Mix(k|18, db.w), nlp.Mix(k|19, db.p), nlp.Mix(k|20, da.w), nlp.Mix(k|21, da.p), nlp.Mix(k|22, s.p), nlp.Mix(k|23, uint64(s.rel)),
		nlp.Mix(k|24, dist), nlp.Mix(k|25, marks), nlp.Mix(k|26, uint64(d.depth)<<8|uint64(h.depth)),
		mix3(k|27, h.wp, d.p), mix3(k|28, h.p, d.wp), mix3(k|29, h.p, d.p), mix3(k|30, h.w, d.w), mix3(k|31, h.c, d.c),
		mix4(k|32, h.p, d.p, dist), mix3(k|33, d.wp, dist), mix4(k|34, h.p, d.p, marks),
		mix4(k|35, h.p, d.p, dl.w), mix4(k|36, h.wp, d.p, dl.w), mix3(k|37, d.wp, dl.w), mix4(k|38, h.c, d.c, dl.w),
		mix4(k|39, h.p, d.p, set), mix4(k|40, h.wp, d.p, set), mix3(k|41, h.c, d.p), mix3(k|42, h.p, d.c),
	)
	return p.fs
}
