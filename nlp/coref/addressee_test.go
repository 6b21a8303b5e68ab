package coref

import (
	"testing"

	"quoth/nlp"
)

func TestAddressees(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"object of tell", `{S <P Zora Quill > }S {C told }C the <O Coast Daily~obj~told > {Q that Marsh left }Q .`, "Coast Daily: Coast Daily"},
		{"a description", `{S <P Zora Quill > }S {C told }C the residents~obj~told , {Q yes }Q .`, "the residents: the residents"},
		{"under the full name", `<P Tobin Marsh > left .
{S <P Zora Quill > }S {C told }C <P Marsh~obj~told > {Q yes }Q .`, "Tobin Marsh: Marsh"},
		{"after to", `{S <P Zora Quill > }S {C wrote }C to~case~minister the minister~obl~wrote , {Q yes }Q .`, "the minister: the minister"},
		{"a thing told", `{S <P Zora Quill > }S {C told }C a story~obj~told {Q about boats }Q .`, "-"},
		{"whom the content is about", `{S <P Zora Quill > }S {C told }C {Q the residents~obj~told left }Q .`, "-"},
		{"an object of another verb", `{S <P Zora Quill > }S {C praised }C the residents~obj~praised {Q early }Q .`, "-"},
		{"those who are told do not tell", `{S <P Zora Quill > }S was~aux:pass~told {C told }C the residents~obj~told {Q yes }Q .`, "-"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := mark(t, c.text)
			stage.Run(d)
			got := "-"
			if a := d.Addressees[0]; a.Cluster >= 0 {
				got = d.Clusters[a.Cluster].Name + ": " + d.Phrase(a.TokenRange)
			} else if a.TokenRange != (nlp.TokenRange{}) {
				t.Errorf("tokens %v without a party", a.TokenRange)
			}
			if got != c.want {
				t.Errorf("%s: got %s, want %s", c.text, got, c.want)
			}
		})
	}
}
