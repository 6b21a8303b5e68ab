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
	// isLabel are words in capitals before a colon that nobody speaks under.
	isLabel = nlp.WordSet("ALERT BREAKING CAPTION CLAIM CLOSE CORRECTION CREDIT EXCLUSIVE FACT FALSE FACTS FILE FYI IMAGE ISSUE LATEST LIVE MORE MYTH NEWS NOTE OPINION PHOTO PHOTOS POLL Q&A READ RELATED STORY SUMMARY TIP TRUE TRUTH UPDATE UPDATED VERDICT VIDEO WATCH WARNING")
)

// say is the saying of all sayings.
const say = "say"

// prefixCue are the words of the cue that prefix.go is about.
const prefixCue = "according to"
