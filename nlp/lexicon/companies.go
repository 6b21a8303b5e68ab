package lexicon

import _ "embed"

//go:embed companies.txt
var companyList string

// CompanyClass is how a company is called.
type CompanyClass uint8

// The classes of companies.
const (
	NoCompany       CompanyClass = iota
	PlainCompany                 // by the word
	GenitiveCompany              // by the word and 's
)

// Companies returns words that companies are called by and that could be names of persons, in small letters.
func Companies() map[string]CompanyClass {
	return classified(companyList, map[string]CompanyClass{"plain": PlainCompany, "genitive": GenitiveCompany})
}
