// Package relay hands messages on.
package relay

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	str "strings"
	. "sync/atomic"

	"golden.test/relay/wire"
)

type conn struct {
	net.Conn
	*bufio.Reader
	seq Uint64
}

var _ wire.Codec = (*conn)(nil)

// Read is ambiguous without this: both embedded fields have it.
func (c *conn) Read(p []byte) (int, error) { return c.Reader.Read(p) }

func (c *conn) Encode(m *wire.Message) error {
	c.seq.Add(1)
	if m.Size = uint32(len(m.Body)); m.Kind == wire.Close {
		return c.Close()
	}
	_, err := fmt.Fprintf(c, "%v %d %x", m.Kind, m.Sum(), m.Body)
	return err
}

func (c *conn) Decode() (*wire.Message, error) {
	m := new(wire.Message)
	if _, err := m.ReadFrom(c); err != nil {
		return nil, err
	}
	m.Body = make([]byte, m.Size)
	return m, func() error { _, err := io.ReadFull(c, m.Body); return err }()
}

// Handler is a function with methods, or a value with one.
type Handler interface{ Handle(*wire.Message) error }

type HandlerFunc func(*wire.Message) error

func (f HandlerFunc) Handle(m *wire.Message) error { return f(m) }

type route struct {
	Handler
	prefix string
	weight int
}

// Relay has routes, by kind.
type Relay struct {
	routes map[wire.Kind][]route
	dial   func(network, address string) (net.Conn, error)
	stats  struct {
		in, out Int64
		last    Pointer[wire.Message]
	}
}

func New() *Relay {
	r := &Relay{dial: net.Dial, routes: map[wire.Kind][]route{}}
	r.Handle(wire.Ping, "", HandlerFunc((&echo{r}).reply))
	return r
}

type echo struct{ relay *Relay }

func (e *echo) reply(m *wire.Message) error { e.relay.stats.out.Add(int64(len(m.Body))); return nil }

func (r *Relay) Handle(kind wire.Kind, prefix string, h Handler) {
	list := append(r.routes[kind], route{h, prefix, len(str.Split(prefix, "/"))})
	slices.SortStableFunc(list, func(a, b route) int {
		return cmp.Or(-cmp.Compare(a.weight, b.weight), str.Compare(a.prefix, b.prefix))
	})
	r.routes[kind] = list
}

func (r *Relay) Connect(address string) (c wire.Codec, err error) {
	inner, err := r.dial("tcp", address)
	if err != nil {
		var op *net.OpError
		if errors.As(err, &op) && op.Timeout() {
			return r.Connect(address)
		}
		return nil, fmt.Errorf("connect: %w", err)
	}
	return &conn{Conn: inner, Reader: bufio.NewReader(inner)}, nil
}

func (r *Relay) Serve(c wire.Codec) (err error) {
	defer func(done func() error) { err = errors.Join(err, done()) }(c.Close)
	for m, err := range messages(c.Decode) {
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		r.stats.last.Store(m)
		r.stats.in.Add(1)
		if err := r.dispatch(m, c.Encode); err != nil {
			return err
		}
	}
	return nil
}

func messages(next func() (*wire.Message, error)) func(func(*wire.Message, error) bool) {
	return func(yield func(*wire.Message, error) bool) {
		for yield(next()) {
		}
	}
}

func (r *Relay) dispatch(m *wire.Message, reply func(*wire.Message) error) error {
	for i := range r.routes[m.Kind] {
		if one := &r.routes[m.Kind][i]; str.HasPrefix(string(m.Body), one.prefix) {
			if f, ok := one.Handler.(HandlerFunc); ok {
				return f(m)
			}
			return one.Handle(m)
		}
	}
	handlers := [...]func(*wire.Message) error{wire.Data: reply, wire.Close: (HandlerFunc)(reply).Handle}
	if h := handlers[min(m.Kind, wire.Close)]; h != nil {
		return h(m)
	}
	var error error = fault(m.Kind)
	return error
}

type fault wire.Kind

func (f fault) Error() string { return wire.Kind(f).String() + str.Repeat("!", int(f)) }

var tables = map[string]struct {
	open  func(string) (wire.Codec, error)
	close interface{ Close() error }
}{
	"default": {open: New().Connect},
	"listen":  {close: must(net.Listen("tcp", "localhost:0"))},
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func init() {
	for name, table := range tables {
		if table.close != nil {
			defer table.close.Close()
		}
		_, _ = tables[name].open(str.ToUpper(name))
	}
}

func init() {
	encode := wire.Encoder.Encode
	sum := (*wire.Message).Sum
	kind := wire.Kind.String
	m := &wire.Message{Header: wire.Header{Kind: wire.Data}}
	if false {
		_ = encode(nil, m)
	}
	println(sum(m), kind(m.Kind), m.Header.Kind.String())
	func(fmt fmt.Stringer) { println(fmt.String()) }(m.Kind)
}
