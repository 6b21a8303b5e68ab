//go:build race

package main

// underRace says that the race detector is on, with which SQLite is fifty times slower.
const underRace = true
