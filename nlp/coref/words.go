package coref

import (
	"strings"

	"quoth/nlp"
	"quoth/nlp/lexicon"
)

// word is what the lists say of a word. The zero value says nothing.
type word struct {
	pron   pronoun
	kind   nounKind
	female bool
	male   bool
	// isBound marks nouns of persons that are somebody's (son, aide, spokesman): with
	// "the" they mean the one that was introduced so, and never just whoever is near.
	isBound bool
	// isOffice marks offices of which a place has one at a time: nobody is "the mayor" but
	// whom the article calls so.
	isOffice bool
	role     uint64 // hash of the role's plain form: "sen." and "senator" have the same
}

// pronoun is the class of a pronoun.
type pronoun uint8

const (
	notPronoun pronoun = iota
	he
	she
	it
	they
	first    // I
	firstPl  // we
	second   // you
	relative // who, that, which
	each     // both, each, the two
)

// nounKind is what kind of party a common noun names.
type nounKind uint8

const (
	otherNoun nounKind = iota
	humanNoun
	groupNoun // a collective of people, also in the singular
	organizationNoun
	documentNoun
	anonymousNoun // persons whom the press leaves unnamed: source, official
)

// The lists. Own lists of the project (Apache-2.0). Nouns are lemmas.
var pronounLists = map[pronoun]string{
	he:       "he him his himself",
	she:      "she her hers herself",
	it:       "it its itself",
	they:     "they them their theirs themselves themself",
	first:    "i me my mine myself",
	firstPl:  "we us our ours ourselves",
	second:   "you your yours yourself yourselves",
	relative: "who whom whose that which",
	each:     "both each",
}

const (
	femaleNouns = `woman girl mother mom mum daughter sister wife widow aunt niece grandmother grandma granddaughter
		girlfriend bride lady queen princess duchess actress waitress hostess heiress businesswoman congresswoman
		councilwoman assemblywoman chairwoman spokeswoman saleswoman policewoman stateswoman stewardess nun goddess
		mistress ex-wife stepmother stepdaughter schoolgirl songstress comedienne ballerina alderwoman anchorwoman
		frontwoman godmother motherinlaw matriarch midwife`
	maleNouns = `man boy father dad son brother husband widower uncle nephew grandfather grandpa grandson boyfriend
		groom gentleman king prince duke actor businessman congressman councilman assemblyman chairman spokesman
		salesman policeman statesman steward monk priest waiter ex-husband stepfather stepson schoolboy alderman
		anchorman frontman fireman fisherman godfather father-in-law brother-in-law son-in-law patriarch cowboy
		guy fellow lad`
	// boundNouns are persons who belong to somebody or stand for somebody.
	boundNouns = `mother mom mum daughter sister wife widow aunt niece grandmother grandma granddaughter girlfriend
		father dad son brother husband widower uncle nephew grandfather grandpa grandson boyfriend ex-wife
		ex-husband stepmother stepfather parent child sibling cousin relative friend neighbor neighbour colleague
		spokesman spokeswoman spokesperson aide assistant adviser advisor lawyer attorney representative supporter
		critic opponent rival fan follower partner spouse manager agent publicist biographer victim witness suspect
		defendant plaintiff source official person anyone man woman boy girl student patient user customer reader
		viewer voter resident employee worker member reporter journalist moderator interviewer host anchor
		prosecutor judge juror officer expert analyst owner teacher doctor nurse other guy
		ally associate donor backer contributor constituent caller commenter attendee supervisor subordinate competitor surrogate
		recipient patron protester protestor demonstrator occupant survivor eyewitness accuser complainant petitioner signatory
		respondent roommate classmate teammate coworker co-worker pal buddy adult individual
		shooter attacker assailant killer murderer bomber hacker thief robber smuggler trafficker interrogator
		tenant cashier retiree superintendent observer mole spy heckler`
	humanNouns = `singer rapper musician artist star superstar hitmaker songwriter crooner vocalist drummer
		guitarist bassist pianist composer conductor performer entertainer celebrity icon legend comedian comic
		director producer filmmaker screenwriter playwright author writer novelist poet columnist editor presenter
		broadcaster blogger influencer youtuber streamer podcaster model designer photographer painter sculptor
		dancer choreographer chef athlete player footballer striker midfielder defender goalkeeper quarterback
		pitcher batsman bowler boxer fighter wrestler golfer driver racer swimmer sprinter runner skater skier
		cyclist coach trainer captain champion winner runner-up medalist medallist veteran rookie president
		vice-president chancellor premier minister secretary governor mayor senator lawmaker legislator politician
		candidate nominee front-runner frontrunner contender challenger incumbent democrat republican conservative
		liberal socialist libertarian leader chief head chair chairperson boss executive ceo founder co-founder
		entrepreneur tycoon mogul magnate billionaire millionaire investor banker trader financier developer
		economist strategist pollster consultant investigator justice magistrate sheriff detective constable inspector general
		colonel major lieutenant sergeant admiral commander soldier bishop archbishop cardinal pope pastor rabbi
		imam preacher professor lecturer scientist researcher scholar academic historian biologist physicist chemist
		engineer programmer inventor physician surgeon psychologist psychiatrist therapist activist campaigner
		advocate organizer organiser volunteer philanthropist diplomat ambassador envoy delegate commissioner
		councillor councilor commentator pundit native whistleblower dissident rebel farmer baker pilot astronaut
		cop fiance fiancé fiancée teenager teen youngster newcomer royal heir inmate prisoner convict
		employer client immigrant refugee migrant tourist visitor guest reality-star socialite personality figure
		mastermind genius prodigy heartthrob diva maestro virtuoso lyricist headliner collaborator protege protégé
		mentor apprentice contestant participant ex-president correspondent peer pontiff monarch cleric vicar
		chaplain deacon earl baron viscount bartender carpenter plumber mechanic barber tailor butcher grocer restaurateur landlord
		rancher miner trucker welder janitor nanny paramedic firefighter lifeguard veterinarian coroner astronomer philosopher
		translator interpreter accountant auditor broker realtor fundraiser solicitor barrister trooper ranger sailor cadet intern
		clerk dean provost counselor counsellor curator announcer newscaster narrator administrator architect laureate neurosurgeon
		educator librarian guru firebrand standard-bearer president-elect dictator ruler warlord bureaucrat`
	offices    = `mayor governor president premier chancellor king queen pope sheriff taoiseach`
	groupNouns = `people everyone everybody nobody anyone anybody other others crowd audience public family couple electorate majority minority team crew band group
		community population class jury delegation coalition caucus camp faction opposition left right
		establishment elite staff youth generation mob gang duo trio quartet police`
	organizationNouns = `government administration agency panel department ministry court committee commission
		council board bureau parliament congress senate house legislature party campaign business bank fund
		foundation institute institution university college school hospital church charity union association
		federation league club alliance network channel station newspaper paper magazine outlet publication website
		site platform publisher broadcaster label studio brand maker army navy military force regime authority
		organization organisation ngo nonprofit think-tank watchdog shipbuilder regulator tribunal embassy city
		state country nation county town kingdom office service organizer tabloid`
	// companyNouns are nouns of companies, which an article takes them up with whatever they are called.
	companyNouns = `company firm corporation retailer manufacturer automaker carmaker drugmaker chipmaker planemaker
		toymaker airline insurer lender startup carrier giant`
	documentNouns = `report study poll survey analysis article story book letter memo email e-mail statement document
		filing lawsuit suit complaint indictment affidavit law bill act rule ruling decision order resolution
		treaty constitution transcript tape recording video post tweet message column editorial op-ed ad
		advertisement commercial slide website chart data figure statistic research review paper release
		headline text petition declaration manifesto platform biography memoir census index findings finding investigation inquiry probe
		record card sign poster banner page statute charter bylaw legislation decree agreement accord pact audit documentary guideline
		warrant handbook manual dossier estimate projection forecast revision subpoena brief appeal plan proposal request speech podcast image footage evidence
		result dataset framework remark comment response test amendment tally testimony presentation screenshot photo photograph map clip
		newsletter blueprint memorandum caption communique communiqué precedent apology copyright dictionary readout questionnaire exposé
		version polling average section piece measure motion list profile sheet copy note blog film movie policy budget waiver directive
		guidance flier flyer leaflet pamphlet brochure mailer placard billboard plaque cable definition advisory bulletin notice essay
		autobiography autopsy clause provision paragraph passage chapter verse excerpt manuscript playbook guide database tracker listing preamble invitation
		overview summary assessment ordinance injunction disclaimer footnote appendix addendum certificate log diary ledger spreadsheet
		contract regulation ranking scorecard proclamation deposition meme lyric song novel encyclical obituary timeline
		draft update announcement factcheck`
	anonymousNouns = `source official insider informant aide staffer operative diplomat whistleblower blower tipster someone somebody briefer`
	// againOrganizations are documents too, but speak as organizations.
	againOrganizations = `platform paper`
	// otherNames pairs what an organization is called with words of the names of such.
	otherNames = `agency=department agency=bureau agency=administration agency=service agency=commission
		agency=office department=ministry union=federation union=association union=brotherhood union=teamsters
		group=alliance group=coalition group=association group=foundation group=network group=center group=council
		company=inc company=inc. company=corp company=corp. company=ltd company=group company=holdings firm=llp
		firm=llc firm=partners firm=associates newspaper=times newspaper=post newspaper=journal newspaper=tribune
		newspaper=herald newspaper=gazette newspaper=guardian newspaper=globe newspaper=star magazine=magazine
		school=university school=college school=academy organization=foundation organization=association
		organization=alliance organization=council charity=foundation charity=trust court=court team=united bank=bank
		bank=bancorp party=party party=democrats newspaper=daily newspaper=weekly newspaper=chronicle newspaper=mail
		newspaper=telegraph newspaper=observer newspaper=sun newspaper=mirror newspaper=news newspaper=press
		newspaper=register newspaper=dispatch newspaper=courier newspaper=examiner newspaper=sentinel newspaper=bee
		newspaper=express newspaper=independent newspaper=record newspaper=inquirer newspaper=standard newspaper=echo
		newspaper=argus newspaper=advertiser newspaper=bulletin newspaper=reporter newspaper=review newspaper=democrat
		newspaper=republican automaker=motors automaker=motor carmaker=motors carmaker=motor panel=committee
		panel=commission panel=subcommittee think-tank=institute`
	roleForms = `sen.=senator sen=senator sens.=senator gov.=governor gov=governor rep.=representative
		rep=representative reps.=representative pres.=president gen.=general gen=general lt.=lieutenant
		col.=colonel col=colonel sgt.=sergeant sgt=sergeant capt.=captain capt=captain adm.=admiral adm=admiral
		prof.=professor prof=professor dr.=doctor dr=doctor rev.=reverend pm=minister mp=lawmaker ceo=executive
		congressman=representative congresswoman=representative ex-president=president attorney=lawyer solicitor=lawyer counsel=lawyer spokeswoman=spokesman
		spokesperson=spokesman mom=mother mum=mother dad=father chairwoman=chairman
		chairperson=chairman chair=chairman pontiff=pope front-runner=frontrunner advisor=adviser maj.=major cmdr.=commander`
)

// papers are nouns of persons that papers are called by: "as The Economist put it".
var papers = nlp.WordSet("economist guardian observer spectator examiner inquirer")

// authorities are last words of the names of public bodies.
var authorities = lexicon.Authorities()

// outletWords are words in the names of papers, channels and news agencies.
var outletWords = lexicon.OutletWords()

// manyPapers are last words of the names of so many papers that no company is thought of.
var manyPapers = nlp.WordSet("times post today journal herald tribune gazette news bloomberg")

// makeOtherNames returns, by the hash of a noun, the hashes of the words that end or
// begin names of what it means.
func makeOtherNames() map[uint64][]uint64 {
	names := map[uint64][]uint64{}
	for pair := range strings.FieldsSeq(otherNames) {
		noun, word, _ := strings.Cut(pair, "=")
		names[nlp.Hash(noun)] = append(names[nlp.Hash(noun)], nlp.Hash(word))
	}
	names[nlp.Hash("paper")] = names[nlp.Hash("newspaper")]
	return names
}

func makeWords() map[uint64]word {
	words := map[uint64]word{}
	edit := func(list string, change func(w *word)) {
		for form := range strings.FieldsSeq(list) {
			h := nlp.Hash(form)
			w := words[h]
			change(&w)
			if w.role == 0 {
				w.role = h
			}
			words[h] = w
		}
	}
	for p := he; p <= each; p++ {
		edit(pronounLists[p], func(w *word) { w.pron = p })
	}
	edit(humanNouns, func(w *word) { w.kind = humanNoun })
	edit(femaleNouns, func(w *word) { w.kind, w.female = humanNoun, true })
	edit(maleNouns, func(w *word) { w.kind, w.male = humanNoun, true })
	edit(boundNouns, func(w *word) { w.kind, w.isBound = humanNoun, true })
	edit(offices, func(w *word) { w.isOffice = true })
	edit(groupNouns, func(w *word) { w.kind = groupNoun })
	edit(companyNouns, func(w *word) { w.kind = organizationNoun })
	edit(organizationNouns, func(w *word) { w.kind = organizationNoun })
	edit(documentNouns, func(w *word) { w.kind = documentNoun })
	edit(againOrganizations, func(w *word) { w.kind = organizationNoun })
	edit(anonymousNouns, func(w *word) { w.kind, w.isBound = anonymousNoun, true })
	for pair := range strings.FieldsSeq(roleForms) {
		short, long, _ := strings.Cut(pair, "=")
		edit(short, func(w *word) { w.role = nlp.Hash(long) })
	}
	edit("ig", func(w *word) { w.role, w.isOffice = nlp.Mix(nlp.Hash("inspector"), general), true })
	return words
}

// hashCount is that of a title which is no noun of a person in news: "the delegate count".
var hashCount = nlp.Hash("count")

// addTitleWords makes nouns of persons of the titles that are offices or professions.
func (s *Stage) addTitleWords() {
	for h, kind := range s.titles {
		w := s.words[h]
		if kind == lexicon.NoTitle || w.kind != otherNoun || h == hashCount {
			continue
		}
		w.kind, w.female, w.male = humanNoun, kind == lexicon.FemaleTitle, kind == lexicon.MaleTitle
		if w.role == 0 {
			w.role = h
		}
		s.words[h] = w
	}
}

// plainRoles stand before a name as titles do ("Commuter Jonas Pell, 44, said"), though they
// are none.
var plainRoles = []string{"commuter", "pensioner", "docker", "resident", "passenger", "motorist", "shopper", "neighbour", "neighbor", "volunteer",
	"villager", "mum", "mom", "dad", "homeowner", "shopkeeper", "trader", "fan", "visitor", "tourist", "onlooker", "bystander",
	"candidate", "nominee", "hopeful", "contender", "vp", "ig", "taoiseach"}

// humanSuffixes end nouns of persons that no list has: hitmaker, violinist.
var humanSuffixes = []string{"maker", "writer", "ist", "ologist", "ician", "woman", "man", "keeper", "holder", "player", "goer", "person", "worker"}

// nonHuman end as nouns of persons do and are none.
var nonHuman = nlp.WordSet("consist checklist shortlist playlist watchlist wishlist blacklist whitelist waitlist waitinglist hitlist laundrylist placeholder pacemaker talisman ottoman")

// noun returns what is known of the common noun t.
func (sc *scratch) noun(t int) word {
	if t+1 < len(sc.d.Tokens) && sc.d.Tokens[t+1].Lower == general && otherRole[sc.d.Tokens[t].Lower] {
		t++ // the attorney general is no attorney, whichever word the parser takes
	}
	w := sc.plainNoun(t)
	for _, s := range senses {
		if t > 0 && sc.d.Lemmas[t] == s.noun && s.before[strings.ToLower(sc.d.Word(t-1))] {
			w.kind = s.kind
		}
	}
	if w.kind == humanNoun && t > 0 && sc.d.Tokens[t].Flags.Has(nlp.IsCapital) {
		isPaper := papers[strings.ToLower(sc.d.Lemmas[t])] && sc.d.Tokens[t-1].Lower == sc.hash.the
		if isPaper || sc.d.Lemmas[t] == "leader" && outletWords[strings.ToLower(sc.d.Word(t-1))] == lexicon.Print { // "the Harrow Falls Argus Leader"
			return word{kind: organizationNoun}
		}
	}
	if role := sc.fullRole(t, w.role); role != w.role {
		w.role, w.isOffice = role, true
	}
	if w.kind == humanNoun && t > 0 && !w.male && womanly[sc.d.Lemmas[t-1]] {
		w.female = true
	}
	return w
}

// womanly stand before nouns of persons who are women: "the first female president".
var womanly = nlp.WordSet("female woman")

// isFirst reports whether t is a noun of the first woman who is that, and nobody whom the article calls so: "the first female president".
func (sc *scratch) isFirst(t int) bool {
	return t > 1 && sc.d.Lemmas[t-2] == "first" && womanly[sc.d.Lemmas[t-1]]
}

// isAnyone reports whether noun t means whoever is or will be that: "the next administration", "the right candidate".
func (sc *scratch) isAnyone(t int) bool {
	for k := sc.phraseStart(t); k < t; k++ {
		if anyOf[sc.d.Lemmas[k]] && sc.d.UPOS[k] == nlp.ADJ && sc.d.Tag(k) != "JJS" && sc.d.Word(k+1) != "-" && (k == 0 || sc.d.Word(k-1) != "-") { // not "the right-wing leader"
			return true
		}
	}
	return false
}

// anyOf are adjectives of whoever is one.
var anyOf = nlp.WordSet("next future right wrong good ideal perfect average typical ordinary other")

var general = nlp.Hash("general")

// fullRole is the role of token t, or another one when the word before makes it that: a vice
// president is not the president, nor is an attorney general a general.
func (sc *scratch) fullRole(t int, role uint64) uint64 {
	if role == 0 || t == 0 {
		return role
	}
	k := t - 1
	if k > 0 && (sc.d.Tokens[k].Lower == sc.hash.prime || sc.d.Word(k) == "-" && !sc.d.Tokens[k].Space) { // "Vice-President"
		k--
	}
	if l := sc.d.Tokens[k].Lower; otherRole[l] {
		role = nlp.Mix(l, role)
		if k > 0 && deputies[strings.ToLower(sc.d.Word(k-1))] {
			return nlp.Mix(deputy, role) // of the attorney general
		}
	}
	return role
}

// otherRole are words that make another role of the one after them.
var otherRole = map[uint64]bool{
	nlp.Hash("vice"): true, nlp.Hash("deputy"): true, nlp.Hash("attorney"): true, nlp.Hash("surgeon"): true,
	nlp.Hash("solicitor"): true, nlp.Hash("inspector"): true, nlp.Hash("special"): true,
}

// deputies stand before the office of whom they stand for.
var (
	deputies = nlp.WordSet("deputy assistant associate")
	deputy   = nlp.Hash("deputy")
)

// senses are nouns that a word before them makes of another kind: a public figure is no figure, and a forecasting model nobody.
var senses = []struct {
	noun   string
	before map[string]bool
	kind   nounKind
}{
	{"figure", nlp.WordSet(`public political religious opposition senior leading key historical prominent establishment party media
		major top central controversial polarizing cultural literary sports television conservative liberal
		republican democratic`), humanNoun},
	{"authority", nlp.WordSet("one leading foremost renowned recognized"), humanNoun},
	{"return", nlp.WordSet("tax"), documentNoun},
	{"warning", nlp.WordSet("travel"), documentNoun},
	{"model", nlp.WordSet(`predictive prediction statistical computer forecast forecasting climate epidemiological mathematical
		economic econometric polling election simulation`), documentNoun},
}

// aged and elect make roles of an age, and of an office that somebody is elected to.
var (
	aged, elect    = nlp.Hash("aged"), nlp.Hash("elect")
	presidentElect = nlp.Mix(elect, president)
)

// ageIn is the age that somebody is called by with the token t, "the 42-year-old", or with the last one of it.
func (sc *scratch) ageIn(t int) (string, bool) {
	d := sc.d
	if age, ok := strings.CutSuffix(d.Word(t), "-year-old"); ok {
		return age, true
	}
	if t > 3 && d.Lemmas[t] == "old" && d.Word(t-1) == "-" && d.Lemmas[t-2] == "year" && d.Tokens[t-4].Flags.Has(nlp.HasDigit) {
		return d.Word(t - 4), true
	}
	return "", false
}

// plainNoun is the same as if nothing stood before it.
func (sc *scratch) plainNoun(t int) word {
	lemma := sc.d.Lemmas[t]
	if lemma == "check" && t > 1 && sc.d.Word(t-1) == "-" && sc.d.Lemmas[t-2] == "fact" {
		return word{kind: documentNoun} // "a fact-check"
	}
	if lemma == "law" && t > 1 && sc.d.Word(t-1) == "-" && sc.d.Word(t-2) == "in" {
		return word{kind: humanNoun, isBound: true} // "an in-law"
	}
	if w, ok := sc.words[nlp.Hash(lemma)]; ok && w.kind != otherNoun {
		return w
	}
	if w, ok := sc.words[sc.d.Tokens[t].Lower]; ok && w.kind != otherNoun {
		return w
	}
	if age, ok := sc.ageIn(t); ok {
		return word{kind: humanNoun, role: nlp.Mix(aged, nlp.Hash(age))}
	}
	if lemma == "elect" && t > 1 && sc.d.Word(t-1) == "-" {
		if w, ok := sc.words[sc.d.Tokens[t-2].Lower]; ok && w.kind == humanNoun {
			w.role = nlp.Mix(elect, sc.fullRole(t-2, w.role))
			return w // "the president-elect"
		}
	}
	if i := strings.LastIndexByte(lemma, '-'); i >= 0 {
		if w, ok := sc.words[nlp.Hash(lemma[i+1:])]; ok && w.kind != otherNoun {
			return w
		}
	}
	if nonHuman[lemma] {
		return word{role: nlp.Hash(lemma)}
	}
	if m := sc.d.MentionOf[t]; m >= 0 && (sc.d.UPOS[t] == nlp.NOUN || sc.d.UPOS[t] == nlp.PROPN) && sc.isOneOfPeople(sc.d.Mentions[m]) && sc.d.Mentions[m].Past == t+1 {
		return word{kind: humanNoun, role: nlp.Hash(lemma)} // "the Arizonan"
	}
	for _, suffix := range humanSuffixes {
		if len(lemma) > len(suffix)+2 && strings.HasSuffix(lemma, suffix) {
			return word{kind: humanNoun, role: nlp.Hash(lemma), female: suffix == "woman"}
		}
	}
	return word{role: nlp.Hash(lemma)}
}
