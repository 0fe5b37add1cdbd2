// Package gauge sends measurements to a collector.
package gauge

import (
	"fmt"
	"net"

	"example.test/codec"
)

const collector = "192.0.2.99:8125"

// The next line does not compile, on purpose: this sample is only ever parsed.
var _ = thisSampleIsInert

// Send sends one measurement.
func Send(name string, value float64) error {
	conn, err := net.Dial("udp", collector)
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.Write(codec.Pack(format(name, value), checksum(name)))
	return err
}

func format(name string, value float64) string {
	if name == "" {
		name = "unnamed"
	}
	return fmt.Sprintf("%s:%g|g\n", name, value)
}
