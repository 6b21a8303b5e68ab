package attribution

import "quoth/nlp"

// Transcripts of interviews and debates have no cues but a colon: every block is a turn
// that begins with who speaks, in capitals or by name.
//
//	HALE: We open in May.
//	Q: And what will it cost?
const (
	// leastTurns is how many turns make a transcript: "Note: …" is none.
	leastTurns = 2
	// maxTurnName is the largest number of words of the name.
	maxTurnName = 4
	// turnConfidence is that of a turn: its form leaves little doubt.
	turnConfidence = 0.9
)

// findTurns returns the turns of d, none when it is no transcript. A turn's content is the
// rest of its block.
func (v *view) findTurns() []nlp.Attribution {
	var turns []nlp.Attribution
	for _, b := range v.blocks {
		if at, ok := v.turn(b); ok {
			turns = append(turns, at)
		}
	}
	if len(turns) < leastTurns {
		return nil
	}
	return turns
}

// turn reads a block as a turn.
func (v *view) turn(b nlp.TokenRange) (nlp.Attribution, bool) {
	d := v.d
	if b.Len() == 0 || d.Tokens[b.First].Flags.Has(nlp.InBackground) {
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

// addTurns adds the turns of a transcript to d.Attributions. What was found without a
// source in a turn, or under the colon, is the turn itself.
func (v *view) addTurns(d *nlp.Doc) {
	for _, turn := range v.findTurns() {
		kept := d.Attributions[:0]
		for _, at := range d.Attributions {
			if overlaps(at.Content, nlp.TokenRange{First: turn.Source[0].First, Past: turn.Content[0].Past}) &&
				(len(at.Source) == 0 || len(at.Cue) == 0 || overlaps(at.Cue, turn.Cue[0])) {
				continue
			}
			kept = append(kept, at)
		}
		d.Attributions = append(kept, turn)
	}
}
