package storetest

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"quoth"
	"quoth/wording"
)

func testSayings(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	first := quoth.StatementID("a1", town[0].says[0].words, 0)
	short := "The old bridge is not safe any more"
	keep(t, st, article{id: "a9", site: "mirror.example", day: "2026-04-18", says: []said{{who: "Zoë Hale", words: short, saying: first}}})
	occurrences, err := st.Saying(t.Context(), first)
	if err != nil || len(occurrences) != 2 || occurrences[0].Article.ID != "a1" || occurrences[1].Article.ID != "a9" || occurrences[0].Occurrences != 2 {
		t.Errorf("got %+v, %v", occurrences, err)
	}
	known, err := st.Wordings(t.Context(), wording.Sketch(short))
	if err != nil || len(known) != 2 {
		t.Fatalf("wordings: got %+v, %v", known, err)
	}
	if w := known[0]; w.ID != first || w.Saying != first || w.Speaker != "zoe-hale" || w.Name != "Zoë Hale" || w.Words != town[0].says[0].words || w.Kind != quoth.Direct || w.Article != "a1" || w.Published != "2026-04-17" {
		t.Errorf("wording: got %+v", w)
	}
	if none, err := st.Wordings(t.Context(), []uint64{1, 2, 1<<63 - 1}); err != nil || len(none) != 0 {
		t.Errorf("wordings of nothing: got %+v, %v", none, err)
	}
}

func testStories(t *testing.T, st quoth.Store) {
	sketch := []uint64{10, 20, 30, 40, 50, 1<<63 - 1}
	keep(t, st,
		article{id: "w1", site: "wire.example", title: "First", day: "2026-04-01", sketch: sketch, says: []said{{who: "Zoë Hale", words: "One two three."}}},
		article{id: "w2", site: "copy.example", title: "Second", day: "2026-04-02", story: "w1", sketch: append([]uint64{7}, sketch[1:]...), says: []said{{who: "Zoë Hale", words: "One two three."}}},
		article{id: "w3", site: "other.example", title: "Third", day: "2026-04-03", sketch: []uint64{10, 20, 99}})
	copies, err := st.Copies(t.Context(), sketch)
	if err != nil || len(copies) != 2 || copies[0] != (quoth.Copied{ID: "w1", Story: "w1", Shared: 6, Of: 6}) || copies[1] != (quoth.Copied{ID: "w2", Story: "w1", Shared: 5, Of: 6}) {
		t.Errorf("copies: got %+v, %v", copies, err)
	}
	// A copy is found among many that hold the text and much more.
	for i := range 25 {
		long := slices.Clone(sketch)
		for j := range 20 {
			long = append(long, uint64(1000+100*i+j))
		}
		keep(t, st, article{id: fmt.Sprintf("all%02d", i), day: "2026-03-01", sketch: long})
	}
	if copies, err = st.Copies(t.Context(), sketch); err != nil || len(copies) != 20 || copies[0].ID != "w1" || copies[1].ID != "w2" || copies[2].Of != 26 {
		t.Errorf("copies among compilations: got %+v, %v", copies, err)
	}
	story, err := st.Story(t.Context(), "w1")
	if err != nil || story.Title != "First" || len(story.Articles) != 2 || story.Articles[1].Site != "copy.example" {
		t.Errorf("story: got %+v, %v", story, err)
	}
	stories, err := st.Stories(t.Context(), quoth.ArticleQuery{})
	if err != nil || len(stories.Items) != 1 || !reflect.DeepEqual(stories.Items[0], story) {
		t.Errorf("stories: got %+v, %v", stories, err)
	}
}

func testCandidates(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	keep(t, st, article{id: "c1", day: "2026-01-01", says: []said{{who: "Tom Hale", words: "My sister is right."}}})
	got, err := st.Candidates(t.Context(), []string{"hale", "zoe hale", "moss", "zoe", "nobody", ""})
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string][]string{}
	for name, people := range got {
		for _, p := range people {
			ids[name] = append(ids[name], p.ID)
		}
	}
	want := map[string][]string{"hale": {"zoe-hale", "tom-hale"}, "zoe hale": {"zoe-hale"}, "moss": {"eric-moss"}}
	if !reflect.DeepEqual(ids, want) {
		t.Errorf("got %v, want %v", ids, want)
	}
	if p := got["zoe hale"][0]; p.Articles != 3 || len(p.Aliases) != 1 || p.Aliases[0].Name != "Zoë Hale" || p.Aliases[0].Articles != 3 || p.Aliases[0].Evidence != "a1" {
		t.Errorf("candidate: got %+v", p)
	}
}

func testTogether(t *testing.T, st quoth.Store) {
	keep(t, st, town...)
	got, err := st.Together(t.Context(), []string{"zoe-hale", "eric-moss", "none"}, []string{"ida-quill", "eric-moss"})
	if err != nil || got["zoe-hale"] != 2 || got["eric-moss"] != 1 || got["none"] != 0 {
		t.Errorf("got %v, %v", got, err)
	}
}
