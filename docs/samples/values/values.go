// Package values shows which calls capdiff follows. It is only ever parsed.
package values

import (
	"net/http"
	"os"

	"example.test/elsewhere"
)

type store struct{ path string }

// Save writes a file: its callee is a name of the standard library.
func (s *store) Save(data []byte) error {
	return os.WriteFile(s.path, data, 0o600)
}

// Keep reaches Save through a value of its type.
func Keep(s *store, data []byte) error {
	return s.Save(data)
}

// Ask dials through a value that its caller made.
func Ask(client *http.Client, request *http.Request) (*http.Response, error) {
	return client.Do(request)
}

type saver interface{ Save(data []byte) error }

// Hand calls Save through an interface: what it is handed may be a *store, or anything.
func Hand(s saver, data []byte) error {
	return s.Save(data)
}

// Backup hands it a *store.
func Backup(data []byte) error {
	return Hand(&store{"backup"}, data)
}

// Apply calls a function value.
func Apply(f func()) {
	f()
}

// Delegate calls another module.
func Delegate() {
	elsewhere.Do()
}
