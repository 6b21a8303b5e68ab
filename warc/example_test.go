package warc_test

import (
	"errors"
	"fmt"
	"strings"

	"quoth/warc"
)

// The pages of an archive. A part that cannot be read is told and passed over.
func ExampleReader_Records() {
	archive := strings.NewReader("WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://herald.example/a\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nHello.\r\n\r\n" +
		"no record\r\n")
	for record, err := range warc.NewReader(archive, warc.Options{}).Records() {
		var damage *warc.DamageError
		switch {
		case errors.As(err, &damage):
			fmt.Println("passed over:", damage.Reason)
		case err != nil:
			fmt.Println("the archive ends here:", err)
		default:
			fmt.Printf("%s %s %q\n", record.URI, record.ContentType, record.Payload)
		}
	}
	// Output:
	// https://herald.example/a text/plain "Hello."
	// passed over: bytes that are no record
}
