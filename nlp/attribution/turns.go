package attribution

import (
	"quoth"
	"quoth/nlp"
)

// Transcripts of interviews and debates have no cues but a colon: every block is a turn
// that begins with who speaks, in capitals or by name, and goes on in the paragraphs up to the next one.
//
//	HALE: We open in May.
//	Q: And what will it cost?
const (
	// leastLabels is how many speakers make turns: "Note: …" is none, nor are the points of one author.
	leastLabels = 2
	// A text is a transcript from leastTurns turns on, when leastLabels of its speakers have more than one,
	// and it has no more than paragraphsOfTurn paragraphs for each: articles quote a few turns between their own words.
	leastTurns       = 4
	paragraphsOfTurn = 3
	// maxTurnName is the largest number of words of the name, maxLabel of the tokens before a colon that may name
	// somebody with a title.
	maxTurnName = 4
	maxLabel    = 10
	// spokenOf is of how many turns one has to have words of a talk.
	spokenOf = 5
	// turnConfidence is that of a turn: its form leaves little doubt.
	turnConfidence = 0.9
)

// turn is a turn of a transcript with the block that it begins in.
type turn struct {
	nlp.Attribution
	block int
}

// findTurns returns the turns of d, none when it has too few. A turn's content is the
// rest of its block, and in a transcript what follows it of the same speaker.
func (v *view) findTurns() []turn {
	var turns []turn
	for i, b := range v.blocks {
		if at, ok := v.turn(i, b); ok {
			turns = append(turns, turn{at, i})
		}
	}
	labels, returning := v.labels(turns)
	if labels < leastLabels || !v.areSpoken(turns) {
		return nil
	}
	if n := len(turns); n >= leastTurns && returning >= leastLabels && turns[n-1].block-turns[0].block < paragraphsOfTurn*n {
		v.goOn(turns)
	}
	return turns
}

// areSpoken reports whether some of the turns, one in spokenOf at least, have words that people speak to one another with. What is told of
// each behind their names has none: "Zoë Hale: The mayor was sure of herself."
func (v *view) areSpoken(turns []turn) bool {
	spoken := 0
	for _, at := range turns {
		isSpoken := isTurnLetter[v.d.Word(at.Source[0].First)] || v.words[at.Content[0].First].region >= 0
		for t := at.Content[0].First; t < at.Content[0].Past && !isSpoken; t++ {
			isSpoken = v.words[t].region < 0 && (isFirstPerson[v.d.Lemmas[t]] || v.lowers[t] == you || v.d.Word(t) == "?")
		}
		if isSpoken {
			spoken++
		}
	}
	return spokenOf*spoken >= len(turns)
}

var you = nlp.Hash("you")

// turn reads block i, of tokens b, as a turn.
func (v *view) turn(i int, b nlp.TokenRange) (nlp.Attribution, bool) {
	d := v.d
	if b.Len() == 0 || d.Tokens[b.First].Flags.Has(nlp.InBackground) || d.Blocks[i].Kind == quoth.Heading {
		return nlp.Attribution{}, false
	}
	first := b.First
	for first < b.Past && d.Tokens[first].Mark != nlp.NoMark {
		first++
	}
	colon := first
	for colon < b.Past && d.Word(colon) != ":" {
		if colon-first == maxTurnName || !d.Tokens[colon].Flags.Has(nlp.IsCapital) {
			return nlp.Attribution{}, false
		}
		colon++
	}
	name := nlp.TokenRange{First: first, Past: colon}
	if colon+1 >= b.Past || !v.isTurnName(name) {
		return nlp.Attribution{}, false
	}
	return nlp.Attribution{
		Source: []nlp.TokenRange{name}, Cue: []nlp.TokenRange{{First: colon, Past: colon + 1}},
		Content: []nlp.TokenRange{{First: colon + 1, Past: b.Past}}, Confidence: turnConfidence,
	}, true
}

// isTurnName reports whether r names who speaks in a turn: words of capitals alone, the Q
// or A of an interview, or a person.
func (v *view) isTurnName(r nlp.TokenRange) bool {
	d := v.d
	if r.Len() == 0 {
		return false
	}
	if r.Len() == 1 && isTurnLetter[d.Word(r.First)] {
		return true
	}
	if m := d.MentionOf[r.First]; m >= 0 && d.Mentions[m].Kind == nlp.Person && d.Mentions[m].Past == r.Past {
		return true
	}
	for t := r.First; t < r.Past; t++ {
		if f := d.Tokens[t].Flags; !f.Has(nlp.IsUpper) && !f.Has(nlp.IsPunct) || isLabel[d.Word(t)] {
			return false
		}
	}
	return true
}

// labels counts the speakers of turns, and those with more than one. A name, its last word and its initials
// are one speaker.
func (v *view) labels(turns []turn) (all, returning int) {
	speakers, counts := map[uint64]int{}, []int{}
	for _, at := range turns {
		name := at.Source[0]
		last := v.lowers[name.Past-1]
		k, ok := speakers[last]
		if !ok {
			k, counts = len(counts), append(counts, 0)
			speakers[last] = k
			if initials := v.d.Initials(name); initials != "" {
				speakers[nlp.Hash(initials)] = k
			}
		}
		if counts[k]++; counts[k] == 2 {
			returning++
		}
	}
	return len(counts), returning
}

// goOn gives every turn the paragraphs after it, up to the next turn or to what is none of its words. What
// follows the last one has to speak of its speaker: a note on the transcript stands there.
func (v *view) goOn(turns []turn) {
	speakers := map[uint64]bool{}
	for _, at := range turns {
		speakers[v.lowers[at.Source[0].Past-1]] = true
	}
	for i := range turns {
		at, past := &turns[i], len(v.blocks)
		if i+1 < len(turns) {
			past = turns[i+1].block
		}
		for b := at.block + 1; b < past && v.goesOn(b, speakers) && (i+1 < len(turns) || v.isFirstPerson(v.blocks[b])); b++ {
			at.Content = append(at.Content, v.blocks[b])
		}
	}
}

// goesOn reports whether block i may be more of the turn before it: a paragraph without a label, and
// none that announces the next turn or tells of a speaker.
func (v *view) goesOn(i int, speakers map[uint64]bool) bool {
	d, b := v.d, v.blocks[i]
	if d.Blocks[i].Kind != quoth.Paragraph || b.Len() == 0 || d.Word(b.Past-1) == ":" || v.isLabelled(b) {
		return false
	}
	for t := b.First; t < b.Past; t++ {
		if speakers[v.lowers[t]] && v.bits[d.Rels[t]]&hasSubject != 0 && d.Tokens[t].Flags.Has(nlp.IsCapital) {
			return false
		}
	}
	return true
}

// isLabelled reports whether block b begins with words in capitals and a colon, or is signed: "By Zoë Hale".
func (v *view) isLabelled(b nlp.TokenRange) bool {
	d := v.d
	if d.Word(b.First) == "By" && b.Len() > 1 && d.Tokens[b.First+1].Flags.Has(nlp.IsCapital) {
		return true
	}
	for t := b.First; t < min(b.Past, b.First+maxLabel); t++ {
		switch f := d.Tokens[t].Flags; {
		case d.Word(t) == ":":
			return true
		case !f.Has(nlp.IsCapital) && !f.Has(nlp.IsPunct) && !f.Has(nlp.HasDigit) && d.UPOS[t] != nlp.ADP:
			return false
		}
	}
	return false
}

// isFirstPerson reports whether the tokens of r speak of who says them.
func (v *view) isFirstPerson(r nlp.TokenRange) bool {
	for t := r.First; t < r.Past; t++ {
		if isFirstPerson[v.d.Lemmas[t]] {
			return true
		}
	}
	return false
}

// addTurns adds the turns of a transcript to d.Attributions. What was found in a turn without a
// source, under the colon, or of the "I" who speaks, is the turn itself.
func (v *view) addTurns(d *nlp.Doc) {
	turns := v.findTurns()
	if len(turns) == 0 {
		return
	}
	turnOf := make([]int, len(v.blocks)) // 1 + index of the turn
	for i, at := range turns {
		for k := range at.Content {
			turnOf[at.block+k] = i + 1
		}
	}
	kept := d.Attributions[:0]
	for _, at := range d.Attributions {
		isTurn := false
		for _, r := range at.Content {
			i := turnOf[v.words[r.First].block]
			isTurn = isTurn || i > 0 && (len(at.Source) == 0 || len(at.Cue) == 0 || overlaps(at.Cue, turns[i-1].Cue[0]) || v.isFirstPerson(at.Source[0]) && at.Source[0].Len() == 1)
		}
		if !isTurn {
			kept = append(kept, at)
		}
	}
	d.Attributions = kept
	for _, at := range turns {
		d.Attributions = append(d.Attributions, at.Attribution)
	}
}
