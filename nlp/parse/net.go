package parse

import (
	"fmt"
	"maps"
	"slices"

	"quoth/nlp"
	"quoth/nlp/neural"
	"quoth/nlp/surface"
)

// How the network that tells heads learns.
const (
	netRank   = 32 // numbers of each token that tell an arc
	netRate   = 0.003
	netDecay  = 0.01
	netDrop   = 0.2
	netUnseen = 0.05
	netTokens = 2048
	// frozenBy is how many examples tell how large its numbers become.
	frozenBy = 200
)

// fields is how many features of a token the network reads: those of its surface, and its
// tag.
const fields = surface.Fields + 1

// fieldsOf appends them for token t.
func fieldsOf(fs []uint64, d *nlp.Doc, t int) []uint64 {
	return append(surface.Append(fs, d, t), tagFeature(d.XPOSNames[d.XPOS[t]]))
}

func tagFeature(name string) uint64 { return nlp.Mix(405, nlp.Hash(name)) }

// tagFeatures are those of all tags in docs, in order, after one for tags not among them.
func tagFeatures(docs []*nlp.Doc) []uint64 {
	names := map[string]bool{}
	for _, d := range docs {
		for _, x := range d.XPOS {
			names[d.XPOSNames[x]] = true
		}
	}
	out := []uint64{tagFeature("")}
	for _, n := range slices.Sorted(maps.Keys(names)) {
		out = append(out, tagFeature(n))
	}
	return out
}

// trainNet trains the network that tells heads. Besides it learns the relations of tokens as
// labels, which nobody asks it for later: what tells them tells heads too (Caruana 1997). It was
// not trained without them.
func trainNet(docs []*nlp.Doc, names []string, trees []goldTree, opt Options) ([]byte, error) {
	words, known, err := neural.Resume(opt.Words)
	if err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	if len(known) != surface.Fields {
		return nil, fmt.Errorf("words: %d fields of %d", len(known), surface.Fields)
	}
	features := append(slices.Clone(known), tagFeatures(docs))
	features[0] = features[0][:min(len(features[0]), opt.Vocabulary)]
	words.Refit(known, features, opt.Seed)
	rows := neural.Rows(features)
	var examples []neural.Example
	for len(trees) > 0 {
		n := 1
		for n < len(trees) && trees[n].doc == trees[0].doc && trees[n].words.Past-trees[0].words.First <= surface.Longest {
			n++
		}
		examples = append(examples, example(trees[:n], rows))
		trees = trees[n:]
	}
	t := words.Retrained(neural.Shape{Labels: len(names), Relations: 1, Places: neural.TreePlaces, Rank: netRank}, opt.Seed)
	t.Train(examples, neural.Options{
		Epochs: opt.NetEpochs, Rate: netRate, Decay: netDecay, Drop: netDrop, Unseen: netUnseen, Tokens: netTokens, Seed: opt.Seed,
		Progress: opt.Progress,
	})
	t.Forget()
	return t.Freeze(rows, fields, examples[:min(len(examples), frozenBy)])
}

// example is sentences of a document that follow one another, with their trees.
func example(trees []goldTree, rows map[uint64]int32) neural.Example {
	e := neural.Example{Fields: fields}
	var fs []uint64
	for _, g := range trees {
		tree := neural.Tree{First: len(e.Gold)}
		for i, h := range g.heads {
			fs = fieldsOf(fs[:0], g.doc, g.words.First+i)
			e.Rows = neural.AppendRows(e.Rows, rows, fs)
			if int(h) == len(g.heads) {
				h = int32(i)
			}
			e.Gold, tree.Heads = append(e.Gold, int16(g.rels[i])), append(tree.Heads, int16(h))
		}
		e.Trees = append(e.Trees, tree)
	}
	return e
}
