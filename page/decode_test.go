package page

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"quoth"
)

// What a page is in is told by its sender, a byte order mark, a meta element wherever
// it stands, or the bytes alone.
func TestHTMLCharsets(t *testing.T) {
	german := "Die Bürgermeisterin Zoë Hale sagte am Montag, die neue Fähre müsse noch vor dem Frühjahr für alle Bürger fahren, größer und schöner als die alte."
	russian := "Мэр города Зоя Хейл сказала в понедельник, что новый паром откроется в мае, на два года позже, чем было обещано жителям города."
	japanese1 := "市長のゾーイ・ヘイルさんは月曜日、新しいフェリーは五月に就航すると述べた。予定より二年遅れている。"
	chinese := "市长佐伊·黑尔星期一表示，新渡轮将于五月开通，比原计划晚了两年。她说，议会信守了诺言。"
	script := "<script>" + strings.Repeat("var charset=1;", 200) + "</script>"
	page := func(head, text string) string {
		return "<html><head>" + head + "<title>x</title></head><body><p>" + strings.Repeat(text+" ", 3) + "</p></body></html>"
	}
	encode := func(enc encoding.Encoding, s string) []byte {
		b, err := enc.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return []byte(b)
	}
	cases := []struct {
		name, contentType string
		body              []byte
		want              string
	}{
		{"header", "text/html; charset=windows-1251", encode(charmap.Windows1251, page("", russian)), russian},
		{"header goes before meta", "text/html; charset=windows-1252", encode(charmap.Windows1252, page("<meta charset=windows-1251>", german)), german},
		{"meta", "", encode(charmap.KOI8R, page("<meta charset='koi8-r'>", russian)), russian},
		{"old meta", "", encode(japanese.ShiftJIS, page(`<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=Shift_JIS">`, japanese1)), japanese1},
		{"meta behind a script", "", encode(simplifiedchinese.GBK, page(script+"<meta charset=gbk>", chinese)), chinese},
		{"byte order mark", "text/html; charset=iso-8859-1", encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), page("", german)), german},
		{"UTF-8 that says otherwise", "text/html; charset=iso-8859-1", []byte(page("<meta charset=windows-1251>", german)), german},
		{"content, one byte", "", encode(charmap.Windows1251, page("", strings.Repeat(russian, 3))), russian},
		{"content, two bytes", "", encode(japanese.EUCJP, page("", strings.Repeat(japanese1, 3))), japanese1},
		{"content, Latin", "", encode(charmap.Windows1252, page("", german)), german},
		{"UTF-8 with a broken byte", "", []byte(page("", german) + "\xe4"), german},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := extract(t, Options{Format: HTML}, quoth.RawPage{Body: c.body, ContentType: c.contentType})
			if !strings.Contains(a.Text, c.want) {
				t.Errorf("got %.200q", a.Text)
			}
		})
	}
}
