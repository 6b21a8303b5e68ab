package feedback

// Texts are the words of the dialog in one language. Codes stand for the answers, so that
// the same answer counts as the same in every language.
type Texts struct {
	Question          string            `json:"question"`
	StatementQuestion string            `json:"statement_question"`
	Yes               string            `json:"yes"`
	No                string            `json:"no"`
	Why               string            `json:"why"`
	Reasons           map[string]string `json:"reasons"`
	WhatIsWrong       string            `json:"what_is_wrong"`
	Followups         map[string]string `json:"followups"`
	Tell              string            `json:"tell"`
	Source            string            `json:"source"`
	Cancel            string            `json:"cancel"`
	Submit            string            `json:"submit"`
	Thanks            string            `json:"thanks"`
	Change            string            `json:"change"`
	Undo              string            `json:"undo"`
	Choose            string            `json:"choose"`
	Say               string            `json:"say"`     // other, without words
	Address           string            `json:"address"` // the source is none
	Later             string            `json:"later"`   // too many answers in a time
	Failed            string            `json:"failed"`
	TakenBack         string            `json:"taken_back"`
	Back              string            `json:"back"`
}

// Catalogue returns the texts of a language, by its BCP 47 primary tag; English for those
// that there are none of.
func Catalogue(language string) Texts {
	if language == "de" {
		return german()
	}
	return english()
}

// Languages lists the languages of the catalogue.
func Languages() []string { return []string{"en", "de"} }

func english() Texts {
	return Texts{
		Question: "Was this article helpful?", StatementQuestion: "Is this statement recorded correctly?", Yes: "Yes", No: "No",
		Why: "Why did you not like this content?",
		Reasons: map[string]string{Misleading: "Clickbait / Misleading", Incorrect: "Factually Incorrect", Hateful: "Hateful or Abusive",
			Opinion: "Baseless Opinion", Ads: "Too Many Ads", Other: "Other"},
		WhatIsWrong: "What is wrong?",
		Followups: map[string]string{"person": "It was not said by this person", "words": "The words differ from the page", "cut": "It is cut so that its meaning changes",
			"date": "The date or the place is wrong", "target": "It is not about them", "untrue": "The quote is right, but what was said is untrue"},
		Tell: "Tell us more", Source: "Where it can be checked (an address)", Cancel: "Cancel", Submit: "Submit", Thanks: "Thank you for feedback",
		Change: "Change my answer", Undo: "Undo", Choose: "Please choose a reason.", Say: "Please tell us what it is.", Address: "The address cannot be read. Please write it whole, as https://paper.example/page.",
		Later: "Too many answers came from here just now. Yours is still here; please try again in a minute.", Failed: "That did not arrive. Your answer is still here; please try again.",
		TakenBack: "Your answer was taken back", Back: "Back to the page",
	}
}

func german() Texts {
	return Texts{
		Question: "War dieser Artikel hilfreich?", StatementQuestion: "Ist diese Aussage richtig wiedergegeben?", Yes: "Ja", No: "Nein",
		Why: "Warum hat Ihnen dieser Inhalt nicht gefallen?",
		Reasons: map[string]string{Misleading: "Reißerisch / irreführend", Incorrect: "Sachlich falsch", Hateful: "Hasserfüllt oder beleidigend",
			Opinion: "Unbegründete Meinung", Ads: "Zu viel Werbung", Other: "Anderes"},
		WhatIsWrong: "Was ist falsch?",
		Followups: map[string]string{"person": "Diese Person hat das nicht gesagt", "words": "Der Wortlaut weicht von der Seite ab", "cut": "Es ist sinnentstellend gekürzt",
			"date": "Datum oder Ort ist falsch", "target": "Es geht nicht um diese Person", "untrue": "Das Zitat stimmt, aber das Gesagte ist unwahr"},
		Tell: "Sagen Sie uns mehr", Source: "Wo es sich nachprüfen lässt (eine Adresse)", Cancel: "Abbrechen", Submit: "Absenden", Thanks: "Danke für Ihre Rückmeldung",
		Change: "Antwort ändern", Undo: "Zurücknehmen", Choose: "Bitte wählen Sie einen Grund.", Say: "Bitte sagen Sie uns, was es ist.", Address: "Die Adresse ist nicht lesbar. Bitte schreiben Sie sie ganz aus, etwa https://zeitung.example/seite.",
		Later: "Von hier kamen gerade zu viele Antworten. Ihre ist noch da; bitte versuchen Sie es in einer Minute noch einmal.", Failed: "Das ist nicht angekommen. Ihre Antwort ist noch da; bitte versuchen Sie es noch einmal.",
		TakenBack: "Ihre Antwort ist zurückgenommen", Back: "Zurück zur Seite",
	}
}
