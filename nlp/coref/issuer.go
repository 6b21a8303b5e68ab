package coref

import "quoth/nlp"

// issued are documents that are the words of whoever speaks in them.
var issued = map[string]bool{"statement": true, "letter": true, "memo": true, "tweet": true, "post": true, "e-mail": true, "email": true, "message": true, "release": true}

// issuing are verbs of those who issue a document: "The council issued a statement."
var issuing = nlp.WordSet("issue release send write publish post circulate deliver read make distribute file submit")

// A document was introduced so many sentences, and tokens, back at most.
const (
	issuerReach  = 3
	issuerTokens = 200
)

// issuer returns the named party that speaks in the document with head t: "In a statement,
// Zora Quill said …. The statement also said …". -1 when there is none.
func (sc *scratch) issuer(t int, det determiner) int32 {
	d := sc.d
	if !issued[d.Lemmas[t]] {
		return -1
	}
	if p := sc.issuerBeside(t); p >= 0 {
		sc.byNoun.add(d.Tokens[t].Lower, p) // "the statement" is theirs from now on
		return p
	}
	at := t
	if det == definite {
		for at--; at >= 0 && d.Lemmas[at] != d.Lemmas[t]; at-- {
			if sc.sentOf[t]-sc.sentOf[at] > issuerReach || t-at > issuerTokens {
				return -1
			}
		}
		if at < 0 {
			return -1
		}
	}
	if verb := int(d.Heads[at]); at != t && verb >= 0 && verb < at && sc.rel(at, object) && issuing[d.Lemmas[verb]] && sc.subj[verb] >= 0 {
		if p := sc.partyAt(int(sc.subj[verb])); p >= 0 && sc.isKnown(p) {
			return p
		}
	}
	if start := sc.phraseStart(at); start == 0 || d.Lemmas[start-1] != "in" {
		return -1
	}
	sent := d.Sentences[sc.sentOf[at]]
	for k := max(sent.First, at-issuerTokens); k < min(sent.Past, at+issuerTokens); k++ {
		if k == t || sc.sourceOf[k] == 0 {
			continue
		}
		if p := sc.mentionParty(k); p >= 0 && sc.isKnown(p) {
			return p
		}
	}
	return -1
}

// issuerBeside returns the party whose name stands beside the document t: "a statement from the Lake Union",
// "a Lake Union statement", "Zora Quill's statement", "her statement". -1 without one.
func (sc *scratch) issuerBeside(t int) int32 {
	d := sc.d
	by := t + 1
	if by < len(d.Tokens) && issuing[d.Lemmas[by]] {
		by++ // "the statement issued by"
	}
	if k := by + 1; k < len(d.Tokens) && (d.Word(by) == "from" || d.Word(by) == "by") && sc.sentOf[k] == sc.sentOf[t] {
		past := k
		for past < min(d.Sentences[sc.sentOf[t]].Past, k+maxPhrase) && d.UPOS[past] != nlp.VERB && d.UPOS[past] != nlp.AUX {
			past++
		}
		if p := sc.nameIn(nlp.TokenRange{First: k, Past: past}).party; p >= 0 && sc.isKnown(p) {
			return p
		}
	}
	k := t - 1
	if k >= 0 && d.UPOS[k] == nlp.PRON && sc.rel(k, possessive) {
		if p := sc.partyAt(k); p >= 0 && sc.isKnown(p) {
			return p // "his statement"
		}
		return -1
	}
	if k > 0 && sc.isGenitive(k) {
		k--
	} else if !formal[d.Lemmas[t]] || sc.determiner(t) == possessed {
		return -1 // a Facebook post is nobody's yet, his union letter is his
	}
	if k < 0 || sc.sentOf[k] != sc.sentOf[t] || d.MentionOf[k] < 0 {
		return -1
	}
	if p := sc.mentionParty(k); p >= 0 && sc.isKnown(p) && !sc.parties[p].isPlace {
		return p
	}
	return -1
}

// formal are the issued documents before which a name is that of who issues them.
var formal = nlp.WordSet("statement letter memo release")
