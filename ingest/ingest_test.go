package ingest

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"quoth"
)

// asking is a record that notices when somebody asks it before what another one asked for is
// kept.
type asking struct {
	quoth.Keeper
	between, mixed atomic.Int32
}

func (a *asking) Holdings(context.Context, []string) (map[string]quoth.Holding, error) {
	if a.between.Add(1) > 1 {
		a.mixed.Add(1)
	}
	runtime.Gosched()
	return nil, nil
}

func (a *asking) Copies(context.Context, []uint64) ([]quoth.Copied, error) { return nil, nil }

func (a *asking) Mark(context.Context) (quoth.Mark, error) { return quoth.Mark{}, nil }

func (a *asking) Keep(context.Context, []quoth.Entry, *quoth.Checkpoint, ...quoth.LastWord) error {
	a.between.Add(-1)
	return nil
}

// nobody links nobody.
type nobody struct{}

func (nobody) Link(_ context.Context, readings []quoth.Reading) ([]map[string]quoth.Person, error) {
	return make([]map[string]quoth.Person, len(readings)), nil
}

// What one reading is decided by holds until it is kept: two of one saying at once are one.
func TestPutGoesOneAfterTheOther(t *testing.T) {
	record := &asking{}
	in := &Ingest{Keeper: record, Linker: nobody{}, Model: "m", Now: time.Now}
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			if _, err := in.Put(t.Context(), []quoth.Reading{{Article: quoth.Article{URL: fmt.Sprintf("https://x.example/%d", i)}}}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := record.mixed.Load(); n > 0 {
		t.Errorf("%d of 50 asked between another's question and its keeping", n)
	}
}

// busy is a record into which somebody else writes before anything is kept.
type busy struct {
	asking
	theirs quoth.Wording
	copied quoth.Copied
	kept   []quoth.Entry
}

func (b *busy) Wordings(context.Context, []uint64) ([]quoth.Wording, error) { return nil, nil }

func (b *busy) Keep(ctx context.Context, entries []quoth.Entry, _ *quoth.Checkpoint, last ...quoth.LastWord) error {
	for range 2 { // as when a connection was lost
		if err := last[0].Decide(ctx, written{b}); err != nil {
			return err
		}
	}
	b.kept = entries
	return nil
}

// written is what they wrote.
type written struct{ *busy }

func (w written) Wordings(context.Context, []uint64) ([]quoth.Wording, error) {
	return []quoth.Wording{w.theirs}, nil
}

func (w written) Copies(_ context.Context, sketch []uint64) ([]quoth.Copied, error) {
	w.copied.Shared, w.copied.Of = len(sketch), len(sketch)
	return []quoth.Copied{w.copied}, nil
}

// A saying or a story that somebody else brought first is not begun again.
func TestPutSeesWhatIsWrittenMeanwhile(t *testing.T) {
	const words = "We shall open the new harbour bridge before the summer holidays begin"
	record := &busy{theirs: quoth.Wording{ID: "theirs", Article: "other", Saying: "first", Name: "Zoë Hale", Words: words, Kind: quoth.Direct}, copied: quoth.Copied{ID: "other", Story: "origin"}}
	in := &Ingest{Keeper: record, Linker: nobody{}, Model: "m", Now: time.Now}
	var readings []quoth.Reading
	for _, url := range []string{"https://x.example/1", "https://y.example/2"} {
		text := words + ", the mayor said."
		for i := range 300 {
			text += fmt.Sprintf(" Ferry %d runs on day %d.", i, i*i)
		}
		st := quoth.Statement{ID: "s1", Kind: quoth.Direct, Speaker: &quoth.Speaker{Name: "Zoë Hale", Kind: quoth.PersonParty}, Content: &quoth.Role{Spans: []quoth.Span{{Start: 0, End: len(words)}}, Text: words}}
		readings = append(readings, quoth.Reading{Article: quoth.Article{URL: url, Text: text}, Statements: []quoth.Statement{st}})
	}
	if _, err := in.Put(t.Context(), readings, nil); err != nil {
		t.Fatal(err)
	}
	for _, e := range record.kept {
		if saying := e.Sayings[e.Reading.Statements[0].ID]; saying != "first" || e.Story != "origin" {
			t.Errorf("%s: saying %q, story %q", e.Reading.Article.URL, saying, e.Story)
		}
	}
	if len(record.kept) != 2 {
		t.Errorf("kept %d entries", len(record.kept))
	}
}

// Whose words an editor corrected is known again by those that it is read with.
func TestMatchByWhatWasRead(t *testing.T) {
	said := func(words string) quoth.Statement { return quoth.Statement{Content: &quoth.Role{Text: words}} }
	old := []quoth.HeldStatement{
		{ID: "cut", Words: "a coward", Read: []string{"that he was a coward, and went home"}},
		{ID: "same", Words: "The ferry stays."},
	}
	got := match([]quoth.Statement{said("The ferry stays."), said("a coward"), said("that he was a coward, and went home"), said("Nobody knows.")}, old)
	if want := []string{"same", "", "cut", ""}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
