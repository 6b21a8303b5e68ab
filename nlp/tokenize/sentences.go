package tokenize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"quoth/nlp"
	"quoth/nlp/lexicon"
)

// sentences appends the sentences of a block, whose tokens begin at first and are the
// last of d.
func (s *scanner) sentences(d *nlp.Doc, first, block int) {
	p := splitter{text: d.Text, words: s.words, tokens: d.Tokens}
	begin := first
	cut := func(past int) {
		d.Tokens[begin].Flags |= nlp.StartsSent
		d.Sentences = append(d.Sentences, nlp.Sentence{TokenRange: nlp.TokenRange{First: begin, Past: past}, Block: block})
		begin = past
	}
	for t := first; t < len(d.Tokens); {
		past := t + 1
		if p.isStop(t) {
			past = p.closers(past)
			if past < len(d.Tokens) && p.ends(t, past) {
				cut(past)
			}
		}
		if past < len(d.Tokens) && begin < past && p.blankLine(past) {
			cut(past)
		}
		t = past
	}
	cut(len(d.Tokens))
}

// splitter decides where sentences end.
type splitter struct {
	text   string
	words  *lists
	tokens []nlp.Token
}

func (p *splitter) word(t int) string { return p.text[p.tokens[t].Start:p.tokens[t].End] }

// isStop reports whether a sentence may end with token t.
func (p *splitter) isStop(t int) bool {
	tok := &p.tokens[t]
	switch p.text[tok.End-1] {
	case '.':
		return true
	case '!', '?':
		return tok.Flags.Has(nlp.IsPunct)
	case 0xA6:
		return strings.HasSuffix(p.word(t), "…")
	}
	return false
}

// closers returns the first token from t on that does not belong to the sentence that
// ends before t: neither a closing mark nor a closing bracket.
func (p *splitter) closers(t int) int {
	for t < len(p.tokens) {
		if n := p.reference(t); n > 0 {
			t += n
			continue
		}
		tok := &p.tokens[t]
		if tok.Flags.Has(nlp.StartsBlock) || !tok.Flags.Has(nlp.IsPunct) {
			return t
		}
		if tok.Mark != nlp.CloseMark {
			if tok.Space || tok.Mark == nlp.OpenMark {
				return t
			}
			switch p.word(t) {
			case ")", "]", "}", `"`, "'", "”", "’", "''", "»", "›":
			default:
				return t
			}
		}
		t++
	}
	return t
}

// reference returns the length of the reference at token t, like [12], 0 for none.
func (p *splitter) reference(t int) int {
	if t+2 < len(p.tokens) && p.word(t) == "[" && p.tokens[t+1].Flags.Has(nlp.HasDigit) && p.word(t+2) == "]" {
		return 3
	}
	return 0
}

// blankLine reports whether an empty line stands before token t.
func (p *splitter) blankLine(t int) bool {
	gap := p.text[p.tokens[t-1].End:p.tokens[t].Start]
	return len(gap) > 1 && strings.Count(gap, "\n") > 1
}

// next describes what follows a possible end.
type next struct {
	capital, small, digit bool
	quoted                bool // an opening mark stands before
	bracket               bool
	space                 bool
	starter               bool // begins sentences
	mark                  byte // first byte of a mark that is neither
	token                 int
}

// look describes what begins at token t.
func (p *splitter) look(t int) next {
	n := next{space: p.tokens[t].Space, token: t}
	for ; t < len(p.tokens) && p.tokens[t].Flags.Has(nlp.IsPunct); t++ {
		w := p.word(t)
		switch {
		case p.tokens[t].Mark == nlp.OpenMark:
			n.quoted = true
		case w == "(" || w == "[":
			n.bracket = true
		case w == "..." || w == "…":
		default:
			n.mark = w[0]
			return n
		}
	}
	if t == len(p.tokens) {
		return n
	}
	n.token = t
	r, _ := utf8.DecodeRuneInString(p.word(t))
	switch {
	case p.tokens[t].Flags.Has(nlp.IsCapital):
		n.capital = true
		var room [16]byte
		n.starter = p.words.starters[string(lower(p.word(t), &room))]
	case unicode.IsDigit(r):
		n.digit = true
	case unicode.IsLower(r):
		n.small = true
	default:
		n.capital = unicode.IsLetter(r)
	}
	return n
}

// ends reports whether the sentence with the stop t ends before token past.
func (p *splitter) ends(t, past int) bool {
	n := p.look(past)
	if n.mark != 0 && strings.IndexByte(",;:)]}.!?", n.mark) >= 0 {
		return false
	}
	w := p.word(t)
	closed := past > t+1
	switch {
	case n.small:
		return w == "." && !closed && n.space && p.plainEnd(t)
	case !p.tokens[t].Flags.Has(nlp.IsPunct):
		return p.endsAbbreviation(t, w, closed, n)
	case w == ".":
		return n.space || n.capital
	case strings.HasSuffix(w, ".") || strings.HasSuffix(w, "…"):
		return n.space && !n.digit || n.starter
	}
	if p.tokens[past-1].Mark == nlp.CloseMark && n.capital && !n.quoted && !n.starter {
		return !p.saidNext(n.token)
	}
	return n.space || n.capital
}

// plainEnd reports whether the full stop t ends a sentence although a small letter
// follows, as people write in haste: not after what may be an abbreviation.
func (p *splitter) plainEnd(t int) bool {
	if t == 0 || p.tokens[t].Space {
		return false
	}
	before := &p.tokens[t-1]
	n := before.End - before.Start
	return n > 4 || n > 1 && !before.Flags.Has(nlp.IsCapital) && before.Flags.Has(nlp.HasLetter) || before.Flags.Has(nlp.IsPunct)
}

// endsAbbreviation decides for the abbreviation w at t.
func (p *splitter) endsAbbreviation(t int, w string, closed bool, n next) bool {
	var room [16]byte
	w = w[:len(w)-1]
	class := p.words.abbreviations[string(lower(w, &room))].Class
	switch {
	case class == lexicon.TitleAbbreviation || class == lexicon.BeforeAbbreviation || class == lexicon.NumberAbbreviation:
		return false
	case p.tokens[t].Flags.Has(nlp.HasDigit):
		return false
	}
	return n.starter || n.quoted || closed && n.capital
}

// saidNext reports whether a name and a verb of speech begin at token t, as in
// “No!” Zoë Hale said.
func (p *splitter) saidNext(t int) bool {
	for end := min(t+7, len(p.tokens)); t < end; t++ {
		tok := &p.tokens[t]
		if tok.Flags.Has(nlp.IsCapital) || p.text[tok.End-1] == '.' && !tok.Flags.Has(nlp.IsPunct) {
			continue
		}
		var room [16]byte
		return p.words.speech[string(lower(p.word(t), &room))]
	}
	return false
}
