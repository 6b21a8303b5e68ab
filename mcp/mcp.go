// Package mcp shows the record to assistants by the Model Context Protocol: four tools
// that read and none that writes. Answers are the JSON of the API, and the instructions
// tell the assistant what Quoth is and is not: that somebody said something is no proof
// that it is so.
//
// Begin with [New].
package mcp

import (
	"context"
	"errors"
	"fmt"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"quoth"
)

// instructions are what an assistant reads before it calls a tool.
const instructions = `The record of who said what in the press. A statement is what an article says that somebody said: it is attributed, never asserted. ` +
	`Say "X said that …, according to OUTLET", never that it is so. Keep the cue, the article's word for the saying: what somebody denied, refused or criticized is not what they said. ` +
	`Quote the content verbatim, as the speaker's own words only where kind is "direct", and give the article's url or the statement's id with it. ` +
	`A field that is null is not known; do not guess it. confidence is the likelihood that the attribution is right. A statement whose factuality is not ` +
	`"factual" is no claim that the words were said.`

// searchInput asks for statements.
type searchInput struct {
	Query  string `json:"query" jsonschema:"words, phrases in quotation marks, prefix*, -not, and the fields speaker: about: content: outlet: medium: kind: said: published: (dates as YYYY, YYYY-MM, YYYY-MM-DD or FROM/TO)"`
	Sort   string `json:"sort,omitempty" jsonschema:"relevance (the newest sixty matches, the best first, then those before them), published (newest first) or said (last said first)"`
	Limit  int    `json:"limit,omitempty" jsonschema:"how many at most, up to 200; 20 when left out"`
	Cursor string `json:"cursor,omitempty" jsonschema:"the next of the answer before"`
}

// personInput asks for somebody.
type personInput struct {
	Name   string `json:"name" jsonschema:"a name, or the ID of a person of the record"`
	Side   string `json:"side,omitempty" jsonschema:"said (what they said, the default), about (what was said about them) or told (what they were told)"`
	Limit  int    `json:"limit,omitempty" jsonschema:"how many statements at most; 20 when left out"`
	Cursor string `json:"cursor,omitempty" jsonschema:"the next of the statements before"`
}

// pairInput asks for what two say of each other.
type pairInput struct {
	A     string `json:"a" jsonschema:"ID of a person, as the tool person gives it"`
	B     string `json:"b" jsonschema:"ID of the other"`
	Limit int    `json:"limit,omitempty" jsonschema:"how many statements at most of either; 20 when left out"`
	NextA string `json:"cursor_a,omitempty" jsonschema:"the next of a_about_b before; without it from the newest on"`
	NextB string `json:"cursor_b,omitempty" jsonschema:"the next of b_about_a before; without it from the newest on"`
}

// articleInput asks for an article.
type articleInput struct {
	ID       string `json:"id" jsonschema:"ID of an article, as in a statement's article.id"`
	Revision int    `json:"revision,omitempty" jsonschema:"which state of the page, from 1; the newest when left out"`
}

// personAnswer is somebody with statements, or the people that a name may mean.
type personAnswer struct {
	Person     *quoth.Person                 `json:"person"`
	Statements *quoth.Answer[quoth.Recorded] `json:"statements,omitempty"`
	MayBe      []quoth.Person                `json:"may_be,omitempty"`
}

// pairAnswer is what two say of each other.
type pairAnswer struct {
	A quoth.Answer[quoth.Recorded] `json:"a_about_b"`
	B quoth.Answer[quoth.Recorded] `json:"b_about_a"`
}

// New makes a server on a record.
func New(record quoth.Asker, version string) *sdk.Server {
	s := sdk.NewServer(&sdk.Implementation{Name: "quoth", Version: version}, &sdk.ServerOptions{Instructions: instructions})
	add(s, "search", "Look for statements by words, speakers, dates and more.", func(ctx context.Context, in searchInput) (any, error) {
		q, err := quoth.ParseQuery(in.Query)
		if err != nil {
			return nil, err
		}
		q.Sort, q.Limit, q.Cursor = quoth.Sort(in.Sort), in.Limit, in.Cursor
		return listed(record.Statements(ctx, q))
	})
	add(s, "person", "Who somebody is in the record, and what they said or what was said about them. For a name that several people have, the people.", func(ctx context.Context, in personInput) (any, error) {
		return person(ctx, record, in)
	})
	add(s, "pair", "What two people said of each other, the newest first.", func(ctx context.Context, in pairInput) (any, error) {
		return pair(ctx, record, in)
	})
	add(s, "article", "An article as it was read: its text, its blocks and its statements with their places in the text.", func(ctx context.Context, in articleInput) (any, error) {
		r, _, err := record.Article(ctx, in.ID, in.Revision)
		return r, err
	})
	return s
}

// listed makes a list that is empty an empty list, and not null.
func listed(a quoth.Answer[quoth.Recorded], err error) (quoth.Answer[quoth.Recorded], error) {
	if a.Items == nil {
		a.Items = []quoth.Recorded{}
	}
	return a, err
}

// add adds a tool that reads.
func add[In any](s *sdk.Server, name, description string, f func(context.Context, In) (any, error)) {
	tool := &sdk.Tool{Name: name, Description: description, Annotations: &sdk.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true}}
	sdk.AddTool(s, tool, func(ctx context.Context, _ *sdk.CallToolRequest, in In) (*sdk.CallToolResult, any, error) {
		out, err := f(ctx, in)
		return nil, out, shown(err)
	})
}

// shown is an error as an assistant may see it: causes stay here.
func shown(err error) error {
	var known *quoth.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known) && known.Hint != "":
		return fmt.Errorf("%s; %s", known.Message, known.Hint)
	case errors.As(err, &known):
		return errors.New(known.Message)
	}
	return errors.New("the record does not answer")
}

func person(ctx context.Context, record quoth.Asker, in personInput) (any, error) {
	p, err := quoth.ShownPerson(ctx, record, in.Name)
	if quoth.CodeOf(err) == quoth.NotFound {
		found, err := record.People(ctx, quoth.PeopleQuery{Text: in.Name})
		if err != nil {
			return nil, err
		}
		if len(found.Items) != 1 {
			return personAnswer{MayBe: found.Items}, nil
		}
		p = found.Items[0]
	} else if err != nil {
		return nil, err
	}
	q := quoth.Query{Limit: in.Limit, Cursor: in.Cursor}
	switch in.Side {
	case "", "said":
		q.Speaker = p.ID
	case "about":
		q.About = p.ID
	case "told":
		q.Told = p.ID
	default:
		return nil, &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("a person has no side %q", in.Side), Hint: "said, about or told"}
	}
	statements, err := listed(record.Statements(ctx, q))
	return personAnswer{Person: &p, Statements: &statements}, err
}

func pair(ctx context.Context, record quoth.Asker, in pairInput) (any, error) {
	for _, id := range []string{in.A, in.B} {
		if _, err := quoth.ShownPerson(ctx, record, id); err != nil {
			return nil, err
		}
	}
	var answer pairAnswer
	var err error
	if answer.A, err = listed(record.Statements(ctx, quoth.Query{Speaker: in.A, About: in.B, Limit: in.Limit, Cursor: in.NextA})); err != nil {
		return nil, err
	}
	answer.B, err = listed(record.Statements(ctx, quoth.Query{Speaker: in.B, About: in.A, Limit: in.Limit, Cursor: in.NextB}))
	return answer, err
}
