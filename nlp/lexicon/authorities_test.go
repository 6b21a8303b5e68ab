package lexicon

import "testing"

func TestAuthorities(t *testing.T) {
	checkClasses(t, Authorities(), map[string]AuthorityClass{"fbi": Agency, "congress": Body, "nba": League, "harbour": NoAuthority, "agency": NoAuthority})
}
