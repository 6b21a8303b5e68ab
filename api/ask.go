package api

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"quoth"
)

// Reading is the shape of an article's JSON, for the description; the JSON itself is
// written by quoth.Reading.
type Reading struct {
	ID         string             `json:"id"`
	URL        *string            `json:"url"`
	Site       *string            `json:"site"`
	Title      *string            `json:"title"`
	Bylines    []string           `json:"bylines"`
	Roles      map[string]string  `json:"roles,omitempty"`
	Agencies   []string           `json:"agencies"`
	Section    *string            `json:"section"`
	Language   *string            `json:"language"`
	Published  Published          `json:"published"`
	Updated    *Published         `json:"updated"`
	Paywall    *string            `json:"paywall"`
	Unit       string             `json:"unit" enum:"utf8-byte"`
	Text       string             `json:"text" doc:"what all spans index"`
	Blocks     []Block            `json:"blocks"`
	Statements []quoth.Statement  `json:"statements"`
	Background []quoth.Background `json:"background"`
	Facts      quoth.Facts        `json:"facts"`
}

// Published is the shape of a date of printing.
type Published struct {
	EDTF       *string `json:"edtf"`
	From       string  `json:"from" enum:"json-ld,meta,dateline,url,flag,none"`
	Confidence float64 `json:"confidence"`
	Time       *string `json:"time"`
}

// Block is the shape of a block.
type Block struct {
	Kind string     `json:"kind"`
	Span quoth.Span `json:"span"`
	Text string     `json:"text"`
}

// body is an answer of one JSON value.
type body[T any] struct{ Body T }

// ListParams are the parameters of every list.
type ListParams struct {
	Limit  int    `query:"limit" minimum:"0" maximum:"200" doc:"how many at most; 0 is 20"`
	Cursor string `query:"cursor" maxLength:"200" doc:"go on where the answer before ended: its next"`
}

// StatementParams ask for statements.
type StatementParams struct {
	ListParams
	Q       string `query:"q" maxLength:"2000" doc:"words, \"phrases\", prefix*, -not, and fields: speaker: about: content: outlet: medium: kind: said: published: article:" example:"bridge speaker:hale"`
	Speaker string `query:"speaker" maxLength:"400" doc:"ID of a person"`
	About   string `query:"about" maxLength:"400" doc:"ID of a person"`
	Told    string `query:"told" maxLength:"400" doc:"ID of a person whom it is addressed to"`
	Outlet  string `query:"outlet" maxLength:"400" doc:"an article's site, exactly"`
	Medium  string `query:"medium" maxLength:"100" doc:"speech, interview, press-conference, statement, social-media, message, broadcast, document, testimony, conversation or unknown"`
	Kind    string `query:"kind" enum:"direct,indirect,mixed" doc:"how much of the words stands in quotation marks"`
	From    string `query:"from" maxLength:"10" doc:"said on this day or later; YYYY, YYYY-MM or YYYY-MM-DD"`
	To      string `query:"to" maxLength:"10" doc:"said on this day or before"`
	Sort    string `query:"sort" enum:"relevance,published,said" doc:"relevance: the best of the newest sixty, then those before them; published: the newest first; said: the last said first, without those whose day is not known. Relevance with words, published without"`
}

// query makes the query that the parameters mean.
func (p *StatementParams) query() (quoth.Query, error) {
	q, err := quoth.ParseQuery(p.Q)
	if err != nil {
		return q, err
	}
	for _, set := range []struct {
		to   *string
		from string
	}{{&q.Speaker, p.Speaker}, {&q.About, p.About}, {&q.Told, p.Told}, {&q.Outlet, p.Outlet}, {&q.Medium, p.Medium}, {(*string)(&q.Kind), p.Kind}} {
		if set.from != "" {
			*set.to = set.from
		}
	}
	if p.From != "" || p.To != "" {
		if q.Said, err = days(p.From, p.To); err != nil {
			return q, err
		}
	}
	if err := quoth.ValidateMedium(p.Medium); err != nil {
		return q, err
	}
	q.Sort, q.Limit = quoth.Sort(p.Sort), p.Limit
	q.Cursor, err = unseal(p.Cursor)
	return q, err
}

// days are those from one date to another, either of which may be open.
func days(from, to string) (quoth.Days, error) {
	edge := func(date string) string {
		if date == "" {
			return ".."
		}
		return date
	}
	d, ok := quoth.DaysOf(edge(from) + "/" + edge(to))
	if !ok && (from != "" || to != "") {
		return d, &quoth.Error{Code: quoth.Invalid, Message: "from and to are no dates, or the wrong way round", Hint: "write them as YYYY-MM-DD, YYYY-MM or YYYY"}
	}
	return d, nil
}

// ArticleParams ask for articles or stories.
type ArticleParams struct {
	ListParams
	Outlet string `query:"outlet" maxLength:"400" doc:"an article's site, exactly"`
	Person string `query:"person" maxLength:"400" doc:"ID of somebody whom the article names"`
	From   string `query:"from" maxLength:"10" doc:"printed on this day or later"`
	To     string `query:"to" maxLength:"10" doc:"printed on this day or before"`
	Sort   string `query:"sort" enum:"published" doc:"the one order that there is"`
}

func (p *ArticleParams) query() (quoth.ArticleQuery, error) {
	d, err := days(p.From, p.To)
	if err != nil {
		return quoth.ArticleQuery{}, err
	}
	cursor, err := unseal(p.Cursor)
	return quoth.ArticleQuery{Outlet: p.Outlet, Person: p.Person, Published: d, Limit: p.Limit, Cursor: cursor}, err
}

// IDParam names one thing.
type IDParam struct {
	ID string `path:"id" maxLength:"400"`
}

// routes are all operations.
func (s *Server) routes(api huma.API) {
	get(s, api, "/statements", "list-statements", "Statements of the record, by words and filters", func(ctx context.Context, p *StatementParams) (quoth.Answer[quoth.Recorded], error) {
		return sealed(ask(ctx, p.query, s.Record.Statements))
	})
	get(s, api, "/facets", "count-statements", "What a query of statements finds, counted by speaker, outlet and so on; of many, the newest 1,000, and is_more is true", func(ctx context.Context, p *StatementParams) (quoth.Facets, error) {
		return ask(ctx, p.query, s.Record.Facets)
	})
	get(s, api, "/statements/{id}", "get-statement", "One statement", func(ctx context.Context, p *IDParam) (quoth.Recorded, error) {
		return s.Record.Statement(ctx, p.ID)
	})
	get(s, api, "/statements/{id}/history", "get-statement-history", "One statement in all revisions of its article", func(ctx context.Context, p *IDParam) ([]quoth.Recorded, error) {
		return s.Record.History(ctx, p.ID)
	})
	get(s, api, "/sayings/{id}", "get-saying", "All occurrences of one saying, the first printed first", func(ctx context.Context, p *IDParam) ([]quoth.Recorded, error) {
		return s.Record.Saying(ctx, p.ID)
	})
	get(s, api, "/articles", "list-articles", "Articles, the newest first", func(ctx context.Context, p *ArticleParams) (quoth.Answer[quoth.ArticleRef], error) {
		return sealed(ask(ctx, p.query, s.Record.Articles))
	})
	get(s, api, "/articles/{id}", "get-article", "An article with its statements", func(ctx context.Context, p *struct {
		IDParam
		Revision int `query:"revision" minimum:"0" doc:"0 is the newest"`
	}) (quoth.Reading, error) {
		r, _, err := s.Record.Article(ctx, p.ID, p.Revision)
		return r, err
	})
	get(s, api, "/articles/{id}/revisions", "get-article-revisions", "The states of an article's page, the oldest first", func(ctx context.Context, p *IDParam) ([]quoth.Revision, error) {
		return s.Record.Revisions(ctx, p.ID)
	})
	get(s, api, "/people", "list-people", "People and organizations, the most often seen first", func(ctx context.Context, p *struct {
		ListParams
		Q    string `query:"q" maxLength:"400" doc:"words of the name"`
		Kind string `query:"kind" enum:"person,organization"`
	}) (quoth.Answer[quoth.Person], error) {
		cursor, err := unseal(p.Cursor)
		if err != nil {
			return quoth.Answer[quoth.Person]{}, err
		}
		return sealed(s.Record.People(ctx, quoth.PeopleQuery{Text: p.Q, Kind: quoth.PartyKind(p.Kind), Limit: p.Limit, Cursor: cursor}))
	})
	get(s, api, "/people/{id}", "get-person", "Somebody of the record, with aliases and their evidence", func(ctx context.Context, p *IDParam) (quoth.Person, error) {
		return quoth.ShownPerson(ctx, s.Record, p.ID)
	})
	get(s, api, "/people/{id}/circle", "get-circle", fmt.Sprintf("Whom a person speaks of, and who speaks of them, in the newest %d statements of either kind", quoth.CircleStatements), func(ctx context.Context, p *struct {
		IDParam
		Limit int `query:"limit" minimum:"1" maximum:"100" default:"20"`
	}) (quoth.Circle, error) {
		if _, err := quoth.ShownPerson(ctx, s.Record, p.ID); err != nil {
			return quoth.Circle{}, err
		}
		return s.Record.Circle(ctx, p.ID, p.Limit)
	})
	get(s, api, "/people/{id}/statements", "list-person-statements", "What a person said, what was said about them, or what they were told", func(ctx context.Context, p *struct {
		IDParam
		StatementParams
		Side string `query:"side" enum:"said,about,told" default:"said"`
	}) (quoth.Answer[quoth.Recorded], error) {
		return sealed(ask(ctx, func() (quoth.Query, error) {
			q, err := p.query()
			if err != nil {
				return q, err
			}
			switch p.Side {
			case "about":
				return q, narrow(&q.About, "about", p.ID)
			case "told":
				return q, narrow(&q.Told, "told", p.ID)
			}
			return q, narrow(&q.Speaker, "speaker", p.ID)
		}, s.existing(p.ID)))
	})
	get(s, api, "/people/{id}/about/{other}", "list-pair-statements", "What a person said about another", func(ctx context.Context, p *struct {
		IDParam
		Other string `path:"other" maxLength:"400"`
		StatementParams
	}) (quoth.Answer[quoth.Recorded], error) {
		return sealed(ask(ctx, func() (quoth.Query, error) {
			q, err := p.query()
			if err != nil {
				return q, err
			}
			return q, cmp.Or(narrow(&q.Speaker, "speaker", p.ID), narrow(&q.About, "about", p.Other))
		}, s.existing(p.ID, p.Other)))
	})
	get(s, api, "/stories", "list-stories", "Texts that several outlets printed, the newest first", func(ctx context.Context, p *ArticleParams) (quoth.Answer[quoth.Story], error) {
		return sealed(ask(ctx, p.query, s.Record.Stories))
	})
	get(s, api, "/stories/{id}", "get-story", "One text and who printed it", func(ctx context.Context, p *IDParam) (quoth.Story, error) {
		return s.Record.Story(ctx, p.ID)
	})
	get(s, api, "/trending", "list-trending", "People and stories that are spoken of more than usual", func(ctx context.Context, p *struct {
		Day   string `query:"day" maxLength:"10" doc:"the last day; today when left out, which in an archive has none: its newest article tells a day"`
		Days  int    `query:"days" minimum:"1" maximum:"365" default:"7" doc:"how many"`
		Limit int    `query:"limit" minimum:"1" maximum:"200" default:"20"`
	}) ([]quoth.Trend, error) {
		day := s.Now().UTC()
		if p.Day != "" {
			var err error
			if day, err = time.Parse("2006-01-02", p.Day); err != nil {
				return nil, &quoth.Error{Code: quoth.Invalid, Message: "day is no date", Hint: "write it as YYYY-MM-DD"}
			}
		}
		return s.Record.Trending(ctx, day, p.Days, p.Limit)
	})
	get(s, api, "/corrections", "list-corrections", "What editors changed about people, the newest first", func(ctx context.Context, p *struct {
		Person string `query:"person" maxLength:"400"`
		Before int64  `query:"before" minimum:"0" doc:"number of the last one of the page before"`
		Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	}) ([]quoth.Change, error) {
		return s.Record.Changes(ctx, p.Person, p.Before, p.Limit)
	})
	get(s, api, "/corrections/statements", "list-statement-corrections", "What editors corrected in statements, and what of it was undone, the newest first", func(ctx context.Context, p *struct {
		Statement string `query:"statement" maxLength:"100"`
		Article   string `query:"article" maxLength:"100"`
		Before    int64  `query:"before" minimum:"0" doc:"number of the last one of the page before"`
		Limit     int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
	}) ([]quoth.Correction, error) {
		return quoth.PublicCorrections(ctx, s.Record, quoth.CorrectionQuery{Statement: p.Statement, Article: p.Article, Before: p.Before, Limit: p.Limit})
	})
	s.writing(api)
}

// narrow sets a parameter of a query to the person whom the path names.
func narrow(parameter *string, name, id string) error {
	if *parameter != "" && *parameter != id {
		return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%s is %q in the path and %q as a parameter", name, id, *parameter), Hint: "leave the parameter out, or ask /api/v1/statements"}
	}
	*parameter = id
	return nil
}

// existing answers a query after it has made sure that people are of the record and have a
// page: another one is an error, not an empty list.
func (s *Server) existing(people ...string) func(context.Context, quoth.Query) (quoth.Answer[quoth.Recorded], error) {
	return func(ctx context.Context, q quoth.Query) (quoth.Answer[quoth.Recorded], error) {
		for _, id := range people {
			if _, err := quoth.ShownPerson(ctx, s.Record, id); err != nil {
				return quoth.Answer[quoth.Recorded]{}, err
			}
		}
		return s.Record.Statements(ctx, q)
	}
}

// ask makes a query and has it answered.
func ask[Q, A any](ctx context.Context, query func() (Q, error), answer func(context.Context, Q) (A, error)) (A, error) {
	q, err := query()
	if err != nil {
		var none A
		return none, err
	}
	return answer(ctx, q)
}

// get registers an operation that reads.
func get[P, A any](s *Server, api huma.API, path, id, summary string, f func(context.Context, *P) (A, error)) {
	errors := []int{422, 429, 503}
	if strings.Contains(path, "{") {
		errors = append(errors, 404, 410)
	}
	huma.Register(api, huma.Operation{OperationID: id, Method: http.MethodGet, Path: "/api/v1" + path, Summary: summary, Errors: errors},
		func(ctx context.Context, p *P) (*body[A], error) {
			a, err := f(ctx, p)
			if err != nil {
				return nil, s.explain(ctx, err)
			}
			return answer(a), nil
		})
}
