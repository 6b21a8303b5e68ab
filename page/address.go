package page

import (
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// IsAddress reports whether s is the address of a page on the web: http or https, and a
// host. Others are no addresses that a reader could be sent to.
func IsAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// WithoutUser is an address without the user and the password that may stand in it: they
// are for the server alone.
func WithoutUser(address string) string {
	scheme, rest, isAbsolute := strings.Cut(address, "://")
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	at := strings.LastIndexByte(rest[:end], '@')
	if !isAbsolute || at < 0 {
		return address
	}
	return scheme + "://" + rest[at+1:]
}

// sameAddress reports whether two addresses are of one page: scheme, "www.", a slash
// at the end, query and fragment aside.
func sameAddress(a, b string) bool { return addressKey(a) == addressKey(b) }

func addressKey(s string) string {
	_, s, _ = strings.Cut(s, "://")
	s, _, _ = strings.Cut(s, "#")
	s, _, _ = strings.Cut(s, "?")
	return strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(s, "www."), "/"))
}

// trackers are the parameters of an address that say how a reader came, not what is
// read.
var trackers = set("fbclid gclid dclid msclkid mc_cid mc_eid igshid cmpid ocid ito ncid smid yclid at_medium at_campaign outputtype amp")

// canonicalAddress is the address of a page under which its copies (AMP, print, with
// tracking parameters) are one: the one that the page names, when that is on the same
// site and not its front page, else its own without the parameters that only track.
func canonicalAddress(own, named string) string {
	n, err := url.Parse(named)
	isNamed := err == nil && n.Host != "" && (n.Scheme == "http" || n.Scheme == "https")
	if own == "" {
		if isNamed {
			return named
		}
		return ""
	}
	o, err := url.Parse(own)
	if err != nil || o.Host == "" {
		return own
	}
	if isNamed && sameSite(n.Hostname(), o.Hostname()) && (strings.Trim(n.Path, "/") != "" || n.RawQuery != "" || strings.Trim(o.Path, "/") == "") {
		return named
	}
	o.Fragment = ""
	if o.RawQuery != "" {
		var kept []string
		for part := range strings.SplitSeq(o.RawQuery, "&") {
			name, _, _ := strings.Cut(part, "=")
			if name = strings.ToLower(name); !strings.HasPrefix(name, "utm_") && !trackers[name] {
				kept = append(kept, part)
			}
		}
		o.RawQuery = strings.Join(kept, "&")
	}
	return o.String()
}

// sameSite reports whether two hosts are of one site: one is the other, or they share
// the part that is registered. An AMP cache ("www-example-org.cdn.ampproject.org") is of the
// site it serves.
func sameSite(a, b string) bool {
	a, b = strings.ToLower(a), strings.ToLower(b)
	if registered(a) == registered(b) {
		return true
	}
	for _, pair := range [2][2]string{{a, b}, {b, a}} {
		if cached, isCache := strings.CutSuffix(pair[0], ".cdn.ampproject.org"); isCache {
			return strings.ReplaceAll(strings.ReplaceAll(cached, "--", "-"), "-", ".") == strings.ReplaceAll(pair[1], "-", ".")
		}
	}
	return false
}

// registered is the part of a host's name that somebody registered ("bbc.co.uk").
func registered(host string) string {
	if site, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return site
	}
	return host
}
