package native

import "syscall"

func system() string {
	name, _ := syscall.ComputerName()
	return name
}
