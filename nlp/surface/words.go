package surface

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"

	"quoth/nlp"
	"quoth/nlp/neural"
)

// Options tune [TrainWords]. The zero value of a field means its default.
type Options struct {
	Words, Affixes, Shapes int // features of each field that are kept, the most frequent: 30,000, 5,000 and 250
	// Width and Hidden, multiples of 32, and Layers of the network: 96, 192 and 4. With 128 and
	// 256 0.1 more roles of a hundred were right on PolNeAR dev, for 1.7 times the time.
	Width, Hidden, Layers int
	Epochs                int     // passes, 1
	Rate                  float32 // 0.002
	Seed                  uint64
	Progress              func(share, loss float64) `json:"-"` // see neural.Options
}

// Check returns what is wrong with the options.
func (o Options) Check() error {
	o.defaults()
	return o.shape(1).Check()
}

func (o Options) shape(rows int) neural.Shape {
	return neural.Shape{Width: o.Width, Hidden: o.Hidden, Layers: o.Layers, Rows: rows, Labels: 1}
}

func (o *Options) defaults() {
	for x, to := range map[*int]int{&o.Words: 30_000, &o.Affixes: 5_000, &o.Shapes: 250, &o.Width: 96, &o.Hidden: 192, &o.Layers: 4, &o.Epochs: 1} {
		*x = cmp.Or(*x, to)
	}
	o.Rate = cmp.Or(o.Rate, 0.002)
}

const (
	decay = 0.01 // see neural.Options; usual, not tuned
	// stepTokens is how many tokens make one step of training, and hiddenWords the share of them
	// that is hidden when words are guessed. The share is between that of Devlin et al. 2019
	// and those that later work found better; it was not tuned.
	stepTokens  = 4096
	hiddenWords = 0.2
)

// TrainWords learns from raw text what words mean by what stands around them: the network
// that attributions are found with, and that of the parser, guess hidden words before they learn
// what they are for. docs gives the documents, with Tokens and Sentences, as often as it is
// gone through. It returns what the Options of either take as Words.
func TrainWords(docs iter.Seq[*nlp.Doc], opt Options) ([]byte, error) {
	opt.defaults()
	if err := opt.Check(); err != nil {
		return nil, fmt.Errorf("learn words: %w", err)
	}
	v := newVocabulary()
	tokens := 0
	for d := range docs {
		v.count(d)
		tokens += len(d.Tokens)
	}
	if tokens == 0 {
		return nil, fmt.Errorf("learn words: no text")
	}
	fields := v.list([Fields]int{opt.Words, opt.Affixes, opt.Affixes, opt.Shapes, opt.Shapes})
	rows := neural.Rows(fields)
	counts := make([]uint32, len(rows))
	for _, f := range fields[0][1:] {
		counts[rows[f]] = v.counts[0][f]
	}
	examples := func(yield func(neural.Example) bool) {
		for d := range docs {
			for _, e := range Examples(d, Stretches(d), rows) {
				if !yield(e) {
					return
				}
			}
		}
	}
	t := neural.NewTrainer(opt.shape(len(rows)), opt.Seed)
	t.Guess(neural.Guessing{Examples: examples, Tokens: tokens, Counts: counts, Hidden: hiddenWords}, neural.Options{
		Epochs: opt.Epochs, Rate: opt.Rate, Decay: decay, Unseen: 0.01, Tokens: stepTokens, Seed: opt.Seed, Progress: opt.Progress,
	})
	return t.Keep(fields), nil
}

// vocabulary counts the features of the network's fields.
type vocabulary struct {
	counts [Fields]map[uint64]uint32
}

func newVocabulary() *vocabulary {
	v := &vocabulary{}
	for i := range v.counts {
		v.counts[i] = map[uint64]uint32{}
	}
	return v
}

func (v *vocabulary) count(d *nlp.Doc) {
	var fs []uint64
	for t := range d.Tokens {
		fs = Append(fs[:0], d, t)
		for i, f := range fs {
			v.counts[i][f]++
		}
	}
}

// list returns the features of each field that are kept, most of each the most frequent
// first, after one that stands for those that are not.
func (v *vocabulary) list(most [Fields]int) (fields [][]uint64) {
	for i, count := range v.counts {
		all := slices.SortedFunc(maps.Keys(count), func(a, b uint64) int {
			return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
		})
		fields = append(fields, append([]uint64{nlp.Mix(450, uint64(i))}, all[:min(len(all), most[i])]...))
	}
	return fields
}
