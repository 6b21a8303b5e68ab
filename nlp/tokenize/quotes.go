package tokenize

import (
	"strings"

	"quoth/nlp"
)

// The families of quotation marks. A mark closes one of its own family only.
const (
	doubleMarks   uint8 = iota // " “ ” „ ‟ '' ``
	singleMarks                // ' ‘ ’ ‚ `
	guillemets                 // « »
	singleGuillem              // ‹ ›
	cornerMarks                // 「 」 『 』 《 》
	families
)

// The sides of a mark, as its form and the spaces around it tell.
const (
	opens uint8 = iota
	closes
	either
)

// How a mark was matched.
const (
	dead   int32 = -1 // an apostrophe or a stray mark
	toEnd  int32 = -2 // opens and is never closed: reaches to the end of the block
	opened int32 = -3 // still open
)

// mark is one quotation mark of a block.
type mark struct {
	token  int32
	match  int32 // index of its partner or of the mark that ends it, or one of the above
	family uint8
	side   uint8
	ends   int32 // opening: how many quotations before it were forgotten and end here
	later  bool  // single: another closing one follows before any mark of another kind
	glued  bool  // closing by its form: between the end of a sentence and a capital, without a space
}

// quotes finds what stands in quotation marks, block by block; its memory is used
// again. Marks are matched in linear time whatever their number.
type quotes struct {
	marks []mark
	stack []int32 // indices of the open marks
	open  [families]int
}

// mark sets Mark and Depth of the tokens of one block.
//
// First every opening mark may stand inside another. When that leaves a double mark
// without its partner, somebody forgot one, and the block is read again without
// nesting: an opening mark ends the quotation before. What is still open then reaches
// to the end of the block and no further: an article whose paragraphs each open with
// a mark and do not close it is right, and a forgotten mark spoils one paragraph only.
func (q *quotes) mark(text string, tokens []nlp.Token) {
	q.marks = q.marks[:0]
	for t := range tokens {
		if tokens[t].Flags.Has(nlp.IsPunct) && tokens[t].End-tokens[t].Start <= 6 {
			q.collect(text, tokens, t)
		}
	}
	if len(q.marks) == 0 {
		return
	}
	q.lookAhead()
	if !q.matchAll(true) {
		q.matchAll(false)
	}
	q.setDepths(tokens)
}

// collect notes token t if it is a quotation mark.
func (q *quotes) collect(text string, tokens []nlp.Token, t int) {
	family, side := uint8(doubleMarks), either
	switch text[tokens[t].Start:tokens[t].End] {
	case `"`, "''", "’’", "‘’", "＂":
		if isInch(text, tokens, t) {
			return
		}
	case "“", "„", "‟", "``", "‘‘", "〝":
		side = opens
	case "”", "〞":
		if side = closes; isInch(text, tokens, t) {
			return
		}
	case "'", "’", "´":
		family = singleMarks
	case "‘", "‚", "`", "‛":
		family, side = singleMarks, opens
	case "«":
		family, side = guillemets, opens
	case "»":
		family, side = guillemets, closes
	case "‹":
		family, side = singleGuillem, opens
	case "›":
		family, side = singleGuillem, closes
	case "「", "『", "《":
		family, side = cornerMarks, opens
	case "」", "』", "》":
		family, side = cornerMarks, closes
	default:
		return
	}
	if by := sideBySpace(text, tokens, t); by != either && (family != cornerMarks) {
		side = by
	} else if side == either && family == singleMarks {
		side = closes
	}
	glued := family == doubleMarks && side == closes && t > 0 && t+1 < len(tokens) && !tokens[t].Space && !tokens[t+1].Space &&
		isEnder(text[tokens[t-1].Start:tokens[t-1].End]) && tokens[t+1].Flags.Has(nlp.IsCapital)
	q.marks = append(q.marks, mark{token: int32(t), match: dead, family: family, side: side, glued: glued})
}

// sideBySpace tells the side of mark t from the spaces and marks around it.
func sideBySpace(text string, tokens []nlp.Token, t int) uint8 {
	left := t > 0 && !tokens[t].Space
	right := t+1 < len(tokens) && !tokens[t+1].Space
	switch {
	case t == 0 && len(tokens) > 1:
		return opens
	case left && !right:
		if before := text[tokens[t-1].Start:tokens[t-1].End]; isOpener(before) {
			return either
		}
		return closes
	case right && !left:
		if after := text[tokens[t+1].Start:tokens[t+1].End]; isEnder(after) {
			return either
		}
		return opens
	case !left && !right:
		return either
	}
	before, after := text[tokens[t-1].Start:tokens[t-1].End], text[tokens[t+1].Start:tokens[t+1].End]
	switch {
	case isEnder(after):
		return closes
	case isOpener(before):
		return opens
	}
	return either
}

// isInch reports whether mark t means inches, as in 6'2".
func isInch(text string, tokens []nlp.Token, t int) bool {
	if t == 0 || tokens[t].Space || !tokens[t-1].Flags.Has(nlp.HasDigit) {
		return false
	}
	before := text[tokens[t-1].Start:tokens[t-1].End]
	return byteClass[before[len(before)-1]] == digitByte && strings.ContainsAny(before, "'’")
}

func isOpener(w string) bool {
	switch w {
	case "(", "[", "{", "“", "‘", "«", "„", "``", "—", "–", "--", "/":
		return true
	}
	return false
}

func isEnder(w string) bool {
	switch w {
	case ".", ",", ";", ":", "!", "?", ")", "]", "}", "”", "’", "»", "...", "…", "—", "–", "--", "-", "?!", "''":
		return true
	}
	return false
}

// lookAhead sets later, and the side of glued marks: Hale said.”It fell.” Such a one may open what the next double mark closes.
func (q *quotes) lookAhead() {
	later, closed := false, false
	for i := len(q.marks) - 1; i >= 0; i-- {
		m := &q.marks[i]
		if m.glued && closed {
			m.side = either
		}
		if m.family == doubleMarks {
			closed = m.side == closes
		}
		m.later = later
		later = m.family == singleMarks && (m.side == closes || later && m.side == either)
	}
}

// matchAll matches the marks, nested or not, and reports whether every double mark
// has its partner.
func (q *quotes) matchAll(nested bool) bool {
	q.stack, q.open = q.stack[:0], [families]int{}
	sound := true
	for i := range q.marks {
		m := &q.marks[i]
		m.match, m.ends = dead, 0
		switch side := q.sideNow(m); side {
		case opens:
			if !nested && m.family != singleMarks && q.open[m.family] > 0 {
				q.popTo(m.family, int32(i))
			}
			m.match = opened
			q.stack = append(q.stack, int32(i))
			q.open[m.family]++
		case closes:
			if !q.close(int32(i)) && m.family != singleMarks {
				sound = false
			}
		}
	}
	for _, i := range q.stack {
		m := &q.marks[i]
		m.match = toEnd
		if m.family == singleMarks {
			m.match = dead
		} else {
			sound = false
		}
	}
	return sound
}

// sideNow decides the side of a mark by what is open.
func (q *quotes) sideNow(m *mark) uint8 {
	if m.side != either {
		return m.side
	}
	if q.open[m.family] > 0 {
		return closes
	}
	return opens
}

// close matches mark i with the opening mark of its family, and reports whether there
// is one.
func (q *quotes) close(i int32) bool {
	m := &q.marks[i]
	if q.open[m.family] == 0 {
		return false
	}
	if m.family == singleMarks {
		top := q.stack[len(q.stack)-1]
		if q.marks[top].family != singleMarks || m.later {
			return false // an apostrophe; of several the last one closes
		}
	}
	for {
		top := q.pop()
		o := &q.marks[top]
		if o.family == m.family {
			o.match, m.match = i, top
			return true
		}
		o.match = dead
	}
}

// popTo takes the open marks off, down to one of the family, which ends at mark i.
func (q *quotes) popTo(family uint8, i int32) {
	for {
		o := &q.marks[q.pop()]
		if o.match = dead; o.family != singleMarks {
			o.match = i
			q.marks[i].ends++
		}
		if o.family == family {
			return
		}
	}
}

func (q *quotes) pop() int32 {
	top := q.stack[len(q.stack)-1]
	q.stack = q.stack[:len(q.stack)-1]
	q.open[q.marks[top].family]--
	return top
}

// setDepths writes what was matched to the tokens.
func (q *quotes) setDepths(tokens []nlp.Token) {
	depth, next := 0, 0
	for t := range tokens {
		leave := 0
		if next < len(q.marks) && int(q.marks[next].token) == t {
			m := q.marks[next]
			depth -= int(m.ends)
			switch {
			case m.match == dead:
			case m.match == toEnd || m.match > int32(next):
				tokens[t].Mark = nlp.OpenMark
				depth++
			default:
				tokens[t].Mark = nlp.CloseMark
				leave = 1
			}
			next++
		}
		tokens[t].Depth = uint8(min(depth, 255))
		depth -= leave
	}
}
