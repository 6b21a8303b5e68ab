package english

import (
	"strings"

	"quoth/nlp"
	"quoth/nlp/lexicon"
)

// medium is the kind of a saying, in the order in which one told beside another wins:
// an interview on a broadcast is an interview, a statement on Twitter social media.
type medium uint8

const (
	noMedium medium = iota
	conversationMedium
	documentMedium
	speechMedium
	broadcastMedium
	messageMedium
	statementMedium
	interviewMedium
	pressConferenceMedium
	testimonyMedium
	socialMedium
)

var mediumNames = [...]string{"", "conversation", "document", "speech", "broadcast", "message", "statement", "interview", "press-conference", "testimony", "social-media"}

// mediumWord is what a word says of the medium of the saying it stands beside.
type mediumWord struct {
	medium medium
	// isEvent marks occasions where several people speak; isOpen those where whoever is
	// quoted around spoke.
	isEvent, isOpen bool
	// isPlatform marks names of channels: they tell a medium only after "on", "via" or
	// beside a noun.
	isPlatform bool
	// isWork marks what was written or made and can speak itself: "the report says".
	isWork bool
	// isAudience marks whom one speaks to: "told reporters".
	isAudience bool
}

// Lists of lemmas. Own lists of the project (Apache-2.0).
const (
	speechNouns       = "speech address remark rally convention forum keynote sermon lecture conference summit breakfast luncheon fundraiser dinner ceremony protest march vigil demonstration event stump appearance debate town-hall townhall gala commencement inauguration eulogy toast symposium seminar"
	eventNouns        = "debate forum convention summit town-hall townhall conference event rally breakfast ceremony protest demonstration"
	interviewNouns    = "interview sit-down q&a"
	statementNouns    = "statement announcement communique communiqué"
	messageNouns      = "email e-mail letter memo memorandum voicemail telegram"
	broadcastNouns    = "show program programme broadcast podcast episode radio television tv telecast newscast livestream webcast"
	workNouns         = "report study poll survey book article column editorial op-ed essay paper analysis ruling resolution filing complaint lawsuit indictment ad advertisement treaty memoir documentary brief manifesto blog autobiography biography profile expose exposé piece petition audit agreement accord pact tally statute charter bylaw decree transcript document summary handbook manual screed textbook projection forecast photo photograph dissent concurrence"
	testimonyNouns    = "testimony hearing trial deposition affidavit tribunal"
	conversationNouns = "conversation chat"
	audienceNouns     = "crowd audience supporter attendee student rallygoer delegate voter worshipper congregation gathering"
	confidantNouns    = "police officer investigator detective deputy friend wife husband mother father brother sister son daughter colleague neighbor relative"
	platformNames     = "twitter facebook instagram tiktok snapchat reddit linkedin telegram weibo bluesky mastodon tumblr youtube truth-social weixin whatsapp vkontakte x"
	postNouns         = "tweet retweet post hashtag tweetstorm thread"
)

// platformParts are nouns after the name of a platform that are of what is put there: no spokesperson, no executive.
var platformParts = nlp.WordSet("post posting page account message video feed live livestream thread story comment group status profile handle tweet chat stream ad town announcement statement event update rant exchange conversation response reply q&a session interview clip note")

// airWords are words before "program" that tell that it is on the air.
var airWords = nlp.WordSet("radio tv television news talk interview cable broadcast morning evening afternoon weekend nightly sunday saturday late-night current-affairs")

// mediumVerbs tell the medium by the cue alone.
var mediumVerbs = map[string]medium{
	"rally": speechMedium,
	"tweet": socialMedium, "retweet": socialMedium, "post": socialMedium,
	"testify": testimonyMedium, "email": messageMedium, "e-mail": messageMedium, "text": messageMedium,
	"write": documentMedium, "publish": documentMedium, "sue": documentMedium, "petition": documentMedium, "appeal": documentMedium,
}

// bareSpeeches are no places: "in a speech".
var bareSpeeches = map[string]bool{"testimony": true, "deposition": true, "affidavit": true, "speech": true, "address": true, "remark": true, "keynote": true, "lecture": true, "sermon": true, "appearance": true}

// mediumWords holds the lists by the hash of the lemma.
var mediumWords = makeMediumWords()

func makeMediumWords() map[uint64]mediumWord {
	m := map[uint64]mediumWord{}
	edit := func(list string, f func(w *mediumWord)) {
		for _, lemma := range strings.Fields(list) {
			h := nlp.Hash(lemma)
			w := m[h]
			f(&w)
			m[h] = w
		}
	}
	set := func(md medium) func(*mediumWord) { return func(w *mediumWord) { w.medium = md } }
	edit(conversationNouns, set(conversationMedium))
	edit(speechNouns, set(speechMedium))
	edit(broadcastNouns, set(broadcastMedium))
	edit(messageNouns, func(w *mediumWord) { w.medium, w.isWork = messageMedium, true })
	edit(workNouns, func(w *mediumWord) { w.medium, w.isWork = documentMedium, true })
	edit(statementNouns, func(w *mediumWord) { w.medium = statementMedium })
	edit(interviewNouns, set(interviewMedium))
	edit(testimonyNouns, func(w *mediumWord) { w.medium, w.isEvent, w.isOpen = testimonyMedium, true, true })
	edit(audienceNouns, func(w *mediumWord) { w.medium, w.isAudience = speechMedium, true })
	edit(eventNouns, func(w *mediumWord) { w.isEvent = true })
	edit(postNouns, func(w *mediumWord) { w.medium, w.isWork = socialMedium, true })
	edit(platformNames, func(w *mediumWord) { w.medium, w.isPlatform = socialMedium, true })
	edit("reporter journalist", func(w *mediumWord) { w.medium, w.isAudience = pressConferenceMedium, true })
	edit("lawmaker senator committee subcommittee panel court judge juror jury", func(w *mediumWord) { w.medium, w.isAudience = testimonyMedium, true })
	edit(confidantNouns, func(w *mediumWord) { w.medium, w.isAudience = conversationMedium, true })
	edit("host co-host anchor interviewer moderator", func(w *mediumWord) { w.medium, w.isAudience = interviewMedium, true })
	edit("briefing presser", set(pressConferenceMedium))
	return m
}

// outletWords are words in the names of newspapers, broadcasters and the like, onAir those in the names of broadcasters.
var outletWords, onAir, showWords = makeOutletWords()

func makeOutletWords() (all, air, shows map[uint64]bool) {
	all, air = map[uint64]bool{}, nlp.HashSet("television tv")
	shows = nlp.HashSet(`show podcast radio tonight morning hour sunday today tv files fm broadcast report bet univision`)
	for w, class := range lexicon.OutletWords() {
		all[nlp.Hash(w)] = true
		if class == lexicon.OnAir {
			air[nlp.Hash(w)], shows[nlp.Hash(w)] = true, true
		}
	}
	return all, air, shows
}

// outletNouns are nouns of newspapers, broadcasters and the like.
var outletNouns = map[string]bool{"newspaper": true, "paper": true, "magazine": true, "daily": true, "weekly": true, "tabloid": true, "broadcaster": true, "website": true,
	"wire": true, "blog": true, "podcast": true, "journal": true}

// broadcasters are those who speak on the air by trade: "MSNBC host Zoë Hale said".
var broadcasters = map[string]bool{"host": true, "anchor": true, "commentator": true, "analyst": true, "correspondent": true, "contributor": true, "pundit": true}

// findings are cues of what organizations put in writing.
var findings = map[string]bool{"report": true, "find": true, "estimate": true}

// rulings are cues of what judges decide, which they do in writing.
var rulings = nlp.WordSet("rule ruling order uphold strike block overturn reverse affirm refuse conclude dismiss grant reject")

// talks are cues of what the author tells to have said.
var talks = map[string]bool{"say": true, "tell": true, "ask": true, "reply": true, "answer": true}
