// Package wire has what the packages of this module share.
package wire

import (
	"encoding/binary"
	"hash"
	"hash/crc32"
	"io"
)

// Kind tells messages apart.
type Kind uint8

const (
	Ping Kind = iota + 1
	Data
	Close
	_
	kinds
)

//go:generate stringer -type=Kind
func (k Kind) String() string {
	return [...]string{Ping: "ping", Data: "data", Close: "close", kinds: ""}[k]
}

type (
	// Header is in front of each message.
	Header struct {
		Kind Kind
		Size uint32
	}
	// Message is read and written whole.
	Message struct {
		Header
		Body []byte
		sum  hash.Hash32
	}
	// Codec reads and writes.
	Codec interface {
		io.ReadWriteCloser
		Encoder
		Decode() (*Message, error)
	}
	Encoder interface{ Encode(*Message) error }
	// Order is an alias of what another package declares.
	Order = binary.ByteOrder
)

var order Order = binary.BigEndian

func (h *Header) ReadFrom(r io.Reader) (int64, error) {
	var b [5]byte
	n, err := io.ReadFull(r, b[:])
	h.Kind, h.Size = Kind(b[0]), order.Uint32(b[1:])
	return int64(n), err
}

func (h Header) append(b []byte) []byte {
	return binary.BigEndian.AppendUint32(append(b, byte(h.Kind)), h.Size)
}

// Sum is promoted methods at work: Write is that of hash.Hash32.
func (m *Message) Sum() uint32 {
	if m.sum == nil {
		m.sum = crc32.NewIEEE()
	}
	m.sum.Reset()
	m.sum.Write(m.append(nil))
	m.sum.Write(m.Body)
	return m.sum.Sum32()
}
