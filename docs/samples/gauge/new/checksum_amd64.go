package gauge

// checksum is in checksum_amd64.s.
func checksum(name string) uint32
