//go:build !amd64

package gauge

func checksum(name string) uint32 { return uint32(len(name)) }
