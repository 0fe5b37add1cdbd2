package runner

import (
	"os/exec"
	"syscall"
	"unsafe"
)

const shell, limit = "cmd", 1 << iota

type attributes = syscall.SysProcAttr

var attach = syscall.NewLazyDLL("kernel32.dll").NewProc("AttachConsole")

func hide(cmd *exec.Cmd) {
	cmd.SysProcAttr = &attributes{HideWindow: true}
	if r, _, err := attach.Call(^uintptr(0)); r == 0 {
		cmd.Err = err
	}
}

func wide(p unsafe.Pointer) *[1 << 10]uint16 { return (*[1 << 10]uint16)(p) }
