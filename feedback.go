package quoth

import (
	"context"
	"time"
)

// Vote is the answer to "Was this article helpful?".
type Vote string

// The votes.
const (
	Yes Vote = "yes"
	No  Vote = "no"
)

// Feedback is one reader's answer about an article or a statement. The reader is not in
// it: Receipt is a secret that the reader alone has, and only its hash is kept.
type Feedback struct {
	Receipt  string    `json:"-"`        // SHA-256 of the receipt, in hexadecimal
	Kind     string    `json:"kind"`     // article or statement
	Target   string    `json:"target"`   // its ID
	Revision int       `json:"revision"` // of the article, that the reader saw
	Vote     Vote      `json:"vote"`
	Reasons  []string  `json:"reasons"` // codes; see package feedback
	Followup string    `json:"followup,omitempty"`
	Text     string    `json:"text,omitempty"`
	Source   string    `json:"source,omitempty"` // address of evidence
	Locale   string    `json:"locale,omitempty"`
	Surface  string    `json:"surface,omitempty"` // dialog, form or api
	Minute   time.Time `json:"minute"`            // when it came, to the minute
	// Visitor makes one of two answers that came from one place on one day; it means
	// nothing when the day's salt is gone.
	Visitor string `json:"-"`
	// Weight is 1, or 0 for what was most likely no reader; Why says why.
	Weight int    `json:"-"`
	Why    string `json:"-"`
	// IsPersonal marks a text that most likely holds personal data. It is not kept, but found
	// again by whoever shows answers.
	IsPersonal bool `json:"is_personal,omitempty"`
}

// FeedbackChange is an answer that was given or, when IsRetracted, taken back.
type FeedbackChange struct {
	Feedback
	IsRetracted bool
}

// FeedbackCount is what readers answered about one revision of a target.
type FeedbackCount struct {
	Revision int            `json:"revision"`
	Yes      int            `json:"yes"`
	No       int            `json:"no"`
	NoReason int            `json:"no_reason"` // of No: without a reason
	Reasons  map[string]int `json:"reasons"`
	Excluded int            `json:"excluded"` // of weight 0, not in the other counts
	Withheld int            `json:"withheld"` // of days under an [Alert], not in the other counts
}

// FeedbackGroup counts the answers about the pages of one outlet, or of one day.
type FeedbackGroup struct {
	Outlet string
	Day    string // YYYY-MM-DD
	FeedbackCount
}

// FeedbackStore keeps what readers answer.
type FeedbackStore interface {
	// KeepFeedback writes changes in one transaction, in order. The same receipt again
	// replaces the answer; so does another receipt of the same visitor about the same
	// target and revision on the same day. Taking back what is not there is no error.
	KeepFeedback(ctx context.Context, changes []FeedbackChange) error
	// FeedbackOf returns the answer of a hashed receipt; code NotFound when there is none,
	// or it was taken back.
	FeedbackOf(ctx context.Context, receipt string) (Feedback, error)
	// FeedbackCounts counts the answers about a target that came before a time, by
	// revision, the newest first.
	FeedbackCounts(ctx context.Context, kind, target string, before time.Time) ([]FeedbackCount, error)
	// FeedbackByOutlet counts the answers about articles and their statements that came
	// before a time, by outlet; FeedbackByDay by day, the earliest first. Revisions are
	// counted together.
	FeedbackByOutlet(ctx context.Context, before time.Time) ([]FeedbackGroup, error)
	FeedbackByDay(ctx context.Context, before time.Time) ([]FeedbackGroup, error)
	// ForgetTexts empties what readers wrote before a time about what no open case is about.
	ForgetTexts(ctx context.Context, before time.Time) error
	// ForgetVisitors empties the visitors of answers that came before a time.
	ForgetVisitors(ctx context.Context, before time.Time) error
}
