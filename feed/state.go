package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"slices"
	"time"
)

// Validators are what a server names a version of something by (RFC 9110, section 8.8).
type Validators struct {
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
}

// maxValidatorBytes is the longest validator that is kept: they are sent back, and a
// server may send any.
const maxValidatorBytes = 1 << 10

func validatorsOf(h http.Header) Validators {
	v := Validators{h.Get("ETag"), h.Get("Last-Modified")}
	if len(v.ETag) > maxValidatorBytes || len(v.LastModified) > maxValidatorBytes {
		return Validators{}
	}
	return v
}

// State is what is remembered of a source between polls. The zero value is that of a
// source never polled. It holds no text of the feed and is stored as JSON. Methods do not
// change what a copy of it shares.
type State struct {
	// Feed is the address of the feed that a page named, "" when the source is one.
	Feed string `json:"feed,omitempty"`
	// Validators are those of what was read, by address.
	Validators map[string]Validators `json:"validators,omitempty"`
	// Seen names entries seen, the last seen last: the first 16 hexadecimal digits of the
	// SHA-256 of an address or GUID.
	Seen []string `json:"seen,omitempty"`
	// Polled is the time of the last poll.
	Polled time.Time `json:"polled,omitzero"`
	// Failures counts the polls that failed since the last that did not.
	Failures int `json:"failures,omitempty"`
	// NotBefore is when to try again after a failure, zero after none.
	NotBefore time.Time `json:"not_before,omitzero"`
}

// minSeen is how many entries are remembered at least, and maxParts of how many addresses
// the validators are. A feed seldom holds over 100 entries, a news sitemap 1000 at most.
const (
	minSeen  = 5000
	maxParts = 64
)

// clone returns a state that shares nothing with s.
func (s State) clone() State {
	s.Validators = maps.Clone(s.Validators)
	if s.Validators == nil {
		s.Validators = map[string]Validators{}
	}
	s.Seen = slices.Clone(s.Seen)
	return s
}

// Forget returns the state in which item was not seen, so that the next poll yields it
// again if the feed still has it.
func (s State) Forget(item Item) State {
	s = s.clone()
	own := item.keys()
	s.Seen = slices.DeleteFunc(s.Seen, func(key string) bool { return slices.Contains(own, key) })
	// "Not modified" would keep the entry away.
	clear(s.Validators)
	return s
}

// remember keeps the validators of what is at an address.
func (s *State) remember(address string, v Validators) {
	if _, known := s.Validators[address]; !known && len(s.Validators) >= maxParts {
		return
	}
	s.Validators[address] = v
	if v == (Validators{}) {
		delete(s.Validators, address)
	}
}

// sift returns the entries not seen, in order of date, and remembers them all. Of more
// than most it returns the newest.
func (s *State) sift(items []Item, most int) []Item {
	items = slices.Clone(items)
	slices.SortStableFunc(items, byDate)
	seen := make(map[string]bool, len(s.Seen))
	for _, key := range s.Seen {
		seen[key] = true
	}
	var fresh []Item
	current := map[string]bool{} // keys of what the feed has now: they are kept longest
	for _, item := range items {
		isNew := true
		for _, key := range item.keys() {
			isNew = isNew && !seen[key] && !current[key]
		}
		for _, key := range item.keys() {
			current[key] = true
		}
		if isNew {
			fresh = append(fresh, item)
		}
	}
	old := slices.DeleteFunc(s.Seen, func(key string) bool { return current[key] })
	if over := len(old) + len(current) - max(minSeen, 2*len(current)); over > 0 {
		old = old[min(over, len(old)):]
	}
	s.Seen = append(old, slices.Sorted(maps.Keys(current))...)
	return newest(fresh, most)
}

// newest returns at most the given number of entries, which are in order of date.
func newest(items []Item, most int) []Item {
	over := len(items) - most
	if over <= 0 {
		return items
	}
	// Entries without a date stand last; the dated ones go first, from the oldest.
	return items[over:]
}

// byDate orders entries by date, those without one last.
func byDate(a, b Item) int {
	if a.Published.IsZero() != b.Published.IsZero() {
		if a.Published.IsZero() {
			return 1
		}
		return -1
	}
	return a.Published.Compare(b.Published)
}

// keys name an entry: by its address, and by the GUID, which stays when the address
// changes. A GUID is unique within one feed only, so that it is never compared with an
// entry of another.
func (i Item) keys() []string {
	keys := []string{keyOf(i.URL)}
	if i.GUID != "" && i.GUID != i.URL {
		keys = append(keys, keyOf("guid:"+i.GUID))
	}
	return keys
}

func keyOf(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:8])
}
