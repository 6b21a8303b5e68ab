package feed

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"quoth"
)

// maxSitemaps is how many sitemaps of an index one poll reads: the newest.
const maxSitemaps = 8

// poll is one look at a source.
type poll struct {
	*Watcher
	source Source
	state  State // that of the next poll
}

// run reads what the source holds now.
func (p *poll) run(ctx context.Context) ([]Item, error) {
	address := cmp.Or(p.state.Feed, p.source.URL)
	d, err := p.read(ctx, address)
	if err != nil && p.state.Feed != "" && ctx.Err() == nil && quoth.CodeOf(err) != quoth.Unavailable {
		// The feed that the page named is gone; it may name another.
		p.state.Feed = ""
	}
	if err != nil || d == nil {
		return nil, err
	}
	if d.kind == pageKind || d.kind == unknownKind {
		return p.discover(ctx, *d)
	}
	return p.items(ctx, *d)
}

// read gets a document; it is nil when it has not changed.
func (p *poll) read(ctx context.Context, address string) (*document, error) {
	a, err := p.get(ctx, address, feedAccept, p.state.Validators[address])
	if err != nil || a.isUnchanged {
		return nil, err
	}
	d, err := open(a)
	if err != nil {
		return nil, err
	}
	if d.kind == feedKind || d.kind == sitemapKind {
		p.state.remember(address, a.validators)
	}
	return &d, nil
}

// discover goes on to the feed that a page names.
func (p *poll) discover(ctx context.Context, page document) ([]Item, error) {
	found := Discover(page.text, page.base)
	if len(found) == 0 {
		p.state.Feed = ""
		return nil, notAFeed(errors.New("a page that names no feed"))
	}
	p.state.Feed = found[0].URL
	d, err := p.read(ctx, p.state.Feed)
	if err != nil || d == nil {
		return nil, err
	}
	if d.kind == pageKind || d.kind == unknownKind {
		p.state.Feed = ""
		return nil, notAFeed(errors.New("the page names a feed that is none"))
	}
	return p.items(ctx, *d)
}

// items reads the entries of a feed, a sitemap or an index of sitemaps. What cannot be read
// is asked for again as a whole.
func (p *poll) items(ctx context.Context, d document) ([]Item, error) {
	if d.kind == sitemapIndexKind {
		return p.index(ctx, d)
	}
	items, err := p.parse(d)
	if err != nil {
		clear(p.state.Validators)
	}
	return items, err
}

// parse reads the entries of a feed or sitemap, or the parts of an index.
func (p *poll) parse(d document) ([]Item, error) {
	p.parsing.Lock()
	defer p.parsing.Unlock()
	if d.kind == feedKind {
		return d.feedItems()
	}
	return d.sitemapItems()
}

// index reads the newest sitemaps of an index. An index within one is against the protocol
// and is passed over.
func (p *poll) index(ctx context.Context, d document) ([]Item, error) {
	parts, err := p.parse(d)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(parts, func(a, b Item) int { return b.Published.Compare(a.Published) })
	var items []Item
	var errs []error
	for _, part := range parts[:min(len(parts), maxSitemaps)] {
		sitemap, err := p.read(ctx, part.URL)
		if err == nil && sitemap != nil && sitemap.kind == sitemapKind {
			var found []Item
			found, err = p.parse(*sitemap)
			items = append(items, found...)
		}
		if err != nil {
			errs = append(errs, err)
		}
		if ctx.Err() != nil {
			break
		}
	}
	// One is enough to say what is wrong; errors.Join would hide its code behind the first's.
	if len(errs) > 0 {
		return items, errs[0]
	}
	return items, nil
}
