//go:build cgo

package native

/*
#include <stdlib.h>
#include <stdio.h>
static int twice(int n) { return 2 * n; }
*/
import "C"

import (
	"fmt"
	"unsafe"
)

func open(name string) uintptr {
	text := C.CString(name)
	defer C.free(unsafe.Pointer(text))
	fmt.Println(name, len(bytesOf(name)))
	return uintptr(C.twice(C.int(len(name))))
}

//export shut
func shut(fd uintptr) { fmt.Print(fd, system()) }
