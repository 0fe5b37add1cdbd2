package keystore

// Limits of a store. They are part of the file format.
const (
	MaxKeySize   = 32768
	MaxValueSize = (1 << 31) - 2

	fileMode = 0o600
)
