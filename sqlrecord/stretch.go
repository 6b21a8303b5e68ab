package sqlrecord

import (
	"context"
	"fmt"
)

// An index that does not give what it finds in the order of rows leaves two ways to the
// newest of all matches: to go through the newest statements until enough match, or to sort
// all that match. The one is slow for rare words, the other for frequent ones. So every
// statement is indexed with the stretches of 1, 8, 64 and 512 days that it was printed in,
// and a search looks at the newest stretches first, which the index narrows down by itself,
// and then as far back as what they held tells that it takes.
const (
	stretchBits  = 3 // each stretch is eight times as long as the one below
	stretchKinds = 4
	// The first stretches are as short as at most so many hold the newest statements, of
	// which so many are looked at. Chosen by BenchmarkAsk on a million statements.
	maxStretches = 12
	probedRows   = 2000
)

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
	ask := func(f filter) ([]T, error) {
		rows, err := s.query(ctx, s.newestOf(f, columns), f.arguments(limit)...)
		return collect(s, rows, err, into)
	}
	if f.match == "" || f.isOfArticle || s.dialect.IsOrdered() {
		return ask(f)
	}
	rows, err := s.query(ctx, fmt.Sprintf("/* record.newest */ select distinct rowid >> %d from (select rowid from words where rowid <= ? order by rowid desc limit %d) w order by 1", serialBits, probedRows), f.last)
	days, err := collect(s, rows, err, func(day *int64) []any { return []any{day} })
	if err != nil {
		return nil, err
	}
	for back, kind := int64(1), 0; len(days) > 0; {
		numbers := stretchesBack(days, back, kind)
		for len(numbers) > maxStretches && kind < stretchKinds {
			kind++
			numbers = stretchesBack(days, back, kind)
		}
		if kind == stretchKinds {
			break
		}
		tags := make([]string, len(numbers))
		for i, n := range numbers {
			tags[i] = stretchTag(kind, n)
		}
		found, err := ask(f.within(s.dialect, tags...))
		if err != nil || len(found) == limit || numbers[0]<<(stretchBits*kind)<<serialBits <= f.first {
			return found, err
		}
		if len(found) == 0 {
			break // few match at all
		}
		// As far back as will hold enough and half as many more, if they are spread evenly.
		looked := int64(len(numbers)) << (stretchBits * kind)
		back = max(4*looked, looked*int64(limit)*3/2/int64(len(found)))
	}
	return ask(f)
}

// stretchesBack are the numbers of the stretches of a kind that hold the given days, in their
// order, and up to so many days before the first; beyond maxStretches they are not complete. A
// date may lie far ahead of all others, so that of the days in between only those count that
// there are.
func stretchesBack(days []int64, back int64, kind int) []int64 {
	shift := stretchBits * kind
	var numbers []int64
	for n := (days[0] - back) >> shift; n < days[0]>>shift && len(numbers) <= maxStretches; n++ {
		numbers = append(numbers, n)
	}
	for _, day := range days {
		if n := day >> shift; len(numbers) == 0 || n != numbers[len(numbers)-1] {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// newestOf is the query for the newest rows of f, ready for its arguments and a limit.
func (s *Record) newestOf(f filter, columns string) string {
	switch {
	case f.match == "" || s.dialect.IsOrdered():
		return fmt.Sprintf("select %s %s order by %s desc limit ?", columns, f.from(), f.row())
	case len(f.where) > 0:
		// No index has this expression, so that the rows are not gone through one by one.
		return fmt.Sprintf("select %s %s order by %s + 0 desc limit ?", columns, f.from(), f.row())
	default:
		// Nothing is asked of the statements themselves: only those are read that are wanted.
		return fmt.Sprintf(`select %s from (select w.rowid from words w where found(?) and w.rowid between ? and ? order by w.rowid + 0 desc limit ?) w
			join statement t on t.id = w.rowid order by w.rowid desc`, columns)
	}
}
