package ingest

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"quoth"
)

// asking is a record that notices when somebody asks it before what another one asked for is
// kept.
type asking struct {
	quoth.Keeper
	between, mixed atomic.Int32
}

func (a *asking) Holdings(context.Context, []string) (map[string]quoth.Holding, error) {
	if a.between.Add(1) > 1 {
		a.mixed.Add(1)
	}
	runtime.Gosched()
	return nil, nil
}

func (a *asking) Copies(context.Context, []uint64) ([]quoth.Copied, error) { return nil, nil }

func (a *asking) Keep(context.Context, []quoth.Entry, *quoth.Checkpoint) error {
	a.between.Add(-1)
	return nil
}

// nobody links nobody.
type nobody struct{}

func (nobody) Link(_ context.Context, readings []quoth.Reading) ([]map[string]quoth.Person, error) {
	return make([]map[string]quoth.Person, len(readings)), nil
}

// What one reading is decided by holds until it is kept: two of one saying at once are one.
func TestPutGoesOneAfterTheOther(t *testing.T) {
	record := &asking{}
	in := &Ingest{Keeper: record, Linker: nobody{}, Model: "m", Now: time.Now}
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			if _, err := in.Put(t.Context(), []quoth.Reading{{Article: quoth.Article{URL: fmt.Sprintf("https://x.example/%d", i)}}}, nil); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := record.mixed.Load(); n > 0 {
		t.Errorf("%d of 50 asked between another's question and its keeping", n)
	}
}
