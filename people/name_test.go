package people

import (
	"testing"

	"quoth"
)

func TestIsName(t *testing.T) {
	for name, want := range map[string]bool{
		"Zoë Hale": true, "de Grande": true, "The Weeknd": true, "the Rev. Eric Moss": true, "bell Hooks": true,
		"I": false, "We": false, "Everyone": false, "the mayor of Ellory": false, "a Hale aide": false, "Another Moss": false,
		"Zoë Hale & Eric Moss": false, "the source": false,
	} {
		if got := isName(name, quoth.PersonParty); got != want {
			t.Errorf("%q: got %t", name, got)
		}
	}
	if !isName("The Coast Daily", quoth.OrganizationParty) || isName("We", quoth.OrganizationParty) {
		t.Error("organizations")
	}
}
