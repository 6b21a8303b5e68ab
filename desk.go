package quoth

import (
	"context"
	"math"
	"time"
)

// DeskRole is what an account may do at the editors' desk. Each may what those before it may.
type DeskRole string

// The roles.
const (
	DeskReader DeskRole = "reader" // see cases and the audit log
	DeskEditor DeskRole = "editor" // work on cases, correct the record
	DeskAdmin  DeskRole = "admin"  // accounts
)

// DeskRoles lists them, the least first.
func DeskRoles() []DeskRole { return []DeskRole{DeskReader, DeskEditor, DeskAdmin} }

// May reports whether r may do what needs the role needed.
func (r DeskRole) May(needed DeskRole) bool {
	rank := map[DeskRole]int{DeskReader: 1, DeskEditor: 2, DeskAdmin: 3}
	return rank[needed] > 0 && rank[r] >= rank[needed]
}

// Account is somebody who may sit at the desk.
type Account struct {
	Name     string    `json:"name"`
	Role     DeskRole  `json:"role"`
	Hash     string    `json:"-"` // of the password: Argon2id in the PHC string format
	Created  time.Time `json:"created"`
	Disabled time.Time `json:"disabled,omitzero"`
}

// Session is an account that is signed in, by one browser. Of its secret only the SHA-256
// is kept, in hexadecimal.
type Session struct {
	Hash    string
	Account string
	Created time.Time
	Seen    time.Time // last use
}

// CaseState is how far the work on a case has come.
type CaseState string

// The states. A case is opened as new, or again as reopened.
const (
	CaseNew      CaseState = "new"
	CaseWorking  CaseState = "in-progress"
	CaseWaiting  CaseState = "waiting"       // for a source, or an answer
	CaseSecond   CaseState = "second-editor" // a correction is proposed and wants approval
	CaseReopened CaseState = "reopened"
	CaseClosed   CaseState = "closed"
)

// CaseOutcome is how a case was closed.
type CaseOutcome string

// The outcomes.
const (
	Corrected CaseOutcome = "corrected"     // the record was wrong and is corrected
	Clarified CaseOutcome = "clarified"     // a note was added
	Declined  CaseOutcome = "declined"      // looked at: the record stands
	NotOurs   CaseOutcome = "not-ours"      // about the publisher's page or about what was said, not about the record
	Duplicate CaseOutcome = "duplicate"     // of another case
	Spam      CaseOutcome = "spam"          // no reader's
	Legal     CaseOutcome = "legal"         // decided by law
	Replied   CaseOutcome = "reply-printed" // a reply stands beside the statement
	Expired   CaseOutcome = "expired"       // nobody looked at it in time, and there was nothing to look at
)

// CaseOutcomes lists those that an editor may choose.
func CaseOutcomes() []CaseOutcome {
	return []CaseOutcome{Corrected, Clarified, Declined, NotOurs, Duplicate, Spam, Legal, Replied}
}

// Case is what readers hold against one target, of one kind. It is the unit of the desk's
// work: answers gather on it, however many they are.
type Case struct {
	ID      string      `json:"id"`
	Kind    string      `json:"kind"`   // article, statement or person
	Target  string      `json:"target"` // its ID
	Queue   string      `json:"queue"`  // accuracy, context, policy, label, other, legal or reply
	State   CaseState   `json:"state"`
	Outcome CaseOutcome `json:"outcome,omitempty"` // when closed
	Note    string      `json:"note,omitempty"`    // of closing; public
	Holder  string      `json:"holder,omitempty"`  // the account that works on it
	// Version counts changes. Who changes a case says which version they saw; another one
	// is a conflict.
	Version  int       `json:"version"`
	Opened   time.Time `json:"opened"`
	Changed  time.Time `json:"changed"`
	Reports  int       `json:"reports"` // answers of readers, a reader counting once a day
	Texts    int       `json:"texts"`   // of them with words
	Sources  int       `json:"sources"` // of them with an address of evidence
	Priority Priority  `json:"priority"`
	Alert    string    `json:"alert,omitempty"` // why its answers look like a campaign

	// ClosedReports is how many reports there were at closing, Evidence the hash of what
	// readers had written by then: more of either opens it again.
	ClosedReports int    `json:"-"`
	Evidence      string `json:"-"`
}

// CaseChange is a change of a case, as [DeskStore].SetCase makes it, that goes with another
// change: both or nothing.
type CaseChange struct {
	Case Case
	Act  Act
}

// Priority is why a case stands where it does; an editor sees the factors.
type Priority struct {
	Weight   float64 `json:"weight"`   // of the kind of complaint
	Reports  float64 `json:"reports"`  // 1 + log2 of their number
	Reach    float64 `json:"reach"`    // how many statements hang on it
	Evidence float64 `json:"evidence"` // 2 with a source, 1.3 with words, else 1
}

// Score is the product. A case gains a factor of two every fortnight that it waits, see
// [Priority.Rank].
func (p Priority) Score() float64 { return p.Weight * p.Reports * p.Reach * p.Evidence }

// Rank orders cases, the highest first. Since each gains by age at the same pace, the
// order of two never changes by time alone, and can be kept.
func (p Priority) Rank(opened time.Time) float64 {
	return math.Log2(max(p.Score(), 1e-9)) - float64(opened.Unix())/(14*86400)
}

// CaseQuery asks for cases.
type CaseQuery struct {
	Queue  string
	State  CaseState // "" is all that are not closed
	Holder string
	Limit  int // 0 is 20, at most 100
	Cursor string
}

// CaseFile is a case with all that lies in it.
type CaseFile struct {
	Case
	Answers     []Feedback     `json:"answers"` // those with words or evidence, the newest first
	Reasons     map[string]int `json:"reasons"`
	Followups   map[string]int `json:"followups"`
	Acts        []Act          `json:"acts"` // the newest first
	Corrections []Correction   `json:"corrections"`
	Letter      *Letter        `json:"letter,omitempty"`
}

// Alert is a day of answers about a target that look like a campaign. They are counted, but
// not told before somebody has cleared it.
type Alert struct {
	Kind    string    `json:"kind"`
	Target  string    `json:"target"`
	Day     string    `json:"day"` // YYYY-MM-DD
	Why     string    `json:"why"`
	Answers int       `json:"answers"`
	Cleared time.Time `json:"cleared,omitzero"`
}

// LetterKind is what somebody writes under their own name.
type LetterKind string

// The kinds of letters.
const (
	LegalNotice LetterKind = "legal" // of illegal content, by Article 16 of the EU's Digital Services Act
	ReplyLetter LetterKind = "reply" // a right of reply, by Recommendation Rec(2004)16 of the Council of Europe
)

// Letter is what somebody writes under their own name. Email is for the desk only, and so
// is Name unless it is of a reply that is printed.
type Letter struct {
	Case   string     `json:"case"` // ID, and the reference that the writer gets
	Kind   LetterKind `json:"kind"`
	Target string     `json:"target"` // ID of a statement
	Name   string     `json:"name"`
	Email  string     `json:"email"`
	Law    string     `json:"law,omitempty"` // of a legal notice: which law
	Text   string     `json:"text"`          // why, or the reply
	// IsHonest is the statement of good faith that Article 16(2)(d) asks for.
	IsHonest bool      `json:"is_honest"`
	At       time.Time `json:"at"`
	Printed  time.Time `json:"printed,omitzero"` // when a reply was put beside the statement
}

// Reply is a printed reply: their own words, unedited.
type Reply struct {
	Name string    `json:"name"`
	Text string    `json:"text"`
	At   time.Time `json:"at"`
}

// Act is one line of the audit log. Its hash is over all its fields and the hash of the
// line before, so that no line can be changed or left out unseen.
type Act struct {
	Seq     int64     `json:"seq"`
	At      time.Time `json:"at"`
	Actor   string    `json:"actor"`
	Action  string    `json:"action"`  // such as "claim", "close", "correct", "merge"
	Subject string    `json:"subject"` // such as "case x", "statement y"
	Detail  string    `json:"detail"`
	Prev    string    `json:"prev"` // hash of the line before, "" for the first
	Hash    string    `json:"hash"`
}

// DeskStore keeps what the editors' desk works with. Each change writes its act in the same
// transaction.
type DeskStore interface {
	// AddAccount enters an account; code Conflict when its name is taken.
	AddAccount(ctx context.Context, a Account, act Act) error
	// SetAccount changes role, hash and whether it is disabled, and ends its sessions.
	SetAccount(ctx context.Context, a Account, act Act) error
	// Account returns an account; code NotFound when there is none.
	Account(ctx context.Context, name string) (Account, error)
	// Accounts lists them by name.
	Accounts(ctx context.Context) ([]Account, error)
	// AddSession signs in.
	AddSession(ctx context.Context, s Session, act Act) error
	// Session returns a session by the hash of its secret; code NotFound when there is none.
	Session(ctx context.Context, hash string) (Session, error)
	// SeeSession notes that a session was used.
	SeeSession(ctx context.Context, hash string, at time.Time) error
	// EndSession signs out. One that is not there is no error.
	EndSession(ctx context.Context, hash string) error
	// ForgetSessions removes those made before one time or last used before another.
	ForgetSessions(ctx context.Context, made, seen time.Time) error

	// Reported returns the targets that readers answered about after an event, each once,
	// and the number of the last event looked at; at most limit events are.
	Reported(ctx context.Context, after int64, limit int) (targets []Target, last int64, err error)
	// Gathered is the number of the last event that cases were made of.
	Gathered(ctx context.Context) (int64, error)
	// FeedbackAbout returns the answers of readers about a target that count, the newest
	// first.
	FeedbackAbout(ctx context.Context, kind, target string, limit int) ([]Feedback, error)
	// Gather writes what came of events up to a number: cases, new or with new counts, and
	// alerts. What an editor has done to a case meanwhile stays.
	Gather(ctx context.Context, cases []Case, alerts []Alert, upTo int64) error
	// Cases lists cases, by rank.
	Cases(ctx context.Context, q CaseQuery) (Answer[Case], error)
	// Case returns a case, CaseOf that of a target in a queue; code NotFound when there is
	// none.
	Case(ctx context.Context, id string) (Case, error)
	CaseOf(ctx context.Context, kind, target, queue string) (Case, error)
	// SetCase changes a case whose version is still c.Version, and counts it up; code
	// Conflict when it is not.
	SetCase(ctx context.Context, c Case, act Act) error
	// Alerts lists alerts that are not cleared, of one target or of all when kind is "".
	Alerts(ctx context.Context, kind, target string) ([]Alert, error)
	// ClearAlert lets a day's answers be told.
	ClearAlert(ctx context.Context, kind, target, day string, act Act) error

	// AddLetter opens a case with a letter.
	AddLetter(ctx context.Context, c Case, n Letter, act Act) error
	// Letter returns the letter of a case; code NotFound when it has none.
	Letter(ctx context.Context, caseID string) (Letter, error)
	// PrintReply puts the reply of a case beside its statement, as of c.Changed, and changes the
	// case as SetCase does: both or nothing.
	PrintReply(ctx context.Context, c Case, printing, closing Act) error
	// Replies are the printed replies to a statement, the oldest first.
	Replies(ctx context.Context, statement string) ([]Reply, error)

	// Acts lists the audit log from the line after one, the oldest first; of one subject,
	// or of all when it is "".
	Acts(ctx context.Context, subject string, after int64, limit int) ([]Act, error)
}

// Target is something that readers answer about.
type Target struct{ Kind, ID string }
