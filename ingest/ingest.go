// Package ingest brings readings into the record: it names articles and statements, joins
// people to those of the record, knows a page again that has changed, a text that other
// outlets print too, and a saying that was reported before. It sees interfaces only.
//
// Whatever is brought in twice is kept once: the work may be done again from any point,
// by anybody.
//
// Begin with an [Ingest] over a store (quoth/sqlite) and a linker (quoth/people), and its
// Put.
package ingest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"quoth"
	"quoth/wording"
)

// Ingest is the way into a record. Several goroutines may use one, and several processes may
// have one each.
type Ingest struct {
	Keeper quoth.Keeper
	Linker quoth.Linker
	// Model names the model that the readings come from: pages are read anew by another. The
	// program quoth writes the version, a blank, and the first twelve digits of the SHA-256.
	Model string
	Now   func() time.Time // the clock; nil is time.Now

	putting sync.Mutex // held from the first question to the record until all is kept
}

// Report counts what became of readings.
type Report struct {
	New        int // articles that the record did not have
	Revised    int // of which it has another revision now
	Reread     int // the same page, read by another model
	Unchanged  int // the same page, read by the same model: nothing was done
	Statements int // of what is new, revised or reread
}

// Add adds another report to r.
func (r *Report) Add(o Report) {
	r.New += o.New
	r.Revised += o.Revised
	r.Reread += o.Reread
	r.Unchanged += o.Unchanged
	r.Statements += o.Statements
}

// now asks the clock.
func (w *Ingest) now() time.Time {
	if w.Now == nil {
		return time.Now()
	}
	return w.Now()
}

// IsKept reports whether the record has this page as it is, read by this model, so that
// it need not be read again.
func (w *Ingest) IsKept(ctx context.Context, a quoth.Article) (bool, error) {
	id := quoth.ArticleID(a)
	held, err := w.Keeper.Holdings(ctx, []string{id})
	if err != nil {
		return false, err
	}
	h, known := held[id]
	return known && h.Hash == quoth.HashOf(a) && h.Model == w.Model, nil
}

// Put keeps readings, in one transaction, with the checkpoint when there is one. Of
// readings of the same article the last counts. An error leaves the record as it was.
func (w *Ingest) Put(ctx context.Context, readings []quoth.Reading, at *quoth.Checkpoint) (Report, error) {
	w.putting.Lock()
	defer w.putting.Unlock()
	mark, err := w.Keeper.Mark(ctx)
	if err != nil {
		return Report{}, fmt.Errorf("look how far the record is: %w", err)
	}
	entries, report, err := w.entries(ctx, readings)
	if err != nil {
		return Report{}, err
	}
	if len(entries) == 0 && at == nil {
		return report, nil
	}
	return report, w.Keeper.Keep(ctx, entries, at, quoth.LastWord{Since: mark, Decide: func(ctx context.Context, news quoth.Known) error {
		if err := foldAgain(ctx, news, entries); err != nil {
			return err
		}
		return storiesAgain(ctx, news, entries)
	}})
}

// entries decides all that there is to decide about readings.
func (w *Ingest) entries(ctx context.Context, readings []quoth.Reading) ([]quoth.Entry, Report, error) {
	var report Report
	readings = lastOfEach(readings)
	ids := make([]string, len(readings))
	for i := range readings {
		ids[i] = readings[i].Article.ID
	}
	held, err := w.Keeper.Holdings(ctx, ids)
	if err != nil {
		return nil, report, fmt.Errorf("look up articles: %w", err)
	}
	var entries []quoth.Entry
	for i := range readings {
		e := quoth.Entry{Reading: readings[i], Hash: quoth.HashOf(readings[i].Article), Model: w.Model, At: w.now()}
		h, known := held[e.Reading.Article.ID]
		switch {
		case !known:
			report.New++
		case h.Hash == e.Hash && h.Model == e.Model:
			report.Unchanged++
			continue
		case h.Hash == e.Hash:
			report.Reread++
		default:
			report.Revised++
		}
		report.Statements += len(e.Reading.Statements)
		rename(&e.Reading, h)
		entries = append(entries, e)
	}
	if err := w.link(ctx, entries); err != nil {
		return nil, report, err
	}
	if err := w.fold(ctx, entries); err != nil {
		return nil, report, err
	}
	return entries, report, w.stories(ctx, entries)
}

// lastOfEach names the articles, and keeps the last reading of each, in order.
func lastOfEach(readings []quoth.Reading) []quoth.Reading {
	last := map[string]int{}
	named := slices.Clone(readings)
	for i := range named {
		named[i].Article.ID = quoth.ArticleID(named[i].Article)
		last[named[i].Article.ID] = i
	}
	var kept []quoth.Reading
	for i := range named {
		if last[named[i].Article.ID] == i {
			kept = append(kept, named[i])
		}
	}
	return kept
}

// rename gives the statements of r their names in the record. One that stood in the
// revision before, with the same words or most of them, keeps its name.
func rename(r *quoth.Reading, before quoth.Holding) {
	r.Statements = slices.Clone(r.Statements)
	names := match(r.Statements, before.Statements)
	taken := map[string]bool{}
	for _, name := range names {
		taken[name] = true
	}
	// A name that an older statement still has is not given to another one.
	for _, old := range before.Statements {
		taken[old.ID] = true
	}
	renamed := map[string]string{}
	for i := range r.Statements {
		st := &r.Statements[i]
		for n := 0; names[i] == ""; n++ {
			if name := quoth.StatementID(r.Article.ID, words(st), n); !taken[name] {
				names[i], taken[name] = name, true
			}
		}
		renamed[st.ID] = names[i]
		st.ID = names[i]
	}
	for i := range r.Statements {
		st := &r.Statements[i]
		st.Continues = renamedTo(renamed, st.Continues)
		st.Repeats = renamedTo(renamed, st.Repeats)
	}
}

func renamedTo(names map[string]string, id *string) *string {
	if id == nil {
		return nil
	}
	name, ok := names[*id]
	if !ok {
		return nil
	}
	return &name
}

// words are the content of a statement.
func words(st *quoth.Statement) string {
	if st.Content == nil {
		return ""
	}
	return st.Content.Text
}

// match returns, for each of statements, the ID of the old one that it was, "" for those
// that are new: first those of the same words, in order, then those whose words are
// mostly the same. Words that editors corrected are read again as they were before.
func match(statements []quoth.Statement, old []quoth.HeldStatement) []string {
	names := make([]string, len(statements))
	used := make([]bool, len(old))
	pair := func(is func(st *quoth.Statement, o quoth.HeldStatement) bool) {
		for i := range statements {
			if names[i] != "" {
				continue
			}
			for j, o := range old {
				if !used[j] && is(&statements[i], o) {
					names[i], used[j] = o.ID, true
					break
				}
			}
		}
	}
	pair(func(st *quoth.Statement, o quoth.HeldStatement) bool { return slices.Contains(o.Read, words(st)) })
	pair(func(st *quoth.Statement, o quoth.HeldStatement) bool { return words(st) == o.Words })
	pair(func(st *quoth.Statement, o quoth.HeldStatement) bool {
		return wording.Same(words(st), o.Words) || slices.ContainsFunc(o.Read, func(read string) bool { return wording.Same(words(st), read) })
	})
	return names
}

// link joins the parties of entries to people.
func (w *Ingest) link(ctx context.Context, entries []quoth.Entry) error {
	readings := make([]quoth.Reading, len(entries))
	for i := range entries {
		readings[i] = entries[i].Reading
	}
	links, err := w.Linker.Link(ctx, readings)
	if err != nil {
		return err
	}
	for i := range entries {
		resolveParties(&entries[i], links[i])
	}
	return nil
}

// resolveParties gives the parties of an entry the IDs of the people that they are.
func resolveParties(e *quoth.Entry, links map[string]quoth.Person) {
	called := map[string]map[string]bool{} // names by person
	resolve := func(id, name string) string {
		p, ok := links[id]
		if !ok || id == "" {
			return ""
		}
		if called[p.ID] == nil {
			called[p.ID] = map[string]bool{}
			e.People = append(e.People, quoth.Person{ID: p.ID, Name: p.Name, Kind: p.Kind, Links: p.Links, Reason: p.Reason})
		}
		called[p.ID][name] = true
		return p.ID
	}
	for i := range e.Reading.Statements {
		st := &e.Reading.Statements[i]
		if st.Speaker != nil {
			speaker := *st.Speaker
			speaker.ID = resolve(speaker.ID, speaker.Name)
			st.Speaker = &speaker
		}
		if st.Addressee != nil {
			addressee := *st.Addressee
			addressee.ID = resolve(addressee.ID, addressee.Name)
			st.Addressee = &addressee
		}
		st.About = resolveAll(st.About, resolve)
	}
	e.Reading.Background = slices.Clone(e.Reading.Background)
	for i := range e.Reading.Background {
		e.Reading.Background[i].About = resolveAll(e.Reading.Background[i].About, resolve)
	}
	for id, short := range e.Reading.ShortNames() {
		called[id][short] = true
	}
	for i := range e.People {
		for _, name := range slices.Sorted(maps.Keys(called[e.People[i].ID])) {
			e.People[i].Aliases = append(e.People[i].Aliases, quoth.Alias{Name: name, Articles: 1, Evidence: e.Reading.Article.ID})
		}
	}
}

func resolveAll(parties []quoth.Party, resolve func(id, name string) string) []quoth.Party {
	parties = slices.Clone(parties)
	for i := range parties {
		parties[i].ID = resolve(parties[i].ID, parties[i].Name)
	}
	return parties
}

// leastOfStory is the share of its sketch that a text shares with its copies.
const leastOfStory = 0.6

// stories finds articles that are copies of one text. The first that the record has seen
// names the story.
func (w *Ingest) stories(ctx context.Context, entries []quoth.Entry) error {
	for i := range entries {
		e := &entries[i]
		e.Sketch = wording.SketchText(bodyOf(&e.Reading.Article))
		if len(e.Sketch) == 0 {
			continue
		}
		copies, err := w.Keeper.Copies(ctx, e.Sketch)
		if err != nil {
			return fmt.Errorf("look for copies of article %s: %w", e.Reading.Article.ID, err)
		}
		for j := range entries[:i] {
			if shared := sharedHashes(e.Sketch, entries[j].Sketch); shared > 0 {
				o := &entries[j]
				copies = append(copies, quoth.Copied{ID: o.Reading.Article.ID, Story: storyOf(o), Shared: shared, Of: len(o.Sketch)})
			}
		}
		e.Story = storyAmong(copies, e)
	}
	return nil
}

// storyAmong is the story of the first of copies that e is a copy of, "" when it is of none.
func storyAmong(copies []quoth.Copied, e *quoth.Entry) string {
	for _, c := range copies {
		if c.ID != e.Reading.Article.ID && float64(c.Shared) >= leastOfStory*float64(max(c.Of, len(e.Sketch))) {
			return c.Story
		}
	}
	return ""
}

// storiesAgain does what stories does for entries that begin a story, by what was written meanwhile.
func storiesAgain(ctx context.Context, news quoth.Known, entries []quoth.Entry) error {
	begun := map[string]string{} // by the story that an entry began: the one that was there
	for i := range entries {
		e := &entries[i]
		if e.Story != "" || len(e.Sketch) == 0 {
			continue
		}
		copies, err := news.Copies(ctx, e.Sketch)
		if err != nil {
			return fmt.Errorf("look for new copies of article %s: %w", e.Reading.Article.ID, err)
		}
		if e.Story = storyAmong(copies, e); e.Story != "" {
			begun[e.Reading.Article.ID] = e.Story
		}
	}
	for i := range entries {
		if story, ok := begun[entries[i].Story]; ok {
			entries[i].Story = story
		}
	}
	return nil
}

func storyOf(e *quoth.Entry) string {
	if e.Story != "" {
		return e.Story
	}
	return e.Reading.Article.ID
}

// bodyOf is the running text of an article.
func bodyOf(a *quoth.Article) string {
	if len(a.Blocks) == 0 {
		return a.Text
	}
	var b strings.Builder
	for _, block := range a.Blocks {
		if block.Kind.IsBody() {
			b.WriteString(block.Span.In(a.Text))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// sharedHashes counts what two sorted sketches share.
func sharedHashes(a, b []uint64) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}
