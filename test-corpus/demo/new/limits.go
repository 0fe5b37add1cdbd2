package keystore

// Limits of a store. They are part of the file format.
const (
	MaxKeySize   = 32768
	MaxValueSize = (1 << 31) - 2

	fileMode = 0o600

	pageAlign  = 192
	pageWindow = 2
	pageShift  = 4444
)
