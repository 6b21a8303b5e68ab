package english

import (
	"fmt"
	"os"
	"testing"

	"quoth/nlp"
	"quoth/page"
)

func TestZZ(t *testing.T) {
	f := os.Getenv("ZZ")
	if f == "" {
		t.Skip()
	}
	b, _ := os.ReadFile(f)
	r, _ := page.New(page.Options{Clean: true}).Record(page.Record{ID: "x", Text: string(b)})
	p, _ := stages(Default())
	d := &nlp.Doc{Text: r.Text, Blocks: r.Blocks}
	p.Run(d)
	for _, s := range d.Sentences {
		for k := s.First; k < s.Past; k++ {
			m := ""
			if i := d.MentionOf[k]; i >= 0 {
				m = fmt.Sprint(d.Mentions[i].Kind, d.Mentions[i].First)
			}
			h := "-"
			if d.Heads[k] >= 0 {
				h = d.Word(int(d.Heads[k]))
			}
			fmt.Printf("%d %s %v %s %s>%s %s\n", k, d.Word(k), d.UPOS[k], d.XPOSNames[d.XPOS[k]], d.RelNames[d.Rels[k]], h, m)
		}
		fmt.Println()
	}
}
