package page

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// bylineHeads stand before the names on a byline.
var bylineHeads = []string{"story by", "written by", "reported by", "published by", "posted by", "words by", "edited by", "reporting by", "all articles by", "by", "author:", "authors:", "von", "par", "por"}

// roleWords are what a byline says beside names.
var roleWords = set("staff reporter reporters editor editors correspondent correspondents writer writers contributor contributors contributing columnist author producer bureau desk team newsroom senior chief political business sports technology deputy special digital associate freelance")

// nameJoints stand between names.
var nameJoints = strings.NewReplacer(" and ", ",", " & ", ",", " with ", ",", " und ", ",", " et ", ",", ";", ",", "/", ",")

// names returns the people and agencies that a byline names.
func names(line string) []string {
	line = strings.TrimSpace(line)
	for _, head := range bylineHeads {
		if len(line) > len(head) && strings.EqualFold(line[:len(head)], head) && (line[len(head)] == ' ' || line[len(head)] == ':') {
			line = strings.TrimLeft(line[len(head):], " :")
			break
		}
	}
	if at := strings.IndexAny(line, "|•·"); at >= 0 {
		line = line[:at]
	}
	var out []string
	for _, part := range strings.FieldsFunc(nameJoints.Replace(line), func(r rune) bool { return r == ',' }) {
		if at := strings.IndexByte(part, '('); at > 0 { // initials, agencies: "Rea Lind (rl)"
			part = part[:at]
		}
		part = strings.Join(strings.Fields(part), " ")
		if isName(part) && !contains(out, part) {
			out = append(out, part)
		}
	}
	return out
}

// isName reports whether s could be a name: a few words, the first with a capital,
// none of them a role, an address or a number.
func isName(s string) bool {
	if s == "" || len(s) > 60 || strings.ContainsAny(s, "@0123456789:?!<>{}=") || strings.Contains(s, "http") || strings.Contains(s, "www.") {
		return false
	}
	words := strings.Fields(s)
	if len(words) > 6 {
		return false
	}
	for _, w := range words {
		if roleWords[strings.ToLower(strings.Trim(w, ".,"))] {
			return false
		}
	}
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}

func contains(list []string, s string) bool {
	for _, have := range list {
		if strings.EqualFold(have, s) {
			return true
		}
	}
	return false
}
