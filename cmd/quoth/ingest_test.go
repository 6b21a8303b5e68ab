package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quoth"
)

// wire is a text long enough that its copies are known.
const wire = `The bridge over the Calder will be closed to lorries from Monday, the town of Easthaven said on Thursday after a report by engineers.

"The old bridge is not safe for anything heavier than a van, and I will not wait until it falls," said Zoë Hale, the mayor of Easthaven, at a meeting in the town hall.

The bridge was built in 1911 and carries nine thousand vehicles a day, most of them on their way to the harbour and the market behind it.

Eric Moss, who leads the Calder Trust, said the town had known about the cracks for three years. "Nobody can say that they were not told," Moss added.

The ferry will run until midnight from next week, and the town has asked the county for two more boats and a second landing stage.`

func TestOneSayingInManyOutlets(t *testing.T) {
	s := serve(t, nil)
	first := s.add(wire, "https://wire.example/bridge", "2026-04-16")
	s.add(strings.Replace(wire, "on Thursday after", "after", 1), "https://herald.example/a-bridge", "2026-04-17")
	s.add(`Lorries are shut out of Easthaven. "The old bridge is not safe for anything heavier than a van," Mayor Zoë Hale told reporters. She would not say for how long.`, "https://mirror.example/lorries", "2026-04-18")
	s.add(`In Easthaven they are calm. "The old bridge is safe for anything heavier than a van, and I will not wait," said Zoë Hale.`, "https://gossip.example/calm", "2026-04-19")
	s.add(`"The new ferry is not safe for anything but gulls, and I will wait until it sinks," said Ida Quill.`, "https://other.example/ferry", "2026-04-19")

	var reading quoth.Reading
	s.get(first, &reading)
	var found *quoth.Statement
	for i := range reading.Statements {
		if strings.Contains(reading.Statements[i].Content.Text, "heavier than a van") {
			found = &reading.Statements[i]
		}
	}
	if found == nil {
		t.Fatalf("no statement on vans in %+v", reading.Statements)
	}
	var one quoth.Recorded
	s.get("/api/v1/statements/"+found.ID, &one)
	var all []quoth.Recorded
	s.get("/api/v1/sayings/"+one.Saying, &all)
	var sites []string
	for _, r := range all {
		sites = append(sites, strings.Split(r.Article.URL, "/")[2])
	}
	if got, want := strings.Join(sites, " "), "wire.example herald.example mirror.example gossip.example"; got != want {
		t.Errorf("the saying is in %s, want %s", got, want)
	}
	var story quoth.Story
	s.get("/api/v1/stories/"+one.Article.Story, &story)
	if len(story.Articles) != 2 || story.Articles[0].URL != "https://wire.example/bridge" {
		t.Errorf("the story: got %+v, want the wire and its copy", story.Articles)
	}
}

func TestChangedPageKeepsStatementNames(t *testing.T) {
	s := serve(t, nil)
	at := s.add(wire, "https://wire.example/bridge", "2026-04-16")
	var before quoth.Reading
	s.get(at, &before)
	changed := strings.Replace(wire, "until it falls,", "until it falls down,", 1)
	changed = strings.Replace(changed, `"Nobody can say that they were not told," Moss added.`, "", 1)
	if again := s.add(changed, "https://wire.example/bridge", "2026-04-16"); again != at {
		t.Fatalf("the changed page is %s, was %s", again, at)
	}
	var after quoth.Reading
	s.get(at, &after)
	var revisions []quoth.Revision
	s.get(at+"/revisions", &revisions)
	if len(revisions) != 2 {
		t.Errorf("got %d revisions, want 2", len(revisions))
	}
	ids := map[string]string{}
	for _, st := range before.Statements {
		ids[st.ID] = st.Content.Text
	}
	for _, st := range after.Statements {
		was, ok := ids[st.ID]
		if !ok {
			t.Errorf("%q has another name than before", st.Content.Text)
		}
		if strings.Contains(st.Content.Text, "falls down") && !strings.Contains(was, "until it falls") {
			t.Errorf("%q was %q", st.Content.Text, was)
		}
	}
	if len(after.Statements) != len(before.Statements)-1 {
		t.Errorf("got %d statements, want one less than %d", len(after.Statements), len(before.Statements))
	}
	// What the page dropped keeps its address and its history.
	for id, text := range ids {
		if strings.Contains(text, "Nobody can say") {
			var history []quoth.Recorded
			s.get("/api/v1/statements/"+id+"/history", &history)
			if len(history) != 1 || history[0].Revision != 1 {
				t.Errorf("history of what was dropped: %+v", history)
			}
		}
	}
}

// What the doctor finds in a damaged file is told, though the rest cannot be counted.
func TestDoctorOfADamagedFile(t *testing.T) {
	lines, _ := writeLinesFile(t, 200)
	record := filepath.Join(t.TempDir(), "record.db")
	w := newWorld("")
	run(t.Context(), &w.Env, []string{"add", "--record", record, lines})
	b, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(b) / 2; i < len(b)/2+8<<10; i++ {
		b[i] ^= 0x5a
	}
	if err := os.WriteFile(record, b, 0o666); err != nil {
		t.Fatal(err)
	}
	w = newWorld("")
	if got := run(t.Context(), &w.Env, []string{"doctor", "--record", record}); got != 1 {
		t.Errorf("got status %d, want 1", got)
	}
	if got := w.err.String(); !strings.Contains(got, "error: the file is damaged: ") || strings.Contains(got, "quoth doctor") {
		t.Errorf("got %s", got)
	}
}
