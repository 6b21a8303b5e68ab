package people

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"quoth"
	"quoth/wording"
)

// Names is a names file: people with their aliases and an identifier elsewhere.
type Names struct {
	byKey map[string][]*entry
	size  int
}

// entry is one line of a names file.
type entry struct {
	id, name string
	kind     quoth.PartyKind
}

// maxLine bounds a line of a names file.
const maxLine = 1 << 20

// ReadNames reads a names file: UTF-8 text, one person a line, four columns with tabs
// between, such as a query of Wikidata gives:
//
//	id       an identifier elsewhere, such as Q42
//	name     the full name
//	kind     person or organization
//	aliases  other names with | between, perhaps none
//
// Lines that begin with # and empty lines are passed over, and so is a first line whose
// first column is "id". A line that cannot be read is reported to bad, by its number from
// 1, and passed over; reading goes on.
func ReadNames(r io.Reader, bad func(line int, err error)) (*Names, error) {
	n := &Names{byKey: map[string][]*entry{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), maxLine)
	for number := 1; lines.Scan(); number++ {
		text := strings.TrimSuffix(strings.TrimPrefix(lines.Text(), "\ufeff"), "\r")
		if text == "" || text[0] == '#' || number == 1 && strings.HasPrefix(text, "id\t") {
			continue
		}
		if err := n.add(text); err != nil {
			bad(number, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "the names file cannot be read: " + err.Error(), Hint: "it is text with four columns and tabs between", Err: err}
	}
	return n, nil
}

// add enters one line.
func (n *Names) add(text string) error {
	columns := strings.Split(text, "\t")
	if len(columns) < 3 || len(columns) > 4 {
		return fmt.Errorf("%d columns, want id, name, kind and aliases with tabs between", len(columns))
	}
	e := &entry{strings.TrimSpace(columns[0]), strings.TrimSpace(columns[1]), quoth.PartyKind(strings.TrimSpace(columns[2]))}
	if e.kind != quoth.PersonParty && e.kind != quoth.OrganizationParty {
		return fmt.Errorf("kind %q, want person or organization", e.kind)
	}
	if e.id == "" || wording.Fold(e.name) == "" {
		return fmt.Errorf("the id or the name is empty")
	}
	names := []string{e.name}
	if len(columns) == 4 {
		names = append(names, strings.Split(columns[3], "|")...)
	}
	for _, name := range names {
		key := keyOf(name, e.kind)
		if known := n.byKey[key]; key != "" && (len(known) == 0 || known[len(known)-1] != e) {
			n.byKey[key] = append(known, e)
		}
	}
	n.size++
	return nil
}

// Len is the number of people in the file.
func (n *Names) Len() int { return n.size }

// only returns the one entry of a name; found is false when there is none or several.
func (n *Names) only(key string, kind quoth.PartyKind) (e *entry, found bool) {
	if n == nil {
		return nil, false
	}
	for _, known := range n.byKey[key] {
		if known.kind != kind {
			continue
		}
		if e != nil {
			return nil, false
		}
		e = known
	}
	return e, e != nil
}

// person is the person of the record that an entry stands for.
func (e *entry) person(reason string) quoth.Person {
	return quoth.Person{ID: Slug(e.name, e.kind), Name: e.name, Kind: e.kind, Links: map[string]string{"id": e.id}, Reason: reason}
}
