package tokenize

import (
	"strings"

	"quoth/nlp/lexicon"
)

// The lists are hand-made after counts over UD EWT train and GUM train (open part).
const (
	// prefixes stay with what follows their hyphen: UD EWT and GUM split at any other.
	prefixList = `ante anti arch auto bi bio co contra counter cross de dis e em en ex extra fore hyper infra
		inter intra macro mega meta micro mid mini mis mono multi neo non over para pan post pre pro proto pseudo
		psycho quasi re semi socio sub super trans tri ultra un uni`
	endingList = `com org net gov edu mil int info biz name io co tv me us uk ca au de fr eu ru cn jp in nz ie
		ch nl se no es it br mx za il ly be to fm am gl html htm php asp aspx jsp pdf doc docx xls xlsx ppt pptx
		txt csv jpg jpeg png gif zip exe mp3 mp4 xml js`
	unitList = `am pm a.m p.m a.m. p.m. mm cm km m kg g mg lb lbs oz ft in k bn b mn tn t mph kph mpg hz khz mhz ghz kb
		mb gb tb kw mw gw kwh mwh hr hrs min mins sec secs yd yds sq mi ml x est edt pst pdt
		million billion trillion percent`
	elisionList = `em til till tis twas cause bout n cuz coz round neath fore`
	starterList = `the a an this that these those he she it they we you i there here but and or so if when while
		after before as in on at by for from with although though however meanwhile still yet then now what who why
		how where his her its their our my your some many most all no not one two three according asked also
		another both each even every few last next once since such until yes did do does is are was were has have
		had will would can could may might should let more nor only perhaps despite during because under over`
	speechList = `said says say asked asks replied replies answered answers added adds told tells shouted shouts
		yelled yells cried cries exclaimed exclaims wondered wonders tweeted tweets wrote writes declared declares
		continued continues responded responds insisted insists demanded demands screamed screams joked jokes
		quipped quips recalled recalls remarked remarks noted notes thought thinks chanted chants whispered
		queried muttered snapped read reads went goes concluded concludes explained explains countered retorted
		inquired begged pleaded roared bellowed mused argued argues warned warns posted began begins
		reported commented stated announced announces`
	// numberedList are nouns that Roman numbers follow.
	numberedList = `war title type class phase part article section division volume chapter level stage tier group schedule
		act book grade category appendix annex round case table figure charles elizabeth`
)

// newLists makes the lists.
func newLists() *lists {
	l := &lists{
		abbreviations: lexicon.Abbreviations(), prefixes: set(prefixList), endings: set(endingList), units: set(unitList),
		elisions: set(elisionList), starters: set(starterList), speech: set(speechList), numbered: set(numberedList),
		joined: map[string]int{
			"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3, "gimme": 3, "lemme": 3, "outta": 3,
			"dont": 2, "doesnt": 4, "didnt": 3, "isnt": 2, "wasnt": 3, "arent": 3, "werent": 4, "havent": 4, "hasnt": 3, "hadnt": 3,
			"couldnt": 5, "wouldnt": 5, "shouldnt": 6, "aint": 2, "wont": 2, "cant": 2, "thats": 4, "ive": 1, "youre": 3, "theyre": 4, "im": 1,
		},
	}
	return l
}

func set(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}
