package sqlrecord

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// An index that does not give what it finds in the order of rows leaves two ways to the
// newest of all matches: to go through the newest statements until enough match, or to sort
// all that match. The one is slow for rare words, the other for frequent ones. So every
// statement is indexed with the stretches of 1, 4, 16, 64, 256 and 1,024 days that it was printed,
// and a search looks at some of the newest stretches first, which the index narrows down by
// itself, then at ever longer ones, and at last at all that are left, all in one query that
// ends where it has enough.
const (
	stretchBits  = 2 // each stretch is four times as long as the one below
	stretchKinds = 6
	// The first part are the days of the newest articles, which have a few times the statements
	// that are wanted; the next is so many times as long. Each part asks for the shortest
	// stretches of which so many are enough. On a million statements, 600 words one after the
	// other took 10 to 20 % longer with 12 or 16 instead of 8, or with a fourth part.
	maxStretches = 4
	widening     = 8
	maxParts     = 3 // before all that is left: what is rarer is found at once
)

// probed is how many articles, of some twenty statements each, the first part goes by.
func probed(limit int) int { return 5 + limit/3 }

// stretchTag is the word of the index for the stretch of a kind that has the given number.
func stretchTag(kind int, number int64) string { return fmt.Sprintf("d%dn%d", kind, number) }

// indexed are the arguments of a statement's row of the index.
func indexed(d Dialect, w Words) []any {
	if !d.IsOrdered() {
		for kind := range stretchKinds {
			w.Tags += " " + stretchTag(kind, w.Row>>serialBits>>(stretchBits*kind))
		}
	}
	return d.Index(w)
}

// newest returns the newest rows that match, as many as limit, the newest first: the columns
// of statement t, which into takes.
func newest[T any](ctx context.Context, s *Record, f filter, columns string, limit int, into func(*T) []any) ([]T, error) {
	parts := []filter{f}
	if f.match != nil && !f.isOfArticle && !f.isOrdered {
		var err error
		if parts, err = s.stretches(ctx, f, limit); err != nil {
			return nil, err
		}
	}
	var args []any
	for _, part := range parts {
		args = append(args, part.arguments(limit)...)
	}
	if len(parts) > 1 {
		args = append(args, limit)
	}
	rows, err := s.query(ctx, newestOf(parts, columns), args...)
	return collect(s, rows, err, into)
}

// stretches parts what a filter finds by stretches of days, the newest first; the last part
// is all that is left.
func (s *Record) stretches(ctx context.Context, f filter, limit int) ([]filter, error) {
	// A statement has the day of its article, of which there are far fewer. A date may lie far
	// ahead of all others, so that of the newest days those count that there are.
	rows, err := s.query(ctx, fmt.Sprintf("/* record.stretches */ select distinct id >> %d from (select id from article where id <= ? order by id desc limit ?) a order by 1", serialBits),
		f.last|(1<<serialBits-1), probed(limit))
	days, err := collect(s, rows, err, func(day *int64) []any { return []any{day} })
	if err != nil || len(days) == 0 {
		return []filter{f}, err
	}
	var parts []filter
	kind, numbers := shortest(func(kind int) []int64 { return stretchesOf(days, kind) })
	for looked := int64(len(days)); numbers != nil && len(parts) < maxParts && f.first <= f.last; looked *= widening {
		bound := numbers[0] << (stretchBits * kind) // day
		part := f.within(s.dialect, kind, numbers)
		part.first = max(f.first, bound<<serialBits)
		parts = append(parts, part)
		f = f.before(part.first)
		kind, numbers = shortest(func(kind int) []int64 { return stretchesBefore(bound, looked*widening, kind) })
	}
	if f.first <= f.last {
		parts = append(parts, f)
	}
	return parts, nil
}

// shortest finds the shortest kind of stretches that are few enough; there are none when even
// the longest are too many.
func shortest(numbers func(kind int) []int64) (kind int, few []int64) {
	for kind := range stretchKinds {
		if n := numbers(kind); len(n) <= maxStretches {
			return kind, n
		}
	}
	return 0, nil
}

// stretchesOf are the stretches of a kind that hold the given days, in their order.
func stretchesOf(days []int64, kind int) []int64 {
	var numbers []int64
	for _, day := range days {
		numbers = append(numbers, day>>(stretchBits*kind))
	}
	return slices.Compact(numbers)
}

// stretchesBefore are the stretches of a kind that hold so many days before a day, as far as
// there are any; beyond maxStretches they are not complete.
func stretchesBefore(day, days int64, kind int) []int64 {
	numbers := []int64{}
	for n := max(0, day-days) >> (stretchBits * kind); n <= (day-1)>>(stretchBits*kind) && len(numbers) <= maxStretches; n++ {
		numbers = append(numbers, n)
	}
	return numbers
}

// within narrows a filter down to rows of the given stretches.
func (f filter) within(d Dialect, kind int, numbers []int64) filter {
	tags := make([]string, len(numbers))
	for i, n := range numbers {
		tags[i] = stretchTag(kind, n)
	}
	f.terms.All = append(slices.Clip(f.terms.All), Phrase{Column: "tags", Words: tags, IsOneOf: true})
	f.match = d.Match(f.terms)
	return f
}

// newestOf is the query for the newest rows of a filter in parts, ready for the arguments and
// the limit of each, and that of all when there are several.
func newestOf(parts []filter, columns string) string {
	f := parts[0]
	switch {
	case f.match == nil || f.isOrdered:
		return fmt.Sprintf("select %s %s order by %s desc limit ?", columns, f.from(), f.row())
	case len(f.where) > 0:
		// No index has this expression, so that the rows are not gone through one by one.
		return inTurn(parts, func(f filter) string {
			return fmt.Sprintf("select %s %s order by w.rowid + 0 desc limit ?", columns, f.from())
		})
	default:
		// Nothing is asked of the statements themselves: only those are read that are wanted.
		return fmt.Sprintf("select %s from (%s) w join statement t on t.id = w.rowid order by w.rowid desc", columns, inTurn(parts, func(f filter) string {
			return "select w.rowid from words w where " + f.found() + f.between() + " order by w.rowid + 0 desc limit ?"
		}))
	}
}

// inTurn asks one part after the other until there is enough: PostgreSQL carries out the
// parts of a union in their order, and none before it is needed.
func inTurn(parts []filter, query func(filter) string) string {
	queries := make([]string, len(parts))
	for i, f := range parts {
		queries[i] = query(f)
	}
	if len(parts) == 1 {
		return queries[0]
	}
	return "(" + strings.Join(queries, ") union all (") + ") limit ?"
}
