package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// TimexCase is a unit case for time expressions: a sentence, the moment it was written,
// and what is to be found in it.
type TimexCase struct {
	File     string
	Text     string
	DCT      time.Time // zero when the case gives none
	Expected []TimexAnswer
}

// TimexAnswer is an expression with the values that count as right, any of them.
type TimexAnswer struct {
	Text  string // as the case writes it, often in small letters
	Type  string // date, daterange, time, timerange, datetime, datetimerange, duration, set, timezone, ...
	Timex string // their notation, close to TIMEX3
	// Values are dates and times, "2016-11-07" or "2016-11-07 15:00:00"; Ranges are
	// from a first day to the day after the last.
	Values []string
	Ranges [][2]string
}

// ReadTimexCases reads the English date and time cases of Microsoft Recognizers-Text
// (Specs/DateTime/English), one JSON file or a folder of them.
func ReadTimexCases(path string) ([]TimexCase, error) {
	files := []string{path}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		found, err := filepath.Glob(filepath.Join(path, "*.json"))
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", path, err)
		}
		files = found
		slices.Sort(files)
	}
	var cases []TimexCase
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", file, err)
		}
		var raw []rawCase
		if err := json.Unmarshal(bytes.TrimPrefix(b, []byte("\ufeff")), &raw); err != nil {
			return nil, fmt.Errorf("read %s: %w", file, err)
		}
		for _, c := range raw {
			cases = append(cases, c.asCase(filepath.Base(file)))
		}
	}
	if len(cases) == 0 {
		return nil, errEmpty(path, "case")
	}
	return cases, nil
}

// rawCase is a case as the files write it.
type rawCase struct {
	Input   string
	Context struct{ ReferenceDateTime string }
	Results []struct {
		Text, Type, TypeName string
		Value                struct {
			Timex                            string
			FutureResolution, PastResolution map[string]string
		}
		Resolution struct{ Values []map[string]string }
	}
}

func (c rawCase) asCase(file string) TimexCase {
	out := TimexCase{File: file, Text: c.Input}
	out.DCT, _ = time.Parse("2006-01-02T15:04:05", c.Context.ReferenceDateTime)
	for _, r := range c.Results {
		a := TimexAnswer{Text: r.Text, Type: strings.TrimPrefix(r.TypeName+r.Type, "datetimeV2."), Timex: r.Value.Timex}
		a.add(r.Value.FutureResolution)
		a.add(r.Value.PastResolution)
		for _, v := range r.Resolution.Values {
			if a.Timex == "" {
				a.Timex = v["timex"]
			}
			a.add(v)
		}
		out.Expected = append(out.Expected, a)
	}
	return out
}

// add takes in one resolution.
func (a *TimexAnswer) add(v map[string]string) {
	var start, end string
	for key, text := range v {
		switch {
		case key == "value" || key == "date" || key == "dateTime" || key == "time":
			a.Values = append(a.Values, text)
		case strings.HasPrefix(key, "start"):
			start = text
		case strings.HasPrefix(key, "end"):
			end = text
		}
	}
	if start != "" && end != "" {
		a.Ranges = append(a.Ranges, [2]string{start, end})
	}
}
