package feed

import (
	"net/url"
	"strings"
)

// tracking are parameters that name the reader's way to a page and not the page.
var tracking = map[string]bool{
	"fbclid": true, "gclid": true, "dclid": true, "msclkid": true, "mc_cid": true, "mc_eid": true, "igshid": true, "ref_src": true,
	"at_medium": true, "at_campaign": true, "ns_mchannel": true, "ns_source": true, "ns_campaign": true, "cmpid": true,
}

func isTracking(name string) bool {
	name = strings.ToLower(name)
	return tracking[name] || strings.HasPrefix(name, "utm_")
}

// maxAddressBytes is the longest address that is taken: none of a page is as long.
const maxAddressBytes = 4 << 10

// canonical makes one address of those that lead to one page, as far as the address alone
// tells: absolute, host in lower case, no default port, no fragment, no tracking. It is ""
// for what is no address on the web. A nil base takes absolute addresses only.
func canonical(base *url.URL, ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || len(ref) > maxAddressBytes {
		return ""
	}
	u, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return ""
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	u.Host = strings.ToLower(u.Host)
	if port := u.Port(); u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		u.Host = strings.TrimSuffix(u.Host, ":"+port)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = untracked(u.RawQuery)
	u.ForceQuery = false
	return u.String()
}

// untracked takes the tracking out of a query and leaves the rest as it is written.
func untracked(query string) string {
	if query == "" {
		return ""
	}
	kept := strings.Split(query, "&")
	n := 0
	for _, pair := range kept {
		name, _, _ := strings.Cut(pair, "=")
		if !isTracking(name) {
			kept[n] = pair
			n++
		}
	}
	return strings.Join(kept[:n], "&")
}
