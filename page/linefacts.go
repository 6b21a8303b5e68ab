package page

import (
	"math/bits"
	"unicode"
	"unicode/utf8"

	"quoth"
)

// lineFacts is what the line model knows of one line by itself.
type lineFacts struct {
	words    int    // number of words, estimated in lines longer than maxScan
	size     int    // bytes
	key      uint64 // of all that was read of the line, marks and case set aside
	from, to int32  // its words in linePage.hashes
	begin    uint8  // class of the first character
	end      uint8  // and of the last
	capital  int    // words that begin with a capital letter
	shouted  int    // words of capitals alone, of two letters and more
	numbers  int    // words that begin with a digit
	common   int    // words that running text is full of
	stops    int    // ends of sentences with a blank behind
	commas   int
	bars     int // strokes and dots that part entries
	letters  int // letters in words, for the mean length
	marks    markSet
	isProse  bool            // running text by its looks
	rule     quoth.BlockKind // what the furniture rules say
	times    int32           // how often the line stands on the page
	nth      int32           // which of those it is, from 0
	shared   uint8           // share of its words that running text elsewhere holds, in tenths
	named    uint8           // the same of those that begin with a capital letter
}

// markSet is which marks a line holds.
type markSet uint16

const (
	hasQuote markSet = 1 << iota
	hasColon
	hasAt
	hasHash
	hasSlash
	hasMoney
	hasQuestion
	hasExclaim
	hasBracket
	hasCopyright
	hasClock // 10:45
	hasYear  // 1990 to 2039
	hasForeign
	hasArrow
)

// Classes of the characters at the two ends of a line.
const (
	charNone uint8 = iota
	charUpper
	charLower
	charDigit
	charStop
	charQuestion
	charColon
	charComma
	charQuote
	charOpen
	charClose
	charDots
	charDash
	charBar
	charOther
)

// How a word is written.
const (
	formLower uint8 = iota
	formCapital
	formShouted
	formNumber
	formCommon // lower case, of the common ones
)

// maxScan is how many bytes of a line are read: three quarters of them from its
// beginning, the rest from its end. What a long line is shows there.
const maxScan = 400

// linePage is a page of lines as the line model sees it. It is working memory that one
// goroutine uses for one page after another.
type linePage struct {
	lines  []lineFacts
	hashes []uint32       // of the words of the lines
	forms  []uint8        // of the same words: how they are written
	holds  [1 << 12]uint8 // by word: in how many lines it stands
	table  []lineSlot     // by key: the lines that are alike
	prose  []int32        // lines of running text before each line; one more than lines
	begin  int            // the stretch of lines with the most running text
	end    int            // one after it
}

type lineSlot struct {
	key   uint64
	times int32
}

// read takes the lines of a page.
func (p *linePage) read(n int, line func(i int) lineNote) {
	p.lines, p.hashes, p.forms = p.lines[:0], p.hashes[:0], p.forms[:0]
	clear(p.holds[:])
	for i := range n {
		p.lines = append(p.lines, lineFacts{})
		p.look(&p.lines[i], line(i))
	}
	p.repeats()
	p.topics()
	p.stretch()
}

// look reads one line.
func (p *linePage) look(l *lineFacts, note lineNote) {
	text := note.text
	l.size = len(text)
	l.from = int32(len(p.hashes))
	l.begin, l.end = charClass(firstRune(text)), lastClass(text)
	l.key = hashSeed
	if len(text) <= maxScan {
		p.scan(l, text)
	} else {
		p.scan(l, text[:runeFloor(text, maxScan*3/4)])
		read := len(text) - runeFloor(text, len(text)-maxScan/4) + maxScan*3/4
		p.scan(l, text[runeFloor(text, len(text)-maxScan/4):])
		l.words = l.words * len(text) / read
	}
	l.to = int32(len(p.hashes))
	l.isProse = l.words >= 12 && (l.end == charStop || l.end == charQuote || l.end == charQuestion) && 2*l.capital < int(l.to-l.from) || l.words >= 30
	l.rule = furniture(note)
}

const hashSeed = 0xcbf29ce484222325

func hashStep(h uint64, c uint32) uint64 { return (h ^ uint64(c)) * 0x100000001b3 }

// scan reads a piece of a line.
func (p *linePage) scan(l *lineFacts, s string) {
	const none = 0
	var h uint64 // of the word that is being read, none between words
	var size, upper int
	isNumber, isCapital := false, false
	endWord := func() {
		if h == none {
			return
		}
		w := uint32(h ^ h>>32)
		p.hashes = append(p.hashes, w)
		l.key = hashStep(l.key, w)
		l.words++
		l.letters += size
		form := formLower
		if isCommon(w) {
			l.common++
			form = formCommon
		}
		switch {
		case isNumber:
			form = formNumber
		case isCapital && upper == size && size >= 2:
			form = formShouted
			l.shouted++
		case isCapital:
			form = formCapital
		}
		p.forms = append(p.forms, form)
		if isNumber && size == 4 && (w == yearOf(w)) {
			l.marks |= hasYear
		}
		h, size, upper, isNumber, isCapital = none, 0, 0, false, false
	}
	for i := 0; i < len(s); {
		c := s[i]
		var r rune
		n := 1
		switch {
		case 'a' <= c && c <= 'z':
			if h == none {
				h = hashSeed
			}
			h = hashStep(h, uint32(c))
			size++
			i++
			continue
		case 'A' <= c && c <= 'Z':
			if h == none {
				h = hashSeed
				l.capital++
				isCapital = true
			}
			h = hashStep(h, uint32(c|0x20))
			size++
			upper++
			i++
			continue
		case isDigit(c):
			if h == none {
				h = hashSeed
				isNumber = true
				l.numbers++
			}
			h = hashStep(h, uint32(c))
			size++
			i++
			continue
		case c == ' ':
			endWord()
			i++
			continue
		case c < utf8.RuneSelf:
			r = rune(c)
		default:
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		i += n
		if r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)) {
			low := unicode.ToLower(r)
			if h == none {
				h = hashSeed
				if low != r {
					l.capital++
					isCapital = true
				}
			}
			h = hashStep(h, uint32(low))
			size++
			if low != r {
				upper++
			}
			if r > 0x24f {
				l.marks |= hasForeign
			}
			continue
		}
		if (r == '\'' || r == '’') && h != none {
			continue
		}
		wasNumber := isNumber
		endWord()
		next := byte(' ')
		if i < len(s) {
			next = s[i]
		}
		switch r {
		case '.', '…':
			if next == ' ' {
				l.stops++
			}
		case ',':
			l.commas++
		case '"', '“', '”', '„', '«', '»':
			l.marks |= hasQuote
		case ':':
			l.marks |= hasColon
			if wasNumber && isDigit(next) {
				l.marks |= hasClock
			}
		case '@':
			l.marks |= hasAt
		case '#':
			l.marks |= hasHash
		case '/':
			l.marks |= hasSlash
		case '$', '€', '£':
			l.marks |= hasMoney
		case '?':
			l.marks |= hasQuestion
		case '!':
			l.marks |= hasExclaim
		case '(', '[':
			l.marks |= hasBracket
		case '©', '®', '™':
			l.marks |= hasCopyright
		case '|', '•', '·':
			l.bars++
		case '→', '›', '>', '▶', '►', '↓', '×':
			l.marks |= hasArrow
		}
	}
	endWord()
}

// years are the hashes of 1990 to 2039.
var years = func() map[uint32]bool {
	m := map[uint32]bool{}
	for y := 1990; y < 2040; y++ {
		h := uint64(hashSeed)
		for _, d := range []int{y / 1000, y / 100 % 10, y / 10 % 10, y % 10} {
			h = hashStep(h, uint32('0'+d))
		}
		m[uint32(h^h>>32)] = true
	}
	return m
}()

// yearOf returns w when it is the hash of a year, another number otherwise.
func yearOf(w uint32) uint32 {
	if years[w] {
		return w
	}
	return ^w
}

// common is a table of the hashes of words that running text is full of and that
// buttons and titles hold less often, in the languages of the pages looked at.
var common = func() (table [1 << 10]uint32) {
	const list = " the of and to a in that is was for it with as his her on be at by had not are but from or have an they which you were all she he their there been if will would who what said has its than them then could about into so no out up when more some we him my me do this these those can did only over also after before while because where how may should between under during against without within most other our your us i am like just now told per de la le les des en et un une que est dans pour sur qui au du il pas plus der die das und ist von den mit zu auf für im dem nicht ein eine es auch sich als wird dass war el los las y por con para una al lo como di che non si è da og er det på til som av med att ett för har inte "
	start := 1
	for i := 1; i < len(list); i++ {
		if list[i] != ' ' {
			continue
		}
		h := uint64(hashSeed)
		for _, r := range list[start:i] {
			h = hashStep(h, uint32(r))
		}
		w := uint32(h ^ h>>32)
		at := w % uint32(len(table))
		for table[at] != 0 && table[at] != w {
			at = (at + 1) % uint32(len(table))
		}
		table[at] = w
		start = i + 1
	}
	return table
}()

func isCommon(w uint32) bool {
	for at := w % uint32(len(common)); common[at] != 0; at = (at + 1) % uint32(len(common)) {
		if common[at] == w {
			return true
		}
	}
	return false
}

// charClass is the class of a character at the beginning of a line.
func charClass(r rune) uint8 {
	switch {
	case 'A' <= r && r <= 'Z':
		return charUpper
	case 'a' <= r && r <= 'z':
		return charLower
	case '0' <= r && r <= '9':
		return charDigit
	}
	switch r {
	case '.', '!', '。':
		return charStop
	case '?':
		return charQuestion
	case ':':
		return charColon
	case ',', ';':
		return charComma
	case '"', '“', '”', '„', '‘', '’', '\'', '«', '»':
		return charQuote
	case '(', '[':
		return charOpen
	case ')', ']':
		return charClose
	case '…':
		return charDots
	case '-', '–', '—':
		return charDash
	case '|', '•', '·', '/', '*', '●', '▪', '■':
		return charBar
	}
	switch {
	case unicode.IsUpper(r):
		return charUpper
	case unicode.IsLetter(r):
		return charLower
	}
	return charOther
}

// lastClass is the class of the last character; "…“ and the like are quotes, "..." dots.
func lastClass(text string) uint8 {
	r, n := utf8.DecodeLastRuneInString(text)
	if r == '.' && len(text) > n && text[len(text)-n-1] == '.' {
		return charDots
	}
	if c := charClass(r); c != charQuote {
		return c
	}
	return charQuote
}

// repeats counts how often each line stands on the page.
func (p *linePage) repeats() {
	size := 16
	for size < 2*len(p.lines) {
		size *= 2
	}
	if len(p.table) < size {
		p.table = make([]lineSlot, size)
	} else {
		p.table = p.table[:size]
		clear(p.table)
	}
	for i := range p.lines {
		s := p.slot(p.lines[i].key)
		p.lines[i].nth = s.times
		s.key = p.lines[i].key
		s.times++
	}
	for i := range p.lines {
		p.lines[i].times = p.slot(p.lines[i].key).times
	}
}

// slot is the one of the lines with key.
func (p *linePage) slot(key uint64) *lineSlot {
	mask := uint64(len(p.table) - 1)
	for at := (key ^ key>>32) & mask; ; at = (at + 1) & mask {
		if s := &p.table[at]; s.times == 0 || s.key == key {
			return s
		}
	}
}

// topics finds how many of the words of a line the running text of the page holds.
func (p *linePage) topics() {
	place := func(w uint32) *uint8 { return &p.holds[w>>20] }
	for i := range p.lines {
		if l := &p.lines[i]; l.isProse {
			for _, w := range p.hashes[l.from:l.to] {
				if n := place(w); *n < 255 {
					*n++
				}
			}
		}
	}
	for i := range p.lines {
		l := &p.lines[i]
		all, known, names, knownNames := 0, 0, 0, 0
		self := uint8(0)
		if l.isProse {
			self = 1
		}
		for k, w := range p.hashes[l.from:l.to] {
			form := p.forms[int(l.from)+k]
			if form == formCommon || form != formLower && isCommon(w) {
				continue
			}
			all++
			isKnown := *place(w) > self
			if isKnown {
				known++
			}
			if form == formCapital || form == formShouted {
				names++
				if isKnown {
					knownNames++
				}
			}
		}
		l.shared, l.named = uint8(tenth(known, all)), uint8(tenth(knownNames, names))
	}
}

// stretch finds the part of the page with the most running text.
func (p *linePage) stretch() {
	p.prose = append(p.prose[:0], 0)
	best, sum, start := 0, 0, 0
	p.begin, p.end = 0, 0
	for i := range p.lines {
		l := &p.lines[i]
		n := p.prose[i]
		switch {
		case l.isProse:
			n++
			sum += min(l.words, 60)
		case l.words >= 12:
		default:
			sum -= 5
		}
		p.prose = append(p.prose, n)
		if sum <= 0 {
			sum, start = 0, i+1
		} else if sum > best {
			best, p.begin, p.end = sum, start, i+1
		}
	}
}

// bin sorts counts: exact up to seven, then two bins for each doubling.
func bin(n int) uint64 {
	if n < 8 {
		return uint64(max(n, -1) + 1)
	}
	k := bits.Len(uint(n))
	return uint64(2*k+3) + uint64(n>>(k-2)&1)
}

// feature makes the hash of a feature: which it is, and its value.
func feature(id, value uint64) uint64 {
	x := id<<56 ^ value*0x9e3779b97f4a7c15
	x ^= x >> 29
	x *= 0xbf58476d1ce4e5b9
	return x ^ x>>32
}

// tenth is the share of n in all, in tenths.
func tenth(n, all int) uint64 {
	if all == 0 {
		return 15
	}
	return uint64(min(10, 10*n/all))
}

// shape sums a line up for its neighbours.
func (l *lineFacts) shape() uint64 {
	s := bin(l.words)
	if l.words >= 8 {
		s = bin(l.words) / 2 * 2
	}
	return s<<8 | uint64(l.end)<<4 | min(tenth(l.capital, int(l.to-l.from))/3, 3)
}

// features appends the features of line i of the first pass.
func (p *linePage) features(i int, out []uint64) []uint64 {
	l := &p.lines[i]
	ws := p.hashes[l.from:l.to]
	n := len(ws)
	add := func(id, value uint64) { out = append(out, feature(id, value)) }
	size := bin(l.words)
	rule := ruleNumber(l.rule)

	// The line by itself.
	add(1, size)
	add(2, size<<8|uint64(l.end))
	add(3, uint64(l.begin)<<8|uint64(l.end))
	add(4, tenth(l.capital, n)<<8|size/3)
	add(5, tenth(l.common, n)<<8|size/3)
	add(6, tenth(l.shouted, n)<<8|size/3)
	add(7, tenth(l.numbers, n)<<8|size/3)
	add(8, bin(l.stops)<<8|size/3)
	add(9, bin(l.commas)<<8|size/3)
	add(10, bin(l.bars))
	add(11, uint64(l.marks))
	for m := markSet(1); m <= hasArrow; m <<= 1 {
		if l.marks&m != 0 {
			add(12, uint64(m)<<8|size/3)
		}
	}
	add(13, rule)
	add(14, bin(int(l.times))<<8|uint64(min(l.nth, 2)))
	add(15, uint64(l.shared)<<8|size/3)
	add(16, uint64(l.named)<<8|size/3)
	add(17, uint64(l.named)<<8|uint64(l.end))
	if n > 0 {
		add(18, uint64(2*l.letters/n))
	}
	fs := p.forms[l.from:l.to]
	var form uint64
	for _, f := range fs[:min(n, 4)] {
		form = form<<3 | uint64(f+1)
	}
	add(27, form)
	add(28, form<<16|uint64(l.end)<<8|size/2)
	form = 0
	for _, f := range fs[max(0, n-3):] {
		form = form<<3 | uint64(f+1)
	}
	add(29, form<<8|uint64(l.end))

	// Its words.
	for k, w := range ws[:min(n, 16)] {
		add(20, uint64(w))
		if k < 2 {
			add(21+uint64(k), uint64(w))
		}
	}
	if n > 16 {
		for _, w := range ws[max(16, n-4):] {
			add(20, uint64(w))
		}
	}
	if n > 0 {
		add(23, uint64(ws[n-1]))
	}
	if n > 1 {
		add(24, uint64(ws[0])<<32^uint64(ws[1]))
		add(25, uint64(ws[n-2])<<32^uint64(ws[n-1]))
	}
	if n > 0 && n <= 6 {
		add(26, l.key)
	}

	// Its neighbours.
	for d := -3; d <= 3; d++ {
		if d == 0 {
			continue
		}
		id := uint64(30 + d)
		if i+d < 0 || i+d >= len(p.lines) {
			add(id, 1<<20)
			continue
		}
		o := &p.lines[i+d]
		add(id, o.shape())
		if d >= -2 && d <= 2 {
			add(id+10, ruleNumber(o.rule))
			if o.from < o.to {
				add(id+20, uint64(p.hashes[o.from]))
			}
		}
	}
	if i > 0 && i+1 < len(p.lines) {
		before, after := &p.lines[i-1], &p.lines[i+1]
		add(60, bin(before.words)/2<<16|size<<8|bin(after.words)/2)
		add(61, uint64(before.end)<<16|uint64(l.end)<<8|uint64(after.end))
		var kinds uint64
		if before.isProse {
			kinds = 1
		}
		if after.isProse {
			kinds |= 2
		}
		add(79, kinds<<24|uint64(before.end)<<16|uint64(l.end)<<8|size/2)
	}

	// Where it stands.
	N := len(p.lines)
	add(62, bin(i))
	add(63, bin(N-1-i))
	add(64, tenth(i, N)<<8|bin(N)/2)
	add(78, tenth(int(p.prose[N]), N)<<8|size/3)
	before, after := int(p.prose[i]), int(p.prose[N]-p.prose[i+1])
	add(65, min(bin(before), 12)<<8|min(bin(after), 12))
	add(66, tenth(before, before+after))
	for k, reach := range []int{3, 8, 20} {
		a, b := max(0, i-reach), min(N, i+reach+1)
		near := int(p.prose[b] - p.prose[a])
		add(67+uint64(k), tenth(near, b-a)<<8|size/3)
		ahead, behind := int(p.prose[b]-p.prose[min(i+1, N)]), int(p.prose[i]-p.prose[a])
		add(70+uint64(k), tenth(behind, reach)<<8|tenth(ahead, reach))
	}
	switch {
	case i < p.begin:
		add(74, bin(p.begin-i)<<8|1)
	case i >= p.end:
		add(74, bin(i-p.end)<<8|2)
	default:
		add(74, min(bin(i-p.begin), 9)<<16|min(bin(p.end-1-i), 9)<<8)
	}
	back, ahead := p.reach(i)
	add(75, bin(back)<<8|bin(ahead))
	add(76, bin(back)<<8|size/3)
	add(77, bin(ahead)<<8|size/3)
	return out
}

// reach is how far the nearest running text is before and after line i, 20 at most.
func (p *linePage) reach(i int) (back, ahead int) {
	const most = 20
	for back = 1; back < most && i-back >= 0 && !p.lines[i-back].isProse; back++ {
	}
	for ahead = 1; ahead < most && i+ahead < len(p.lines) && !p.lines[i+ahead].isProse; ahead++ {
	}
	return back, ahead
}
