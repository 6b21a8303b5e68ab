package quoth

import "errors"

// Code names a kind of error for machines.
type Code string

// The error codes.
const (
	Invalid     Code = "invalid"     // the input cannot be read as what it should be
	TooLarge    Code = "too-large"   // the input is over a limit
	NotFound    Code = "not-found"   // there is no such thing
	Gone        Code = "gone"        // there was such a thing, and it is not shown any more
	Conflict    Code = "conflict"    // somebody else was quicker
	TooMany     Code = "too-many"    // more than one may ask for in a time
	Refused     Code = "refused"     // allowed by nobody: a private address, a bad scheme
	Unavailable Code = "unavailable" // somebody else's fault, perhaps for now
	Internal    Code = "internal"    // our fault
)

// Error is an error that a person may see.
type Error struct {
	Code    Code
	Message string // what is wrong, lower case, no full stop
	Hint    string // what to do about it, "" when there is nothing to do
	Err     error  // the cause, for the operator; never shown to readers
}

// Error returns the message, and the cause where there is one.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Message
	}
	return e.Message + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// CodeOf returns the code of the first *Error in err's chain, Internal when there
// is none and "" when err is nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}
