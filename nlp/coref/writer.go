package coref

import (
	"sort"

	"quoth"
	"quoth/nlp"
)

// signer is a person who signs what stands before token tok.
type signer struct{ tok, party int32 }

// writer returns the one who writes "I" at token t outside of quotations: who signs below,
// as letters to the editor have it, else the author of the page; -1 if the page names
// nobody.
func (sc *scratch) writer(t int) int32 {
	if !sc.hasSigners {
		sc.findSigners()
	}
	k := sort.Search(len(sc.signers), func(k int) bool { return int(sc.signers[k].tok) > t })
	if k < len(sc.signers) {
		return sc.signers[k].party
	}
	return sc.author
}

// unnamedWriter returns the one who writes "me" at token t and whom the page does not name: the party of its first "I".
func (sc *scratch) unnamedWriter(t int) int32 {
	if !sc.hasI {
		sc.hasI, sc.firstI = true, -1
		for k := range sc.d.Tokens {
			if sc.d.UPOS[k] == nlp.PRON && sc.d.Tokens[k].Depth == 0 && sc.contentOf[k] == 0 && sc.d.Word(k) == "I" {
				sc.firstI = k
				break
			}
		}
	}
	if sc.firstI >= 0 {
		t = sc.firstI
	}
	return sc.describeAs(t, nlp.TokenRange{First: t, Past: t + 1}, quoth.PersonParty)
}

// findSigners sets sc.signers to the persons whose name is a paragraph by itself.
func (sc *scratch) findSigners() {
	d := sc.d
	sc.hasSigners = true
	for at := 0; at < len(d.Sentences); {
		block, first := d.Sentences[at].Block, d.Sentences[at].First
		for at < len(d.Sentences) && d.Sentences[at].Block == block {
			at++
		}
		past := d.Sentences[at-1].Past
		if d.Tokens[past-1].Flags.Has(nlp.IsPunct) {
			past--
		}
		m := d.MentionOf[first]
		if d.Blocks[block].Kind == quoth.Paragraph && m >= 0 && d.Mentions[m].First == first && d.Mentions[m].Past >= past && sc.names[m].parts > 1 {
			if p := sc.partyOf[m]; p >= 0 && sc.parties[p].kind == quoth.PersonParty {
				sc.signers = append(sc.signers, signer{int32(first), p})
			}
		}
	}
}
