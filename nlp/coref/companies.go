package coref

import (
	"math"
	"slices"
	"strings"

	"quoth"
	"quoth/nlp"
	"quoth/nlp/lexicon"
)

// companyReach is how many sentences back "the company" is looked for.
const companyReach = 3

// Weights of what speaks for the organization that "the company" means. Set by hand on the marks of recipes/news; least is
// what the best has to have, and lead by how much it has to lead.
const (
	companySubject = 1.5
	companySource  = 1
	companyNear    = 1   // in the same sentence or the one before
	companyCount   = 0.5 // for each mention in the article, up to maxCompanyCount
	companyList    = -1.5
	companyLast    = 0.5 // named last
	companyLeast   = 2
	companyLead    = 1

	maxCompanyCount = 5
)

// salientCompany returns the organization that reference i, "the company", means: that of the one who says so,
// "Lodestar CEO Zoë Hale said …", or the one that the sentences before are most about, -1 when several are.
func (sc *scratch) salientCompany(i int, isSuch func(p *party) bool) int32 {
	r := &sc.refs[i]
	var found []int32
	var scores []float64
	for k, n := i-1, 0; k >= 0 && n < maxCandidates && r.sent-sc.refs[k].sent <= companyReach; k, n = k-1, n+1 {
		c := &sc.refs[k]
		if c.party < 0 || !c.isName {
			continue
		}
		p := &sc.parties[c.party]
		if p.kind != quoth.OrganizationParty || p.isPlace || p.isPlural || !isSuch(p) {
			continue
		}
		if r.content > 0 && slices.ContainsFunc(sc.d.Attributions[r.content-1].Source, func(s nlp.TokenRange) bool { return s.Contains(int(c.tok)) }) {
			return c.party
		}
		score := companyCount * float64(min(p.count, maxCompanyCount))
		if c.isSubject {
			score += companySubject
		}
		if c.isSource {
			score += companySource
		}
		if r.sent-c.sent <= 1 {
			score += companyNear
		}
		if sc.isConjoined(int(c.tok)) {
			score += companyList
		}
		if len(found) == 0 {
			score += companyLast
		}
		if p.count < 2 && !c.isSubject && !c.isSource {
			score = 0 // mentioned in passing
		}
		if at := slices.Index(found, c.party); at >= 0 {
			scores[at] = max(scores[at], score)
			continue
		}
		found, scores = append(found, c.party), append(scores, score)
	}
	best, second := -1, math.Inf(-1)
	for k, score := range scores {
		switch {
		case best < 0 || score > scores[best]:
			if best >= 0 {
				second = scores[best]
			}
			best = k
		default:
			second = max(second, score)
		}
	}
	if best < 0 || scores[best] < companyLeast || scores[best]-second < companyLead {
		return -1
	}
	return found[best]
}

// suchOrganizations tells which organizations the noun t may mean whatever they are called, nil for none: "the company",
// "the network", "the newspaper", "the agency".
func (sc *scratch) suchOrganizations(t int) func(p *party) bool {
	switch word := sc.d.Word(t); {
	case isCompanyNoun[word]:
		return sc.mayBeCompany
	case paperNouns[word]:
		return func(p *party) bool { return sc.isOutlet(p) && !sc.isOnAir(p) }
	case onAirNouns[word] && t > 0 && sc.d.Word(t-1) == "social":
		return sc.mayBeCompany
	case onAirNouns[word]:
		return func(p *party) bool { return sc.isOnAir(p) || broadcasters[strings.ToLower(sc.d.Word(p.name.Past-1))] }
	case channelNouns[word]:
		return sc.isOutlet
	case word == "agency":
		return sc.mayBeAgency
	case looseNouns[word]:
		return func(p *party) bool { return sc.mayBeCompany(p) && !sc.mayBeAgency(p) }
	}
	return nil
}

// spokeBefore returns the only organization that is named as who speaks or acts in the sentence before token t, or before it in its own, and
// which the noun t may mean: "The Lake Research Service said …. The organization said …". -1 without one.
func (sc *scratch) spokeBefore(t int) int32 {
	i, word := int(sc.refAt[t]), sc.d.Word(t)
	if i < 0 || !looseNouns[word] && word != "agency" {
		return -1
	}
	isSuch := sc.mayBeAgency
	if looseNouns[word] {
		isSuch = func(p *party) bool {
			last := strings.ToLower(sc.d.Word(p.name.Past - 1))
			return !politicalBodies[last] && (!sc.isOutlet(p) && word != "group" || sc.mayBeCompany(p) && !sc.mayBeAgency(p))
		}
	}
	found := int32(-1)
	for k := i - 1; k >= max(0, i-maxCandidates) && sc.refs[i].sent-sc.refs[k].sent <= 1; k-- {
		c := &sc.refs[k]
		if c.party < 0 || !c.isName || !c.isSource && !c.isSubject || c.party == found {
			continue
		}
		if p := &sc.parties[c.party]; p.kind != quoth.OrganizationParty || p.isPlace || p.isPlural || !isSuch(p) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = c.party
	}
	return found
}

// politicalBodies are last words of the names of what belongs to the state or to politics, and is not called an organization or a group.
var politicalBodies = nlp.WordSet("congress senate house court administration campaign government department ministry party committee police university college army navy")

// isOfNews reports whether the noun t is that of some news agency which is not named with it: "the news agency", "the wire service".
func (sc *scratch) isOfNews(t int) bool {
	return t > 1 && (sc.d.Lemmas[t-1] == "news" || sc.d.Lemmas[t-1] == "wire") && sc.d.Tokens[t-2].Lower == sc.hash.the
}

// isWire reports whether outlet p, by its name, is a news agency.
func (sc *scratch) isWire(p *party) bool {
	last := p.name.Past - 1
	return outletWords[strings.ToLower(sc.d.Word(last))] == lexicon.Wire && (last == p.name.First || sc.d.Word(last-1) == "Associated") ||
		last > p.name.First && strings.EqualFold(sc.d.Word(last), "agency") && strings.EqualFold(sc.d.Word(last-1), "news")
}

// lastOrganization returns the organization of which is is true that was named last before reference i, at most so many sentences back; -1 without
// one.
func (sc *scratch) lastOrganization(i int, reach int32, is func(p *party) bool) int32 {
	for k := i - 1; k >= max(0, i-maxCandidates) && sc.refs[i].sent-sc.refs[k].sent <= reach; k-- {
		c := &sc.refs[k]
		if c.party < 0 || !c.isName {
			continue
		}
		if p := &sc.parties[c.party]; p.kind == quoth.OrganizationParty && !p.isPlace && is(p) {
			return c.party
		}
	}
	return -1
}

// isCentralBank reports whether the noun t is that of "the central bank".
func (sc *scratch) isCentralBank(t int) bool {
	return sc.d.Lemmas[t] == "bank" && t > 0 && sc.d.Lemmas[t-1] == "central"
}

// mayBeCentralBank reports whether organization p, by its name, is one.
func (sc *scratch) mayBeCentralBank(p *party) bool {
	return centralBanks[strings.ToLower(sc.d.Word(p.name.Past-1))]
}

// centralBanks are last words of the names of central banks.
var centralBanks = nlp.WordSet("reserve fed bank ecb")

// isCompanyNoun has the nouns of companies.
var isCompanyNoun = nlp.WordSet(companyNouns)

// paperNouns, channelNouns and onAirNouns are nouns of outlets, which an article takes them up with.
var (
	paperNouns   = nlp.WordSet("newspaper paper magazine tabloid")
	channelNouns = nlp.WordSet("outlet publication website site")
	onAirNouns   = nlp.WordSet("network channel broadcaster station")
)

// broadcasters are last words of the names of channels, some of which papers have too.
var broadcasters = nlp.WordSet("news television tv network radio")

// isOnAir reports whether outlet p, by its name, is a channel or a news agency.
func (sc *scratch) isOnAir(p *party) bool {
	is := func(t int) bool {
		class := outletWords[strings.ToLower(sc.d.Word(t))]
		return class == lexicon.OnAir || class == lexicon.Wire
	}
	if last := p.name.Past - 1; last > p.name.First && sc.d.Word(last-1) == "Associated" {
		return true // other presses are papers
	}
	return is(p.name.First) && sc.d.Tokens[p.name.First].Flags.Has(nlp.IsUpper) || is(p.name.Past-1)
}

// isOutlet reports whether organization p, by its name, is a paper, a channel or a news agency.
func (sc *scratch) isOutlet(p *party) bool {
	last, first := strings.ToLower(sc.d.Word(p.name.Past-1)), strings.ToLower(sc.d.Word(p.name.First))
	return outletWords[last] != lexicon.NoOutlet || last == "today" || outletWords[first] != lexicon.NoOutlet && sc.d.Tokens[p.name.First].Flags.Has(nlp.IsUpper) // MNN Business
}

// mayBeAgency reports whether organization p, by its name, is an authority.
func (sc *scratch) mayBeAgency(p *party) bool {
	for t := p.name.First; t < p.name.Past; t++ {
		if agencyWords[strings.ToLower(sc.d.Word(t))] {
			return true
		}
	}
	return authorities[strings.ToLower(sc.d.Word(p.name.Past-1))] == lexicon.Agency
}

// agencyWords are words in the names of authorities.
var agencyWords = nlp.WordSet("agency administration bureau service commission authority department office board institute institutes center centers centre centres ministry council")

// mayBeCompany reports whether organization p, by its name, is no authority, club, house or outlet.
func (sc *scratch) mayBeCompany(p *party) bool {
	last := strings.ToLower(sc.d.Word(p.name.Past - 1))
	switch sc.words[nlp.Hash(last)].kind {
	case organizationNoun, groupNoun, documentNoun:
		return isCompanyNoun[last] || last == "bank"
	}
	return authorities[last] == lexicon.NoAuthority && !manyPapers[last] && !sc.isOnAir(p)
}
