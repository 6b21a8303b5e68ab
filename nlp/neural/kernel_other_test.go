//go:build !amd64

package neural

func setWide(bool, bool) {}
