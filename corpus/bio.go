package corpus

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"quoth/nlp"
)

// BIODoc is a document of a corpus with one class tag per token.
type BIODoc struct {
	ID        string // as the file gives it, else the document's number from 1
	Sentences []BIOSentence
}

// BIOSentence is a sentence as the corpus divides it.
type BIOSentence struct {
	ID       string // "" when the file gives none
	Text     string // the raw sentence, "" when the file gives none
	Tokens   []string
	Mentions []BIOMention // in order, disjoint
}

// BIOMention is a tagged run of tokens of one sentence.
type BIOMention struct {
	nlp.TokenRange        // within the sentence
	Class          string // as the corpus writes it: Person, PER, ...
}

// Kind returns the mention's class as Quoth's own, NoMention when it has none for it.
func (m BIOMention) Kind() nlp.MentionKind {
	switch m.Class {
	case "PER":
		return nlp.Person
	case "ORG":
		return nlp.Organization
	case "LOC", "GPE":
		return nlp.Location
	case "MISC", "OTH":
		return nlp.Misc
	}
	return nlp.MentionKindNamed(m.Class)
}

// ReadBIO reads a file, plain or gzipped, of one token a line with its tag, a blank
// line after each sentence:
//
//	token TAB tag                          Worldwide Newswire
//	token SPACE tag                        WikiGold
//	number TAB token TAB tag TAB ...       Universal NER (IOB2 beside the CoNLL-U tokens)
//
// The first token line decides which. `# newdoc id`, and a -DOCSTART- token, begin a
// document; `# sent_id` and `# text` are kept. Tags are O, B-class and I-class; an
// I-class that continues nothing of its class begins a mention, so that IOB1 and IOB2
// are both read right. Broken lines are told in [Problems] and read as O; a file
// without tokens is an error.
func ReadBIO(path string) ([]BIODoc, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readBIO(f, path)
}

// readBIO is ReadBIO on a stream; name is what errors call it.
func readBIO(in io.Reader, name string) ([]BIODoc, error) {
	r := bioReader{name: name}
	err := eachLineOf(in, name, func(n int, line []byte) {
		r.n = n
		r.line(line)
	})
	if err != nil {
		return nil, err
	}
	r.endDoc()
	if len(r.docs) == 0 {
		return nil, errEmpty(name, "tagged token")
	}
	return r.docs, r.problems.orNil()
}

type bioReader struct {
	name     string
	n        int // number of the line
	problems Problems
	docs     []BIODoc
	doc      BIODoc
	sent     BIOSentence
	columns  int // 0 unknown, 1 blank between token and tag, 2 token and tag, 3 number first
	class    string
}

func (r *bioReader) report(format string, args ...any) {
	r.problems = append(r.problems, Problem{r.name, r.n, r.doc.ID, fmt.Sprintf(format, args...)})
}

// line takes one line of any kind.
func (r *bioReader) line(b []byte) {
	line := string(bytes.TrimRight(b, " \r"))
	// A token may be "#": comments have a blank and a key, token lines a tab or a tag.
	if key, value, ok := comment(line); ok && len(r.sent.Tokens) == 0 {
		r.comment(key, value)
		return
	}
	if strings.TrimSpace(line) == "" {
		r.endSentence()
		return
	}
	token, tag, ok := r.split(line)
	switch {
	case !ok:
		return
	case token == "-DOCSTART-":
		r.endDoc()
		return
	case !utf8.ValidString(token):
		r.report("not valid UTF-8")
		token = strings.ToValidUTF8(token, "\ufffd")
	}
	r.token(token, tag)
}

// comment parts "# key = value" and "# key value"; ok is false for token lines.
func comment(line string) (key, value string, ok bool) {
	rest, ok := strings.CutPrefix(line, "# ")
	if !ok || strings.Contains(rest, "\t") || rest == "O" || strings.HasPrefix(rest, "B-") || strings.HasPrefix(rest, "I-") {
		return "", "", false
	}
	key, value, _ = strings.Cut(rest, "=")
	return strings.TrimSpace(key), strings.TrimSpace(value), true
}

func (r *bioReader) comment(key, value string) {
	switch key {
	case "newdoc id", "newdoc":
		r.endDoc()
		r.doc.ID = value
	case "sent_id":
		r.sent.ID = value
	case "text":
		r.sent.Text = value
	}
}

// split returns the token and tag of a token line; not ok means nothing to read: a
// multiword range of Universal NER, or a broken line, which it reports.
func (r *bioReader) split(line string) (token, tag string, ok bool) {
	fields := strings.Split(line, "\t")
	if r.columns == 0 {
		switch {
		case len(fields) == 1:
			r.columns = 1
		case len(fields) == 2:
			r.columns = 2
		default:
			r.columns = 3
		}
	}
	if r.columns == 1 {
		i := strings.LastIndexByte(line, ' ')
		if i <= 0 {
			r.report("no tag: %.80q", line)
			return line, "O", true
		}
		return line[:i], line[i+1:], true
	}
	if len(fields) < r.columns {
		r.report("%d columns of at least %d: %.80q", len(fields), r.columns, line)
		return line, "O", true
	}
	if r.columns == 3 {
		if _, err := strconv.Atoi(fields[0]); err != nil { // 3-4, 8.1
			return "", "", false
		}
		return fields[1], fields[2], true
	}
	return fields[0], fields[1], true
}

// token adds a token to the sentence and its tag to the mentions.
func (r *bioReader) token(token, tag string) {
	t := len(r.sent.Tokens)
	r.sent.Tokens = append(r.sent.Tokens, token)
	prefix, class, found := strings.Cut(tag, "-")
	if tag == "O" {
		r.class = ""
		return
	}
	if !found || class == "" || prefix != "B" && prefix != "I" {
		r.report("tag %.40q is not O, B-class or I-class", tag)
		r.class = ""
		return
	}
	if prefix == "I" && class == r.class {
		r.sent.Mentions[len(r.sent.Mentions)-1].Past = t + 1
		return
	}
	r.class = class
	r.sent.Mentions = append(r.sent.Mentions, BIOMention{nlp.TokenRange{First: t, Past: t + 1}, class})
}

func (r *bioReader) endSentence() {
	if len(r.sent.Tokens) > 0 {
		r.doc.Sentences = append(r.doc.Sentences, r.sent)
	}
	r.sent, r.class = BIOSentence{}, ""
}

func (r *bioReader) endDoc() {
	r.endSentence()
	if len(r.doc.Sentences) > 0 {
		if r.doc.ID == "" {
			r.doc.ID = strconv.Itoa(len(r.docs) + 1)
		}
		r.docs = append(r.docs, r.doc)
	}
	r.doc = BIODoc{}
}
