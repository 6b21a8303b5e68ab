package nlp

// Lowers sets hashes to those of the tokens' words in lower case, in its place if it has room.
func (d *Doc) Lowers(hashes []uint64) []uint64 {
	hashes = hashes[:0]
	for t := range d.Tokens {
		hashes = append(hashes, d.Tokens[t].Lower)
	}
	return hashes
}
