package feedback

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"

	"quoth"
)

// Limits bound how many answers come in, each over a minute unless it says otherwise; 0 is
// no bound. One answer is up to three changes: the click, its reasons, a change of mind. A
// change that is refused for what it says is not counted.
type Limits struct {
	Visitor     int // of one address and family of browsers
	VisitorHour int // of the same in an hour
	Network     int // of a /24 of IPv4 or a /48 of IPv6, such as an office or a campus
	Target      int // about one target
	All         int // in a second
}

// LimitsOf are the limits where a visitor may send n changes a minute; none for 0.
func LimitsOf(n int) Limits {
	if n <= 0 {
		return Limits{}
	}
	return Limits{Visitor: n, VisitorHour: 6 * n, Network: 15 * n, Target: 150 * n, All: 10_000}
}

// counter counts changes in fixed spans of time. Its keys are hashed with a secret that is
// never written down.
type counter struct {
	limits Limits
	secret [32]byte
	mu     sync.Mutex
	spans  map[time.Duration]*span
}

// span is what came in the current minute, hour or second.
type span struct {
	begun time.Time
	n     map[[16]byte]int
}

func newCounter(l Limits) *counter {
	c := &counter{limits: l, spans: map[time.Duration]*span{}}
	rand.Read(c.secret[:])
	return c
}

// bound is one of the limits of a change.
type bound struct {
	over time.Duration
	key  [16]byte
	most int
}

// bounds are those that a change counts towards.
func (c *counter) bounds(from Sender, target string) []bound {
	key := func(kind, text string) [16]byte {
		mac := hmac.New(sha256.New, c.secret[:])
		mac.Write([]byte(kind + "\x00" + text))
		return [16]byte(mac.Sum(nil))
	}
	list := []bound{{time.Second, key("all", ""), c.limits.All}, {time.Minute, key("target", target), c.limits.Target}}
	if !from.Address.IsValid() {
		return list
	}
	who := network(from.Address, 32, 64) + " " + family(from.UserAgent)
	return append(list,
		bound{time.Minute, key("visitor", who), c.limits.Visitor},
		bound{time.Hour, key("visitor", who), c.limits.VisitorHour},
		bound{time.Minute, key("network", network(from.Address, 24, 48)), c.limits.Network})
}

// network is the beginning of an address: so many bits of an IPv4 or an IPv6 one.
func network(address netip.Addr, four, six int) string {
	address = address.Unmap()
	bits := four
	if address.Is6() {
		bits = six
	}
	prefix, err := address.Prefix(bits)
	if err != nil {
		return ""
	}
	return prefix.String()
}

// maxKeys bounds what is remembered of one span: beyond it only the limits that count
// everybody hold.
const maxKeys = 500_000

// take counts a change, and returns how to take that back; an error when it is one too many.
func (c *counter) take(now time.Time, from Sender, target string) (refund func(), err error) {
	list := c.bounds(from, target)
	charged := make([]*span, len(list))
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, b := range list {
		charged[i] = c.span(now, b.over)
		if b.most > 0 && charged[i].n[b.key] >= b.most {
			return nil, &quoth.Error{Code: quoth.TooMany, Message: "too many answers at once", Hint: "wait a while and send it again; what you wrote is still here"}
		}
	}
	for i, b := range list {
		if _, isKnown := charged[i].n[b.key]; isKnown || len(charged[i].n) < maxKeys {
			charged[i].n[b.key]++
		}
	}
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		for i, b := range list {
			if charged[i].n[b.key] > 0 {
				charged[i].n[b.key]--
			}
		}
	}, nil
}

// span is the current span of a length; what came before it is forgotten. A change that
// was late to get here counts towards the current one too.
func (c *counter) span(now time.Time, over time.Duration) *span {
	begun := now.Truncate(over)
	s := c.spans[over]
	if s == nil || begun.After(s.begun) {
		s = &span{begun, map[[16]byte]int{}}
		c.spans[over] = s
	}
	return s
}
