package tag

import (
	"fmt"

	"quoth/nlp"
)

// Jackknife returns copies of docs whose tags are predicted by models that have not
// seen them: training goes over all folds but one, in turn, document i being in fold
// i modulo folds. Later stages learn from them to live with the tagger's mistakes.
// Other layers are shared with docs; lemmas are left as they are. More are documents
// every fold trains on.
func Jackknife(docs, more []*nlp.Doc, folds int, opt Options) ([]*nlp.Doc, error) {
	opt.NoLemmas = true
	out := make([]*nlp.Doc, len(docs))
	for fold := range folds {
		train := append([]*nlp.Doc(nil), more...)
		for i, d := range docs {
			if i%folds != fold {
				train = append(train, d)
			}
		}
		b, err := Train(train, opt)
		if err != nil {
			return nil, fmt.Errorf("jackknife fold %d: %w", fold, err)
		}
		s, err := Open(b)
		if err != nil {
			return nil, fmt.Errorf("jackknife fold %d: %w", fold, err)
		}
		for i := fold; i < len(docs); i += folds {
			d := *docs[i]
			lemmas := d.Lemmas
			s.Run(&d)
			d.Lemmas = lemmas
			out[i] = &d
		}
	}
	return out, nil
}
