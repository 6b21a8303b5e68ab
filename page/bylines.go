package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// byline is who signs an article.
type byline struct {
	people   []string
	roles    map[string]string // of people, as written
	agencies []string
	others   []string // desks, outlets and the like
}

// bylineHeads stand before the names on a byline; the longest that fits is cut off.
var bylineHeads = []string{
	"story by", "written by", "reported by", "published by", "posted by", "words by", "edited by", "reporting by", "additional reporting by", "all articles by", "analysis by", "review by", "opinion by", "interview by", "text by", "by",
	"author:", "authors:", "text:", "from:", "reporting:", "with files from", "with reporting from",
	"von", "ein artikel von", "ein kommentar von", "eine analyse von", "autor:", "autorin:", "autoren:", "aus", "par", "propos recueillis par", "por", "di", "door", "av", "af", "autor", "autorin", "tekst:",
}

// roleWords are what a byline says people are.
var roleWords = set("staff reporter reporters editor editors correspondent correspondents writer writers contributor contributors contributing columnist columnists author producer producers journalist journalists photographer anchor host analyst critic fellow intern freelance freelancer senior chief deputy associate assistant managing executive special political politics business sports sport health science technology tech crime court education foreign national international investigative digital city local regional bureau redakteur redakteurin redaktor redaktorin reporterin korrespondent korrespondentin volontär volontärin autor autorin chefredakteur leiter ressort journaliste rédacteur rédactrice redactor redactora periodista giornalista redacteur journalistin")

// deskWords are the words of signatures that are no person's.
var deskWords = set("staff desk team newsroom news redaktion redazione rédaction redaccion redacción redactie redaktionen online newsdesk editorial board web agency agencies wire wires service services media network press digital verlag zeitung magazine tv radio")

// nobody are accounts that stand where an author should.
var nobody = set("admin administrator webmaster root guest anonymous unknown none null wordpress")

// newsAgencies are the news agencies that bylines name, folded to lower case.
var newsAgencies = agencySet(`ap|the associated press|associated press|ap news|reuters|thomson reuters|afp|agence france presse|afp com|afp news|dpa|deutsche presse agentur|dpa afx|apa|austria presse agentur|sda|keystone sda|awp|ansa|adnkronos|efe|agencia efe|europa press|tass|itar tass|ria novosti|interfax|xinhua|pa|pa media|press association|upi|united press international|ani|pti|press trust of india|ians|anadolu|anadolu agency|dha|iha|yonhap|yonhap news|kyodo|kyodo news|jiji|jiji press|lusa|belga|anp|ritzau|ntb|stt|cna|the canadian press|canadian press|aap|australian associated press|epd|kna|afx|pap|ctk|čtk|tasr|mti|agerpres|notimex|telam|bernama|antara|knr|cnw|ukrinform|unian|bta|dpa infocom|national news agency|news agencies|agencies|wire services`)

func agencySet(list string) map[string]bool {
	m := map[string]bool{}
	for name := range strings.SplitSeq(list, "|") {
		m[name] = true
	}
	return m
}

// nameJoints stand between names.
var nameJoints = strings.NewReplacer(" and ", ",", " & ", ",", " with ", ",", " und ", ",", " et ", ",", " y ", ",", " e ", ",", " en ", ",", " och ", ",", " og ", ",", " und\u00a0", ",", ";", ",", "/", ",", "、", ",", "，", ",", "\n", ",")

// names returns who a byline names: its people, or else its agencies and desks.
func names(line string) []string {
	var b byline
	b.add(line)
	return b.signers()
}

// signers are the people of b, or what else signs it when no person does.
func (b *byline) signers() []string {
	if len(b.people) > 0 {
		return b.people
	}
	return slices.Concat(b.agencies, b.others)
}

// add reads one line or one value of a byline, such as "By Rea Lind and Tom Okafor,
// Staff Writers | Associated Press".
func (b *byline) add(line string) {
	if len(line) > 400 {
		return
	}
	line = strings.TrimSpace(line)
	for segment := range strings.FieldsFuncSeq(line, func(r rune) bool { return strings.ContainsRune("|•·", r) }) {
		b.segment(strings.TrimSpace(segment))
	}
}

func (b *byline) segment(s string) {
	s = cutHead(s)
	if _, isDate := dateLine(s); isDate {
		return
	}
	var last []string // the people that a role behind them is of
	for part := range strings.SplitSeq(nameJoints.Replace(s), ",") {
		if at := strings.IndexByte(part, '('); at >= 0 { // initials, agencies: "Rea Lind (dpa)"
			if in, _, ok := strings.Cut(part[at+1:], ")"); ok && newsAgencies[foldAll(in)] {
				b.agency(in)
			}
			part = part[:at]
		}
		for _, of := range []string{" for The ", " for the ", " for ", " of The ", " via ", " - ", " – ", " — "} {
			if name, rest, ok := strings.Cut(part, of); ok && newsAgencies[strings.TrimPrefix(foldAll(rest), "the ")] {
				b.agency(rest)
				part = name
			}
		}
		if person := b.part(squeeze(cutHead(strings.TrimSpace(part))), last); person != "" {
			if b.hadRole(last) {
				last = last[:0]
			}
			last = append(last, person)
		}
	}
}

// hadRole reports whether the people before have a role already: the next one begins a
// new group.
func (b *byline) hadRole(people []string) bool {
	return len(people) > 0 && b.roles[people[0]] != ""
}

// part reads one name, agency or role. It returns the name of a person.
func (b *byline) part(s string, before []string) string {
	folded := foldAll(s)
	if s == "" || len(s) > 80 || nobody[folded] {
		return ""
	}
	if newsAgencies[folded] {
		b.agency(s)
		return ""
	}
	if last := folded[strings.LastIndexByte(folded, ' ')+1:]; isRole(folded) || len(before) > 0 && roleWords[last] {
		if first, _, _ := strings.Cut(s, " "); newsAgencies[foldAll(first)] {
			b.agency(first) // "AP National Writer"
		}
		b.giveRole(before, s)
		return ""
	}
	if isDesk(folded) {
		if isName(s) && !contains(b.others, s) {
			b.others = append(b.others, s)
		}
		return ""
	}
	name, role := splitRole(s)
	if role != "" && name == strings.ToUpper(name) && len(name) <= 5 { // "CNN Business"
		b.giveRole(before, s)
		return ""
	}
	if !isName(name) {
		return ""
	}
	for _, have := range b.people {
		if foldAll(have) == foldAll(name) {
			return have
		}
	}
	b.people = append(b.people, name)
	if role != "" {
		b.giveRole([]string{name}, role)
	}
	return name
}

// giveRole keeps the role of people who have none yet.
func (b *byline) giveRole(people []string, role string) {
	for _, name := range people {
		if b.roles == nil {
			b.roles = map[string]string{}
		}
		if b.roles[name] == "" {
			b.roles[name] = role
		}
	}
}

func (b *byline) agency(name string) {
	name = squeeze(name)
	for _, have := range b.agencies {
		if strings.TrimPrefix(foldAll(have), "the ") == strings.TrimPrefix(foldAll(name), "the ") {
			return
		}
	}
	b.agencies = append(b.agencies, name)
}

// cutHead takes "By" and the like off the beginning of s.
func cutHead(s string) string {
	longest := 0
	for _, head := range bylineHeads {
		if len(head) > longest && len(s) > len(head) && strings.EqualFold(s[:len(head)], head) && strings.IndexByte(" :\u00a0", s[len(head)]) >= 0 {
			longest = len(head)
		} else if len(head) > longest && strings.HasSuffix(head, ":") && len(s) > len(head) && strings.EqualFold(s[:len(head)], head) {
			longest = len(head)
		}
	}
	return strings.TrimLeft(s[longest:], " :\u00a0")
}

// isRole reports whether all of s, folded, says what somebody is.
func isRole(folded string) bool {
	has := false
	for w := range strings.SplitSeq(folded, " ") {
		if roleWords[w] {
			has = true
		} else if !deskWords[w] && !roleJoints[w] {
			return false
		}
	}
	return has
}

var roleJoints = set("and of the at for our in to an a")

// isDesk reports whether a signature, folded, is that of an organization.
func isDesk(folded string) bool {
	for w := range strings.SplitSeq(folded, " ") {
		if deskWords[w] {
			return true
		}
	}
	return false
}

// splitRole cuts a role off either end of "Health Reporter Rea Lind".
func splitRole(s string) (name, role string) {
	words := strings.Fields(s)
	isRoleWord := func(w string) bool { return roleWords[strings.ToLower(strings.Trim(w, ".,:"))] }
	head := 0
	for head < len(words) && isRoleWord(words[head]) {
		head++
	}
	tail := len(words)
	for tail > head && isRoleWord(words[tail-1]) {
		tail--
	}
	role = strings.Join(slices.Concat(words[:head], words[tail:]), " ")
	return strings.Join(words[head:tail], " "), strings.Trim(role, ".,:")
}

// isName reports whether s could be a name: a few words, the first with a capital,
// none of them an address or a number.
func isName(s string) bool {
	if s == "" || len(s) > 60 || strings.ContainsAny(s, "@0123456789:?!<>{}=…") || strings.Contains(s, "http") || strings.Contains(s, "www.") {
		return false
	}
	words := strings.Fields(s)
	if len(words) > 6 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}

func contains(list []string, s string) bool {
	for _, have := range list {
		if strings.EqualFold(have, s) {
			return true
		}
	}
	return false
}

// bylineOf puts the places together that say who signs a page: JSON-LD, meta elements,
// the byline that it shows, and what an extractor has found, in this order. The first
// that names a person wins; the site itself is nobody unless nobody else signs.
func bylineOf(site string, places ...[]string) byline {
	var all byline
	for i, place := range places {
		if i == len(places)-1 && len(all.signers()) > 0 {
			break // the extractor's guess is for pages that tell nothing themselves
		}
		var b byline
		for _, value := range place {
			if value != "" && !sameWords(value, site) {
				b.add(value)
			} else if value != "" && !contains(all.others, value) {
				all.others = append(all.others, value)
			}
		}
		if len(b.agencies) > 0 {
			// "Reuters, Northwick": the place that the agency writes from.
			b.people = slices.DeleteFunc(b.people, func(name string) bool { return !strings.Contains(name, " ") && name[0] < utf8.RuneSelf })
		}
		for _, a := range b.agencies {
			all.agency(a)
		}
		if len(all.people) == 0 {
			all.people, all.roles = b.people, b.roles
		} else {
			all.addRoles(b.roles)
		}
		for _, o := range b.others {
			if !contains(all.others, o) {
				all.others = append(all.others, o)
			}
		}
	}
	return all
}

// addRoles takes over the roles that another place tells of the same people.
func (b *byline) addRoles(roles map[string]string) {
	for _, name := range b.people {
		if role := roles[name]; role != "" {
			b.giveRole([]string{name}, role)
		}
	}
}
