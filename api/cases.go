package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"quoth"
)

// Editors is the editors' desk as the API sees it; package desk is one. A token with the
// scope [ScopeCases] reads it, one with [ScopeCorrect] works at it under the token's name.
type Editors interface {
	Gather(ctx context.Context) error
	Queue(ctx context.Context, who quoth.Account, q quoth.CaseQuery) (quoth.Answer[quoth.Case], error)
	File(ctx context.Context, who quoth.Account, id string) (quoth.CaseFile, error)
	Move(ctx context.Context, who quoth.Account, id string, version int, to quoth.CaseState, note string) error
	Close(ctx context.Context, who quoth.Account, id string, version int, outcome quoth.CaseOutcome, note string) error
	Preview(ctx context.Context, who quoth.Account, e quoth.Edit) (quoth.Correction, error)
	Correct(ctx context.Context, who quoth.Account, e quoth.Edit) (quoth.Correction, error)
}

// TokenParam is the header of what needs a token.
type TokenParam struct {
	Authorization string `header:"Authorization" maxLength:"300" doc:"Bearer and a token"`
}

// CaseParams ask for cases.
type caseParams struct {
	TokenParam
	Queue  string `query:"queue" maxLength:"20" enum:"accuracy,context,policy,label,other,legal,reply"`
	State  string `query:"state" maxLength:"20" enum:"new,in-progress,waiting,second-editor,reopened,closed" doc:"all that are not closed when left out"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
	Cursor string `query:"cursor" maxLength:"100" doc:"go on where the answer before ended: its next"`
}

// CaseParam names a case.
type CaseParam struct {
	TokenParam
	ID string `path:"id" maxLength:"100"`
}

// moveInput brings a case into another state.
type moveInput struct {
	CaseParam
	Body struct {
		Version int    `json:"version" minimum:"1" doc:"that was seen; another one is a conflict"`
		To      string `json:"to" enum:"new,in-progress,waiting,reopened"`
		Note    string `json:"note,omitempty" maxLength:"500"`
	}
}

// closeInput closes a case.
type closeInput struct {
	CaseParam
	Body struct {
		Version int    `json:"version" minimum:"1" doc:"that was seen; another one is a conflict"`
		Outcome string `json:"outcome" enum:"corrected,clarified,declined,not-ours,duplicate,spam,legal,reply-printed"`
		Note    string `json:"note" minLength:"1" maxLength:"500" doc:"public"`
	}
}

// editInput is a correction of a statement.
type editInput struct {
	CaseParam
	Preview bool `query:"preview" doc:"only tell what would change"`
	Body    quoth.Edit
}

// Cases registers the operations of the editors' desk. It is called before the server answers.
func Cases(s *Server, desk Editors) {
	op := func(id, method, path, summary, scope string) huma.Operation {
		errors := []int{401, 403, 422, 429, 503}
		if strings.Contains(path, "{") {
			errors = append(errors, 404)
		}
		if method == http.MethodPost {
			errors = append(errors, 400, 409, 413, 415)
		}
		return huma.Operation{OperationID: id, Method: method, Path: "/api/v1" + path, Summary: summary, Errors: errors, Security: []map[string][]string{{"token": {scope}}}, MaxBodyBytes: 256 << 10}
	}
	huma.Register(s.api, op("list-cases", http.MethodGet, "/cases", "What readers hold against the record, the most urgent first", ScopeCases),
		func(ctx context.Context, in *caseParams) (*body[quoth.Answer[quoth.Case]], error) {
			who, err := s.editor(ctx, in.Authorization, ScopeCases)
			if err != nil {
				return nil, s.explain(ctx, err)
			}
			if err := desk.Gather(ctx); err != nil {
				return nil, s.explain(ctx, err)
			}
			cursor, err := unseal(in.Cursor)
			if err != nil {
				return nil, s.explain(ctx, err)
			}
			a, err := sealed(desk.Queue(ctx, who, quoth.CaseQuery{Queue: in.Queue, State: quoth.CaseState(in.State), Limit: in.Limit, Cursor: cursor}))
			if err != nil {
				return nil, s.explain(ctx, err)
			}
			return answer(a), nil
		})
	huma.Register(s.api, op("get-case", http.MethodGet, "/cases/{id}", "A case with all that lies in it", ScopeCases),
		func(ctx context.Context, in *CaseParam) (*body[quoth.CaseFile], error) {
			who, err := s.editor(ctx, in.Authorization, ScopeCases)
			if err != nil {
				return nil, s.explain(ctx, err)
			}
			return s.file(ctx, desk, who, in.ID)
		})
	huma.Register(s.api, op("move-case", http.MethodPost, "/cases/{id}/move", "Take a case, put it back, let it wait or open it again", ScopeCorrect),
		func(ctx context.Context, in *moveInput) (*body[quoth.CaseFile], error) {
			who, err := s.editor(ctx, in.Authorization, ScopeCorrect)
			if err == nil {
				err = desk.Move(ctx, who, in.ID, in.Body.Version, quoth.CaseState(in.Body.To), in.Body.Note)
			}
			if err != nil {
				return nil, s.explain(ctx, err)
			}
			return s.file(ctx, desk, who, in.ID)
		})
	huma.Register(s.api, op("close-case", http.MethodPost, "/cases/{id}/close", "Close a case with a line for the public", ScopeCorrect),
		func(ctx context.Context, in *closeInput) (*body[quoth.CaseFile], error) {
			who, err := s.editor(ctx, in.Authorization, ScopeCorrect)
			if err == nil {
				err = desk.Close(ctx, who, in.ID, in.Body.Version, quoth.CaseOutcome(in.Body.Outcome), in.Body.Note)
			}
			if err != nil {
				return nil, s.explain(ctx, err)
			}
			return s.file(ctx, desk, who, in.ID)
		})
	huma.Register(s.api, op("correct-statement", http.MethodPost, "/statements/{id}/corrections", "Correct a statement, in public", ScopeCorrect),
		func(ctx context.Context, in *editInput) (*body[quoth.Correction], error) {
			who, err := s.editor(ctx, in.Authorization, ScopeCorrect)
			if err != nil {
				return nil, s.explain(ctx, err)
			}
			do := desk.Correct
			if in.Preview {
				do = desk.Preview
			}
			in.Body.Statement = in.ID
			c, err := do(ctx, who, in.Body)
			if err != nil {
				return nil, s.explain(ctx, err)
			}
			return answer(c), nil
		})
	describe(s.api.OpenAPI())
}

// file is a case as it is now.
func (s *Server) file(ctx context.Context, desk Editors, who quoth.Account, id string) (*body[quoth.CaseFile], error) {
	f, err := desk.File(ctx, who, id)
	if err != nil {
		return nil, s.explain(ctx, err)
	}
	return answer(f), nil
}

// editor is who works at the desk by a token.
func (s *Server) editor(ctx context.Context, header, scope string) (quoth.Account, error) {
	t, err := s.token(ctx, header, scope)
	who := quoth.Account{Name: "token " + t.Name, Role: quoth.DeskReader}
	if scope == ScopeCorrect {
		who.Role = quoth.DeskEditor
	}
	return who, err
}
