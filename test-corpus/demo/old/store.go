// Package keystore keeps keys and values in one file.
package keystore

import (
	"bufio"
	"errors"
	"os"
	"strings"
	"sync"
)

// ErrClosed is returned by operations on a store that was closed.
var ErrClosed = errors.New("keystore: closed")

// Store is an open key-value file. Its methods may be called concurrently.
type Store struct {
	mu     sync.RWMutex
	path   string
	values map[string]string
	closed bool
}

// Open reads the store at path, which is created if it does not exist.
func Open(path string) (*Store, error) {
	s := &Store{path: path, values: make(map[string]string)}
	if err := s.load(); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	return s, nil
}

func (s *Store) load() error {
	f, err := os.Open(s.path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		key, value, ok := strings.Cut(lines.Text(), "\t")
		if ok {
			s.values[key] = value
		}
	}
	return lines.Err()
}

// Get returns the value of key, and whether it is there.
func (s *Store) Get(key string) (string, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	value, ok := s.values[key]
	return value, ok
}

// Put sets the value of key.
func (s *Store) Put(key, value string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	s.values[key] = value
	return nil
}

// Close writes the store back to its file.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	var b strings.Builder
	for key, value := range s.values {
		b.WriteString(key + "\t" + value + "\n")
	}
	return os.WriteFile(s.path, []byte(b.String()), fileMode)
}
