package wording_test

import (
	"fmt"

	"quoth/wording"
)

// Two outlets print one utterance: are they of one, and how do they differ?
func ExampleCompare() {
	a := "The bridge is not safe, and it has not been safe since January."
	b := "the bridge is safe, and it has not been safe since January"
	fmt.Println(wording.Same(a, b))
	c := wording.Compare(a, b)
	for _, d := range c.Differences {
		fmt.Printf("%q for %q, a negation: %v\n", a[d.A[0]:d.A[1]], b[d.B[0]:d.B[1]], d.IsNegation)
	}
	// Output:
	// true
	// "not" for "", a negation: true
}
