package page

import (
	"strings"
	"testing"

	"quoth"
)

// Lines and ends of lines whose form leaves no doubt are furniture or captions, and what only looks like them is not.
func TestSureLines(t *testing.T) {
	const lead = "The new ferry will open in May, Mayor Zoë Hale said on Monday at the quay.\n\n"
	const after = "\n\nThe old ferry will be sold to a museum, which has asked for it for many years."
	for line, want := range map[string]string{
		"JUST WATCHED Hale: “Never again” Replay More Videos ... MUST WATCH Hale: “Never again” 01:23":                                      "related",
		"Photos: The ferry of Northwick The ferry – Zoë Hale at the quay in May. Hide Caption 1 of 12 Hide Caption 2 of 12":                 "caption",
		"Related Six ways to cross the bay without a ferry":                                                                                 "related",
		"Watch \"Harbour Lights\" weeknights at 6:30pm ET on MNN":                                                                           "related",
		`poster="http://v.example.com/images/1.jpg?pubId=1"`:                                                                                "related",
		"Read or Share this story: http://example.com/a1b2":                                                                                 "share",
		"CLOSE Mayor Zoë Hale said the ferry would open in May. (March 2) MNN":                                                              "caption",
		"Image copyright Reuters Image caption Zoë Hale at the quay":                                                                        "caption",
		"Media playback is unsupported on your device Media caption Hale: \"It will sail\"":                                                 "caption",
		"( Also on THE POST: Hale jokes about her 'paper boats')":                                                                           "related",
		"[Watch MNN: Zoë Hale, mayor of Northwick, is on in the 9 a.m. hour]":                                                               "related",
		"( PHOTOS: Ferries of the coast)":                                                                                                   "related",
		"[Related: Our guide to the pier]":                                                                                                  "related",
		"Hale 'did not read' the letter, say councillors Read more":                                                                         "related",
		"Politics Hale Opens Ferry Hale Opens Ferry Listen · 4:53 4:53":                                                                     "related",
		"The ferry of Northwick leaves the quay at dawn. REUTERS/Rea Lind/File Photo":                                                       "caption",
		"MAYOR HALE SAYS FERRY WILL SAIL ON TIME, COUNCIL 'FURIOUS'":                                                                        "related",
		"“It will sail,” said Hale. (RELATED: Hale (Ind.) Asks For Boats [VIDEO])":                                                          "paragraph related",
		"“It will sail,” said Hale. (RELATED: Hale Asks For Boats: ‘What Is Wrong With You?’":                                               "paragraph related",
		"Play Video 1:02 The ferry of Northwick leaves the quay – video":                                                                    "related",
		"Play Video games, Hale told the pupils of the school at the quay, and you will not learn a thing.":                                 "paragraph",
		"FILE - In this April 29, 2025, file photo, Mayor Zoë Hale, who said the ferry would sail, speaks at the quay. (AP Photo/Rea Lind)": "caption",
		"FILE - the folder of the council in which all letters about the ferry were kept - was lost, said Hale.":                            "paragraph",
		"“It will sail,” said Hale. (Her aide: “It may not.”)":                                                                              "paragraph",
		"“It will sail,” said Hale (RELATED: she had said so before).":                                                                      "paragraph",
		"“JUST WATCHED the ferry sail,” Hale wrote. “What a day for Northwick.”":                                                            "paragraph",
		"Related costs rose by a third, and the council wants to know why, Hale said.":                                                      "paragraph",
		"“WE WILL NOT TAKE THE FERRY FROM YOU THIS YEAR, NEVER.”":                                                                           "paragraph",
		"Close friends of Hale said that she had not slept since the ferry sank.":                                                           "paragraph",
		"Hale said she would write to them, and asked them to read more":                                                                    "heading",
	} {
		a := extract(t, Options{}, quoth.RawPage{Body: []byte(lead + line + after)})
		var kinds []string
		for _, b := range a.Blocks[1 : len(a.Blocks)-1] {
			kinds = append(kinds, string(b.Kind))
		}
		if got := strings.Join(kinds, " "); got != want {
			t.Errorf("%s: got %s, want %s", line, got, want)
		}
	}
}

// Headings in capitals stay where a page has many, and lines in capitals where the whole page is.
func TestHeadingsInCapitals(t *testing.T) {
	const heading = "WHAT THE COUNCIL OF NORTHWICK WANTS TO KNOW NOW"
	paragraph := "The new ferry will open in May, Mayor Zoë Hale said on Monday at the quay.\n\n"
	for name, text := range map[string]string{
		"many headings": strings.Repeat(paragraph+heading+"\n\n", maxCapitals+1),
		"all capitals":  strings.ToUpper(strings.Repeat(paragraph, 4)) + heading + "\n\n" + paragraph,
	} {
		a := extract(t, Options{}, quoth.RawPage{Body: []byte(text)})
		for _, b := range a.Blocks {
			if b.Kind == quoth.Related {
				t.Errorf("%s: %q is %s", name, b.Span.In(a.Text), b.Kind)
			}
		}
	}
}

// The caption of the first picture, its credit and the headline are told apart where they run together.
func TestLeadCaption(t *testing.T) {
	const rest = "\n\nThe new ferry will open in May, Mayor Zoë Hale said on Monday at the quay. The old one will be sold to a museum."
	for line, want := range map[string][2]string{
		"“It will sail,” Zoë Hale says. | AP Photo Mayor stops the ferry":                 {"“It will sail,” Zoë Hale says. | AP Photo", "Mayor stops the ferry"},
		"The quay at dawn. | Rea Lind/AFP/Getty Images Council Mayor stops the ferry":     {"The quay at dawn. | Rea Lind/AFP/Getty Images", "Council Mayor stops the ferry"},
		"The quay at dawn. | AP Photo/Rea Lind Mayor stops the ferry":                     {"The quay at dawn. | AP Photo/Rea Lind", "Mayor stops the ferry"},
		"The quay at dawn. | AP Photos, R. Lind/POLITICO Why the ferry won't sail":        {"The quay at dawn. | AP Photos, R. Lind/POLITICO", "Why the ferry won't sail"},
		"The quay at dawn. | POLITICO | Rea Lind/POLITICO Fire, smoke and one lost ferry": {"The quay at dawn. | POLITICO | Rea Lind/POLITICO", "Fire, smoke and one lost ferry"},
	} {
		a := extract(t, Options{}, quoth.RawPage{Body: []byte(line + rest)})
		if len(a.Blocks) != 3 || a.Blocks[0].Kind != quoth.Caption || a.Blocks[0].Span.In(a.Text) != want[0] || a.Title != want[1] {
			t.Errorf("%s: title %q, blocks\n%s", line, a.Title, shape(a))
		}
	}
	for _, line := range []string{"The quay at dawn. | Rea Lind, Toby Marsh, File/AP Photo", "Mayor stops the ferry | The Northwick Post", "The quay at dawn. | A/B/C/D/E/F/G"} {
		a := extract(t, Options{}, quoth.RawPage{Body: []byte(line + rest)})
		if len(a.Blocks) != 2 {
			t.Errorf("%s is cut:\n%s", line, shape(a))
		}
	}
}
