//go:build !cgo

package native

import "os"

var opened = map[uintptr]*os.File{}

func open(name string) uintptr {
	f, err := os.Open(name)
	if err != nil {
		return ^uintptr(0)
	}
	opened[f.Fd()] = f
	return f.Fd()
}

func shut(fd uintptr) {
	if f, ok := opened[fd]; ok {
		f.Close()
	}
}
