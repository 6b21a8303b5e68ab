package english

import (
	"strconv"

	"quoth"
	"quoth/nlp"
)

// about returns whom the content of attribution i speaks of, the most important first.
func about(d *nlp.Doc, i int) []quoth.Party {
	parties := make([]quoth.Party, len(d.About[i]))
	for k, to := range d.About[i] {
		c := d.Clusters[to.Cluster]
		parties[k] = quoth.Party{Name: c.Name, Kind: c.Kind, ID: partyID(to.Cluster)}
		if to.Stance.Label != "" {
			parties[k].Stance = &quoth.Stance{Label: to.Stance.Label, Confidence: round(to.Stance.Confidence)}
		}
	}
	return parties
}

// addressee returns whom attribution i is addressed to, nil when that is not known.
func addressee(d *nlp.Doc, i int) *quoth.Addressee {
	a := d.Addressees[i]
	if a.Cluster < 0 {
		return nil
	}
	c := d.Clusters[a.Cluster]
	return &quoth.Addressee{Name: c.Name, Kind: c.Kind, Span: d.Span(a.TokenRange), ID: partyID(a.Cluster)}
}

// partyID is the ID, within the article, of the party of cluster c.
func partyID(c int32) string { return "p" + strconv.Itoa(int(c)+1) }
