package timex_test

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"quoth/nlp"
	"quoth/nlp/timex"
)

// word cuts the texts below as the English tokenizer does.
var word = regexp.MustCompile(`\d{4}-\d\d-\d\d|\d+/\d+/\d+|mid-\w+|Sept\.|Feb\.|[ap]\.m\.|\d+:\d+|'\d\ds?|'s|[\p{L}]+|\d+(?:,\d{3})*(?:st|nd|rd|th|s|BC)?|\S`)

// read runs the stage over text, written on day: one block, a sentence to every full stop.
// There are no tags and no trees, so that every clause is without a tense.
func read(text, day string) *nlp.Doc {
	d := &nlp.Doc{Text: text}
	d.DCT, _ = time.Parse(time.DateOnly, day)
	first, end := 0, 0
	for _, at := range word.FindAllStringIndex(text, -1) {
		token := nlp.NewToken(text, at[0], at[1])
		token.Space = at[0] > end
		end = at[1]
		if len(d.Tokens) == first {
			token.Flags |= nlp.StartsSent
		}
		d.Tokens = append(d.Tokens, token)
		if text[at[0]:at[1]] == "." {
			d.Sentences = append(d.Sentences, nlp.Sentence{TokenRange: nlp.TokenRange{First: first, Past: len(d.Tokens)}})
			first = len(d.Tokens)
		}
	}
	if first < len(d.Tokens) {
		d.Sentences = append(d.Sentences, nlp.Sentence{TokenRange: nlp.TokenRange{First: first, Past: len(d.Tokens)}})
	}
	timex.Stage{}.Run(d)
	return d
}

// show writes the expressions of d as "words: type value mod edtf", one a line.
func show(d *nlp.Doc) string {
	var lines []string
	for _, x := range d.Timexes {
		f := []string{d.Phrase(x.TokenRange) + ":", x.Type.String(), x.Value}
		for _, s := range []string{x.Mod, x.EDTF} {
			if s != "" {
				f = append(f, s)
			}
		}
		lines = append(lines, strings.Join(f, " "))
	}
	return strings.Join(lines, "\n")
}

// written is the day of the articles below, a Thursday.
const written = "2016-09-22"

func TestCalendar(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"On September 11, 2001, it closed.", "September 11, 2001: DATE 2001-09-11 2001-09-11"},
		{"It opened on 4 May 1940.", "4 May 1940: DATE 1940-05-04 1940-05-04"},
		{"the 8th of August, 1999", "the 8th of August, 1999: DATE 1999-08-08 1999-08-08"},
		{"on 2016-09-11", "2016-09-11: DATE 2016-09-11 2016-09-11"},
		{"on 9/11/2016", "9/11/2016: DATE 2016-09-11 2016-09-11"},
		{"on 25/12/1999", "25/12/1999: DATE 1999-12-25 1999-12-25"},
		{"on Saturday, June 24, 1950", "Saturday, June 24, 1950: DATE 1950-06-24 1950-06-24"},
		{"in May 2014", "May 2014: DATE 2014-05 2014-05"},
		{"in May of 2014", "May of 2014: DATE 2014-05 2014-05"},
		{"mid-September 1951", "mid-September 1951: DATE 1951-09 MID 1951-09-11/1951-09-20"},
		{"in late July", "late July: DATE 2016-07 END 2016-07-21/2016-07-31"},
		{"by the end of June", "the end of June: DATE 2016-06 END 2016-06-21/2016-06-30"},
		{"late in 1985", "late in 1985: DATE 1985 END 1985-09/1985-12"},
		{"in the early 1990s", "the early 1990s: DATE 199 START 1990/1993"},
		{"in the '90s", "the '90s: DATE 199 1990/1999"},
		{"in the 19th century", "the 19th century: DATE 18 1800/1899"},
		{"in the spring of 1975", "the spring of 1975: DATE 1975-SP 1975-03/1975-05"},
		{"in the second half of 2017", "the second half of 2017: DATE 2017-H2 2017-07/2017-12"},
		{"in the first quarter of 2016", "the first quarter of 2016: DATE 2016-Q1 2016-01/2016-03"},
		{"the winter of 1914-15 was hard", "the winter of 1914: DATE 1914-WI 1913-12/1914-02"},
		{"from 1914-18", "1914-18: DATE 1914 1914/1918"},
		{"on 6-8 July 1999", "6-8 July 1999: DATE 1999-07-06 1999-07-06/1999-07-08"},
		{"from May to July 2012", "May: DATE 2012-05 2012-05/2012-07\nJuly 2012: DATE 2012-07 2012-05/2012-07"},
		{"between 2001 and 2003", "2001: DATE 2001 2001/2003\n2003: DATE 2003 2001/2003"},
		{"since 2011", "2011: DATE 2011 2011/2016-09-22"},
		{"until March 2017", "March 2017: DATE 2017-03 ../2017-03"},
		{"Christmas 2007", "Christmas 2007: DATE 2007-12-25 2007-12-25"},
		{"Easter 2016", "Easter 2016: DATE 2016-03-27 2016-03-27"},
		{"Labor Day 2016", "Labor Day 2016: DATE 2016-09-05 2016-09-05"},
		{"on Labor Day", "Labor Day: DATE 2016-09-05 2016-09-05"},
		{"at Christmas", "Christmas: DATE 2016-12-25 2016-12-25"},
		{"in 480 BC", "480 BC: DATE BC0480 -0479"},
		{"in 1 BC", "1 BC: DATE BC0001 0000"},
		{"in the 470s BC", "the 470s BC: DATE BC047"},
	} {
		check(t, c.text, written, c.want)
	}
}

func TestRelative(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"on Tuesday", "Tuesday: DATE 2016-09-20 2016-09-20"},
		{"the Sunday after the storm", "the Sunday: DATE XXXX-WXX-7"},
		{"on Thursday", "Thursday: DATE 2016-09-22 2016-09-22"},
		{"on Monday night", "Monday night: TIME 2016-09-19TNI 2016-09-19"},
		{"last Friday", "last Friday: DATE 2016-09-16 2016-09-16"},
		{"next Monday", "next Monday: DATE 2016-09-26 2016-09-26"},
		{"this week", "this week: DATE 2016-W38 2016-09-19/2016-09-22"},
		{"last week", "last week: DATE 2016-W37 2016-09-12/2016-09-18"},
		{"over the weekend", "the weekend: DATE 2016-W37-WE 2016-09-17/2016-09-18"},
		{"this past week", "this past week: DATE 2016-W37 2016-09-12/2016-09-18"},
		{"this month", "this month: DATE 2016-09 2016-09"},
		{"last year", "last year: DATE 2015 2015"},
		{"last December", "last December: DATE 2015-12 2015-12"},
		{"this summer", "this summer: DATE 2016-SU 2016-06/2016-08"},
		{"yesterday morning", "yesterday morning: TIME 2016-09-21TMO 2016-09-21"},
		{"the day before yesterday", "the day before yesterday: DATE 2016-09-20 2016-09-20"},
		{"three days ago", "three days ago: DATE 2016-09-19 2016-09-19"},
		{"two weeks ago", "two weeks ago: DATE 2016-W36 2016-09-05/2016-09-11"},
		{"a month ago", "a month ago: DATE 2016-08 2016-08"},
		{"more than 20 years ago", "more than 20 years ago: DATE 1996 MORE_THAN ../1996"},
		{"three weeks from tomorrow", "three weeks from tomorrow: DATE 2016-10-14 2016-10-14"},
		{"two days before yesterday", "two days before yesterday: DATE 2016-09-19 2016-09-19"},
		{"a couple of hours ago", "a couple of hours ago: DATE PAST_REF"},
		{"over the past two weeks", "the past two weeks: DURATION P2W 2016-09-08/2016-09-22"},
		{"in recent months", "recent months: DATE PAST_REF"},
		{"earlier this week", "earlier this week: DATE 2016-W38 2016-09-19/2016-09-22"},
		{"since last fall", "last fall: DATE 2015-FA 2015-09/2016-09-22"},
		{"until the fall", "the fall: DATE 2016-FA ../2016-11"},
		{"at 3 p.m. on Tuesday", "3 p.m. on Tuesday: TIME 2016-09-20T15:00 2016-09-20"},
		{"Tuesday at 15:30", "Tuesday at 15:30: TIME 2016-09-20T15:30 2016-09-20"},
		{"On July 4, 1999, it rained. The next day was dry.", "July 4, 1999: DATE 1999-07-04 1999-07-04\nThe next day: DATE 1999-07-05 1999-07-05"},
		{"On July 4, 1999, it rained. Two days later it was dry.", "July 4, 1999: DATE 1999-07-04 1999-07-04\nTwo days later: DATE 1999-07-06 1999-07-06"},
		{"In March 1951 it began. By July it was over.", "March 1951: DATE 1951-03 1951-03\nJuly: DATE 1951-07 1951-07"},
		{"In May 2014 she left. She was back later that year.", "May 2014: DATE 2014-05 2014-05\nlater that year: DATE 2014 2014"},
	} {
		check(t, c.text, written, c.want)
	}
}

func TestLengthsAndSets(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"for two hours", "two hours: DURATION PT2H"},
		{"for twenty-five years", "twenty-five years: DURATION P25Y"},
		{"a year and a half", "a year and a half: DURATION P1.5Y"},
		{"a two-week trip", "a two-week: DURATION P2W"},
		{"for several months", "several months: DURATION PXM"},
		{"in the next few months", "the next few months: DURATION PXM"},
		{"every Monday", "every Monday: SET XXXX-WXX-1"},
		{"a daily walk", "daily: SET P1D"},
		{"each year", "each year: SET P1Y"},
		{"every two weeks", "every two weeks: SET P2W"},
	} {
		check(t, c.text, written, c.want)
	}
}

// A winter is called by the year in which it ends, and begins in December.
func TestWinters(t *testing.T) {
	for _, c := range []struct{ written, text, want string }{
		{"2020-05-01", "last winter", "last winter: DATE 2020-WI 2019-12/2020-02"},
		{"2020-05-01", "next winter", "next winter: DATE 2021-WI 2020-12/2021-02"},
		{"2020-12-28", "this winter", "this winter: DATE 2021-WI 2020-12/2021-02"},
		{"2020-02-20", "in the winter", "the winter: DATE 2020-WI 2019-12/2020-02"},
	} {
		check(t, c.text, c.written, c.want)
	}
}

// Without a date of writing a text is read as a story: dates count from one another.
func TestStory(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"On Tuesday it rained.", "Tuesday: DATE XXXX-WXX-2"},
		{"In July it rained.", "July: DATE XXXX-07"},
		{"In November 1941 it rained. In February it was dry.", "November 1941: DATE 1941-11 1941-11\nFebruary: DATE 1942-02 1942-02"},
		{"In 490 BC they came. They left the following year.", "490 BC: DATE BC0490 -0489\nthe following year: DATE BC0489 -0488"},
	} {
		check(t, c.text, "", c.want)
	}
}

// Words that look like times and are none.
func TestNoTime(t *testing.T) {
	for _, text := range []string{"Tessa May spoke.", "It may rain.", "They march on.", "the Long March", "an august body", "Marrow Today reported it.", "Marrow This Morning reported it.", "in his early 20s",
		"It cost $1999.", "2,000 people came.", "Route 1950", "a 20-year-old", "a second vote", "the fall of the wall", "One ad, which ran in Marrow, said so.", "in the ad 60 times"} {
		check(t, text, written, "")
	}
}

// Numbers and dates that no calendar holds are no dates, and break nothing.
func TestAbsurd(t *testing.T) {
	for _, text := range []string{"99999999999999999999 years ago", "99999 years ago", "in 999999 days", "on February 31, 2015", "on 31/31/2015", "2015-13-45", "0 BC", "999999 BC",
		"a million centuries from now", "one hundred thousand thousand thousand years later", "25:61", "the 999th century", "on the 0th of May", "since", "the end of the end of the end of May",
		"May May May May", "5-4-3-2-1", "from 2003 to 2001", "last last last week", "years and years and years", "from Feb. 29 to March 3, 2015", strings.Repeat("two weeks before ", 50),
		strings.Repeat("1st quarter dawn of ", 20_000), "on the following day of August 2020", "since last fall", "until the winter of 2015"} {
		for _, day := range []string{written, "", "0001-01-01", "9999-12-31"} {
			whole(t, read(text, day))
		}
	}
}

// check compares what is found in text.
func check(t *testing.T, text, day, want string) {
	t.Helper()
	if got := show(read(text, day)); got != want {
		t.Errorf("%q\n got %s\nwant %s", text, got, want)
	}
}

// edtf is what the stage may write (ISO 8601-2, levels 0 and 1).
var edtf = regexp.MustCompile(`^(-?\d{4}(-\d\d(-\d\d)?)?|\.\.)(/(\d{4}(-\d\d(-\d\d)?)?|\.\.))?$`)

// whole tests what holds whatever the text: expressions are in order, disjoint, inside one
// sentence, and what EDTF they have is well formed.
func whole(t *testing.T, d *nlp.Doc) {
	t.Helper()
	end, sentence := 0, 0
	for _, x := range d.Timexes {
		if x.First < end || x.Past <= x.First || x.Past > len(d.Tokens) {
			t.Fatalf("expression %v after token %d of %d in %q", x.TokenRange, end, len(d.Tokens), d.Text)
		}
		end = x.Past
		for !d.Sentences[sentence].Contains(x.First) {
			sentence++
		}
		if !d.Sentences[sentence].Contains(x.Past - 1) {
			t.Fatalf("expression %v crosses sentences in %q", x.TokenRange, d.Text)
		}
		if x.EDTF != "" && !edtf.MatchString(x.EDTF) || x.Value == "" {
			t.Fatalf("%q has value %q and EDTF %q in %q", d.Phrase(x.TokenRange), x.Value, x.EDTF, d.Text)
		}
		for _, part := range strings.Split(x.EDTF, "/") {
			if _, err := time.Parse(time.DateOnly, part); len(part) == len(time.DateOnly) && err != nil {
				t.Fatalf("EDTF %q in %q: %v", x.EDTF, d.Text, err)
			}
		}
	}
}

func FuzzStage(f *testing.F) {
	for _, s := range []string{"On Monday, May 5, 2014, two weeks before the early 1990s.", "the night of 20 June 1791", "'99–'01 B.C. 3 p.m.", "every other half a year ago from now", "99999-12-31T25:00",
		"the 1990s and May 2014", "from the 19th century to June 1914", "from 300 to 400 BC to May 2014"} {
		f.Add(s, written)
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, text, day string) {
		if !utf8.ValidString(text) {
			return
		}
		d := read(text, day)
		whole(t, d)
		again := read(text, day)
		if show(d) != show(again) {
			t.Fatalf("%q is read in two ways", text)
		}
	})
}

// Time is linear: a text of time words alone takes about as long per word as any other.
func BenchmarkStage(b *testing.B) {
	for name, text := range map[string]string{
		"news":      strings.Repeat("The mayor said on Tuesday that the bridge in the old town would open in May, two weeks before the vote. Nobody asked why. ", 400),
		"adversary": strings.Repeat("the last early end of the two and a half weeks before the day after ", 700),
	} {
		b.Run(name, func(b *testing.B) {
			d := read(text, written)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				timex.Stage{}.Run(d)
			}
			b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}

// At its end a week is the past one.
func TestPastWeekAtItsEnd(t *testing.T) {
	if got, want := show(read("She left this past week .", "2016-09-25")), "this past week: DATE 2016-W38 2016-09-19/2016-09-25"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestNearby holds what stands near a time that is counted from another day.
func TestNearby(t *testing.T) {
	const sunday = "2013-02-10"
	for _, c := range []struct{ text, day, want string }{
		{"He said so last week.", sunday, "last week: DATE 2013-W06 2013-02-04/2013-02-09"},
		{"He said so last week.", "2013-02-09", "last week: DATE 2013-W05 2013-01-28/2013-02-03"},
		{"He served until 2012. A poll in late January said so.", sunday, "2012: DATE 2012 ../2012\nlate January: DATE 2013-01 END 2013-01-21/2013-01-31"},
		{"He won in 2012. In January he left.", sunday, "2012: DATE 2012 2012\nJanuary: DATE 2012-01 2012-01"},
		{"He won in 2012, and back in January he left.", sunday, "2012: DATE 2012 2012\nJanuary: DATE 2013-01 2013-01"},
		{"He recovered from an early fall.", sunday, ""},
		{"In the early fall he left.", sunday, "the early fall: DATE 2012-FA START 2012-09/2012-11"},
	} {
		check(t, c.text, c.day, c.want)
	}
}

// Without the day of the article the year of a month is that of the date told last, and never the one since which something has lasted.
func TestYearOfUndated(t *testing.T) {
	for text, want := range map[string]string{
		"In 2013 it rained . In December it snowed .":                "2013-12",
		"It is the most since 2013 . In December they voted .":       "XXXX-12",
		"It held until 1999 . On May 3 they voted .":                 "XXXX-05-03",
		"In 2013 it rained, the most since 2001 . In May it froze .": "2013-05",
	} {
		if x := read(text, "").Timexes; len(x) == 0 || x[len(x)-1].Value != want {
			t.Errorf("%q: %v, want %s", text, x, want)
		}
	}
}
