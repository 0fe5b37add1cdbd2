// Package native reaches outside of Go where it may.
package native

import (
	"reflect"
	"runtime"
	"unsafe"
)

type handle struct {
	fd   uintptr
	name string
}

type table[T any] []T

// At is the element at an index, without a check.
func (t table[T]) At(i int) *T {
	return (*T)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(t)), uintptr(i)*unsafe.Sizeof(*new(T))))
}

func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

func name(h *handle) string {
	p := unsafe.Pointer(uintptr(unsafe.Pointer(h)) + unsafe.Offsetof(h.name))
	return *(*string)(p)
}

func method(v any, name string) []reflect.Value {
	m := reflect.ValueOf(v).MethodByName(name)
	if !m.IsValid() || m.Type().NumIn() > 0 {
		return nil
	}
	return m.Call(nil)
}

// New makes a handle that closes itself.
func New(name string) (h *handle) {
	h = &handle{name: name}
	runtime.SetFinalizer(h, (*handle).close)
	runtime.AddCleanup(h, func(fd uintptr) { println(fd) }, h.fd)
	defer runtime.KeepAlive(h)
	h.fd = open(name)
	_ = table[handle]{*h}.At(0).close
	_ = bytesOf(system())
	return
}

func (h *handle) close() { shut(h.fd); runtime.SetFinalizer(h, nil) }
