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
