package quoth

// Background is a dated sentence of the reporter's own about people of the article: an
// album in 2004, a wedding in 2014. It is credited to the outlet, never to a person, and
// says no more than that the outlet printed it.
type Background struct {
	ID    string  `json:"id"` // "b1", "b2" and so on, in text order
	Span  Span    `json:"span"`
	Text  string  `json:"text"` // the bytes of the span: one sentence
	When  Said    `json:"when"` // the day, month or year that the sentence tells
	About []Party `json:"about"`
	// Credit is the name of the outlet, null when the page does not tell it.
	Credit *string `json:"credit"`
}

// BackgroundFinder is implemented by analyzers that find background besides statements.
type BackgroundFinder interface {
	// AnalyzeAll is Analyze with the background of the article, in text order. No
	// sentence of the background holds a statement or a part of one.
	AnalyzeAll(a Article) ([]Statement, []Background, error)
}
