package lexicon

var (
	// Raising are verbs, as lemmas, that tell nothing of what their subject says or thinks: "Hale seems to be late" is the writer's.
	Raising = map[string]bool{"seem": true, "appear": true, "happen": true}
	// Receiving are verbs, as lemmas, of those to whom something is said: "Hale drew praise from Renn".
	Receiving = map[string]bool{"receive": true, "draw": true, "face": true, "get": true, "earn": true, "win": true, "garner": true, "attract": true, "gain": true, "hear": true}
	// OpensParticiple are words behind which a participle needs no auxiliary: whoever speaks "when asked" was asked.
	OpensParticiple = map[string]bool{"when": true, "whenever": true, "if": true, "while": true, "unless": true}
)
