package sqlrecord

import (
	"encoding/json"
	"strconv"

	"quoth"
)

// parse reads the JSON of a statement as packStatement writes it. encoding/json, which works out
// by reflection what it is to fill, took five times as long and was a quarter of a
// search's time in the program that asks. ok is false for all that is not written just so, and st
// as it was: then encoding/json has to judge.
func parse(plain []byte, st *quoth.Statement) (ok bool) {
	p := parser{rest: plain}
	var read quoth.Statement
	p.statement(&read)
	if p.isLost || len(p.rest) > 0 {
		return false
	}
	*st = read
	return true
}

// parser reads a value from the front of what is left. Once lost it stays so.
type parser struct {
	rest   []byte
	isLost bool
}

// take reads c and reports whether it was there.
func (p *parser) take(c byte) bool {
	if len(p.rest) == 0 || p.rest[0] != c {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

// must reads c.
func (p *parser) must(c byte) {
	if !p.take(c) {
		p.isLost = true
	}
}

// isNull reads null if it stands there.
func (p *parser) isNull() bool {
	if len(p.rest) < 4 || string(p.rest[:4]) != "null" {
		return false
	}
	p.rest = p.rest[4:]
	return true
}

// fields reads an object; field reads the value of each of its names.
func (p *parser) fields(field func(name []byte)) {
	p.must('{')
	for isFirst := true; !p.isLost && !p.take('}'); isFirst = false {
		if !isFirst {
			p.must(',')
		}
		name := p.raw()
		p.must(':')
		if !p.isLost {
			field(name)
		}
	}
}

// items reads a list; item reads each of its values.
func (p *parser) items(item func()) {
	p.must('[')
	for isFirst := true; !p.isLost && !p.take(']'); isFirst = false {
		if !isFirst {
			p.must(',')
		}
		item()
	}
}

// raw reads a string that holds nothing escaped.
func (p *parser) raw() []byte {
	p.must('"')
	for i, c := range p.rest {
		switch {
		case c == '"':
			text := p.rest[:i]
			p.rest = p.rest[i+1:]
			return text
		case c == '\\' || c < ' ' || c >= 0x80:
			p.isLost = true
			return nil
		}
	}
	p.isLost = true
	return nil
}

// text reads a string.
func (p *parser) text() string {
	if len(p.rest) == 0 || p.rest[0] != '"' {
		p.isLost = true
		return ""
	}
	isPlain := true
	for i := 1; i < len(p.rest); i++ {
		switch c := p.rest[i]; {
		case c == '"':
			quoted := p.rest[:i+1]
			p.rest = p.rest[i+1:]
			if isPlain {
				return string(quoted[1:i])
			}
			var text string
			p.isLost = p.isLost || json.Unmarshal(quoted, &text) != nil
			return text
		case c == '\\':
			i++
			isPlain = false
		case c < ' ' || c >= 0x80:
			isPlain = false
		}
	}
	p.isLost = true
	return ""
}

// number reads a number.
func (p *parser) number() float64 {
	n := 0
	for n < len(p.rest) && (p.rest[n] >= '0' && p.rest[n] <= '9' || p.rest[n] == '.' || p.rest[n] == '-') {
		n++
	}
	f, err := strconv.ParseFloat(string(p.rest[:n]), 64)
	p.isLost = p.isLost || err != nil
	p.rest = p.rest[n:]
	return f
}

// offset reads a whole number that is not negative.
func (p *parser) offset() int {
	n, digits := 0, 0
	for digits < len(p.rest) && p.rest[digits] >= '0' && p.rest[digits] <= '9' {
		n = 10*n + int(p.rest[digits]-'0')
		digits++
	}
	if digits == 0 || digits > 9 {
		p.isLost = true
		return 0
	}
	p.rest = p.rest[digits:]
	return n
}

func (p *parser) span() (s quoth.Span) {
	p.must('[')
	s.Start = p.offset()
	p.must(',')
	s.End = p.offset()
	p.must(']')
	return s
}

func (p *parser) statement(st *quoth.Statement) {
	p.fields(func(name []byte) {
		switch string(name) {
		case "id":
			st.ID = p.text()
		case "kind":
			st.Kind = quoth.Kind(p.text())
		case "source":
			st.Source = p.role()
		case "cue":
			st.Cue = p.role()
		case "content":
			st.Content = p.role()
		case "speaker":
			st.Speaker = p.speaker()
		case "said":
			st.Said = p.said()
		case "medium":
			st.Medium = p.text()
		case "venue":
			st.Venue = p.venue()
		case "about":
			st.About = p.about()
		case "addressee":
			st.Addressee = p.addressee()
		case "continues":
			st.Continues = p.textOrNull()
		case "repeats":
			st.Repeats = p.textOrNull()
		case "confidence":
			st.Confidence = p.number()
		case "factuality":
			st.Factuality = quoth.Factuality(p.text())
		default:
			p.isLost = true
		}
	})
}

func (p *parser) textOrNull() *string {
	if p.isNull() {
		return nil
	}
	text := p.text()
	return &text
}

func (p *parser) role() *quoth.Role {
	if p.isNull() {
		return nil
	}
	r := &quoth.Role{}
	p.fields(func(name []byte) {
		switch {
		case string(name) == "spans" && p.isNull():
		case string(name) == "spans":
			r.Spans = make([]quoth.Span, 0, 1)
			p.items(func() { r.Spans = append(r.Spans, p.span()) })
		case string(name) == "text":
			r.Text = p.text()
		default:
			p.isLost = true
		}
	})
	return r
}

func (p *parser) speaker() *quoth.Speaker {
	if p.isNull() {
		return nil
	}
	s := &quoth.Speaker{}
	p.fields(func(name []byte) {
		switch string(name) {
		case "name":
			s.Name = p.text()
		case "kind":
			s.Kind = quoth.PartyKind(p.text())
		case "mention":
			s.Mention = p.text()
		case "id":
			s.ID = p.text()
		default:
			p.isLost = true
		}
	})
	return s
}

func (p *parser) said() *quoth.Said {
	if p.isNull() {
		return nil
	}
	s := &quoth.Said{}
	p.fields(func(name []byte) {
		switch string(name) {
		case "edtf":
			s.EDTF = p.text()
		case "evidence":
			s.Evidence = p.span()
		case "text":
			s.Text = p.text()
		default:
			p.isLost = true
		}
	})
	return s
}

func (p *parser) venue() *quoth.Venue {
	if p.isNull() {
		return nil
	}
	v := &quoth.Venue{}
	p.fields(func(name []byte) {
		switch string(name) {
		case "name":
			v.Name = p.text()
		case "span":
			v.Span = p.span()
		default:
			p.isLost = true
		}
	})
	return v
}

func (p *parser) about() []quoth.Party {
	if p.isNull() {
		return nil
	}
	list := []quoth.Party{}
	p.items(func() { list = append(list, p.party()) })
	return list
}

func (p *parser) party() (b quoth.Party) {
	p.fields(func(name []byte) {
		switch string(name) {
		case "name":
			b.Name = p.text()
		case "kind":
			b.Kind = quoth.PartyKind(p.text())
		case "id":
			b.ID = p.text()
		case "stance":
			b.Stance = &quoth.Stance{}
			p.fields(func(name []byte) {
				switch string(name) {
				case "label":
					b.Stance.Label = quoth.StanceLabel(p.text())
				case "confidence":
					b.Stance.Confidence = p.number()
				default:
					p.isLost = true
				}
			})
		default:
			p.isLost = true
		}
	})
	return b
}

func (p *parser) addressee() *quoth.Addressee {
	if p.isNull() {
		return nil
	}
	a := &quoth.Addressee{}
	p.fields(func(name []byte) {
		switch string(name) {
		case "name":
			a.Name = p.text()
		case "kind":
			a.Kind = quoth.PartyKind(p.text())
		case "span":
			a.Span = p.span()
		case "id":
			a.ID = p.text()
		default:
			p.isLost = true
		}
	})
	return a
}
