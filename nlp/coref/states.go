package coref

import (
	"cmp"
	"strings"

	"quoth"
	"quoth/nlp"
)

// stateNames are those of the United States, with the abbreviations of the press and of the post: American
// news tells members of Congress apart by them. Washington is mostly the city.
const stateNames = `Alabama|Ala.|AL Alaska|AK Arizona|Ariz.|AZ Arkansas|Ark.|AR California|Calif.|CA Colorado|Colo.|CO Connecticut|Conn.|CT
	Delaware|Del.|DE Florida|Fla.|FL Georgia|Ga.|GA Hawaii|HI Idaho|ID Illinois|Ill.|IL Indiana|Ind.|IN Iowa|IA Kansas|Kan.|KS Kentucky|Ky.|KY
	Louisiana|La.|LA Maine|ME Maryland|Md.|MD Massachusetts|Mass.|MA Michigan|Mich.|MI Minnesota|Minn.|MN Mississippi|Miss.|MS Missouri|Mo.|MO
	Montana|Mont.|MT Nebraska|Neb.|NE Nevada|Nev.|NV New_Hampshire|N.H.|NH New_Jersey|N.J.|NJ New_Mexico|N.M.|NM New_York|N.Y.|NY
	North_Carolina|N.C.|NC North_Dakota|N.D.|ND Ohio|OH Oklahoma|Okla.|OK Oregon|Ore.|OR Pennsylvania|Pa.|PA Rhode_Island|R.I.|RI
	South_Carolina|S.C.|SC South_Dakota|S.D.|SD Tennessee|Tenn.|TN Texas|Tex.|TX Utah|UT Vermont|Vt.|VT Virginia|Va.|VA
	West_Virginia|W.Va.|WV Wisconsin|Wis.|WI Wyoming|Wyo.|WY`

// makeStates returns the keys of states by all their names, and their names by key; see placeOf.
func makeStates() (byName map[string]uint64, names map[uint64]string) {
	byName, names = map[string]uint64{}, map[uint64]string{}
	for forms := range strings.FieldsSeq(stateNames) {
		key := uint64(0)
		for i, form := range strings.Split(strings.ReplaceAll(forms, "_", " "), "|") {
			if i == 0 {
				key = placeOf(strings.Fields(form))
				names[key] = strings.ToLower(form)
			}
			byName[form] = key
		}
	}
	return byName, names
}

// otherPlace is the key of a place by its words; where these begin as a state does and are not its people,
// "India" and "Kent" beside Indiana and Kentucky, it is not the state's.
func (s *Stage) otherPlace(words []string) uint64 {
	key := placeOf(words)
	if state := s.stateNames[key]; state != "" {
		name := strings.ToLower(strings.Join(words, " "))
		if stem := state[:len(state)-1]; !strings.HasPrefix(name, stem) || name == stem || name == "indian" {
			return nlp.Mix(19, key)
		}
	}
	return key
}

// placeOf is the same for a place and its people: "Canada", "Canadian".
func placeOf(words []string) uint64 {
	key := uint64(0)
	for _, w := range words {
		w = strings.ToLower(w)
		if other := countries[w]; other != "" {
			w = other
		}
		key = nlp.Mix(key, nlp.Hash(w[:min(len(w), len("cana"))]))
	}
	return key
}

// countries are words for peoples that do not begin as their countries do, and for places that begin
// as others do.
var countries = map[string]string{"french": "france", "spanish": "spain", "dutch": "netherlands", "danish": "denmark", "swiss": "switzerland", "british": "uk",
	"britain": "uk", "u.k.": "uk", "polish": "poland", "finnish": "finland", "irish": "ireland", "filipino": "philippines", "welsh": "wales", "american": "us",
	"america": "us", "u.s.": "us", "australia": "oz", "australian": "oz", "nigeria": "ng", "nigerian": "ng", "colombia": "col", "colombian": "col", "mississippi": "ms", "slovenia": "svn", "slovenian": "svn", "slovene": "svn",
	"turkmenistan": "tm", "turkmen": "tm", "malawi": "mw", "malawian": "mw", "mauritius": "mu", "mauritian": "mu", "greenland": "gl", "greenlandic": "gl"}

// findHomes notes of whom the text says so beside the name which party and state they are of: "Zoë Hale
// (D-Ohio)", "Tobin Marsh, R-Ky.,", "Democrat Zoë Hale". The parties of presidents are known.
func (sc *scratch) findHomes() {
	d := sc.d
	for i, p := range sc.partyOf {
		if p < 0 || sc.parties[p].kind != quoth.PersonParty {
			continue
		}
		q := &sc.parties[p]
		if k := sc.names[i].First - 1; k >= 0 && wings[d.Word(k)] != noWing {
			q.wing = wings[d.Word(k)]
		} else if q.wing == noWing && (q.parts > 1 || aloneInOffice[q.last]) && sc.hasNameOfPresident(q) {
			q.wing = wingOfPresident(q.last)
		}
		t := sc.names[i].Past
		if t+3 >= len(d.Tokens) || d.Word(t) != "(" && d.Word(t) != "," && d.Word(t) != "-" || d.Word(t+2) != "-" && d.Word(t+2) != "–" {
			continue
		}
		side := sides[d.Word(t+1)]
		if side == noWing {
			continue
		}
		q.wing = side
		past := t + 4
		if past < len(d.Tokens) && !d.Tokens[past].Flags.Has(nlp.IsPunct) { // "N. Carolina", "W. Va.", "New York"
			past++
		}
		for ; past > t+3; past-- {
			from := d.Tokens[t+3].Start
			name := d.Text[from:d.Tokens[past-1].End]
			if key := cmp.Or(sc.states[name], sc.states[strings.ReplaceAll(name, " ", "")]); key != 0 {
				q.home = key
				break
			}
		}
	}
}

// sides are the letters by which American news names parties.
var sides = map[string]wing{"R": republican, "D": democratic, "I": otherWing}

// isFromElsewhere reports whether place is a state of the United States and person p is of another.
func (sc *scratch) isFromElsewhere(p int32, place uint64) bool {
	home := sc.parties[p].home
	return home != 0 && home != place && sc.stateNames[place] != ""
}
