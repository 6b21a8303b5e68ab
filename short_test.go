package quoth_test

import (
	"maps"
	"testing"

	"quoth"
)

func TestShortNames(t *testing.T) {
	text := "Zoë Hale (@zoehale) spoke. The Harbour Pilots' Association (HPA) and the Bay Crews Union (B.C.U.) agreed. Tobias Renn (@MayorOfEllory) did not. " +
		"The Press Club of Ellory (@presscellory) left. The Westmark Port Society (UNKNOWN) (WPS) met. Inês Quandt (@iq) left (IQ (and"
	r := quoth.Reading{Article: quoth.Article{Text: text}, Statements: []quoth.Statement{
		{Speaker: &quoth.Speaker{ID: "1", Name: "Zoë Hale", Kind: quoth.PersonParty, Mention: "She"}, About: []quoth.Party{
			{ID: "2", Name: "Harbour Pilots' Association", Kind: quoth.OrganizationParty}, {ID: "3", Name: "Tobias Renn", Kind: quoth.PersonParty},
			{ID: "4", Name: "Westmark Port Society", Kind: quoth.OrganizationParty}, {ID: "9", Name: "Ellory", Kind: quoth.OrganizationParty}, {ID: "10", Name: "Press Club of Ellory", Kind: quoth.OrganizationParty}, {ID: "7", Name: "Inês Quandt", Kind: quoth.PersonParty}}},
		{Speaker: &quoth.Speaker{ID: "5", Name: "Ferry Crews Alliance", Kind: quoth.OrganizationParty, Mention: "the FCA"}, Addressee: &quoth.Addressee{ID: "6", Name: "Bay Crews Union", Kind: quoth.OrganizationParty}},
		{Speaker: &quoth.Speaker{ID: "8", Name: "Council", Kind: quoth.GroupParty, Mention: "the CCC"}},
	}}
	want := map[string]string{"1": "@zoehale", "2": "HPA", "5": "FCA", "6": "B.C.U.", "10": "@presscellory"}
	if got := r.ShortNames(); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
