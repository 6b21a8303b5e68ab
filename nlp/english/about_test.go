package english_test

import (
	"strings"
	"testing"
)

// A content is about those whom its words mean, and not about others who share a word with them.
func TestAboutOfPages(t *testing.T) {
	for _, c := range []struct{ name, text, start, want string }{
		{"a title that is somebody's surname", "Westmark Democrat Pat Judge ran last year. Pat Judge lost.\n\nSenator Mara Quill said that Judge Vale deserves a hearing.", "that Judge", "Vale"},
		{"a panel on what another body is for", "Citizens for Responsibility and Ethics filed a complaint against Rep. Mara Quill last week. The House Ethics Committee closed the case.\n\nQuill said the Ethics panel's decision was right.", "the Ethics", "House Ethics Committee"},
		{"an attorney general is no attorney", "Lawyer Francisco Benito of Marrow spoke first. Attorney Benito left.\n\nAda Moran said the attorney general's office had the papers.", "the attorney", "-"},
		{"the attorney general is not the deputy", "Attorney General Zoë Hale met Deputy Attorney General Tobin Lund on Monday.\n\nThe tweet was about Hale, Ada Moran said. Moran said that the attorney general had left.", "that the attorney", "Zoë Hale"},
		{"the army of another people", "The Free Norlandic Army took the town on Monday. The Free Norlandic Army lost two men.\n\nColonel Sam Reed said the Iraqi army troops had left.", "the Iraqi", "-"},
		{"the first woman to be that", "Otto Varley was president for nine years. Hilda Crane left.\n\nAda Moran said that the first female president would face hard times.", "that the first", "-"},
		{"a chamber that is run for", "Roy Marsh won the Alabama Senate race on Tuesday.\n\nAda Moran said that someone in the Senate should act.", "that someone", "Senate"},
		{"a word in capitals", "Checkers rated the claim as FALSE because, Ada Moran said, the mayor never said so.", "Checkers", "-"},
		{"an office in letters", "“I did that in my eight years as VP,” Otto Varley said.", "“I did", "Otto Varley"},
		{"one of a state", "Zoë Hale sang in the tower for a week. The Arizonan went home on Sunday.\n\nHer teacher said the Arizonan had no scarf.", "the Arizonan", "-"},
		{"somebody else whom the content names", "Zoë Hale met Hugo Renn. Tobin Marsh left.\n\nMarsh said Renn had lost his licence and would sell his boat.", "Renn", "Hugo Renn"},
		{"somebody whom it does not name", "Tobin Marsh said a pilot told the council that he had lost his boat.", "a pilot", "-"},
		{"who is asked to do something", "Tobin Marsh wrote to Hugo Renn encouraging him to resign.", "him to", "-"},
		{"who describes himself", "Hugo Renn left. Tobin Marsh described himself as a friend of the harbour.", "himself", "Tobin Marsh"},
		{"not who employs a lawyer", "Zoë Hale said her lawyer had left the city.", "her lawyer", "-"},
		{"but whose plan it is", "Zoë Hale said her plan was good.", "her plan", "Zoë Hale"},
		{"and whose campaign", "Zoë Hale said her campaign was over.", "her campaign", "Zoë Hale"},
		{"any candidate", "Tobin Marsh runs for mayor. Hugo Renn, a pilot, said voters would choose the right candidate.", "voters", "-"},
		{"a channel named last", "CNN fired Tobin Marsh. Fox News kept Hugo Renn. CNN said Marsh had lied.\n\nHugo Renn said the network was unfair.", "the network", "CNN"},
		{"the other party", "Members of the Republican Party left. Tobin Marsh said the Democrat party was split.", "the Democrat", "-"},
		{"a ship", "The Pentagon said the USS Tobin Renn fired.", "the USS", "-"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var names []string
			s := startingWith(statementsOf(t, strings.Split(c.text, "\n\n")...), c.start)
			if s == nil {
				t.Fatalf("%s\nno statement", c.text)
			}
			for _, p := range s.About {
				names = append(names, p.Name)
			}
			if names == nil {
				names = []string{"-"}
			}
			if got := strings.Join(names, "; "); got != c.want {
				t.Errorf("%s\ngot  %s\nwant %s", c.text, got, c.want)
			}
		})
	}
}
