package sqlrecord

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"quoth"
	"quoth/wording"
)

// The windows: how many of the newest matches a search ranks, and how many it counts.
const (
	rankedRows  = 60
	countedRows = 1000
)

// Statements implements quoth.Asker.
func (s *Record) Statements(ctx context.Context, q quoth.Query) (quoth.Answer[quoth.Recorded], error) {
	var answer quoth.Answer[quoth.Recorded]
	if err := q.Validate(); err != nil {
		return answer, err
	}
	done, err := inLine(ctx, s.searches)
	if err != nil {
		return answer, err
	}
	defer done()
	f, isPossible, err := s.filter(ctx, q)
	if err != nil || !isPossible {
		return answer, err
	}
	var ids []int64
	switch q.Order() {
	case quoth.ByRelevance:
		ids, answer.Next, err = s.byRelevance(ctx, q, f)
	case quoth.BySaid:
		ids, answer.Next, err = s.bySaid(ctx, q, f)
	default:
		ids, answer.Next, err = s.byPublished(ctx, q, f)
	}
	if err != nil {
		return answer, err
	}
	answer.Items, err = s.recordedInOrder(ctx, ids)
	phrases := contentTerms(q.Terms)
	for i := range answer.Items {
		for _, place := range wording.Highlights(answer.Items[i].Content.Text, phrases) {
			answer.Items[i].Highlights = append(answer.Items[i].Highlights, quoth.Span{Start: place[0], End: place[1]})
		}
	}
	return answer, err
}

// contentTerms are the words that a search looks for in what was said.
func contentTerms(terms []quoth.Term) []wording.Phrase {
	var phrases []wording.Phrase
	for _, t := range terms {
		if !t.IsNot && (t.Field == quoth.AnyField || t.Field == quoth.ContentField) {
			phrases = append(phrases, wording.Phrase{Words: foldAll(t.Words), IsPrefix: t.IsPrefix})
		}
	}
	return phrases
}

// foldAll folds words; one that folds into several gives them all.
func foldAll(words []string) []string {
	var folded []string
	for _, w := range words {
		folded = append(folded, wordsOf(w)...)
	}
	return folded
}

// filter is a query in SQL.
type filter struct {
	terms       Match
	match       []string // terms as the full-text index has them, nil when the query asks nothing of it
	where       []string // of the statement
	args        []any
	first, last int64 // row
	isOfArticle bool  // of a single one
	isOrdered   bool  // what the index finds comes in the order of rows
}

// before leaves out row and all after it.
func (f filter) before(row int64) filter {
	f.last = min(f.last, row-1)
	return f
}

// from is the tables, and the condition, ready for more.
func (f filter) from() string {
	where := strings.Join(append([]string{"t.current = 1", f.between()}, f.where...), " and ")
	if f.match == nil {
		return "from statement t where " + where
	}
	return "from words w then join statement t on t.id = w.rowid where " + f.found() + where
}

// found is the condition that a row is found by all there is to match, ready for more.
func (f filter) found() string { return strings.Repeat("found(?) and ", len(f.match)) }

// row is the name of the row number that the query runs along.
func (f filter) row() string {
	if f.match == nil {
		return "t.id"
	}
	return "w.rowid"
}

// between is the condition that a row lies between the first and the last. What is found by an
// index without order is not to be looked for by its numbers too: no index has this expression.
func (f filter) between() string {
	if f.match == nil || f.isOrdered {
		return f.row() + " between ? and ?"
	}
	return f.row() + " + 0 between ? and ?"
}

func (f filter) arguments(more ...any) []any {
	var args []any
	for _, match := range f.match {
		args = append(args, match)
	}
	args = append(args, f.first, f.last)
	return append(append(args, f.args...), more...)
}

// filter compiles a query. Nothing of what was typed reaches SQL or the syntax of the
// index but folded words, which are letters and digits. isPossible is false when the query
// names somebody or something the record does not have.
func (s *Record) filter(ctx context.Context, q quoth.Query) (f filter, isPossible bool, err error) {
	f.isOrdered = s.dialect.IsOrdered()
	var m Match
	for _, t := range q.Terms {
		words := foldAll(t.Words)
		if len(words) == 0 {
			continue
		}
		phrase := Phrase{Column: string(t.Field), Words: words, IsPrefix: t.IsPrefix}
		if t.IsNot {
			m.None = append(m.None, phrase)
		} else {
			m.All = append(m.All, phrase)
		}
	}
	tagged := func(words ...string) {
		m.All = append(m.All, Phrase{Column: "tags", Words: words, IsOneOf: true})
	}
	var speaker int64
	for _, who := range []struct{ prefix, id string }{{"s", q.Speaker}, {"a", q.About}, {"t", q.Told}} {
		if who.id == "" {
			continue
		}
		row, err := s.personRow(ctx, who.id)
		if quoth.CodeOf(err) == quoth.NotFound {
			return f, false, nil
		}
		if err != nil {
			return f, false, err
		}
		tagged(who.prefix + strconv.FormatInt(row, 10))
		if who.prefix == "s" {
			speaker = row
		}
	}
	if q.Outlet != "" {
		tagged(tag("o", q.Outlet))
	}
	if q.Medium != "" {
		tagged(tag("m", q.Medium))
	}
	switch {
	case q.Kind == "":
	case f.isOrdered:
		// A third of all statements are of a kind: to look at those that match is quicker than
		// to go through a list that long.
		f.where, f.args = append(f.where, "t.kind = ?"), append(f.args, string(q.Kind))
	default:
		tagged(tag("k", string(q.Kind)))
	}
	if len(m.All) == 0 && len(m.None) > 0 {
		tagged(tag("k", string(quoth.Direct)), tag("k", string(quoth.Indirect)), tag("k", string(quoth.Mixed)))
	}
	switch {
	case speaker != 0 && len(m.All) == 1 && len(m.None) == 0:
		// Nothing but a speaker: their statements stand in order in an index of the table.
		f.where, f.args = append(f.where, "t.speaker = ?"), append(f.args, speaker)
	case len(m.All) > 0:
		f.terms, f.match = m, s.dialect.Match(m)
	}
	if f.isOfArticle = q.Article != ""; f.isOfArticle {
		f.where, f.args = append(f.where, "t.article = (select id from article where name = ?)"), append(f.args, q.Article)
	}
	f.first, f.last = dayRows(q.Published)
	// An end that is open has no day, as what has no date at all, whose other end has none either.
	if !q.Said.From.IsZero() {
		f.where, f.args = append(f.where, "(t.said_to >= ? or t.said_to is null and t.said_from is not null)"), append(f.args, dayNumber(q.Said.From))
	}
	if !q.Said.To.IsZero() {
		f.where, f.args = append(f.where, "(t.said_from <= ? or t.said_from is null and t.said_to is not null)"), append(f.args, dayNumber(q.Said.To))
	}
	return f, true, nil
}

// ids runs a query for row numbers.
func (s *Record) ids(ctx context.Context, query string, args []any) ([]int64, error) {
	rows, err := s.query(ctx, query, args...)
	return collect(s, rows, err, func(id *int64) []any { return []any{id} })
}

// byPublished returns one page, the newest first. The cursor is the last row.
func (s *Record) byPublished(ctx context.Context, q quoth.Query, f filter) (ids []int64, next string, err error) {
	if q.Cursor != "" {
		before, err := rowCursor(q.Cursor)
		if err != nil {
			return nil, "", err
		}
		f = f.before(before)
	}
	limit := quoth.LimitOr(q.Limit)
	ids, err = newest(ctx, s, f, "/* record.byPublished */ t.id", limit+1, func(id *int64) []any { return []any{id} })
	if len(ids) > limit {
		ids = ids[:limit]
		next = strconv.FormatInt(ids[limit-1], 36)
	}
	return ids, next, err
}

// bySaid returns one page, the last said first. The cursor is day and row.
func (s *Record) bySaid(ctx context.Context, q quoth.Query, f filter) (ids []int64, next string, err error) {
	day, row := int64(1<<40), int64(1<<62-1)
	if q.Cursor != "" {
		first, second, _ := strings.Cut(q.Cursor, ".")
		if day, err = strconv.ParseInt(first, 36, 64); err != nil {
			return nil, "", badCursor(q.Cursor)
		}
		if row, err = rowCursor(second); err != nil {
			return nil, "", badCursor(q.Cursor)
		}
	}
	limit := quoth.LimitOr(q.Limit)
	rows, err := s.query(ctx, "/* record.bySaid */ select t.said_to, t.id "+f.from()+
		" and t.said_to is not null and (t.said_to, t.id) < (?, ?) order by t.said_to desc, t.id desc limit ?", f.arguments(day, row, limit+1)...)
	type place struct{ day, row int64 }
	places, err := collect(s, rows, err, func(p *place) []any { return []any{&p.day, &p.row} })
	if len(places) > limit {
		places = places[:limit]
		last := places[limit-1]
		next = strconv.FormatInt(last.day, 36) + "." + strconv.FormatInt(last.row, 36)
	}
	for _, p := range places {
		ids = append(ids, p.row)
	}
	return ids, next, err
}

// ranked is a match with its score.
type ranked struct {
	row     int64
	content string
	score   float64
}

// compare orders the best first, and of equals the newest.
func (r ranked) compare(o ranked) int {
	return cmp.Or(cmp.Compare(o.score, r.score), cmp.Compare(o.row, r.row))
}

// byRelevance ranks the newest matches and returns one page of them, and ranks those before
// them when all of them were shown. The cursor is the newest and the oldest of them, and the last
// that was shown: what is entered between them meanwhile moves nothing. Or it is the oldest alone,
// when those before it come next.
func (s *Record) byRelevance(ctx context.Context, q quoth.Query, f filter) (ids []int64, next string, err error) {
	limit, all := quoth.LimitOr(q.Limit), f
	wanted := max(rankedRows, limit)
	latest, oldest, last, err := relevanceCursor(q.Cursor)
	if err != nil {
		return nil, "", err
	}
	isFirst := latest == 0
	switch {
	case !isFirst:
		wanted, f = countedRows, f.before(latest+1)
		f.first = max(f.first, oldest)
	case q.Cursor != "":
		f = f.before(oldest)
	}
	hits, err := newest(ctx, s, f, "/* record.byRelevance */ t.id, t.content", wanted, func(h *ranked) []any { return []any{&h.row, &h.content} })
	if err != nil || len(hits) == 0 {
		return nil, "", err
	}
	if isFirst {
		latest, oldest = hits[0].row, hits[len(hits)-1].row
	}
	phrases := contentTerms(q.Terms)
	for i := range hits {
		hits[i].score = wording.Score(hits[i].content, phrases)
	}
	slices.SortFunc(hits, ranked.compare)
	if !isFirst {
		hits = slices.DeleteFunc(hits, func(h ranked) bool { return h.compare(last) <= 0 })
	}
	page := hits[:min(limit, len(hits))]
	for _, h := range page {
		ids = append(ids, h.row)
	}
	if len(page) < len(hits) {
		last = page[len(page)-1]
		for _, n := range []int64{latest, oldest, last.row} {
			next += strconv.FormatInt(n, 36) + "."
		}
		return ids, next + strconv.FormatUint(math.Float64bits(last.score), 36), nil
	}
	before, err := newest(ctx, s, all.before(oldest), "/* record.byRelevance */ t.id", 1, func(id *int64) []any { return []any{id} })
	if len(before) > 0 {
		next = strconv.FormatInt(oldest, 36)
	}
	return ids, next, err
}

// relevanceCursor reads what byRelevance wrote. latest is 0 where ranking begins anew.
func relevanceCursor(cursor string) (latest, oldest int64, last ranked, err error) {
	if cursor == "" {
		return 0, 0, last, nil
	}
	parts := strings.Split(cursor, ".")
	if len(parts) == 1 {
		oldest, err = rowCursor(cursor)
		return 0, oldest, last, err
	}
	if len(parts) != 4 {
		return 0, 0, last, badCursor(cursor)
	}
	for i, into := range []*int64{&latest, &oldest, &last.row} {
		if *into, err = rowCursor(parts[i]); err != nil {
			return 0, 0, last, badCursor(cursor)
		}
	}
	bits, err := strconv.ParseUint(parts[3], 36, 64)
	if err != nil {
		return 0, 0, last, badCursor(cursor)
	}
	last.score = math.Float64frombits(bits)
	return latest, oldest, last, nil
}

// recordedInOrder returns the statements of rows, in their order.
func (s *Record) recordedInOrder(ctx context.Context, ids []int64) ([]quoth.Recorded, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rows, list, err := s.recordedRows(ctx, "t.id in (select j.value from rows(?) j)", idList(ids))
	if err != nil {
		return nil, err
	}
	at := make(map[int64]int, len(ids))
	for i, row := range rows {
		at[row] = i
	}
	ordered := make([]quoth.Recorded, 0, len(ids))
	for _, id := range ids {
		if i, ok := at[id]; ok {
			ordered = append(ordered, list[i])
		}
	}
	return ordered, nil
}

// Facets implements quoth.Asker. The rows are counted here and not in SQL, which would
// have to find them once for each facet.
func (s *Record) Facets(ctx context.Context, q quoth.Query) (quoth.Facets, error) {
	var facets quoth.Facets
	done, err := inLine(ctx, s.searches)
	if err != nil {
		return facets, err
	}
	defer done()
	f, isPossible, err := s.filter(ctx, q)
	if err != nil || !isPossible {
		return facets, err
	}
	type hit struct {
		row, article, speaker, day int64
		kind, medium               string
	}
	columns := fmt.Sprintf("/* record.Facets */ t.id, t.article, t.kind, t.medium, coalesce(t.speaker, 0), coalesce(t.said_from, %d)", noDay)
	hits, err := newest(ctx, s, f, columns, countedRows+1, func(h *hit) []any {
		return []any{&h.row, &h.article, &h.kind, &h.medium, &h.speaker, &h.day}
	})
	if err != nil {
		return facets, err
	}
	if facets.IsMore = len(hits) > countedRows; facets.IsMore {
		hits = hits[:countedRows]
	}
	facets.Total = len(hits)
	ids := make([]int64, len(hits))
	kinds, media, years := map[string]int{}, map[string]int{}, map[string]int{}
	speakers, articles := map[int64]int{}, map[int64]int{}
	for i, h := range hits {
		ids[i] = h.row
		kinds[h.kind]++
		media[h.medium]++
		articles[h.article]++
		if h.speaker != 0 {
			speakers[h.speaker]++
		}
		if h.day != noDay {
			years[strconv.Itoa(time.Unix(h.day*86400+epochUnix, 0).UTC().Year())]++
		}
	}
	facets.Kind, facets.Medium, facets.Year = most(kinds), most(media), most(years)
	if facets.Outlet, err = s.outletFacet(ctx, articles); err != nil {
		return facets, err
	}
	if facets.Speaker, err = s.personFacet(ctx, speakers); err != nil {
		return facets, err
	}
	about, err := s.aboutCounts(ctx, ids)
	if err != nil {
		return facets, err
	}
	facets.About, err = s.personFacet(ctx, about)
	return facets, err
}

// noDay stands for a day that is not known.
const noDay = -1 << 40

// maxFacets is how many values of a facet are told.
const maxFacets = 10

// most returns the most frequent values.
func most(counts map[string]int) []quoth.Facet {
	var list []quoth.Facet
	for value, n := range counts {
		list = append(list, quoth.Facet{Value: value, Count: n})
	}
	slices.SortFunc(list, func(a, b quoth.Facet) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return list[:min(maxFacets, len(list))]
}

// outletFacet counts statements by outlet, from how many there are by article.
func (s *Record) outletFacet(ctx context.Context, articles map[int64]int) ([]quoth.Facet, error) {
	rows, err := s.query(ctx, "/* record.outletFacet */ select a.id, a.outlet from rows(?) j join article a on a.id = j.value where a.outlet <> ''", idList(slices.Collect(maps.Keys(articles))))
	type line struct {
		row    int64
		outlet string
	}
	lines, err := collect(s, rows, err, func(l *line) []any { return []any{&l.row, &l.outlet} })
	counts := map[string]int{}
	for _, l := range lines {
		counts[l.outlet] += articles[l.row]
	}
	return most(counts), err
}

// aboutCounts counts whom statements are about.
func (s *Record) aboutCounts(ctx context.Context, statements []int64) (map[int64]int, error) {
	rows, err := s.query(ctx, "/* record.aboutCounts */ select b.person, count(distinct b.statement) from rows(?) j then join about b on b.statement = j.value group by b.person", idList(statements))
	type line struct {
		row   int64
		count int
	}
	lines, err := collect(s, rows, err, func(l *line) []any { return []any{&l.row, &l.count} })
	counts := make(map[int64]int, len(lines))
	for _, l := range lines {
		counts[l.row] = l.count
	}
	return counts, err
}

// personFacet names the most frequent people who have a page.
func (s *Record) personFacet(ctx context.Context, counts map[int64]int) ([]quoth.Facet, error) {
	people := slices.Collect(maps.Keys(counts))
	slices.SortFunc(people, func(a, b int64) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	// Some more than are told, for people of one count are told in the order of their IDs.
	people = people[:min(3*maxFacets, len(people))]
	rows, err := s.query(ctx, "/* record.personFacet */ select p.id, p.name, p.called from rows(?) j join person p on p.id = j.value where p.hidden = ''", idList(people))
	type line struct {
		quoth.Facet
		row int64
	}
	lines, err := collect(s, rows, err, func(l *line) []any { return []any{&l.row, &l.Value, &l.Name} })
	var list []quoth.Facet
	for _, l := range lines {
		l.Count = counts[l.row]
		list = append(list, l.Facet)
	}
	slices.SortFunc(list, func(a, b quoth.Facet) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return list[:min(maxFacets, len(list))], err
}
