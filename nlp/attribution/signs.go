package attribution

import (
	"slices"
	"strings"

	"quoth/nlp"
)

// isSign reports whether token t is a mark that can be a cue by itself, or a word: a bullet is none.
func (v *view) isSign(t int) bool {
	return v.d.Tokens[t].Flags.Has(nlp.HasLetter) || v.d.Word(t) == ":" || v.d.Word(t) == "," || isDash(v.d.Word(t))
}

// isBullet reports whether no token of a cue is a word or a sign.
func (v *view) isBullet(r nlp.TokenRange) bool {
	for t := r.First; t < r.Past; t++ {
		if v.isSign(t) {
			return false
		}
	}
	return true
}

// describes reports whether the cue of f only tells what its source is, and what stands behind its colon goes on
// about that in words of nobody: "Hale is hard to please: She has been here for years."
func (v *view) describes(f *found) bool {
	d, first := v.d, f.Content[0].First
	if d.Word(f.cue.Past-1) != ":" || first != f.cue.Past || v.words[first].region >= 0 || !isThirdPerson[d.Lemmas[first]] && d.Lemmas[first] != "they" {
		return false
	}
	for t := f.cue.First; t < f.cue.Past; t++ {
		if v.words[t].children&hasCopula != 0 {
			return true
		}
	}
	return false
}

// isVerdict reports whether at is what the writer tells of somebody behind their name and a colon: "Zoë Hale: She was sure of herself."
func (v *view) isVerdict(at nlp.Attribution) bool {
	if len(at.Source) != 1 || at.Cue[0].Len() != 1 || v.d.Word(at.Cue[0].First) != ":" || at.Source[0].Past != at.Cue[0].First {
		return false
	}
	first := at.Content[0].First
	return first == at.Cue[0].Past && at.Source[0].First == v.blocks[v.words[first].block].First && isSheOrHe[v.lowers[first]] && !v.isFirstPerson(at.Content[0])
}

var isSheOrHe = nlp.HashSet("he she his her")

// isIdiom reports whether what f takes for a saying is none: "All told, there are ten", "a storm that claimed the lives of two", "Hale called the
// police", "not as rich as she says she is"; or tells nothing of what is said: "what she says".
func (v *view) isIdiom(f *found) bool {
	d, t, content := v.d, f.cue.First, f.Content[0]
	if len(f.Content) == 1 && content.Len() == 1 && strings.EqualFold(d.Word(content.First), "what") {
		return true
	}
	if d.Lemmas[f.cue.Past-1] == "argue" && f.cue.Past == content.First && v.isObjectIn(isArgued, f.cue.Past-1, content) {
		return true
	}
	switch d.Lemmas[t] {
	case "break":
		return f.cue.Len() == 1 && len(f.Source) == 1 && f.Source[0].Past == t && isBroken[d.Lemmas[t-1]]
	case "call":
		if f.cue.Len() != 1 || content.First != t+1 || v.words[t+1].region >= 0 {
			return false
		}
		return v.isObjectIn(isPhoned, t, content) || v.isSummons(t, content)
	case "tell":
		return t > 0 && f.cue.Len() == 1 && d.Lemmas[t-1] == "all" && d.Tokens[t-1].Flags.Has(nlp.StartsSent) && t+1 < len(d.Tokens) && d.Word(t+1) == ","
	case "claim":
		for k := content.First; content.First == f.cue.Past && k < min(content.Past, content.First+maxLives); k++ {
			if d.Lemmas[k] != "life" || d.UPOS[k] != nlp.NOUN || v.words[k].region >= 0 || d.UPOS[content.First] == nlp.SCONJ {
				continue
			}
			isObject := int(d.Heads[k]) == t && d.RelNames[d.Rels[k]] == "obj"
			if isObject || d.Tag(k) == "NNS" && k > content.First && d.UPOS[k-1] != nlp.PRON {
				return true
			}
		}
		return false
	}
	if len(f.Source) != 1 || f.Source[0].Past != t || content.First != f.cue.Past || content.Len() < 2 || d.Lemmas[content.First+1] != "be" || d.UPOS[content.First] != nlp.PRON {
		return false
	}
	as := f.Source[0].First - 1
	return as > 1 && d.Lemmas[as] == "as" && d.UPOS[as-1] == nlp.ADJ && d.Lemmas[as-2] == "as"
}

// isObjectIn reports whether content is nothing but the object of the verb at token t, in the active, and that one of nouns: "Hale called the
// police".
func (v *view) isObjectIn(nouns map[string]bool, t int, content nlp.TokenRange) bool {
	d := v.d
	past := content.First
	for past < content.Past && (d.UPOS[past].IsBeforeNoun() || d.Tag(past) == "PRP$" || d.Tag(past) == "POS") {
		past++
	}
	if past == content.First || !nouns[d.Lemmas[past-1]] || v.isPassive(t) {
		return false
	}
	for k := past; k < content.Past; k++ {
		isClause := int(v.words[k].subject) == past-1 && d.RelNames[d.Rels[k]] != "acl:relcl"
		isTriple := k == past && k+1 < content.Past && d.Word(k) == "," && d.Lemmas[t] == "call" && !isRelative[d.Lemmas[k+1]]
		if v.words[k].region >= 0 || isClause || isTriple {
			return false // "called the police “a gang”", "argued the case was weak", "called the landlord, a baker, a liar"
		}
	}
	if last := content.Past - 1; d.UPOS[last] == nlp.ADJ && int(d.Heads[last]) == t {
		return false // "called the police in the town useless"
	}
	return past == content.Past || d.UPOS[past] == nlp.ADP || d.UPOS[past] == nlp.SCONJ || d.UPOS[past] == nlp.PUNCT || d.UPOS[past] == nlp.PART
}

// isSummons reports whether content, of the verb at token t, tells whom somebody calls where: "several pilots to the stage".
func (v *view) isSummons(t int, content nlp.TokenRange) bool {
	d := v.d
	for k := content.First + 1; k+2 < content.Past; k++ {
		if v.words[k].region >= 0 {
			return false
		}
		if d.UPOS[k] == nlp.ADP && d.Word(k) == "to" && d.Word(k+1) == "the" && isStage[d.Lemmas[k+2]] && int(d.Heads[k+2]) == t {
			return k+3 == content.Past
		}
	}
	return false
}

// maxLives is how many tokens stand before the lives that something claims.
const maxLives = 4

// isTopic reports whether at has its cue and its source from the words by which a sentence names what a quotation is about, and
// who says that is not told: "Regarding Hale's plan, “it is a dream.”"
func (v *view) isTopic(at nlp.Attribution) bool {
	d := v.d
	first := d.Sentences[v.words[at.Cue[0].First].sent].First
	switch d.Lemmas[first] {
	case "regard", "regarding", "concern", "concerning", "on", "about":
	case "as":
		if w := d.Word(first + 1); w != "for" && w != "to" {
			return false
		}
	default:
		return false
	}
	for t := first; t < len(v.words) && v.words[t].sent == v.words[first].sent && !v.isFinite(t) && d.UPOS[t] != nlp.AUX; t++ {
		if v.words[t].region >= 0 {
			return at.Cue[0].First < t && overlaps(at.Content, v.regs[v.words[t].region].TokenRange) && d.Word(t-1) == ","
		}
	}
	return false
}

// afterReach is how many tokens behind a quotation its cue may stand.
const afterReach = 14

// yieldToAfter takes a quotation from the clause before its colon where another cue follows it: “Democrats see it
// differently: “It failed,” Hale has said.” is what Hale said. In print the comma inside of its marks leads on to that.
func (v *view) yieldToAfter(choices []choice) {
	for i := 0; i+1 < len(choices); i++ {
		at, next := choices[i].picked(), &choices[i+1]
		if at == nil {
			continue
		}
		q, after := v.afterColon(at.cue), next.all[0].cue
		if q.Len() < 3 || !overlaps(at.Content, q) || v.d.Word(q.Past-2) != "," || after.First < q.Past || after.First-q.Past > afterReach || v.words[after.First].sent != v.words[q.Past-1].sent {
			continue
		}
		k := slices.IndexFunc(next.all, func(f found) bool {
			return overlaps(f.Content[:1], q) && len(f.Source) > 0 && min(f.Source[0].First, after.First) == q.Past
		})
		if k < 0 {
			continue
		}
		choices[i].pick, next.pick = len(choices[i].all), k
		first := &next.all[k].Content[0]
		first.First, first.Past = q.First, max(first.Past, q.Past)
	}
}

// afterColon is the quotation behind the colon that ends the clause of cue c, outside of quotations; empty without one.
func (v *view) afterColon(c cue) nlp.TokenRange {
	for t := c.Past - 1; t < min(len(v.words)-1, c.Past+afterReach) && v.words[t].sent == v.words[c.First].sent && v.words[t].region < 0; t++ {
		if r := v.words[t+1].region; v.d.Word(t) == ":" && r >= 0 {
			return v.regs[r].TokenRange
		}
	}
	return nlp.TokenRange{}
}
