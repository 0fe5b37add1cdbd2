//go:build !windows

package native

import "os"

func system() string { return os.Getenv("HOME") }
