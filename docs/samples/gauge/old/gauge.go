// Package gauge sends measurements to a collector.
package gauge

import (
	"fmt"
	"net"
	"os"
)

const collector = "192.0.2.10:8125"

// Send sends one measurement.
func Send(name string, value float64) error {
	conn, err := net.Dial("udp", collector)
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = fmt.Fprint(conn, line(name, value))
	return err
}

// Spool appends a measurement to a file, for machines without a network.
func Spool(path, name string, value float64) error {
	return os.WriteFile(path, []byte(line(name, value)), 0o600)
}

func line(name string, value float64) string {
	if name == "" {
		name = "unnamed"
	}
	return fmt.Sprintf("%s:%g|g\n", name, value)
}
