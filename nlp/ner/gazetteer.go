package ner

import (
	"strings"
	"unicode/utf8"

	"quoth/nlp"
	"quoth/nlp/lexicon"
	"quoth/nlp/linear"
)

// What the table of names says of a word or a run of words. The lowest eight bits are
// the kinds of lexicon.Names, the only ones that runs of several words have.
const (
	fullName   = 1<<8 - 1
	givenName  = 1 << 8
	surname    = 1 << 9  // among the most frequent surnames
	commonName = 1 << 10 // among the most frequent of them
	manTitle   = 1 << 11
	womanTitle = 1 << 12
	honorific  = 1 << 13
	role       = 1 << 14
	month      = 1 << 15
	weekday    = 1 << 16
	legalForm  = 1 << 17 // Inc., GmbH
	currency   = 1 << 18
	magnitude  = 1 << 19 // million
	anyTitle   = manTitle | womanTitle | honorific | role
	goesOn     = 1 << 31 // a longer run begins with this one
)

// How many surnames are in the table, and how many of them are common. Twice as many
// changed F1 on Worldwide dev by less than 0.1.
const (
	surnames       = 6_000
	commonSurnames = 2_000
)

// maxRun is the number of words of the longest run that is looked up.
const maxRun = 7

// A run's key is that of its first word, with each further word mixed in. Hyphens are
// left out, so that it does not matter whether they stand alone.
func runStart(lower uint64) uint64          { return nlp.Mix(0x6e616d65, lower) }
func runOn(run uint64, lower uint64) uint64 { return nlp.Mix(run, lower) }

var closedWords = map[uint32]string{
	month: "january february march april may june july august september october november december " +
		"jan jan. feb feb. mar. apr apr. aug aug. sep sep. sept sept. oct oct. nov nov. dec dec.",
	weekday: "monday tuesday wednesday thursday friday saturday sunday mon. tue. tues. wed. thu. thurs. fri. sat. sun.",
	legalForm: "inc inc. incorporated corp corp. corporation co co. company ltd ltd. limited llc l.l.c. llp lp plc " +
		"gmbh ag kg se s.a. sa s.p.a. spa nv n.v. b.v. bv ab oy asa pty pte bhd berhad sdn holdings group",
	currency: "$ us$ a$ c$ nz$ hk$ r$ s$ € £ ¥ ₹ ₦ ₡ dollar dollars euro euros pound pounds cents cent rupee rupees yen yuan " +
		"rand peso pesos naira shilling shillings ringgit baht won real franc francs usd eur gbp rm rs rs. birr riyals dinars dirhams",
	magnitude: "hundred thousand million billion trillion lakh crore m bn k mn hundreds thousands millions billions",
}

// printedPlaces are forms that no list has: abbreviations of American states, parts of
// the world and of towns, as newspapers write them. Own list.
const printedPlaces = "Ala.|Ariz.|Ark.|Calif.|Colo.|Conn.|Del.|Fla.|Ga.|Ill.|Ind.|Kan.|Ky.|La.|Md.|Mass.|Mich.|Minn.|Miss.|Mo.|Mont.|Neb.|Nev.|N.H.|N.J.|N.M.|N.Y.|N.C.|N.D.|Okla.|Ore.|Pa.|R.I.|S.C.|S.D.|Tenn.|Tex.|Vt.|Va.|Wash.|W.Va.|Wis.|Wyo.|D.C.|Washington, D.C.|New York City|U.S.|U.S.A.|U.K.|U.A.E.|England|Scotland|Wales|Northern Ireland|Britain|America|Africa|Asia|Europe|Middle East|Latin America|South America|North America|Central America|West Bank|Gaza|Gaza Strip|Palestine|Tibet|Kashmir|Brooklyn|Manhattan|Queens|Bronx|Staten Island|Hollywood|Silicon Valley|Capitol Hill|New England|Midwest|Southeast Asia|Sub-Saharan Africa|Balkans|Caribbean|Gulf|Pacific|Atlantic|Mediterranean|Arctic|Antarctica"

// gazetteer makes the table of names from the lists of quoth/nlp/lexicon.
func gazetteer() ([]byte, error) {
	m := map[uint64]uint32{}
	word := func(w string, what uint32) { m[runStart(nlp.Hash(w))] |= what }
	for w := range lexicon.GivenNames() {
		word(w, givenName)
	}
	n := 0
	for w := range lexicon.Surnames() {
		if n++; n > surnames {
			break
		}
		word(w, surname)
		if n <= commonSurnames {
			word(w, commonName)
		}
	}
	titles := map[lexicon.TitleKind]uint32{lexicon.FemaleTitle: womanTitle, lexicon.MaleTitle: manTitle, lexicon.Honorific: honorific, lexicon.RoleTitle: role}
	for w, kind := range lexicon.Titles() {
		word(w, titles[kind])
	}
	for what, list := range closedWords {
		for w := range strings.FieldsSeq(list) {
			word(w, what)
		}
	}
	for kind, name := range lexicon.Names() {
		if kind == lexicon.CityName && (strings.Contains(name, " ") || len(name) < 4 || !isASCII(name)) {
			continue // of little use, measured on Worldwide dev, and a fourth of the table
		}
		addRun(m, name, 1<<kind)
	}
	for name := range strings.SplitSeq(printedPlaces, "|") {
		addRun(m, name, 1<<lexicon.RegionName)
	}
	return linear.FreezeTable(m)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// addRun puts a name of one or more words into m.
func addRun(m map[uint64]uint32, name string, what uint32) {
	name = strings.NewReplacer("-", " ", ",", " , ", "'s", " 's", "’", "'").Replace(strings.ToLower(name))
	words := strings.Fields(name)
	if len(words) > maxRun {
		return
	}
	var run uint64
	for i, w := range words {
		if i == 0 {
			run = runStart(nlp.Hash(w))
		} else {
			m[run] |= goesOn
			run = runOn(run, nlp.Hash(w))
		}
	}
	m[run] |= what
}

// The gazetteers' word on a token within a document: bits of the table for the token
// alone above, and per kind of full name its place in the longest run, here.
const (
	nameBegins = 0  // bits 0 to 7: a run of several words of that kind begins here
	nameGoesOn = 8  // bits 8 to 15: goes on or ends
	nameAlone  = 16 // bits 16 to 23: one word alone
	wordBits   = 24 // what the table says of the word, from givenName on
)

// match sets gaz of words to what the table of names says.
func (sc *scratch) match(names linear.Table) {
	words := sc.words
	for t := pad; t < len(words)-pad; t++ {
		w := &words[t]
		if w.plain {
			continue
		}
		run := runStart(w.lower)
		found := names.Get(run)
		w.gaz |= uint64(found&^goesOn>>8) << wordBits
		if w.how&capital == 0 {
			continue
		}
		sc.matchRun(names, t, run, found)
	}
}

// matchRun marks the longest full name that begins at t with the given first word.
func (sc *scratch) matchRun(names linear.Table, t int, run uint64, found uint32) {
	words := sc.words
	longest, kinds := t, found&fullName
	for i, n := t+1, 1; found&goesOn != 0 && i < len(words)-pad && n < maxRun; i++ {
		if words[i].lower == hyphen {
			continue
		}
		run = runOn(run, words[i].lower)
		n++
		if found = names.Get(run); found&fullName != 0 {
			longest, kinds = i, found&fullName
		}
	}
	if kinds == 0 {
		return
	}
	if longest == t {
		words[t].gaz |= uint64(kinds) << nameAlone
		return
	}
	words[t].gaz |= uint64(kinds) << nameBegins
	for i := t + 1; i <= longest; i++ {
		words[i].gaz |= uint64(kinds) << nameGoesOn
	}
}
