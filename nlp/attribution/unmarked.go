package attribution

import (
	"slices"
	"strings"

	"quoth"
	"quoth/nlp"
)

const (
	// leastUnmarked is how many tokens a block quotation without marks has at least.
	leastUnmarked = 12
	// maxTweet is how many bytes what somebody tweets may have.
	maxTweet = 300
	// maxUnmarked is how many blocks of one are taken, where the page says that they are quotations.
	maxUnmarked = 20
)

// addUnmarked adds the block quotations that have no marks: a paragraph after one that ends with who writes, and a colon. What was found
// inside is words of that.
//
//	Hale wrote in her column on Monday:
//	The ferry is late again, and nobody in the council cares about it.
func (v *view) addUnmarked(d *nlp.Doc) {
	cues := make(map[int]bool) // of the attributions, the first tokens
	for _, at := range d.Attributions {
		if len(at.Cue) > 0 && !v.isWhat(at) {
			cues[at.Cue[0].First] = true
		}
	}
	var added []nlp.Attribution
	var blocks []nlp.TokenRange
	for i, b := range v.blocks {
		if b.Len() == 0 || !d.Blocks[i].Kind.IsBody() || d.Word(b.Past-1) != ":" || d.Tokens[b.First].Flags.Has(nlp.InBackground) {
			continue
		}
		at, ok := v.announced(b)
		if !ok || cues[at.Cue[0].First] {
			continue
		}
		at.Content = v.unmarkedBelow(i, at.Source[0])
		if d.Lemmas[at.Cue[0].First] == tweet && len(at.Content) > 0 && d.Tokens[at.Content[0].Past-1].End-d.Tokens[at.Content[0].First].Start > maxTweet {
			continue // the post itself is lost
		}
		if len(at.Content) > 0 {
			added, blocks = append(added, at), append(blocks, at.Content...)
			cues[at.Cue[0].First] = true
		}
	}
	if len(added) == 0 {
		return
	}
	v.dropWithin(d, blocks)
	d.Attributions = slices.DeleteFunc(d.Attributions, func(at nlp.Attribution) bool { return len(at.Cue) > 0 && v.isWhat(at) && cues[at.Cue[0].First] })
	d.Attributions = append(d.Attributions, added...)
}

// isWhat reports whether "what" is all that at says: "Here is what Hale wrote:".
func (v *view) isWhat(at nlp.Attribution) bool {
	return len(at.Content) == 1 && at.Content[0].Len() == 1 && v.d.Lemmas[at.Content[0].First] == "what"
}

// unmarkedBelow is the block quotation below block i: the next paragraph that is no furniture, or all blocks in a row that the page calls
// quotations. Nobody quotes others in one, nor who says it.
func (v *view) unmarkedBelow(i int, source nlp.TokenRange) (content []nlp.TokenRange) {
	d, name := v.d, v.lowers[source.Past-1]
	for k := i + 1; k < min(len(v.blocks), i+maxUnmarked); k++ {
		b, kind := v.blocks[k], d.Blocks[k].Kind
		if b.Len() == 0 || d.Tokens[b.First].Flags.Has(nlp.InBackground) {
			continue
		}
		if kind != quoth.Paragraph && kind != quoth.Quote || len(content) > 0 && kind != quoth.Quote || b.Len() < leastUnmarked || v.isLabelled(b) || isLabel[strings.ToUpper(d.Word(b.First))] ||
			!d.Tokens[b.First].Flags.Has(nlp.IsCapital) || !isEnd(d.Word(b.Past-1)) {
			break
		}
		for t := b.First; t < b.Past; t++ {
			if v.words[t].region >= 0 || v.lowers[t] == name || strings.HasPrefix(d.Word(t), "@") {
				return content
			}
		}
		content = append(content, b)
		if kind != quoth.Quote {
			break
		}
	}
	return content
}

// announced is who writes what stands below block b, by the last verb before its colon, with no clause between: "Hale wrote on Monday:".
func (v *view) announced(b nlp.TokenRange) (at nlp.Attribution, ok bool) {
	d, colon := v.d, b.Past-1
	for t := colon - 1; t >= max(b.First, colon-maxIntroduction) && v.words[t].sent == v.words[colon].sent && v.words[t].region < 0; t-- {
		isClose := t == colon-1 || t == colon-2 && (d.UPOS[t+1] == nlp.ADV || d.UPOS[t+1] == nlp.PRON || d.Tag(t+1) == "RP")
		past, isIssued := v.issued(t, colon)
		if !isIssued && d.Tag(past) == "RP" {
			past++
		}
		if d.UPOS[t] == nlp.VERB && (isWriting[d.Lemmas[t]] || isClose && isTelling[d.Lemmas[t]] || isIssued) {
			source := v.writerOf(t)
			if source.Len() == 0 {
				break
			}
			return nlp.Attribution{Source: []nlp.TokenRange{source}, Cue: []nlp.TokenRange{{First: t, Past: past}}, Confidence: asideConfidence}, true
		}
		if (v.isFinite(t) || d.UPOS[t] == nlp.VERB) && d.Word(t) != "following" {
			break
		}
	}
	return at, false
}

// issued is where the statement or the message ends that somebody puts out by verb t before the colon: "released the following statement". It is
// t+1, and false, without one.
func (v *view) issued(t, colon int) (past int, ok bool) {
	d := v.d
	if !isIssuing[d.Lemmas[t]] {
		return t + 1, false
	}
	for k := t + 1; k < colon && k <= t+maxIssued && d.UPOS[k] != nlp.PUNCT; k++ {
		if d.UPOS[k] == nlp.NOUN && (isMissive[d.Lemmas[k]] || d.Lemmas[k] == "statement") && d.UPOS[k+1] != nlp.NOUN {
			if v.announcesElse(t, nlp.TokenRange{First: k + 1, Past: colon}) {
				break
			}
			return k + 1, true
		} else if d.UPOS[k] == nlp.ADP {
			break
		}
	}
	return t + 1, false
}

// announcesElse reports whether what stands between a statement that is the object of verb t and the colon tells that something else follows: "sent
// the note a title:", "published a letter with this list:".
func (v *view) announcesElse(t int, r nlp.TokenRange) bool {
	d := v.d
	for j := r.First; j < r.Past; j++ {
		if d.UPOS[j] == nlp.NOUN && (int(d.Heads[j]) == t && d.RelNames[d.Rels[j]] == "obj" || (d.Word(j-1) == "this" || d.Word(j-1) == "these") && d.Word(j-2) == "with") {
			return true
		}
	}
	return false
}

// maxIssued is how many tokens behind its verb a statement may stand.
const maxIssued = 6

// writerOf is the subject of verb t, or of the verb that it hangs from: "Hale complained, writing:"; empty where that is nobody whom the
// text speaks of.
func (v *view) writerOf(t int) nlp.TokenRange {
	for steps := 0; steps < maxClause && t >= 0 && !isQuoting[v.d.Lemmas[t]]; steps++ {
		w := &v.words[t]
		if s := int(w.subject); s >= 0 {
			if u := v.d.UPOS[s]; s > t || w.children&hasPassive != 0 || u != nlp.NOUN && u != nlp.PROPN && !isThirdPerson[v.d.Lemmas[s]] || v.words[s].region >= 0 {
				break
			}
			name := v.phraseOf(s)
			for name.Len() > 1 && (v.d.Tokens[name.First].Flags.Has(nlp.IsPunct) || v.d.Lemmas[name.First] == "as") {
				name.First++
			}
			return name
		}
		t = int(w.head)
	}
	return nlp.TokenRange{}
}
