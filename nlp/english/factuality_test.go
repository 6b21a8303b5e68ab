package english_test

import (
	"testing"

	"quoth"
)

// A saying that the article says did not take place, or only supposes or asks for, is no
// factual one.
func TestFactuality(t *testing.T) {
	a := analyzer(t)
	for _, c := range []struct {
		text, start string
		want        quoth.Factuality
	}{
		{"Zoë Hale said that the bridge was safe.", "that the bridge", quoth.Factual},
		{"Zoë Hale did not say that the bridge was safe.", "that the bridge", quoth.Negated},
		{"Zoë Hale never claimed that the ferry would be free.", "that the ferry", quoth.Negated},
		{"Zoë Hale declined to say whether the bridge was safe.", "whether the bridge", quoth.Negated},
		{"Nobody told the traders that the bridge would close.", "that the bridge", quoth.Negated},
		{"If Tobias Renn says that the council lied, he should prove it.", "that the council", quoth.Hypothetical},
		{"Tobias Renn may say on Friday that the ferry is too dear.", "that the ferry", quoth.Hypothetical},
		{"Did Zoë Hale say that the bridge was safe? Tobias Renn does not know.", "that the bridge", quoth.Questioned},
		{"“I never said that the bridge was safe,” Zoë Hale said.", "“I never", quoth.Factual},
		{"“Why was nobody told?” Tobias Renn asked.", "“Why", quoth.Factual},
		{"“The bridge is not,” Zoë Hale said.", "“The bridge", quoth.Factual},
		{"“If it becomes necessary, we will,” Zoë Hale said.", "“If it", quoth.Factual},
		{"The bridge must be the star of the town, Zoë Hale told the council.", "The bridge must", quoth.Factual},
		{"Zoë Hale asked: Is the bridge worth the money of the traders?", "Is the", quoth.Factual},
		{"Zoë Hale would like to see a new bridge.", "to see", quoth.Factual},
		{"Zoë Hale would say that the bridge is safe if she knew it.", "that the", quoth.Hypothetical},
		{"If, some day, Zoë Hale says that the bridge is safe, he should believe it.", "that the", quoth.Hypothetical},
		{"Zoë Hale challenged the council, without mentioning the mayor by name.", "the mayor", quoth.Negated},
		{"“The bridge is safe,” Zoë Hale said without elaborating.", "“The bridge", quoth.Factual},
		{"It goes without saying that the bridge is old.", "that the bridge", quoth.Factual},
		{"Nowhere did the council explain how the bridge was built.", "how the bridge", quoth.Negated},
		{"The council has not yet picked a builder, or announced the size of the bridge.", "the size", quoth.Negated},
		{"Enrolment has declined since 2008, but Zoë Hale says the bridge helps.", "the bridge helps", quoth.Factual},
		{"Zoë Hale gave no hint that she would resign.", "that she", quoth.Negated},
		{"Zoë Hale would say only that the bridge was old.", "that the bridge", quoth.Factual},
		{"Zoë Hale couldn't resist saying that the bridge was safe.", "that the bridge", quoth.Factual},
		{"Zoë Hale said nothing about when the bridge would open.", "nothing", quoth.Negated},
		{"Zoë Hale said nothing would change at the bridge.", "nothing", quoth.Factual},
		{"Zoë Hale said nothing of the sort had happened.", "nothing", quoth.Factual},
		{"Zoë Hale said nothing on the boat was damaged.", "nothing", quoth.Factual},
		{"There is no evidence that Zoë Hale said the bridge was a ruin.", "the bridge", quoth.Negated},
		{"If Zoë Hale is so concerned about the bridge, she should close it.", "the bridge", quoth.Hypothetical},
		{"Zoë Hale denied that she had seen the report.", "that she", quoth.Factual},
		{"Nothing in the ledger suggests that the bridge was sold.", "that the bridge", quoth.Negated},
		{"No one at the ferry had been told that the pier would close.", "that the pier", quoth.Negated},
		{"If nothing else, though, Zoë Hale was told that the pier would close.", "that the pier", quoth.Factual},
		{"That does not mean that Zoë Hale wants to close the bridge.", "to close", quoth.Negated},
		{"Zoë Hale does not remember, but says that the bridge was safe.", "that the bridge", quoth.Factual},
		{"At no point, her office insisted, did Zoë Hale say that the bridge was safe.", "that the bridge", quoth.Negated},
		{"At no cost to the town, Zoë Hale promised, the bridge would be mended.", "the bridge", quoth.Factual},
		{"Most traders seem unable to accept that the bridge is closed.", "that the bridge", quoth.Negated},
		{"Perhaps Zoë Hale is admitting that the bridge was old.", "that the bridge", quoth.Hypothetical},
		{"Perhaps, Zoë Hale said, the bridge was old.", "the bridge was", quoth.Factual},
		{"The money was conditioned on Zoë Hale announcing that the bridge would close.", "that the bridge", quoth.Hypothetical},
		{"The council can hold a vote and urge the mayor to resign.", "the mayor", quoth.Hypothetical},
		{"Zoë Hale would not wait and said that the bridge was safe.", "that the bridge", quoth.Factual},
		{"At no time was the oven unsafe, Zoë Hale said.", "At no time", quoth.Factual},
		{"Zoë Hale did not recall the meeting, saying it was held when she was a child.", "it was held", quoth.Factual},
		{"The rain could stop the fair, but bakers warn the ovens might be cold.", "the ovens", quoth.Factual},
		{"Tessa May is ill. May also promised that the ferry would run.", "that the ferry", quoth.Factual},
	} {
		statements, err := a.Analyze(article("The council of Marrow met on Monday.", c.text))
		if err != nil {
			t.Fatal(err)
		}
		s := startingWith(statements, c.start)
		if s == nil {
			t.Errorf("%q: no statement starts with %q: %q", c.text, c.start, contents(statements))
			continue
		}
		if s.Factuality != c.want {
			t.Errorf("%q: %s, want %s", c.text, s.Factuality, c.want)
		}
	}
}
