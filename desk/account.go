package desk

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"sync"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"quoth"
)

// The cost of a password's hash: Argon2id (RFC 9106) with what OWASP's cheat sheet asks for
// at least, about 30 ms and 19 MiB.
const (
	hashMemory = 19 * 1024 // KiB
	hashTime   = 2
	hashLanes  = 1
	hashBytes  = 32
	saltBytes  = 16
)

// The limits of passwords and sessions.
const (
	leastPassword = 12 // characters
	mostPassword  = 200
	sessionLife   = 12 * time.Hour // from signing in
	sessionIdle   = 2 * time.Hour  // from the last use
	seenEvery     = time.Minute    // how exactly the last use is kept
)

// hashPassword hashes a password into the PHC string format.
func hashPassword(password string) string {
	salt := make([]byte, saltBytes)
	rand.Read(salt)
	key := argon2.IDKey([]byte(password), salt, hashTime, hashMemory, hashLanes, hashBytes)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashMemory, hashTime, hashLanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

var hashForm = regexp.MustCompile(`^\$argon2id\$v=(\d+)\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$`)

// matches reports whether a password has a hash.
func matches(password, hash string) bool {
	var version, memory, turns uint32
	var lanes uint8
	m := hashForm.FindStringSubmatch(hash)
	if m == nil {
		return false
	}
	if _, err := fmt.Sscan(m[1]+" "+m[2]+" "+m[3]+" "+m[4], &version, &memory, &turns, &lanes); err != nil || version != argon2.Version || memory > 1<<20 || turns > 16 {
		return false
	}
	salt, err := base64.RawStdEncoding.DecodeString(m[5])
	if err != nil {
		return false
	}
	key, err := base64.RawStdEncoding.DecodeString(m[6])
	if err != nil {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, turns, memory, lanes, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1
}

// tries counts what may be tried only so often in a while: signing in, by account and by
// network, and letters. Its keys are hashed with a secret that is never written down.
type tries struct {
	now    func() time.Time
	secret [32]byte
	mu     sync.Mutex
	times  map[tryKey][]time.Time
	swept  time.Time
}

// tryKey is the hash of what is counted.
type tryKey [16]byte

// The limits of failed tries in a quarter of an hour. A network has more than a name has
// from it, for it may be that of a newsroom. What comes for a name from all networks
// together is only slowed down: else anybody could keep an editor out.
const (
	tryWindow    = 15 * time.Minute
	mostByName   = 10  // for one name from one network
	mostByPrefix = 50  // from one network
	mostSwiftly  = 100 // for one name; each one more waits slowedBy
	slowedBy     = 5 * time.Second
	sweepEvery   = time.Minute
	maxTryKeys   = 200_000 // beyond it only what is known already is counted
)

func newTries(now func() time.Time) *tries {
	t := &tries{now: now, times: map[tryKey][]time.Time{}, swept: now()}
	rand.Read(t.secret[:])
	return t
}

// key is what a kind of try is counted by.
func (t *tries) key(kind string, of ...string) tryKey {
	mac := hmac.New(sha256.New, t.secret[:])
	mac.Write([]byte(kind))
	for _, part := range of {
		mac.Write([]byte("\x00" + part))
	}
	return tryKey(mac.Sum(nil))
}

// take notes a try and reports whether there were not too many; it is counted whether it
// fails or not, so that many at once are no way around the limit. forgive takes it back.
func (t *tries) take(key tryKey, most int) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	t.sweep(now)
	list, isKnown := t.times[key]
	if !isKnown && len(t.times) >= maxTryKeys {
		return true
	}
	list = slices.DeleteFunc(list, func(at time.Time) bool { return now.Sub(at) > tryWindow })
	isAllowed := len(list) < most
	if isAllowed {
		list = append(list, now)
	}
	t.times[key] = list
	return isAllowed
}

// sweep forgets, once in a while, what was last tried long ago.
func (t *tries) sweep(now time.Time) {
	if now.Sub(t.swept) < sweepEvery {
		return
	}
	t.swept = now
	for key, list := range t.times {
		if now.Sub(list[len(list)-1]) > tryWindow {
			delete(t.times, key)
		}
	}
}

func (t *tries) forgive(keys ...tryKey) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, key := range keys {
		if list := t.times[key]; len(list) > 1 {
			t.times[key] = list[:len(list)-1]
		} else {
			delete(t.times, key)
		}
	}
}

// accountName is what an account may be called.
var accountName = regexp.MustCompile(`^[a-z][a-z0-9._-]{1,39}$`)

// checkPassword refuses passwords that are too short to be safe.
func checkPassword(password string) error {
	if n := utf8.RuneCountInString(password); n < leastPassword || n > mostPassword {
		return invalid("a password has %d to %d characters", leastPassword, mostPassword)
	}
	return nil
}

// AddAccount enters an account. actor is who does it, in the audit log.
func (d *Desk) AddAccount(ctx context.Context, name string, role quoth.DeskRole, password, actor string) error {
	if !accountName.MatchString(name) {
		return invalid("a name is 2 to 40 small letters, digits, dots and hyphens, and begins with a letter")
	}
	if !slices.Contains(quoth.DeskRoles(), role) {
		return invalid("there is no role %q", role)
	}
	if err := checkPassword(password); err != nil {
		return err
	}
	a := quoth.Account{Name: name, Role: role, Hash: hashPassword(password), Created: d.Now()}
	return d.Record.AddAccount(ctx, a, d.act(quoth.Account{Name: actor}, "add-account", "account "+name, string(role)))
}

// SetRole changes what an account may do; its sessions end.
func (d *Desk) SetRole(ctx context.Context, name string, role quoth.DeskRole, actor string) error {
	if !slices.Contains(quoth.DeskRoles(), role) {
		return invalid("there is no role %q", role)
	}
	a, err := d.Record.Account(ctx, name)
	if err != nil {
		return err
	}
	a.Role = role
	return d.Record.SetAccount(ctx, a, d.act(quoth.Account{Name: actor}, "set-role", "account "+name, string(role)))
}

// Disable ends an account for good, or makes it good again; its sessions end.
func (d *Desk) Disable(ctx context.Context, name string, disabled bool, actor string) error {
	a, err := d.Record.Account(ctx, name)
	if err != nil {
		return err
	}
	action := "enable"
	a.Disabled = time.Time{}
	if disabled {
		action, a.Disabled = "disable", d.Now()
	}
	return d.Record.SetAccount(ctx, a, d.act(quoth.Account{Name: actor}, action, "account "+name, ""))
}

// ResetPassword gives an account a new password; its sessions end.
func (d *Desk) ResetPassword(ctx context.Context, name, password, actor string) error {
	if err := checkPassword(password); err != nil {
		return err
	}
	a, err := d.Record.Account(ctx, name)
	if err != nil {
		return err
	}
	a.Hash = hashPassword(password)
	return d.Record.SetAccount(ctx, a, d.act(quoth.Account{Name: actor}, "set-password", "account "+name, ""))
}

// ChangePassword is ResetPassword by the account's holder, who knows the old one.
func (d *Desk) ChangePassword(ctx context.Context, who quoth.Account, old, password string, from netip.Addr) error {
	if _, err := d.prove(ctx, who.Name, old, from); err != nil {
		return err
	}
	return d.ResetPassword(ctx, who.Name, password, who.Name)
}

// errSignIn is the one answer to all that is wrong with a name and a password.
var errSignIn = &quoth.Error{Code: quoth.Refused, Message: "name and password do not fit", Hint: "try again; after ten tries wait a quarter of an hour"}

// prove checks a name and a password. It takes as long when there is no such account.
func (d *Desk) prove(ctx context.Context, name, password string, from netip.Addr) (quoth.Account, error) {
	if !accountName.MatchString(name) || len(password) > 4*mostPassword {
		return quoth.Account{}, errSignIn
	}
	prefix := network(from)
	byPrefix, byBoth, byName := d.tries.key("from", prefix), d.tries.key("name from", name, prefix), d.tries.key("name", name)
	if !d.tries.take(byPrefix, mostByPrefix) || !d.tries.take(byBoth, mostByName) {
		return quoth.Account{}, &quoth.Error{Code: quoth.Refused, Message: "too many tries", Hint: "wait a quarter of an hour"}
	}
	if !d.tries.take(byName, mostSwiftly) {
		select {
		case <-time.After(slowedBy):
		case <-ctx.Done():
			return quoth.Account{}, ctx.Err()
		}
	}
	a, err := d.Record.Account(ctx, name)
	isKnown := err == nil && a.Disabled.IsZero()
	if err != nil && quoth.CodeOf(err) != quoth.NotFound {
		return quoth.Account{}, err
	}
	hash := d.decoy
	if isKnown {
		hash = a.Hash
	}
	select {
	case d.hashing <- struct{}{}:
	case <-ctx.Done():
		return quoth.Account{}, ctx.Err()
	}
	fits := matches(password, hash)
	<-d.hashing
	if !fits || !isKnown {
		return quoth.Account{}, errSignIn
	}
	d.tries.forgive(byPrefix, byBoth, byName)
	return a, nil
}

// network is the part of an address that one household has.
func network(from netip.Addr) string {
	from = from.Unmap()
	bits := from.BitLen()
	if from.Is6() {
		bits = 64
	}
	prefix, err := from.Prefix(bits)
	if err != nil {
		return "nowhere"
	}
	return prefix.String()
}

// hashSecret is what is kept of a session's secret, which is random and long.
func hashSecret(secret string) string {
	sum := sha256.Sum256([]byte("session\x00" + secret))
	return hex.EncodeToString(sum[:])
}

// SignIn returns the secret of a new session. Whatever session the browser had before is
// not taken over.
func (d *Desk) SignIn(ctx context.Context, name, password string, from netip.Addr) (secret string, err error) {
	a, err := d.prove(ctx, name, password, from)
	if err != nil {
		return "", err
	}
	secret = rand.Text()
	now := d.Now()
	return secret, d.Record.AddSession(ctx, quoth.Session{Hash: hashSecret(secret), Account: a.Name, Created: now, Seen: now}, d.act(a, "sign-in", "account "+a.Name, ""))
}

// SignOut ends a session.
func (d *Desk) SignOut(ctx context.Context, secret string) error {
	return d.Record.EndSession(ctx, hashSecret(secret))
}

// errNoSession is the answer to a secret that is no session's, or no longer.
var errNoSession = &quoth.Error{Code: quoth.NotFound, Message: "nobody is signed in", Hint: "sign in"}

// Account returns who is signed in by a secret; code NotFound when nobody is.
func (d *Desk) Account(ctx context.Context, secret string) (quoth.Account, error) {
	if secret == "" {
		return quoth.Account{}, errNoSession
	}
	s, err := d.Record.Session(ctx, hashSecret(secret))
	if err != nil {
		return quoth.Account{}, err
	}
	now := d.Now()
	if now.Sub(s.Created) > sessionLife || now.Sub(s.Seen) > sessionIdle {
		return quoth.Account{}, errNoSession
	}
	a, err := d.Record.Account(ctx, s.Account)
	if err != nil {
		return quoth.Account{}, err
	}
	if !a.Disabled.IsZero() {
		return quoth.Account{}, errNoSession
	}
	if now.Sub(s.Seen) > seenEvery {
		if err := d.Record.SeeSession(ctx, s.Hash, now); err != nil {
			return quoth.Account{}, err
		}
	}
	return a, nil
}

// Forget removes sessions that have ended. Call it now and then.
func (d *Desk) Forget(ctx context.Context) error {
	now := d.Now()
	return d.Record.ForgetSessions(ctx, now.Add(-sessionLife), now.Add(-sessionIdle))
}
