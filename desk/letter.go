package desk

import (
	"context"
	"net/mail"
	"net/netip"
	"strings"
	"unicode/utf8"

	"quoth"
)

// leastReply is how long a reply may be in any case; else it may be as long as what it
// replies to.
const leastReply = 300

// mostLetters is how many come from one network in a quarter of an hour.
const mostLetters = 5

// Write takes a letter under a name, and returns its reference. A legal notice holds what
// Article 16(2) of Regulation (EU) 2022/2065 asks for; a reply is about facts and about as
// long as the statement, by Recommendation Rec(2004)16 of the Council of Europe.
func (d *Desk) Write(ctx context.Context, l quoth.Letter, from netip.Addr) (reference string, err error) {
	if l.Kind != quoth.LegalNotice && l.Kind != quoth.ReplyLetter {
		return "", invalid("a letter is a legal notice or a reply")
	}
	st, err := d.Record.Statement(ctx, l.Target)
	if err != nil {
		return "", err
	}
	if st.Withdrawn != "" {
		return "", &quoth.Error{Code: quoth.NotFound, Message: "the statement was taken away"}
	}
	if l.Name, err = required("your name", l.Name, 200); err != nil {
		return "", err
	}
	address, err := mail.ParseAddress(strings.TrimSpace(l.Email))
	if err != nil || len(l.Email) > 254 || address.Name != "" {
		return "", invalid("the address of mail is none")
	}
	l.Email = address.Address
	most := mostReply
	if l.Kind == quoth.ReplyLetter && st.Content != nil {
		most = max(leastReply, utf8.RuneCountInString(st.Content.Text))
	}
	if l.Text, err = required("the text", l.Text, most); err != nil {
		return "", err
	}
	queue := ReplyQ
	if l.Kind == quoth.LegalNotice {
		queue = LegalQ
		if l.Law, err = required("the law", l.Law, 300); err != nil {
			return "", err
		}
	}
	if !l.IsHonest {
		return "", invalid("the declaration that this is accurate and complete is missing")
	}
	if !d.tries.take(d.tries.key("letter", network(from)), mostLetters) {
		return "", &quoth.Error{Code: quoth.TooMany, Message: "too many letters from one address", Hint: "wait a quarter of an hour"}
	}
	now := d.Now()
	c := quoth.Case{ID: newID(), Kind: "statement", Target: l.Target, Queue: queue, State: quoth.CaseNew, Opened: now, Reports: 1, Texts: 1,
		Priority: quoth.Priority{Weight: weights[queue], Reports: 1, Reach: 1, Evidence: 1.3}}
	l.Case, l.At = c.ID, now
	// The name is for the desk; the log, which is for everybody, says that a letter came.
	return c.ID, d.Record.AddLetter(ctx, c, l, d.act(quoth.Account{Name: "somebody"}, "letter", "case "+c.ID, string(l.Kind)))
}
