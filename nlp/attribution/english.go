package attribution

// What this package knows of English; all else is learned.
var (
	// isThirdPerson are the lemmas that stand for a person whom the text speaks of.
	isThirdPerson = map[string]bool{"he": true, "she": true}
	isNegation    = map[string]bool{"not": true, "n't": true}
	isRefusal     = map[string]bool{"decline": true, "refuse": true}
	// isTurnLetter are the signs of who speaks in an interview.
	isTurnLetter = map[string]bool{"Q": true, "A": true}
)

// say is the saying of all sayings.
const say = "say"

// prefixCue are the words of the cue that prefix.go is about.
const prefixCue = "according to"
