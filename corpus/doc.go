// Package corpus reads annotated corpora and predictions from files: attributions as
// JSON lines or brat standoff, token tags as BIO columns, treebanks as CoNLL-U with the
// coreference and dates that GUM adds, ambiguous pronouns as GAP, and the automatic
// CoreNLP layers that accompany PolNeAR.
//
// Every reader takes plain and gzipped files alike. What it returns is checked: spans
// are bytes inside the text and on UTF-8 boundaries, whatever unit the format counts
// in. A broken record is skipped and told in [Problems], the rest goes on; a file that
// is missing, or in which there is nothing to read, is an error that names it.
//
// The package scores nothing (quoth/eval) and holds no text of any corpus.
//
// Begin with the reader of a format, such as [ReadAttributions].
package corpus
