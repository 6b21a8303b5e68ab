package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"quoth"
	"quoth/render"
)

// ListFlags are those of commands that list statements.
type ListFlags struct {
	RecordFlags `embed:""`

	Limit  int    `default:"20" help:"How many at most."`
	Cursor string `help:"Go on where an earlier answer ended, at the cursor that it gave."`
	To     string `enum:"auto,text,jsonl" default:"auto" help:"Format of what goes out: text or jsonl. Auto is text on a terminal and jsonl elsewhere."`
	Color  string `enum:"auto,always,never" default:"auto" help:"Colours in text: auto, always or never. Auto is on a terminal unless NO_COLOR is set."`
}

// Validate refuses what cannot be meant. Kong calls it before Run.
func (f *ListFlags) Validate() error {
	if quoth.ValidateLimit(f.Limit) != nil {
		return &misuseError{fmt.Sprintf("--limit must be from 0 to %d, got %d", quoth.MaxLimit, f.Limit), fmt.Sprintf("go on with --cursor for more; 0 is %d", quoth.DefaultLimit)}
	}
	return nil
}

// isText reports whether people are to read the output.
func (f *ListFlags) isText(env *Env) bool {
	return f.To == "text" || f.To == "auto" && env.StdoutTTY
}

// paint returns the escapes that begin and end what is set off, "" without colours.
func (f *ListFlags) paint(env *Env) (on, off string) {
	if f.Color == "always" || f.Color == "auto" && env.StdoutTTY && env.Getenv("NO_COLOR") == "" && env.Getenv("TERM") != "dumb" {
		return "\x1b[1m", "\x1b[0m"
	}
	return "", ""
}

// SearchCmd is `quoth search`.
type SearchCmd struct {
	ListFlags `embed:""`

	Query []string `arg:"" help:"Words and conditions, as above."`
	Sort  string   `enum:"auto,relevance,published,said" default:"auto" help:"Order: relevance (the newest sixty, the best first, and so on), published (the newest first) or said (the last said first). Auto is relevance with words and published without."`
}

// Help is the text of `quoth help search` below the flags.
func (c *SearchCmd) Help() string {
	return `Words are looked for in what was said and in the names of who said it and whom it is about. A query may hold:

	bridge ferry                       both words
	"not safe"                         these words in a row
	resign*                            words that begin so
	-ferry                             not this word
	speaker:hale about:"Eric Moss"     only in the names of speakers, of those it is about
	content:bridge                     only in what was said
	outlet:herald.example medium:interview kind:direct
	said:2019/2021 published:2026-04   days, months, years, and from one to another

Write -- before a query that begins with -.

Examples:

	quoth search 'bridge -ferry'
	quoth search --sort said 'speaker:hale said:2026'
	quoth search -- '-ferry speaker:hale'
	quoth search --to jsonl --limit 200 'resign*' | jq -r .content.text`
}

// Run searches.
func (c *SearchCmd) Run(ctx context.Context, env *Env) error {
	q, err := quoth.ParseQuery(strings.Join(c.Query, " "))
	if err != nil {
		return asMisuse(err)
	}
	store, err := c.existing(ctx, env)
	if err != nil {
		return err
	}
	defer store.Close()
	q.Limit, q.Cursor = c.Limit, c.Cursor
	if c.Sort != "auto" {
		q.Sort = quoth.Sort(c.Sort)
	}
	return c.list(ctx, env, store, q, "")
}

// list writes the answer to a query; heading stands above it when people read it.
func (f *ListFlags) list(ctx context.Context, env *Env, store quoth.Store, q quoth.Query, heading string) error {
	answer, err := store.Statements(ctx, q)
	if err != nil {
		return asMisuse(err)
	}
	if !f.isText(env) {
		return writeLines(env.Stdout, answer.Items)
	}
	on, off := f.paint(env)
	if heading != "" {
		fmt.Fprintf(env.Stdout, "%s%s%s\n\n", on, printable(heading), off)
	}
	for i := range answer.Items {
		writeRecorded(env.Stdout, &answer.Items[i], on, off, columnsOf(env))
	}
	if len(answer.Items) == 0 {
		fmt.Fprintln(env.Stdout, "Nothing of that is in the record.")
	}
	if answer.Next != "" {
		env.say("more", "--cursor "+answer.Next)
	}
	return nil
}

// columnsOf is the width of text: the terminal's, at most maxColumns.
func columnsOf(env *Env) int {
	if env.Width == 0 {
		return maxColumns
	}
	return min(max(env.Width, 20), maxColumns)
}

// writeLines writes JSON lines.
func writeLines[T any](w io.Writer, items []T) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for i := range items {
		if err := e.Encode(items[i]); err != nil {
			return err
		}
	}
	return nil
}

// writeRecorded writes one statement for people: who said it, by which word of the page, and when, the words with
// what was found set off, and where it stands.
func writeRecorded(w io.Writer, r *quoth.Recorded, on, off string, width int) {
	who := "Somebody unnamed"
	if r.Speaker != nil {
		who = r.Speaker.Name
	}
	if cue := r.CueWords(); cue != "" {
		who += " — " + cue
	}
	said := "day not known"
	if r.Said != nil {
		said = "said " + render.HumanDate(r.Said.EDTF)
	}
	var about []string
	for _, p := range r.About {
		about = append(about, p.Name)
	}
	line := fmt.Sprintf("%s · %s", who, said)
	if r.Medium != quoth.UnknownMedium {
		line += " · " + r.Medium
	}
	if len(about) > 0 {
		line += " · about " + strings.Join(about, ", ")
	}
	if r.Confidence > 0 && r.Confidence < quoth.LowConfidence {
		line += fmt.Sprintf(" · %.0f %% sure", 100*r.Confidence)
	}
	fmt.Fprintf(w, "%s\n", printable(line))
	fmt.Fprintf(w, "  %s\n", strings.Join(render.WrapSetOff(r.Content.Text, r.Highlights, on, off, width-2), "\n  "))
	source := []string{r.Article.Site, r.Article.Title}
	if r.Article.Published != "" {
		source = append(source, "printed "+render.HumanDate(r.Article.Published))
	}
	if r.Occurrences > 1 {
		source = append(source, fmt.Sprintf("%d occurrences", r.Occurrences))
	}
	var known []string
	for _, s := range source {
		if s != "" {
			known = append(known, s)
		}
	}
	fmt.Fprintf(w, "  — %s · %s\n\n", printable(strings.Join(known, " · ")), r.ID)
}

// WhoCmd is `quoth who`.
type WhoCmd struct {
	ListFlags `embed:""`

	Name  string `arg:"" help:"A name, or the ID of a person of the record."`
	About bool   `help:"List what others said about them, not what they said."`
	On    string `placeholder:"NAME" help:"Only what they said about this person."`
}

// Help is the text of `quoth help who` below the flags.
func (c *WhoCmd) Help() string {
	return `Says who is known by a name, and what they said, the newest first. Several people of a name are all listed with their IDs; the one who is in five times as many articles as the next is taken to be meant.

Examples:

	quoth who 'Zoë Hale'
	quoth who --about zoe-hale
	quoth who hale --on 'Eric Moss'`
}

// Validate refuses what cannot be meant. Kong calls it before Run.
func (c *WhoCmd) Validate() error {
	if strings.TrimSpace(c.Name) == "" {
		return &misuseError{"the name is empty", "quoth search looks through all words"}
	}
	return c.ListFlags.Validate()
}

// Run looks a person up.
func (c *WhoCmd) Run(ctx context.Context, env *Env) error {
	store, err := c.existing(ctx, env)
	if err != nil {
		return err
	}
	defer store.Close()
	person, err := c.find(ctx, env, store, c.Name)
	if err != nil {
		return err
	}
	q := quoth.Query{Speaker: person.ID, Limit: c.Limit, Cursor: c.Cursor}
	heading := fmt.Sprintf("%s (%s): %s, %s about them, in %s", person.Name, person.ID, plural(person.Statements, "statement"), grouped(person.About), plural(person.Articles, "article"))
	if c.About {
		q.Speaker, q.About = "", person.ID
	}
	if c.On != "" {
		other, err := c.find(ctx, env, store, c.On)
		if err != nil {
			return err
		}
		q.About = other.ID
		heading = person.Name + " about " + other.Name
	}
	return c.list(ctx, env, store, q, heading)
}

// find returns the one person of a name or ID.
func (c *WhoCmd) find(ctx context.Context, env *Env, store quoth.Store, name string) (quoth.Person, error) {
	p, err := store.Person(ctx, name)
	if quoth.CodeOf(err) != quoth.NotFound {
		return p, err
	}
	found, err := store.People(ctx, quoth.PeopleQuery{Text: name})
	if err != nil {
		return p, err
	}
	switch len(found.Items) {
	case 0:
		return p, &quoth.Error{Code: quoth.NotFound, Message: fmt.Sprintf("nobody in the record is called %q", name), Hint: "quoth search looks through all words"}
	case 1:
		return found.Items[0], nil
	}
	var exact []quoth.Person
	for _, p := range found.Items {
		if strings.EqualFold(p.Name, name) {
			exact = append(exact, p)
		}
	}
	if len(exact) == 1 && len(strings.Fields(name)) > 1 {
		return exact[0], nil
	}
	for _, p := range found.Items {
		fmt.Fprintf(env.Stderr, "  %-32s %-28s %s\n", printable(p.ID), printable(p.Name), counted(p.Articles, "article", "articles"))
	}
	// One who is far better known than the next is most likely meant; the others stand above.
	if first, next := found.Items[0], found.Items[1]; first.Articles >= 5*next.Articles {
		return first, nil
	}
	return p, &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%d people go by %q", len(found.Items), name), Hint: "name one by its ID"}
}
