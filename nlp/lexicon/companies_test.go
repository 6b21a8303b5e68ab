package lexicon

import "testing"

func TestCompanies(t *testing.T) {
	words := Companies()
	checkClasses(t, words, map[string]CompanyClass{"honda": PlainCompany, "macy": GenitiveCompany, "hale": NoCompany, "chelsea": NoCompany})
	if len(words) < 200 {
		t.Errorf("got %d words, want at least 200", len(words))
	}
}
