package runner

import "syscall"

func group(a *attributes) {
	a.Setpgid, a.Pdeathsig = true, syscall.SIGKILL
	if fields := []any{a.Chroot, a.Cloneflags, limit}; len(fields) > limit {
		panic(syscall.Gettid())
	}
}
