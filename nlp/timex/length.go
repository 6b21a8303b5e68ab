package timex

import (
	"strconv"
	"strings"

	"quoth/nlp"
)

// quantity reads lengths of time and what is counted with them: "two weeks", "24-hour",
// "two weeks ago", "three days later", "a few hours before".
func (r *reader) quantity(i int, hasThe bool) expression {
	md, j := r.roughness(i)
	n, past, ok := r.count(j)
	half := 0
	switch {
	case ok:
		if r.is(past, aHyphen) && !hasSpace(r, past) {
			past++
		}
	case isPluralUnit(r, j) && !hasThe && md == noMod:
		n, past = 0, j
	default:
		return expression{}
	}
	u := r.at(past)
	if r.is(j, aHalf) || r.is(past, aHalf) {
		half = 1
		if r.is(past, aHalf) {
			past++
		}
		if r.is(past, anA|aHyphen) {
			past++
		}
		u = r.at(past)
	}
	if adjective := r.d; !u.has(aUnit) && past+1 < len(r.words) && r.is(past+1, aUnit) && adjective.UPOS != nil && adjective.UPOS[r.first+past] == nlp.ADJ && !r.is(past, aNext|aLast|aPast|aFollowing|aPrevious) {
		past++ // two full days
		u = r.at(past)
	}
	if !u.has(aUnit) || u.gran == weekend || u.gran == none {
		return expression{}
	}
	if u.gran == second && n == 1 || u.gran == second && r.is(past, aOrdinal) && n != 0 && !isPluralUnit(r, past) {
		return expression{} // a second vote
	}
	past++
	if r.is(past, anAnd) && r.is(past+1, anA) && r.is(past+2, aHalf) {
		half = 1
		past += 3
	}
	if r.is(past, aHyphen) && past+1 < len(r.words) && r.text(past+1) == "old" {
		return expression{}
	}
	if half == 1 && r.is(j, aHalf) {
		n = 0
	}
	v := value{kind: nlp.DurationTimex, mod: md, text: lengthOf(n, u.gran)}
	if half == 1 {
		v.text = halfLength(n, u.gran)
	}
	if e := r.counted(past, n, u.gran, md); e.past > 0 && half == 0 {
		return e
	}
	if n == 0 && half == 0 && j == i && isPluralUnit(r, j) && !r.isAlone(i, past) {
		return expression{}
	}
	if n == 1 && r.is(j, anA) && !r.isLength(i, past) {
		return expression{}
	}
	return expression{past, v}
}

// roughness reads "about", "more than" and the like, and where it ends.
func (r *reader) roughness(i int) (md mod, past int) {
	switch {
	case r.is(i, anApprox) && r.at(i).n > 0:
		return mod(r.at(i).n), i + 1
	case r.spellsAny(i, "more than", "at least", "More than", "At least"):
		return moreMod, i + 2
	case r.spellsAny(i, "less than", "fewer than", "up to", "at most", "Less than", "Fewer than"):
		return lessMod, i + 2
	}
	return noMod, i
}

// isAlone reports whether a bare plural ("for years", "days of rain") tells a length.
func (r *reader) isAlone(i, past int) bool {
	t := r.first + i - 1
	return i > 0 && (r.text(i-1) == "for" || r.text(i-1) == "in" || r.text(i-1) == "within" || r.d.Lemmas != nil && r.d.Lemmas[t] == "take")
}

// isLength reports whether "a day" is a length and not one among several: after "for",
// "in", "within", "a year" with a number before ("twice a year") is a set of its own.
func (r *reader) isLength(i, past int) bool {
	if i == 0 {
		return true
	}
	switch r.text(i - 1) {
	case "for", "in", "within", "than", "about", "nearly", "almost", "over", "after", "before", "of", "take", "took", "takes", "half", "lasted":
		return true
	}
	return false
}

func hasSpace(r *reader, i int) bool { return r.d.Tokens[r.first+i].Space }

// count reads a number of units: digits, number words, "a", "a few", "a couple of".
// n is 0 for an unknown number.
func (r *reader) count(i int) (n, past int, ok bool) {
	w := r.at(i)
	switch {
	case w.has(anA) && r.is(i+1, aFew):
		past = i + 2
		if r.is(past, anOf) {
			past++
		}
		return 0, past, true
	case w.has(anA) && (r.is(i+1, aNumber) && !r.hasDigit(i+1)):
		n, past, ok = r.count(i + 1)
		return n, past, ok
	case w.has(anA):
		return 1, i + 1, r.is(i+1, aUnit|aHyphen|aHalf) || r.isAdjectiveBefore(i+1)
	case w.has(aFew):
		past = i + 1
		if r.is(past, anOf) {
			past++
		}
		return 0, past, true
	case w.has(aHalf) && r.is(i+1, anA|aHyphen):
		return 1, i + 1, true
	case w.has(aHalf) && r.is(i+1, aUnit):
		return 1, i + 1, true
	case w.has(aNumber) && (!w.has(aYear) || r.is(i+1, aUnit)):
		return r.cardinal(i)
	}
	return 0, i, false
}

func (r *reader) isAdjectiveBefore(i int) bool {
	return i+1 < len(r.words) && r.is(i+1, aUnit) && r.d.UPOS != nil && r.d.UPOS[r.first+i] == nlp.ADJ
}

// maxNumberWords bounds the words of one number.
const maxNumberWords = 9

// cardinal reads "24", "twenty-four", "two hundred", "one and a half".
func (r *reader) cardinal(i int) (n, past int, ok bool) {
	total, part := 0, 0
	j := i
	for j < i+maxNumberWords {
		w := r.at(j)
		if !w.has(aNumber) {
			break
		}
		isDigits := r.hasDigit(j)
		switch {
		case isDigits && j > i:
			return total + part, j, true
		case w.n == 100 && !isDigits:
			part = max(part, 1) * 100
		case w.n == 1000 && !isDigits:
			total += max(part, 1) * 1000
			part = 0
		case w.n == 12 && part > 0 && r.text(j) == "dozen":
			part *= 12
		case j > i && !isDigits && part%10 != 0 && w.n < 100:
			return total + part, j, true
		default:
			part += w.n
		}
		if total+part > maxNumber {
			return 0, i, false
		}
		j++
		if part >= 20 && part%10 == 0 && part%100 != 0 && r.is(j, aHyphen) && r.is(j+1, aNumber) && r.at(j+1).n < 10 && !r.hasDigit(j+1) {
			j++
		}
	}
	if r.is(j, anAnd) && r.is(j+1, anA) && r.is(j+2, aHalf) {
		return total + part, j + 2, true
	}
	return total + part, j, j > i
}

// lengthOf is the TIMEX3 value of n units, of an unknown number of them when n is 0.
func lengthOf(n int, g gran) string {
	s := "X"
	if n > 0 {
		s = strconv.Itoa(n)
	}
	return durationPrefix(g) + s + durationUnit(g)
}

func halfLength(n int, g gran) string {
	s := ".5"
	if n > 0 {
		s = strconv.Itoa(n) + ".5"
	}
	return durationPrefix(g) + s + durationUnit(g)
}

func durationPrefix(g gran) string {
	if g >= hour {
		return "PT"
	}
	return "P"
}

func durationUnit(g gran) string {
	switch g {
	case week:
		return "W"
	case weekend:
		return "WE"
	case month, minute:
		return "M"
	case quarter:
		return "Q"
	case year:
		return "Y"
	case decade:
		return "DE"
	case century:
		return "CE"
	case hour:
		return "H"
	case second:
		return "S"
	}
	return "D"
}

// counted reads "ago", "later", "earlier", "before" and "from now" after n units that
// end before word past: the day, month or year that lies there.
func (r *reader) counted(past, n int, g gran, md mod) expression {
	w := r.at(past)
	from, sign := r.now, -1
	shift := value.shift
	switch {
	case w.has(anAgo):
		if r.now.gran == none {
			from = r.anchor
		}
	case w.has(aFrom) && r.is(past+1, aReference|aDayName):
		sign = 1
		if r.is(past+1, aDayName) {
			from, shift = r.dayName(past+1).v, value.shiftDays
		}
		past++
	case w.has(anEarlier | aLater):
		if r.text(past) == "before" || r.text(past) == "after" {
			if !r.endsClause(past + 1) {
				if r.is(past+1, aDayName) {
					from, shift = r.dayName(past+1).v, value.shiftDays
					if w.has(aLater) {
						sign = 1
					}
					past++
					break
				}
				return expression{}
			}
		}
		from = r.current()
		if w.has(aLater) {
			sign = 1
		}
	default:
		return expression{}
	}
	past++
	if n == 0 || from.gran == none {
		return expression{past, value{text: map[int]string{-1: "PAST_REF", 1: "FUTURE_REF"}[sign]}}
	}
	v, ok := shift(from, g, sign*n)
	if !ok {
		return expression{past, value{text: lengthOf(n, g), kind: nlp.DurationTimex}}
	}
	v.mod = md
	if w.has(anAgo) && g >= year && g <= century && (md == moreMod || md == lessMod) {
		v.isOpen = md
	}
	return expression{past, v}
}

// endsClause reports whether nothing follows at i that "before" could govern.
func (r *reader) endsClause(i int) bool {
	if i >= len(r.words) {
		return true
	}
	return r.d.Tokens[r.first+i].Flags.Has(nlp.IsPunct) || r.d.UPOS != nil && (r.d.UPOS[r.first+i] == nlp.VERB || r.d.UPOS[r.first+i] == nlp.AUX || r.d.UPOS[r.first+i] == nlp.CCONJ)
}

// spellsAny reports whether one of the phrases of two words stands at i.
func (r *reader) spellsAny(i int, phrases ...string) bool {
	if i+1 >= len(r.words) {
		return false
	}
	for _, p := range phrases {
		a, b, _ := strings.Cut(p, " ")
		if r.text(i) == a && r.text(i+1) == b {
			return true
		}
	}
	return false
}

func isPluralUnit(r *reader, j int) bool {
	if !r.is(j, aUnit) {
		return false
	}
	text := r.text(j)
	return text[len(text)-1] == 's'
}
