package people

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quoth"
	"quoth/wording"
)

// Some names are spelt in several ways that mean the same: "George H.W." and "George HW", "F.B.I." and "FBI", "U.S. Senate" and
// "United States Senate", "Department of Labor" and "Labor Department". A key is one of them, and all are looked up.

// nations are names that are as often told by their initials, in any article. Of those that begin alike the longest comes first.
var nations = []struct{ short, long string }{
	{"us", "united states of america"}, {"us", "united states"}, {"us", "usa"}, {"un", "united nations"}, {"uk", "united kingdom"}, {"eu", "european union"},
}

// bodies are what may stand last in a name or, with "of", first.
var bodies = []string{"department", "ministry"}

// keyOf is the folded name that a party is looked up by: without an article and titles, its initials as one word, and one
// of the ways in which an organization is spelt.
func keyOf(name string, kind quoth.PartyKind) string {
	key := strings.Join(joined(wordsOf(name, kind)), " ")
	if kind != quoth.OrganizationParty {
		return key
	}
	for _, n := range nations {
		if rest, ok := strings.CutPrefix(key, n.long); ok && (rest == "" || rest[0] == ' ') {
			key = n.short + rest
			break
		}
	}
	nation, rest := ofNation(key)
	for _, body := range bodies {
		if of, ok := strings.CutPrefix(rest, body+" of "); ok {
			return nation + strings.TrimPrefix(of, "the ") + " " + body
		}
	}
	return key
}

// wordsOf are the folded words of a name without an article and titles.
func wordsOf(name string, kind quoth.PartyKind) []string {
	words := strings.Fields(wording.Fold(name))
	for len(words) > 1 && (words[0] == "the" || kind == quoth.PersonParty && isTitle(words[0]) && (len(words) > 2 || words[0] != "lady")) { // Lady Zora is a whole name
		words = words[1:]
	}
	return words
}

// isTitle reports whether a word before a name is no part of it.
func isTitle(word string) bool {
	return slices.Contains([]string{"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "lord", "lady"}, word)
}

// joined makes one word of the initials that follow one another.
func joined(words []string) []string {
	var out []string
	for i, w := range words {
		if i > 0 && utf8.RuneCountInString(w) == 1 && utf8.RuneCountInString(words[i-1]) == 1 {
			out[len(out)-1] += w
			continue
		}
		out = append(out, w)
	}
	return out
}

// ofNation parts a key from the "us " that it begins with.
func ofNation(key string) (nation, rest string) {
	if rest, ok := strings.CutPrefix(key, "us "); ok {
		return "us ", rest
	}
	return "", key
}

// spellings are the folded names by which the record may call a party of this name and key.
func spellings(name, key string, kind quoth.PartyKind) []string {
	all := []string{key, strings.Join(wordsOf(name, kind), " ")}
	if kind == quoth.OrganizationParty {
		nation, rest := ofNation(key)
		for _, body := range bodies {
			if of, ok := strings.CutSuffix(rest, " "+body); ok {
				all = append(all, nation+body+" of "+of, nation+body+" of the "+of)
			}
		}
		for _, k := range slices.Clone(all) {
			for _, n := range nations {
				if rest, ok := strings.CutPrefix(k, n.short); ok && (rest == "" || rest[0] == ' ') {
					all = append(all, n.long+rest)
				}
			}
		}
	}
	if initials := initialsOf(name); len(initials) > 0 || strings.HasPrefix(key, "us ") {
		for _, k := range slices.Clone(all) {
			words := strings.Fields(k)
			for i, w := range words {
				if initials[w] || i == 0 && w == "us" {
					words[i] = strings.Join(strings.Split(w, ""), " ")
				}
			}
			all = append(all, strings.Join(words, " "))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// maxInitials is the largest number of letters that are read as initials.
const maxInitials = 6

// initialsOf are the words of a name, folded, that are nothing but capitals: initials may be spelt with points or without.
func initialsOf(name string) map[string]bool {
	var out map[string]bool
	for _, w := range strings.Fields(name) {
		letters := strings.ReplaceAll(w, ".", "")
		if n := utf8.RuneCountInString(letters); n < 2 || n > maxInitials || strings.ContainsFunc(letters, func(r rune) bool { return !unicode.IsUpper(r) }) {
			continue
		}
		if out == nil {
			out = map[string]bool{}
		}
		out[strings.ToLower(letters)] = true
	}
	return out
}

// isHandle reports whether a name is that of an account, which nobody shares.
func isHandle(name string) bool { return strings.HasPrefix(name, "@") }

// named are the candidates of a kind whom articles call by a name, given by its spellings and key.
func named(p party, candidates map[string][]candidate) []candidate {
	var all []candidate
	for _, spelling := range p.spellings {
		for _, c := range ofKind(candidates[spelling], p.kind, func(key string) bool { return key == p.key }) {
			if !slices.ContainsFunc(all, func(o candidate) bool { return o.ID == c.ID }) {
				all = append(all, c)
			}
		}
	}
	return all
}

// isEverywhere reports whether there is such an organization in every country or town, so that the key alone names none:
// "Foreign Ministry", "City Council". Those that the press of the United States means its own by are names.
func isEverywhere(key string) bool {
	if body, ok := strings.CutSuffix(key, " ministry"); ok {
		return !slices.ContainsFunc(strings.Fields(body), func(w string) bool { return !ministries[w] })
	}
	return everywhere[key]
}

// ministries are the words that ministries are called by, everywhere the keys of such bodies.
var (
	ministries = phrases(`foreign; defense; defence; interior; justice; finance; treasury; health; education; energy; trade; transport; agriculture; environment;
		culture; labor; labour; economy; economic; information; intelligence; security; public; national; emergencies; affairs; and; external;
		internal; development; planning`)
	everywhere = phrases(`administration; agency; appeals court; assembly; attorney general s office; authorities; authority; bank; board; board of supervisors;
		bureau; cabinet; central bank; church; circuit court; city; city council; city hall; college; commission; committee; company; council; country;
		county; county council; court; court of appeals; crown; department; district attorney s office; district court; election commission; fire department;
		government; governor s office; health department; high court; hospital; internet; legislature; mayor s office; media; ministry; national assembly;
		opposition; parliament; party; police; police department; presidency; president; press; prosecutor s office; school; school board; sheriff s department;
		sheriff s office; state; state legislature; state police; states; superior court; team; union; university`)
)

func phrases(list string) map[string]bool {
	out := map[string]bool{}
	for phrase := range strings.SplitSeq(list, ";") {
		out[strings.Join(strings.Fields(phrase), " ")] = true
	}
	return out
}
