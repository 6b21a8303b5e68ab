package sqlrecord

import (
	"encoding/json"
	"fmt"
	"time"

	"quoth"
)

// The packed JSON of statements is short, and alike from one to the next: with a sample
// to refer to it takes a third of the room. The sample is part of the file format and
// must never change; another one gets another number.
const (
	dictionaryID = 1
	dictionary   = `{"source":{"spans":[[1024,1036]],"text":"Zoë Hale, the mayor of the city,"},"cue":{"spans":[[2037,2041]],"text":"said"},"content":{"spans":[[3042,3129]],"text":""},"speaker":{"name":"","kind":"person","mention":"She","id":""},"said":{"edtf":"2026-04-17","evidence":[4100,4107],"text":"on Friday"},"medium":"press-conference","venue":{"name":"city hall","span":[5108,5117]},"about":[{"name":"Eric Moss","kind":"organization","id":""},{"name":"group","kind":"anonymous","id":""}],"continues":null,"repeats":null,"confidence":0.912,"factuality":"factual","kind":"indirect","id":"","kind":"mixed","id":"","kind":"direct","source":null,"cue":null,"content":{"spans":[[6101,6202],[6203,6304]],"text":""},"speaker":null,"said":null,"medium":"unknown","venue":null,"about":[],"continues":null,"repeats":null,"confidence":0.`
)

// keptArticle is what the blob of a revision holds.
type keptArticle struct {
	Article    quoth.Article      `json:"article"`
	Background []quoth.Background `json:"background,omitempty"`
}

func (s *Record) packArticle(r *quoth.Reading) ([]byte, error) {
	return s.pack(keptArticle{r.Article, r.Background})
}

func (s *Record) unpackArticle(blob []byte) (quoth.Reading, error) {
	var k keptArticle
	if err := s.unpack(blob, &k); err != nil {
		return quoth.Reading{}, err
	}
	return quoth.Reading{Article: k.Article, Background: k.Background}, nil
}

// packStatement packs what no column of its row has.
func (s *Record) packStatement(st quoth.Statement) ([]byte, error) {
	st.ID = ""
	if st.Content != nil {
		st.Content = &quoth.Role{Spans: st.Content.Spans}
	}
	if st.Speaker != nil {
		speaker := *st.Speaker
		speaker.Name, speaker.ID = "", ""
		st.Speaker = &speaker
	}
	if st.Addressee != nil {
		addressee := *st.Addressee
		addressee.ID = ""
		st.Addressee = &addressee
	}
	return s.pack(st)
}

func (s *Record) pack(v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return s.encode.EncodeAll(plain, make([]byte, 0, len(plain)/3)), nil
}

// maxBuffer is how many bytes are held on to for what is unpacked next; articles take more.
const maxBuffer = 16 << 10

func (s *Record) unpack(blob []byte, v any) error {
	buffer, _ := s.buffers.Get().(*[]byte)
	if buffer == nil {
		buffer = new([]byte)
	}
	plain, err := s.decode.DecodeAll(blob, (*buffer)[:0])
	if err != nil {
		return fmt.Errorf("unpack: %w", err)
	}
	if st, isStatement := v.(*quoth.Statement); !isStatement || !parse(plain, st) {
		err = json.Unmarshal(plain, v) // copies what it keeps, as parse does
	}
	if cap(plain) <= maxBuffer {
		*buffer = plain
		s.buffers.Put(buffer)
	}
	return err
}

// epochUnix is the first day that is counted. Pages are younger; what was said before is
// counted with a minus.
const epochUnix = -11676096000 // 1600-01-01T00:00:00Z

// dayNumber counts days from the epoch.
func dayNumber(t time.Time) int64 { return (t.Unix() - epochUnix) / 86400 }

// firstOfMonth is the first day of the month of a day, the zero time of none.
func firstOfMonth(day int64) time.Time {
	if day == 0 {
		return time.Time{}
	}
	year, month, _ := time.Unix(day*86400+epochUnix, 0).UTC().Date()
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
}

// serialBits are the low bits of a row's number; above them is the day.
const serialBits = 38

// dayOfPrinting is the day in the numbers of an article's rows: the first that its date
// allows, 0 when it is not known or absurd.
func dayOfPrinting(edtf string) int64 {
	d, ok := quoth.DaysOf(edtf)
	if !ok || d.From.IsZero() {
		return 0
	}
	if n := dayNumber(d.From); n > 0 && n < 1<<20 {
		return n
	}
	return 0
}

// saidDays are the columns of a day of saying, nil where it is open or not known.
func saidDays(said *quoth.Said) (from, to any) {
	if said == nil {
		return nil, nil
	}
	d, ok := quoth.DaysOf(said.EDTF)
	if !ok {
		return nil, nil
	}
	if !d.From.IsZero() {
		from = dayNumber(d.From)
	}
	if !d.To.IsZero() {
		to = dayNumber(d.To)
	}
	return from, to
}
