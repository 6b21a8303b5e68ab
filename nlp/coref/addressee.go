package coref

import "quoth/nlp"

// Verbs of speaking by where they put the one they are addressed to: as their object
// ("told the Post"), or after "to" ("wrote to the minister").
var (
	tellVerbs = nlp.WordSet(`tell ask inform remind assure reassure warn urge advise promise notify brief e-mail email text instruct beg implore lecture`)
	toVerbs   = nlp.WordSet(`say write speak talk explain complain admit confess announce report reply respond suggest whisper shout tweet
		apologize apologise testify confide reveal boast brag insist declare remark mention confirm appeal`)
)

// findAddressees finds for every attribution whom the words are addressed to: the object
// of the verb in its cue, or what follows that with "to". It is somebody beside the
// content, and so no target of it. It holds parties until write makes clusters of them.
func (sc *scratch) findAddressees() {
	d := sc.d
	for i, at := range d.Attributions {
		for _, r := range at.Cue {
			for t := r.First; t < r.Past && d.Addressees[i].Cluster < 0; t++ {
				if d.UPOS[t] == nlp.VERB && !sc.isPassive(t) {
					d.Addressees[i] = sc.addressee(t, i)
				}
			}
		}
	}
}

// addressee returns the addressee of attribution i with the verb t.
func (sc *scratch) addressee(t, i int) nlp.Addressee {
	d := sc.d
	tells, to := tellVerbs[d.Lemmas[t]], toVerbs[d.Lemmas[t]]
	for k := t + 1; (tells || to) && k < len(d.Tokens) && k <= t+maxPhrase && sc.sentOf[k] == sc.sentOf[t]; k++ {
		if int(d.Heads[k]) != t || !sc.isNominal(k) || d.Attributions[i].Says(k) || nlp.InPieces(d.Attributions[i].Source, k) {
			continue
		}
		if !(tells && sc.rel(k, object)) && sc.preposition(k) != "to" {
			continue
		}
		p := sc.partyAt(k)
		if p < 0 && d.UPOS[k] == nlp.NOUN {
			switch sc.noun(k).kind {
			case humanNoun, groupNoun, organizationNoun, anonymousNoun:
				p = sc.describeAt(k)
			}
		}
		if p < 0 || p == d.Speakers[i] {
			continue
		}
		r := nlp.TokenRange{First: sc.phraseStart(k), Past: k + 1}
		if m := d.MentionOf[k]; m >= 0 {
			r = d.Mentions[m].TokenRange
		}
		return nlp.Addressee{Cluster: p, TokenRange: r}
	}
	return nlp.Addressee{Cluster: -1}
}

// preposition returns the preposition that noun t stands after, "" without one.
func (sc *scratch) preposition(t int) string {
	d := sc.d
	for k := t - 1; k >= 0 && k >= t-maxPhrase && sc.sentOf[k] == sc.sentOf[t]; k-- {
		if int(d.Heads[k]) == t && d.UPOS[k] == nlp.ADP {
			return d.Lemmas[k]
		}
	}
	return ""
}
