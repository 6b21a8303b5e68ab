package attribution

import "quoth/nlp"

// What this package knows of English; all else is learned.
var (
	// isThirdPerson are the lemmas that stand for a person whom the text speaks of.
	isThirdPerson = map[string]bool{"he": true, "she": true}
	// isFirstPerson are those for who speaks.
	isFirstPerson = nlp.WordSet("I i me my we us our")
	isNegation    = map[string]bool{"not": true, "n't": true}
	isRefusal     = map[string]bool{"decline": true, "refuse": true}
	// isTurnLetter are the signs of who speaks in an interview.
	isTurnLetter = map[string]bool{"Q": true, "A": true}
	// isSoundbite are the marks of a recording in a script for a broadcast.
	isSoundbite = nlp.WordSet("SOT SOTS SOT- Sot SOUNDBITE Soundbite")
	// isLabel are words in capitals before a colon that nobody speaks under.
	isLabel = nlp.WordSet("ALERT BREAKING CAPTION CLAIM CLOSE CORRECTION CREDIT EXCLUSIVE FACT FALSE FACTS FILE FYI IMAGE ISSUE LATEST LIVE MORE MYTH NEWS NOTE OPINION PHOTO PHOTOS POLL Q&A READ RELATED STORY SUMMARY TIP TRUE TRUTH UPDATE UPDATED VERDICT VIDEO WATCH WARNING")
)

// say is the saying of all sayings.
const say = "say"

// tweet is the saying of posts, which are short.
const tweet = "tweet"

// prefixCue are the words of the cue that prefix.go is about.
const prefixCue = "according to"

var (
	// isReceived are nouns of what is said to somebody who receives it: "Hale drew praise from Renn".
	isReceived = nlp.WordSet("praise criticism support opposition accusation allegation charge question concern backlash condemnation complaint rebuke ire scorn applause scrutiny instruction warning assurance outcry")
	// opensTimeToo open a time with a comma behind it as well as a clause.
	opensTimeToo = nlp.WordSet("after before since until as like")
	// isRelative are pronouns that open a relative clause.
	isRelative = nlp.WordSet("who which that whom")
	// isThem are objects that take up whom something is sent to.
	isThem = nlp.HashSet("them him her")
	// isPeriod are nouns of times.
	isPeriod = nlp.WordSet("second minute hour day night week weekend month year decade morning afternoon evening")
	// isDoneTo are verbs whose passive subject is addressed, isDoneOf those whose passive subject is spoken or thought of.
	isDoneTo = nlp.WordSet("tell ask urge advise inform remind instruct warn caution order invite require forbid challenge counsel assure reassure notify promise lecture implore beg")
	isDoneOf = nlp.WordSet("say believe think consider expect accuse allege suspect call describe label brand criticize criticise blame fault condemn regard deem know report rumor project predict portray hail praise estimate declare identify denounce see view")
	// isFelt are verbs whose passive subject is the one who thinks or feels something of what "by" names.
	isFelt = nlp.WordSet("alarm anger annoy appall bother concern disappoint disturb encourage frustrate horrify impress irritate offend outrage puzzle sadden shock stun surprise trouble upset worry")
	// takesOnly are verbs with the word that stands behind their participle and never behind their past tense.
	takesOnly = map[string]string{"accuse": "of", "suspect": "of", "believe": "to", "say": "to", "allege": "to", "urge": "to", "tell": "to"}
	// isSide are those who think something and never write one and the same words.
	isSide = nlp.WordSet("left right side sides many some most others few critics skeptics opponents supporters")
	// isWriting are verbs of those whose words stand in a paragraph below, isTelling those which have to stand right before the colon for that.
	isWriting = nlp.WordSet("write tweet")
	isTelling = nlp.WordSet("say state add explain note read argue conclude continue post point report put warn observe complain")
	// isIssuing are verbs of those who put out a statement or send a message.
	isIssuing = nlp.WordSet("release issue publish send leave post")
	// isQuoting are verbs whose object is who speaks.
	isQuoting = nlp.WordSet("quote cite paraphrase ask")
	// isManner are nouns after "by" that do nothing.
	isManner = nlp.WordSet("accident all chance choice contrast default definition design law margin mean means mistake name nature percent point time vote way")
	// isMissive are nouns of what is sent to somebody.
	isMissive = nlp.WordSet("letter email e-mail memo message note telegram petition plea appeal voicemail")
	// opensTime are nouns of a part of the time that follows them.
	opensTime = nlp.WordSet("end beginning start middle close")
	// isAnnouncing are verbs before a colon and what is said.
	isAnnouncing = nlp.WordSet("say add continue conclude write tweet post explain ask reply respond answer declare recall joke quip")
	// isAdding are verbs by which one who speaks says more.
	isAdding = nlp.WordSet("add say note explain argue insist claim warn tell write stress point")
	// isPhoned are those whom one calls by telephone, isStage are places that people are called to.
	isPhoned = nlp.WordSet("police cop dispatcher ambulance operator hotline 911 999 paramedic plumber landlord taxi cab")
	isStage  = nlp.WordSet("stage podium microphone stand front phone")
	// isArgued are nouns of what lawyers argue before a court.
	isArgued = nlp.WordSet("case appeal lawsuit")
	// isBroken are nouns of what breaks when it gets about.
	isBroken = nlp.WordSet("news word story scandal")
	// isLight are the parts of speech that nothing ends with.
	isLight = map[nlp.UPOS]bool{nlp.DET: true, nlp.ADP: true, nlp.SCONJ: true, nlp.PUNCT: true, nlp.AUX: true, nlp.CCONJ: true, nlp.PRON: true}
	// isNominal are the parts of speech that a noun phrase has behind its head.
	isNominal = map[nlp.UPOS]bool{nlp.NOUN: true, nlp.PROPN: true, nlp.ADJ: true, nlp.DET: true, nlp.CCONJ: true, nlp.PRON: true}
)
