package english

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"quoth/nlp"
	"quoth/page"
)

func TestZY(t *testing.T) {
	f := os.Getenv("ZY")
	if f == "" {
		t.Skip()
	}
	fh, _ := os.Open(f)
	sc := bufio.NewScanner(fh)
	sc.Buffer(nil, 1<<26)
	p, _ := stages(Default())
	all, bad, kids := 0, 0, map[string]int{}
	for n := 0; sc.Scan() && n < 200; n++ {
		var a struct{ ID, Text string }
		json.Unmarshal(sc.Bytes(), &a)
		r, _ := page.New(page.Options{Clean: true}).Record(page.Record{ID: "x", Text: a.Text})
		d := &nlp.Doc{Text: r.Text, Blocks: r.Blocks}
		p.Run(d)
		for k, h := range d.Heads {
			all++
			if h >= 0 && d.UPOS[h] == nlp.PUNCT && d.UPOS[k] != nlp.PUNCT {
				bad++
				kids[d.RelNames[d.Rels[k]]+" of "+d.Word(int(h))]++
			}
		}
	}
	fmt.Println(all, bad, kids)
}
