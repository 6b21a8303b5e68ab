// Package desk is where editors work: who may sit there, the cases that readers' answers
// gather into, the corrections of the record, letters under a name, and the audit log.
//
// Nothing that readers send changes the record. Their answers open a case and order it; an
// editor, by name, decides, says why, and can be asked about it.
//
// Begin with [New]; quoth/web and quoth/api show what a [Desk] does.
package desk

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"quoth"
)

// Options are what a desk works with. Record, PersonID and IsPersonal must be given.
type Options struct {
	Record quoth.Store
	Now    func() time.Time // the clock; nil is time.Now
	// PersonID is what the record calls somebody of a name, when nobody else has it; quoth/people
	// has it as Slug.
	PersonID func(name string, kind quoth.PartyKind) string
	// IsPersonal reports whether a reader's text most likely holds personal data; quoth/feedback
	// has it under the same name.
	IsPersonal func(text string) bool
	// NeedsSecond makes every correction wait until another editor has approved it.
	NeedsSecond bool
}

// Desk is the desk. It may be used by many goroutines at once.
type Desk struct {
	Options
	hashing chan struct{} // a place for each password that is hashed at once
	tries   *tries
	decoy   string // hash of a password that nobody has
}

// New opens a desk.
func New(o Options) *Desk {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Desk{Options: o, hashing: make(chan struct{}, 2), tries: newTries(o.Now), decoy: hashPassword(rand.Text())}
}

// act is a line of the audit log, as of now.
func (d *Desk) act(who quoth.Account, action, subject, detail string) quoth.Act {
	return quoth.Act{At: d.Now(), Actor: who.Name, Action: action, Subject: subject, Detail: detail}
}

// invalid is an error of what was sent.
func invalid(format string, a ...any) error {
	return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf(format, a...), Hint: "go back and change it"}
}

// may refuses whoever lacks a role. The routes check it too; this is the last door.
func may(who quoth.Account, role quoth.DeskRole) error {
	if !who.Disabled.IsZero() || !who.Role.May(role) {
		return &quoth.Error{Code: quoth.Refused, Message: "this needs the role " + string(role), Hint: "ask somebody who has it"}
	}
	return nil
}

// newID is a short name of a case: eight letters and digits, 40 bits.
func newID() string { return strings.ToLower(rand.Text()[:8]) }

// required refuses a text that is empty or too long.
func required(what, text string, most int) (string, error) {
	text = strings.TrimSpace(text)
	switch n := len([]rune(text)); {
	case n == 0:
		return "", invalid("%s is missing", what)
	case n > most:
		return "", invalid("%s is longer than %d characters", what, most)
	case strings.ToValidUTF8(text, "") != text || strings.ContainsRune(text, 0):
		return "", invalid("%s is no text", what)
	}
	return text, nil
}

// Acts lists the audit log from the line after one.
func (d *Desk) Acts(ctx context.Context, who quoth.Account, after int64) ([]quoth.Act, error) {
	if err := may(who, quoth.DeskReader); err != nil {
		return nil, err
	}
	return d.Record.Acts(ctx, "", after, 200)
}
