package jetstream

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"

	"quoth"
)

// A message is a line of JSON, the head, and then the bodies of its pages one after the
// other, all of it compressed with Zstandard (RFC 8878). Bodies stay out of the JSON
// because base64 would hide from the compressor what they have in common.

// format is the number of this layout. Readers refuse others.
const format = 1

// headerBytes is what the headers of a message take of its size, at most.
const headerBytes = 4 << 10

// maxUnpacked bounds what a message may unfold to.
const maxUnpacked = 256 << 20

// head is the first line of a message.
type head struct {
	Format   int             `json:"format"`
	Hints    quoth.PageHints `json:"hints"`
	Pages    []pageHead      `json:"pages"`
	Refusals []quoth.Refusal `json:"refusals,omitempty"`
}

// pageHead is a page without its body.
type pageHead struct {
	Source      string `json:"source"`
	Label       string `json:"label"`
	ID          string `json:"id,omitempty"`
	URL         string `json:"url,omitempty"`
	ContentType string `json:"content_type,omitempty"`
	Bytes       int    `json:"bytes"`
	IsRecord    bool   `json:"is_record,omitempty"`
	Site        string `json:"site,omitempty"`
	Title       string `json:"title,omitempty"`
	Date        string `json:"date,omitempty"`
}

// codec makes the compressor and its opposite once: each holds megabytes.
var codec = sync.OnceValues(func() (*zstd.Encoder, *zstd.Decoder) {
	// Neither fails on these options.
	w, _ := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	r, _ := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxUnpacked))
	return w, r
})

// encode makes the message of a batch. The same batch makes the same message.
func encode(b quoth.Batch) ([]byte, error) {
	h := head{Format: format, Hints: b.Hints, Refusals: b.Refusals}
	size := 0
	for _, p := range b.Pages {
		size += len(p.RawPage.Body)
		h.Pages = append(h.Pages, pageHead{p.Source, p.Label, p.RawPage.ID, p.RawPage.URL, p.RawPage.ContentType, len(p.RawPage.Body), p.IsRecord, p.Site, p.Title, p.Date})
	}
	line, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("write a message: %w", err)
	}
	if size > maxUnpacked-len(line)-1 {
		return nil, &quoth.Error{Code: quoth.TooLarge, Message: fmt.Sprintf("%d bytes of pages are too many for one message", size), Hint: "import them without a queue"}
	}
	plain := make([]byte, 0, len(line)+1+size)
	plain = append(append(plain, line...), '\n')
	for _, p := range b.Pages {
		plain = append(plain, p.RawPage.Body...)
	}
	packer, _ := codec()
	return packer.EncodeAll(plain, nil), nil
}

// decode reads the message of a batch.
func decode(message []byte) (quoth.Batch, error) {
	_, unpacker := codec()
	plain, err := unpacker.DecodeAll(message, nil)
	if err != nil {
		return quoth.Batch{}, fmt.Errorf("unpack a message: %w", err)
	}
	line, rest, found := bytes.Cut(plain, []byte("\n"))
	var h head
	if err := json.Unmarshal(line, &h); err != nil || !found {
		return quoth.Batch{}, errors.New("the message has no head")
	}
	if h.Format != format {
		return quoth.Batch{}, fmt.Errorf("the message is of format %d, and this quoth reads %d", h.Format, format)
	}
	b := quoth.Batch{Hints: h.Hints, Refusals: h.Refusals}
	for _, p := range h.Pages {
		if p.Bytes < 0 || p.Bytes > len(rest) {
			return quoth.Batch{}, errors.New("the message is cut off")
		}
		body := rest[:p.Bytes:p.Bytes]
		rest = rest[p.Bytes:]
		b.Pages = append(b.Pages, quoth.QueuedPage{
			Source: p.Source, Label: p.Label, IsRecord: p.IsRecord, Site: p.Site, Title: p.Title, Date: p.Date,
			RawPage: quoth.RawPage{ID: p.ID, URL: p.URL, ContentType: p.ContentType, Body: body},
		})
	}
	if len(rest) > 0 {
		return quoth.Batch{}, fmt.Errorf("%d bytes of the message belong to no page", len(rest))
	}
	return b, nil
}
