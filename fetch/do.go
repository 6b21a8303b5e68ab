package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"quoth"
)

// Do sends one request with all the guards of Fetch and returns the answer whatever
// its status is, as http.Client.Do does. It is for those who need more of an answer
// than its page: a conditional request, the header Retry-After.
//
// The headers User-Agent, Accept-Language and Accept-Encoding are those of the
// Fetcher; others come from req, which is not changed. The body comes unpacked, and
// Options.Timeout goes on until it is closed. When it is over Options.MaxBytes, reading
// it ends with an error of code TooLarge. Errors, those of reading the body too, are as
// in Fetch.
func (f *Fetcher) Do(req *http.Request) (*http.Response, error) {
	u := req.URL
	if err := f.checkURL(u); err != nil {
		return nil, err
	}
	ctx, cancel := req.Context(), context.CancelFunc(func() {})
	if f.opt.Timeout > 0 {
		ctx, cancel = context.WithTimeoutCause(ctx, f.opt.Timeout, errTimeout)
	}
	req = req.Clone(ctx)
	req.Header.Set("User-Agent", f.opt.UserAgent)
	req.Header.Set("Accept-Language", "en,*;q=0.5")
	req.Header.Set("Accept-Encoding", acceptEncoding)
	resp, err := f.client.Do(req)
	if err != nil {
		defer cancel()
		return nil, f.explain(ctx, u, err)
	}
	body, err := f.open(ctx, resp)
	if err != nil {
		cancel()
		resp.Body.Close()
		return nil, err
	}
	body.cancel = cancel
	resp.Body = body
	return resp, nil
}

// open returns the body of an answer, unpacked and limited.
func (f *Fetcher) open(ctx context.Context, resp *http.Response) (*body, error) {
	u := resp.Request.URL
	b := &body{fetcher: f, ctx: ctx, url: u, packed: resp.Body, unpacked: resp.Body, left: f.opt.MaxBytes}
	if resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusNonAuthoritativeInfo {
		return b, nil // such bodies are read by nobody, and some are empty but said to be packed
	}
	if f.opt.MaxBytes > 0 && resp.ContentLength > f.opt.MaxBytes {
		return nil, f.tooLarge(u)
	}
	enc := resp.Header.Get("Content-Encoding")
	unpacked, err := unpack(enc, resp.Body, func(packed io.ReadCloser) io.ReadCloser { return f.bounded(packed, u) })
	var known *quoth.Error
	if errors.As(err, &known) {
		return nil, known
	} else if errors.Is(err, errEncoding) {
		return nil, &quoth.Error{Code: quoth.Unavailable, Message: fmt.Sprintf("%s sent a page packed as %q, unasked", host(u), enc), Hint: "save the page from a browser and read the file"}
	} else if err != nil {
		return nil, &quoth.Error{Code: quoth.Unavailable, Message: host(u) + " sent a page that cannot be unpacked", Hint: "try again later", Err: err}
	}
	b.unpacked = unpacked
	return b, nil
}

// bounded ends what is packed where it has got so long that no page within the limit can
// come out: what cannot be packed grows by less than an eighth. A stream of which nothing
// comes out would else be read until the time is over.
func (f *Fetcher) bounded(packed io.ReadCloser, u *url.URL) io.ReadCloser {
	if f.opt.MaxBytes <= 0 {
		return packed
	}
	return &bounded{packed, f.opt.MaxBytes + f.opt.MaxBytes/8 + 4<<10, f.tooLarge(u)}
}

// bounded is a stream that ends with an error when it is too long.
type bounded struct {
	io.ReadCloser
	left int64
	over error
}

// Read implements io.Reader.
func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, b.over
	}
	return n, err
}

// body is what an answer holds, unpacked and limited. Its errors are for a person.
type body struct {
	fetcher  *Fetcher
	ctx      context.Context // that of the request, whose end explains an error
	cancel   context.CancelFunc
	url      *url.URL
	packed   io.ReadCloser
	unpacked io.ReadCloser
	left     int64 // bytes that may still come, when there is a limit
}

// Read reads on, to one byte past the limit and no further.
func (b *body) Read(p []byte) (int, error) {
	isLimited := b.fetcher.opt.MaxBytes > 0
	if isLimited && int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.unpacked.Read(p)
	if isLimited {
		if b.left -= int64(n); b.left < 0 {
			return 0, b.fetcher.tooLarge(b.url)
		}
	}
	if err != nil && err != io.EOF {
		err = b.fetcher.explain(b.ctx, b.url, err)
	}
	return n, err
}

// Close ends the answer.
func (b *body) Close() error {
	defer b.cancel()
	b.unpacked.Close()
	return b.packed.Close()
}
