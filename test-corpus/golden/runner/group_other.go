//go:build unix && !linux

package runner

func group(a *attributes) { a.Setpgid = limit > 1 }
