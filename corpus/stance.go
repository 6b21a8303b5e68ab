package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"

	"quoth"
)

// StanceSentence is a sentence with what its readers took it to hold of those it names.
type StanceSentence struct {
	Text    string
	Targets []StanceTarget
}

// StanceTarget is a mention of a party: bytes of the sentence.
type StanceTarget struct {
	Span  quoth.Span
	Label quoth.StanceLabel
}

// rawStance is a line of NewsMTSC; offsets count characters.
type rawStance struct {
	ID       string `json:"primary_gid"`
	Sentence string `json:"sentence_normalized"`
	Targets  []struct {
		From, To int
		Polarity float64 // 2 negative, 4 neutral, 6 positive
	} `json:"targets"`
}

// ReadStances reads a file of NewsMTSC (Hamborg and Donnay 2021): JSON lines, plain or
// gzipped. Its offsets, in characters, become bytes; of a sentence with a broken target
// the others stay. Broken lines and targets are told in [Problems]; other errors are
// *quoth.Error with code NotFound or Invalid.
func ReadStances(path string) ([]StanceSentence, error) {
	var out []StanceSentence
	var problems Problems
	err := eachLine(path, func(n int, line []byte) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			return
		}
		var raw rawStance
		if err := json.Unmarshal(line, &raw); err != nil {
			problems = append(problems, Problem{File: path, Line: n, What: "no sentence of NewsMTSC: " + err.Error()})
			return
		}
		s, wrong := raw.sentence()
		for _, what := range wrong {
			problems = append(problems, Problem{File: path, Line: n, ID: raw.ID, What: what})
		}
		if len(s.Targets) > 0 {
			out = append(out, s)
		}
	})
	if err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, errEmpty(path, "sentence of NewsMTSC")
	}
	return out, problems.orNil()
}

// sentence turns r into bytes and labels, and tells what is wrong with its targets.
func (r rawStance) sentence() (s StanceSentence, wrong []string) {
	s.Text = r.Sentence
	labels := map[float64]quoth.StanceLabel{2: quoth.Critical, 4: quoth.Neutral, 6: quoth.Supportive}
	for _, t := range r.Targets {
		label, known := labels[t.Polarity]
		start := byteOf(s.Text, t.From)
		if !known || start < 0 || t.To <= t.From {
			wrong = append(wrong, fmt.Sprintf("a target at characters %d to %d with polarity %g", t.From, t.To, t.Polarity))
			continue
		}
		end := len(s.Text)
		if n := byteOf(s.Text[start:], t.To-t.From); n >= 0 {
			end = start + n
		}
		s.Targets = append(s.Targets, StanceTarget{quoth.Span{Start: start, End: end}, label})
	}
	return s, wrong
}
