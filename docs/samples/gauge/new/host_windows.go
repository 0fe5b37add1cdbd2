package gauge

import "os"

//go:generate stringer -type=Unit

var host string

func init() {
	host = os.Getenv("COMPUTERNAME")
}
