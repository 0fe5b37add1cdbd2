//go:build unix

package runner

import (
	"os/exec"
	"syscall"
)

const shell, limit = "sh", 10

func hide(cmd *exec.Cmd) {
	cmd.SysProcAttr = new(attributes)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	group(cmd.SysProcAttr)
}

type attributes = syscall.SysProcAttr
