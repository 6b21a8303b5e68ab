package page

import (
	"strings"

	"quoth"
)

// The feedback dialog: a box at the end of an article that asks what the reader
// thought of it. Crawlers leave it as one line, as many, or run together with the
// last sentence of the article:
//
//	… she concluded. × Feedback Why did you not like this content? Clickbait /
//	Misleading Factually Incorrect … Cancel Submit Was this article helpful?
//
// Wordings differ from site to site, so the questions are known by their frame
// (askFrames about one of askObjects) and the answers by being short lines between
// known parts of the dialog.

// crosses are the marks of a button that closes a dialog.
var crosses = []string{"×", "✕", "✖", "✗", "❌", "⨯", "╳"}

// dialogHeads are the words after such a mark that make it a feedback dialog.
var dialogHeads = []string{"feedback", "give feedback", "send feedback", "your feedback", "we value your", "why did", "why didnt", "why dont", "what did", "what didnt", "was this", "tell us", "rate this", "report", "help us improve", "did you", "how would you", "how can we", "is this", "let us know"}

// askFrames begin a question to the reader.
var askFrames = []string{
	"why did you not like", "why didnt you like", "why dont you like", "why did you dislike", "what didnt you like about", "what did you not like about", "what did you dislike about",
	"what did you think of", "what do you think of", "what did you think about", "what do you think about", "how do you feel about", "how did you like", "was this", "is this", "did this", "did you like", "did you enjoy", "did you find", "do you find", "do you like",
	"how would you rate", "how do you rate", "how helpful was", "how useful was", "how satisfied are you with", "are you satisfied with", "whats wrong with", "what is wrong with", "what was wrong with", "rate", "please rate", "report", "tell us why you did not like", "tell us what you think of", "tell us what you think about", "tell us about", "would you recommend", "help us improve", "how can we improve", "how could we improve",
}

// askObjects are what the question is about.
var askObjects = []string{"this article", "this content", "this story", "this page", "this post", "this piece", "this information", "this answer", "this report", "the article", "the content", "our content", "our article", "this news", "this helpful", "this useful", "this video"}

// answerWords are parts of lines that only such a dialog shows.
var answerWords = []string{
	"clickbait", "click bait", "misleading", "factually", "incorrect", "inaccurate", "hateful", "abusive", "baseless", "too many ads", "spam", "not relevant", "irrelevant", "poorly written", "badly written", "biased", "one sided", "outdated", "out of date", "offensive", "inappropriate", "too long", "too short", "hard to read", "difficult to read", "not interested", "not interesting", "boring", "repetitive", "plagiarised", "plagiarized", "false information", "fake news", "missing information", "typo", "spelling", "grammar", "other reason", "something else", "cancel", "submit", "send feedback", "thank you for", "thanks for", "thank you", "feedback", "was this", "helpful", "useful", "tell us", "rate this", "low quality", "poor quality", "broken", "technical issue", "advert", "too many pop", "hate speech", "violence", "nudity", "duplicate", "already seen", "old news",
}

// answers are whole lines of such a dialog that mean nothing outside it.
var answers = set("yes no other others cancel submit send close skip done ok next back like dislike 1 2 3 4 5 report|thank you|thanks|please specify|please select|select a reason|add a comment|optional|not really|somewhat|yes no|0 500|100 characters left")

// feedbackStart is the offset in text at which a feedback dialog begins, -1 when
// text holds none. Before it stands a whole sentence or nothing.
func feedbackStart(text string, buf *[]byte) int {
	for _, cross := range crosses {
		from := 0
		for {
			at := strings.Index(text[from:], cross)
			if at < 0 {
				break
			}
			at += from
			from = at + len(cross)
			// 3 × 4, and a cross inside a sentence, are no buttons.
			if sentenceBefore(text, at) && isDialogHead(text[from:], buf) {
				return at
			}
		}
	}
	for _, mark := range []string{"eedback", "EEDBACK", "this ", "This "} {
		if at := frameStart(text, mark, buf); at >= 0 {
			return at
		}
	}
	return -1
}

// sentenceBefore reports whether text[:at] is blank or ends as a sentence does.
func sentenceBefore(text string, at int) bool {
	before := strings.TrimRight(text[max(0, at-40):at], " \t\u00a0")
	return before == "" && at <= 40 || endsSentence(before)
}

// isDialogHead reports whether text begins with words of a feedback dialog and holds
// no quotation.
func isDialogHead(text string, buf *[]byte) bool {
	if len(text) > 2000 || strings.ContainsAny(text, "“”«»") {
		return false
	}
	head, _ := fold(text[:runeFloor(text, 60)], buf)
	for _, h := range dialogHeads {
		if strings.HasPrefix(head, h) && wordEnds(head, len(h)) {
			return true
		}
	}
	return false
}

// frameStart finds a dialog without a cross: "Feedback Why did …", "Was this article
// helpful? Yes No". mark is a part of it that is quick to find.
func frameStart(text, mark string, buf *[]byte) int {
	// The dialog stands at the end: only the last 1,500 bytes are looked at.
	from := max(0, len(text)-1500)
	for tries := 0; tries < 8; tries++ {
		at := strings.Index(text[from:], mark)
		if at < 0 {
			return -1
		}
		at += from
		from = at + len(mark)
		start := sentenceStart(text, at)
		if start < 0 {
			continue
		}
		rest := text[start:]
		if len(rest) > 1200 || strings.ContainsAny(rest, "\"“”«»„") {
			continue
		}
		folded, _ := fold(rest, buf)
		if isAsk(folded) && (start == 0 || hasAnswer(folded)) {
			return start
		}
	}
	return -1
}

// sentenceStart is the offset of the first word of the sentence that at stands in, -1
// when it is further off than a question is long.
func sentenceStart(text string, at int) int {
	low := max(0, at-60)
	for i := at; i > low; i-- {
		if text[i-1] == ' ' && endsSentence(text[max(0, i-8):i-1]) {
			return i
		}
	}
	if low == 0 {
		return 0
	}
	return -1
}

// isAsk reports whether folded begins with a question to the reader about the page.
func isAsk(folded string) bool {
	for _, word := range []string{"feedback ", "your feedback ", "x feedback ", "close "} {
		folded = strings.TrimPrefix(folded, word)
	}
	for _, frame := range askFrames {
		if !strings.HasPrefix(folded, frame) {
			continue
		}
		// "was this" is part of the frame and of the object.
		rest := folded[max(0, len(frame)-5):]
		rest = rest[:min(len(rest), 50)]
		for _, object := range askObjects {
			if strings.Contains(rest, object) {
				return frame != "was this" && frame != "is this" && frame != "did this" || judges(folded)
			}
		}
	}
	return false
}

// judges reports whether a question asks what a reader thought: "Was this article
// helpful", not "Was this story true".
func judges(folded string) bool {
	for _, w := range []string{"helpful", "useful", "interesting", "informative", "valuable", "relevant", "answer your", "worth your"} {
		if strings.Contains(folded, w) {
			return true
		}
	}
	return false
}

func hasAnswer(folded string) bool {
	n := 0
	for _, w := range answerWords {
		if strings.Contains(folded, w) {
			if n++; n == 2 {
				return true
			}
		}
	}
	return strings.HasSuffix(folded, "yes no") || strings.HasSuffix(folded, " submit")
}

// dialogReach is how many lines after a part of the dialog the next part may stand.
const dialogReach = 6

// spreadFeedback types the lines between and after the parts of a feedback dialog
// that stands on several lines, from line i on, and returns the first line after it.
func spreadFeedback(ls []lineBlock, i int) int {
	last := i
	for j := i + 1; j < len(ls) && j <= last+dialogReach; j++ {
		l := &ls[j]
		if l.kind == quoth.FeedbackForm {
			last = j
			continue
		}
		if !isAnswerShaped(l) {
			break
		}
		if answers[l.folded] || holdsAnswer(l.folded) {
			last = j
		}
	}
	for j := i + 1; j <= last; j++ {
		ls[j].kind = quoth.FeedbackForm
	}
	return last + 1
}

func holdsAnswer(folded string) bool {
	for _, w := range answerWords {
		if strings.Contains(folded, w) {
			return true
		}
	}
	return false
}

// isAnswerShaped reports whether a line could be an answer or a button of a dialog:
// short, no sentence, no quotation.
func isAnswerShaped(l *lineBlock) bool {
	if l.words == 0 || l.words > 12 || strings.ContainsAny(l.text, "\"“”«»$€£") || strings.HasSuffix(l.text, ":") {
		return false
	}
	return l.words <= 12 && !strings.HasSuffix(l.text, ".") || strings.HasPrefix(l.folded, "thank")
}
