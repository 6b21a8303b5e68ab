package quoth

import (
	"context"
	"iter"
	"math"
	"time"
)

// Store keeps the record. Every store passes the suite of quoth/storetest, which is
// the contract in full. Stores may be called from several goroutines at once, and
// several processes where the store's documentation says so.
//
// Errors have code NotFound (no such thing), Invalid (a query or an entry that cannot
// be meant), TooLarge (the disk is full), Unavailable (the record cannot be reached
// or written to for now) or Internal.
type Store interface {
	Keeper
	Asker
	Editor
	FeedbackStore
	DeskStore
	Corrector
	// Size counts what is there, sayings in all revisions. It may take a second.
	Size(ctx context.Context) (Size, error)
	// Check looks the whole record over and returns what is wrong with it, in words;
	// none when all is well.
	Check(ctx context.Context) ([]string, error)
	// Close waits for what is being written and lets go of the record.
	Close() error
}

// Keeper is the side of the record that is written to.
type Keeper interface {
	// Keep writes entries and the checkpoint, if there is one, in one transaction: all
	// or nothing. An entry whose article has a revision of the same hash and model
	// changes nothing; one of the same hash and another model replaces the statements
	// of that revision; another hash is a new revision, and what was kept before it
	// stays. Statements of the newest revision are current: only those are searched.
	// What last has to say comes before all that.
	Keep(ctx context.Context, entries []Entry, at *Checkpoint, last ...LastWord) error
	// Mark is how far the record has been written.
	Mark(ctx context.Context) (Mark, error)
	// Holdings returns what there is of articles, by ID; those unknown are absent.
	Holdings(ctx context.Context, articles []string) (map[string]Holding, error)
	// Candidates returns the people who are called by names, or whose last name is one
	// of them, by the folded name asked for ([wording.Fold]); the most often seen first,
	// at most 20 for a name.
	Candidates(ctx context.Context, names []string) (map[string][]Person, error)
	// Together counts, for each of people, how many of others the record has seen in
	// one article with them. It looks at the newest 50 articles of each other, as if coming were
	// in the record, in order.
	Together(ctx context.Context, people, others []string, coming ...Company) (map[string]int, error)
	Known
	// Checkpoint returns how far source has come; the zero Checkpoint when it has not
	// begun.
	Checkpoint(ctx context.Context, source string) (Checkpoint, error)
	// Refuse notes what did not enter the record, in one transaction.
	Refuse(ctx context.Context, refused ...Refusal) error
	// Refusals lists them, the newest first; of one source, or of all when it is "".
	Refusals(ctx context.Context, source string, limit int) ([]Refusal, error)
}

// Known is where sayings and copies are found again.
type Known interface {
	// Wordings returns current statements whose sketch holds one of hashes, each once,
	// in a whole record at most 50 for a hash.
	Wordings(ctx context.Context, hashes []uint64) ([]Wording, error)
	// Copies returns articles whose sketch shares at least three hashes with sketch,
	// the most alike first (what they share, of the longer of the two sketches), at most 20.
	Copies(ctx context.Context, sketch []uint64) ([]Copied, error)
}

// Mark tells what is in the record from what is written later.
type Mark struct{ Articles, Statements int64 }

// Company is who is in an article.
type Company struct {
	Published string          // EDTF, as the article has it
	People    map[string]bool // by ID
}

// LastWord decides about entries once more, when nobody else can write any more: what it was
// decided by may have changed. Decide is called when something was written since the mark, with
// that alone, and may change the entries; it may be called twice.
type LastWord struct {
	Since  Mark
	Decide func(ctx context.Context, news Known) error
}

// Asker is the side of the record that is read.
type Asker interface {
	// Article returns a reading as it is kept; revision 0 is the newest.
	Article(ctx context.Context, id string, revision int) (Reading, ArticleRef, error)
	// Articles lists articles, the newest first.
	Articles(ctx context.Context, q ArticleQuery) (Answer[ArticleRef], error)
	// Months lists the months that have articles, the newest first, and last, if there are any,
	// the articles without a day. It may take a second.
	Months(ctx context.Context) ([]Month, error)
	// Revisions lists the states of an article, the oldest first.
	Revisions(ctx context.Context, article string) ([]Revision, error)
	// Statement returns a statement of the newest revision that has it.
	Statement(ctx context.Context, id string) (Recorded, error)
	// History returns a statement in all revisions that have it, the oldest first.
	History(ctx context.Context, id string) ([]Recorded, error)
	// Statements answers a query.
	Statements(ctx context.Context, q Query) (Answer[Recorded], error)
	// Facets counts what a query finds, over its newest 1,000 statements.
	Facets(ctx context.Context, q Query) (Facets, error)
	// Saying returns the statements of a saying, the first printed first.
	Saying(ctx context.Context, id string) ([]Recorded, error)
	// Person returns somebody of the record; of one who was merged, the person merged
	// into.
	Person(ctx context.Context, id string) (Person, error)
	// People lists people whose name holds the words of q.Text, the most often seen first.
	People(ctx context.Context, q PeopleQuery) (Answer[Person], error)
	// Presences returns the days on which articles name person, the earliest first; articles
	// whose day is not known are left out.
	Presences(ctx context.Context, person string) ([]Presence, error)
	// Tones counts how the newest 300 statements about person sound, the earliest year first;
	// years without any that tell it are left out.
	Tones(ctx context.Context, person string) ([]Tone, error)
	// Circle returns those who are most often spoken of by person, and who most often
	// speak of them; those without a page are left out, as they are of facets.
	Circle(ctx context.Context, person string, limit int) (Circle, error)
	// Story returns the articles of a story.
	Story(ctx context.Context, id string) (Story, error)
	// Stories lists stories of at least two articles, the newest first.
	Stories(ctx context.Context, q ArticleQuery) (Answer[Story], error)
	// Trending returns people and stories of the days until day that are spoken of more
	// than in the four times as many days before, the strongest burst first, MaxLimit at most.
	// The answer may be a minute old.
	Trending(ctx context.Context, day time.Time, days, limit int) ([]Trend, error)
	// Readings goes through the newest revision of all articles, the oldest first.
	Readings(ctx context.Context) iter.Seq2[Reading, error]
	// Token returns the token whose secret has the hash.
	Token(ctx context.Context, hash string) (Token, error)
}

// ShownPerson returns somebody of the record who has a page; code Gone for one whom an
// editor left without.
func ShownPerson(ctx context.Context, record Asker, id string) (Person, error) {
	p, err := record.Person(ctx, id)
	if err == nil && p.Hidden != "" {
		return Person{}, &Error{Code: Gone, Message: "an editor decided that this person has no page here: " + p.Hidden, Hint: "what articles print of them stays with the articles"}
	}
	return p, err
}

// Editor is the side of the record that people correct. Each change writes its act in the same
// transaction.
type Editor interface {
	// Merge makes one person of two: what was said by and about from is into's. Both
	// must be of the record and not the same.
	Merge(ctx context.Context, from, into string, c Change) (Change, error)
	// Split takes what articles say of person for somebody else's, whose ID is other.ID,
	// and who is entered when not known.
	Split(ctx context.Context, person string, other Person, articles []string, c Change) (Change, error)
	// Rename gives a person another name out of those they are called by.
	Rename(ctx context.Context, person, name string, c Change) (Change, error)
	// Hide takes a person out of lists and off their page, with c.Note as the reason.
	Hide(ctx context.Context, person string, c Change) (Change, error)
	// Undo takes a change back. Code Invalid when a later change of the same people
	// stands in the way, or when it was taken back before. act says who and when; whom it was
	// done to is added.
	Undo(ctx context.Context, change int64, act Act) error
	// Changes lists them, the newest first; of one person, or all when it is "", and those before
	// one, by its ID, or from the newest when it is 0.
	Changes(ctx context.Context, person string, before int64, limit int) ([]Change, error)
	// AddToken keeps a token.
	AddToken(ctx context.Context, t Token, act Act) error
	// Tokens lists them, the newest first.
	Tokens(ctx context.Context) ([]Token, error)
	// RevokeToken ends a token for good, at act.At.
	RevokeToken(ctx context.Context, id string, act Act) error
}

// Linker joins the parties of articles to people of the record.
type Linker interface {
	// Link returns, for each reading and each of its parties by its ID in the article, the
	// person that it is, with the reason; parties that nobody can tell are absent. A person
	// whom the record does not have yet is given a new ID. Each reading is linked as if those
	// before it were in the record.
	Link(ctx context.Context, readings []Reading) ([]map[string]Person, error)
}

// Burst says how much more often something was counted than usual: the number of
// standard deviations of a Poisson count, (count − usual) / √(usual + 1). The one in
// the root keeps a first mention of somebody from being a burst without end.
func Burst(count int, usual float64) float64 {
	return (float64(count) - usual) / math.Sqrt(usual+1)
}
