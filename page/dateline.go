package page

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A date line is a line that holds a date and nothing else, in one of the languages
// whose months and small words are listed here.

// months by their names and short names, folded to lower case.
var months = monthTable([12]string{
	"jan january januar jänner janvier janv enero ene gennaio gen janeiro januari stycznia ledna ocak января січня",
	"feb february februar febr février févr fevrier febrero febbraio fevereiro fev februari lutego února unora şubat subat февраля лютого",
	"mar march märz maerz mär mrz mars marzo março marco maart mrt marts marca března mart марта березня maret",
	"apr april avril avr abril abr aprile kwietnia dubna nisan апреля квітня",
	"may mai mayo maggio mag maio mei maj maja května mayıs mayis мая травня",
	"jun june juni juin junio giugno giu junho czerwca června haziran июня червня",
	"jul july juli juillet juil julio luglio lug julho lipca července temmuz июля липня",
	"aug august août aout agosto ago augustus augusti sierpnia srpna ağustos agustos agustus августа серпня",
	"sep sept september septembre septiembre settembre set setembro września září eylül eylul сентября вересня",
	"oct october oktober okt octobre octubre ottobre ott outubro out października října ekim октября жовтня",
	"nov november novembre noviembre novembro listopada listopadu kasım kasim ноября листопада",
	"dec december dezember dez décembre déc decembre diciembre dic dicembre dezembro desember des grudnia prosince aralık aralik декабря грудня",
})

func monthTable(names [12]string) map[string]int {
	m := map[string]int{}
	for i, list := range names {
		for name := range strings.FieldsSeq(list) {
			m[name] = i + 1
		}
	}
	return m
}

// wordRole is what a word on a date line tells of the date behind it.
type wordRole int

const (
	besideDate wordRole = iota + 1
	tellsPublished
	tellsChange
)

// dateWords are the words that may stand on a date line beside the date.
var dateWords = roleTable(map[wordRole]string{
	tellsPublished: `published posted veröffentlicht erschienen publié publie publicado publicada pubblicato gepubliceerd publicerad publisert publiceret publikacja vydáno yayınlanma`,
	tellsChange: `updated modified edited revised last update aktualisiert geändert modifié modifie actualizado actualizada aggiornato atualizado bijgewerkt uppdaterad oppdatert opdateret
		aktualizacja aktualizováno güncelleme guncelleme güncellendi mise mis`,
	besideDate: `first originally on at date the by from mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday
		am pm a p m noon midnight gmt utc bst est edt et cst cdt ct mst mdt mt pst pdt pt ist cet cest aest aedt sast eat wat msk st nd rd th z t
		stand uhr vom um den der montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so mez mesz
		le la à a h jour lundi mardi mercredi jeudi vendredi samedi dimanche heures
		el de del las los a lunes martes miércoles miercoles jueves viernes sábado sabado domingo hora horas hrs
		il alle ore lunedì lunedi martedì martedi mercoledì mercoledi giovedì giovedi venerdì venerdi sabato domenica del alle
		em às as segunda terça quarta quinta sexta feira op om uur maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
		kl klokken måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag den
		godz poniedziałek wtorek środa czwartek piątek sobota niedziela pondělí úterý středa čtvrtek pátek neděle
		pazartesi salı çarşamba perşembe cuma cumartesi pazar`,
})

func roleTable(lists map[wordRole]string) map[string]wordRole {
	m := map[string]wordRole{}
	for role, list := range lists {
		for w := range strings.FieldsSeq(list) {
			// A word of two lists tells nothing.
			if have := m[w]; have == 0 || role < have {
				m[w] = role
			}
		}
	}
	return m
}

// dated is what a date line tells.
type dated struct {
	day     string // "" when the day of printing is not among it, or could be two days
	updated string // day of a change, "" when there is none
	isSaid  bool   // the line says "published", "updated" or the like
}

// dateLine reads a line that holds a date and nothing else, such as "Published March
// 20, 2025, 10:30 a.m. EDT | Updated 11:00 a.m.". ok is false when it is another
// line, or names no year or no month and day.
func dateLine(s string) (d dated, ok bool) {
	if len(s) > 160 || !hasDigit(s) {
		return dated{}, false
	}
	var scan dateScan
	if !scan.split(s) {
		return dated{}, false
	}
	return scan.read()
}

// dateToken is a run of letters or of digits, or a mark.
type dateToken struct {
	text  string // in lower case
	n     int    // of digits, when there are at most four
	width int    // number of digits, 0 for words and marks
}

// dateScan reads one line.
type dateScan struct {
	buf    [48]dateToken
	tokens []dateToken
	next   wordRole // what the last word said of the dates behind it
	isSaid bool
	found  int // dates, also those without a year
	whole  int // of these, those that can be told for certain
	out    dated
}

// split cuts s into tokens; false when it holds what no date line has.
func (sc *dateScan) split(s string) bool {
	sc.tokens = sc.buf[:0]
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		start := i
		switch {
		case r < utf8.RuneSelf && isDigit(byte(r)):
			for i < len(s) && isDigit(s[i]) {
				i++
			}
			t := dateToken{text: s[start:i], width: i - start}
			if t.width <= 4 {
				t.n = atoi(t.text)
			}
			sc.tokens = append(sc.tokens, t)
		case r == '年' || r == '月' || r == '日':
			i += size
			sc.tokens = append(sc.tokens, dateToken{text: string(r)})
		case unicode.IsLetter(r):
			for i < len(s) {
				if r, size = utf8.DecodeRuneInString(s[i:]); !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) || strings.ContainsRune("年月日", r) {
					break
				}
				i += size
			}
			sc.tokens = append(sc.tokens, dateToken{text: strings.ToLower(s[start:i])})
		case unicode.IsSpace(r):
			i += size
		case strings.ContainsRune(",.:;|/()-+–—•·", r):
			i += size
			sc.tokens = append(sc.tokens, dateToken{text: string(r)})
		default:
			return false
		}
		if len(sc.tokens) == len(sc.buf) {
			return false
		}
	}
	return true
}

// at is the token i, a blank one behind the last.
func (sc *dateScan) at(i int) dateToken {
	if i < 0 || i >= len(sc.tokens) {
		return dateToken{}
	}
	return sc.tokens[i]
}

// read goes through the tokens.
func (sc *dateScan) read() (dated, bool) {
	for i := 0; i < len(sc.tokens); {
		t := sc.tokens[i]
		if n := sc.date(i); n > 0 {
			i += n
			continue
		}
		switch {
		case t.width == 4 && sc.found > 0 && (sc.at(i-1).text == "+" || sc.at(i-1).text == "-"): // +0100
		case t.width > 2:
			return dated{}, false // a number that is no part of a date
		case t.width > 0 && sc.at(i+1).text == ":" && sc.at(i+2).width == 2: // a time of day
			for i++; sc.at(i).text == ":" && sc.at(i+1).width == 2; i += 2 {
			}
			continue
		case t.width > 0 && months[sc.at(i+1).text] != 0:
			return dated{}, false // 31 February
		case t.width > 0: // "10 a.m."
		case utf8.RuneLen(firstRune(t.text)) == len(t.text) && !unicode.IsLetter(firstRune(t.text)):
		default:
			role := dateWords[t.text]
			if role == 0 {
				return dated{}, false
			}
			if role != besideDate {
				sc.next, sc.isSaid = role, true
			}
		}
		i++
	}
	if sc.found == 0 {
		return dated{}, false
	}
	sc.out.isSaid = sc.isSaid
	return sc.out, true
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// date reads a date that begins at token i and returns how many tokens it has, 0 when
// there is none.
func (sc *dateScan) date(i int) int {
	a, mark, b := sc.at(i), sc.at(i+1).text, sc.at(i+2)
	c := sc.at(i + 4)
	isRow := a.width > 0 && b.width > 0 && c.width > 0 && mark == sc.at(i+3).text && (mark == "." || mark == "/" || mark == "-")
	switch {
	case isRow && a.width == 4 && b.width <= 2 && c.width <= 2:
		return sc.take(a.n, b.n, c.n, 5)
	case isRow && a.width <= 2 && b.width <= 2 && (c.width == 4 || c.width == 2):
		year := c.n
		if c.width == 2 {
			year += 2000
		}
		switch {
		case mark == "." || a.n > 12 || a.n == b.n:
			return sc.take(year, b.n, a.n, 5)
		case b.n > 12:
			return sc.take(year, a.n, b.n, 5)
		}
		sc.found++ // 03/04/2025 is two days
		return 5
	case a.width == 4 && mark == "年" && sc.at(i+3).text == "月":
		return sc.take(a.n, b.n, sc.at(i+4).n, 6)
	case a.width > 0 && a.width <= 2:
		j := i + 1
		for t := sc.at(j).text; t == "." || t == "de" || t == "th" || t == "st" || t == "nd" || t == "rd" || t == "of" || t == "º"; t = sc.at(j).text {
			j++
		}
		if m := months[sc.at(j).text]; m != 0 {
			return sc.named(i, j+1, m, a.n)
		}
	case months[a.text] != 0:
		j := i + 1
		for sc.at(j).text == "." {
			j++
		}
		if t := sc.at(j); t.width > 0 && t.width <= 2 && sc.at(j+1).text != ":" {
			for j++; sc.at(j).text == "th" || sc.at(j).text == "st" || sc.at(j).text == "nd" || sc.at(j).text == "rd"; j++ {
			}
			return sc.named(i, j, months[a.text], t.n)
		}
		return sc.named(i, j, months[a.text], 0)
	}
	return 0
}

// named reads the year behind a day and the name of a month. The date began at token
// i and goes on at j.
func (sc *dateScan) named(i, j, month, day int) int {
	k := j
	for t := sc.at(k).text; t == "." || t == "," || t == "de" || t == "del"; t = sc.at(k).text {
		k++
	}
	if y := sc.at(k); y.width == 4 {
		return sc.take(y.n, month, day, k+1-i)
	}
	if day > 0 {
		sc.found++
		return j - i
	}
	return 0
}

// take keeps a date of n tokens; day is 0 when only a month is named. It returns n,
// or 0 when there is no such day.
func (sc *dateScan) take(year, month, day, n int) int {
	iso := fmt.Sprintf("%04d-%02d", year, month)
	if day > 0 {
		iso += fmt.Sprintf("-%02d", day)
	}
	if kept(iso) == "" {
		return 0
	}
	sc.found++
	sc.whole++
	switch {
	case sc.next == tellsChange:
		sc.out.updated = iso
	case sc.out.day == "":
		sc.out.day = iso
	}
	return n
}
