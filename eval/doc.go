// Package eval computes figures from gold and predicted annotations: attributions,
// named entities, coreference, words and their tags, heads, confidences. It reads no files, prints
// nothing, and draws random numbers only from a seed it is given.
//
// Gold and predicted sides may be cut into tokens differently: whatever has a span is
// scored on bytes.
//
// Begin with [AttributionScore]: it is given each text by Add and asked for Figures, as
// most scores are.
package eval
