package coref

import (
	"strings"
	"testing"

	"quoth/nlp"
)

// targets returns the names of those whom the last attribution is about, "-" for none.
func targets(d *nlp.Doc) string {
	var names []string
	for _, x := range d.About[len(d.About)-1] {
		names = append(names, d.Clusters[x.Cluster].Name)
	}
	if names == nil {
		return "-"
	}
	return strings.Join(names, "; ")
}

func TestAbout(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"who is named", `{S <P Zora Quill > }S {C said }C {Q <P Tobin Marsh > left }Q .`, "Tobin Marsh"},
		{"a body by its name is not its bearer", `{S <P Zora Quill > }S {C said }C {Q the <P Marsh > campaign left }Q .`, "Marsh campaign"},
		{"and is taken up without it", `The <P Marsh > administration~nsubj~left left .
{S <P Zora Quill > }S {C said }C {Q the administration left }Q .`, "Marsh administration"},
		{"before a commission of that name in capitals", `The <P Marsh > administration~nsubj~left left .
The <O Lake Administration > left .
{S <P Zora Quill > }S {C said }C {Q the administration left }Q .`, "Marsh administration"},
		{"what belongs to a body is no body", `{S <P Zora Quill > }S {C said }C {Q the <P Marsh > campaign rally left }Q .`, "Marsh"},
		{"a whole name stays one", `{S <P Zora Quill > }S {C said }C {Q the <P Tobin Marsh > campaign left }Q .`, "Tobin Marsh"},
		{"a panel is a committee", `The <O Lake Committee > left .
{S <P Zora Quill > }S {C said }C {Q the panel left }Q .`, "Lake Committee"},
		{"a pronoun inside a name", `{S <P Zora Quill > }S {C said }C {Q Hear Her Voice ( <O HHV > ) left }Q .`, "Hear Her Voice"},
		{"some of a chamber are not the chamber", `{S <P Zora Quill > }S {C said }C {Q <O House > Republicans left }Q .`, "-"},
		{"a law is nobody", `{S <P Zora Quill > }S {C said }C {Q the <O Lake Act > left }Q .`, "-"},
		{"a law by one word", `{S <P Zora Quill > }S {C said }C {Q the <O NAFTA > left }Q .`, "-"},
		{"a law, and what it is of", `{S <P Zora Quill > }S {C said }C {Q the <O Status of Ferries Agreement > left }Q .`, "-"},
		{"what is for laws is no law", `{S <P Zora Quill > }S {C said }C {Q the <O Institute for Harbour Constitution > left }Q .`, "Institute for Harbour Constitution"},
		{"an organization about itself", `{S The <O Lake Union > }S {C said }C {Q it~nsubj~left left }Q .`, "Lake Union"},
		{"it is not the person who speaks", `{S <P Zora Quill > }S {C said }C {Q it~nsubj~left left }Q .`, "-"},
		{"nor what comes later", `{S The <O Lake Union > }S {C said }C {Q rain and wind left it~nsubj~left }Q .`, "-"},
		{"who introduces and praises somebody praises another", `{S <P Anna Quill~nsubj~left > }S left~root <P Zora Marsh~obj~left > and {C praised~conj~left }C {Q her~obj~praised }Q .`, "Zora Marsh"},
		{"a country to which something is done", `{S <P Zora Quill > }S {C said }C {Q to left~advcl~said <L Norway~obj~left > }Q .`, "Norway"},
		{"a town to which something is done", `{S <P Zora Quill > }S {C said }C {Q to left~advcl~said <L Harrowmere~obj~left > }Q .`, "-"},
		{"he in a quotation is who the article is about", "<P Tobin Marsh > left .\n" + strings.Repeat("<P Marsh > left .\n", 16) + `<P Hugo Renn > left .
<P Renn > left .
{S <P Zora Quill > }S {C said }C {Q " he left " }Q .`, "Tobin Marsh"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := mark(t, c.text)
			stage.Run(d)
			if got := targets(d); got != c.want {
				t.Errorf("%s\ngot  %s\nwant %s", c.text, got, c.want)
			}
		})
	}
}
