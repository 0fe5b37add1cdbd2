package collections

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
)

// Comparer is for keys that compare themselves.
type Comparer[K any] interface {
	comparable
	Compare(K) int
}

// Pair is a key with its value.
type Pair[K, V any] struct {
	Key   K
	Value V
}

func (p Pair[K, V]) String() string { return fmt.Sprint(p.Key, "=", p.Value) }

type tree[K, V any] struct {
	*Pair[K, V]
	left, right *tree[K, V]
}

// TreeMap is a map in order.
type TreeMap[K, V any] struct {
	compare func(a, b K) int
	root    *tree[K, V]
	size    int
}

func NewTreeMap[K cmp.Ordered, V any]() *TreeMap[K, V] {
	return &TreeMap[K, V]{compare: cmp.Compare[K]}
}

func NewTreeMapOf[K Comparer[K], V any]() *TreeMap[K, V] {
	return &TreeMap[K, V]{compare: K.Compare}
}

var ErrMissing = errors.New("no such key")

type missingError[K any] struct{ key K }

func (e missingError[K]) Error() string { return fmt.Sprintf("%v: %v", ErrMissing, e.key) }

func (e missingError[K]) Unwrap() error { return ErrMissing }

func (m *TreeMap[K, V]) find(key K) (at **tree[K, V]) {
	at = &m.root
	for *at != nil {
		switch order := m.compare(key, (*at).Key); {
		case order < 0:
			at = &(*at).left
		case order > 0:
			at = &(*at).right
		default:
			return at
		}
	}
	return
}

func (m *TreeMap[K, V]) Get(key K) (V, error) {
	if at := *m.find(key); at != nil {
		return at.Value, nil
	}
	return *new(V), missingError[K]{key}
}

func (m *TreeMap[K, V]) Put(key K, value V) {
	at := m.find(key)
	if *at == nil {
		*at = &tree[K, V]{Pair: &Pair[K, V]{Key: key}}
		m.size++
	}
	(*at).Value = value
}

func (t *tree[K, V]) walk(yield func(Pair[K, V]) bool) bool {
	return t == nil || t.left.walk(yield) && yield(*t.Pair) && t.right.walk(yield)
}

func (m *TreeMap[K, V]) All() iter.Seq[Pair[K, V]] {
	return func(yield func(Pair[K, V]) bool) { m.root.walk(yield) }
}

func (m *TreeMap[K, V]) Len() int { return m.size }

func (m *TreeMap[K, V]) String() string { return text(Map(m.All(), Pair[K, V].String)) }

type version struct{ major, minor int }

func (v version) Compare(w version) int {
	return cmp.Or(cmp.Compare(v.major, w.major), cmp.Compare(v.minor, w.minor))
}

// Describe uses containers through the interface.
func Describe() (lines []string) {
	releases := NewTreeMapOf[version, *string]()
	releases.Put(version{1, 26}, new("new of an expression"))
	releases.Put(version{1, 18}, new(string))
	counts := NewTreeMap[string, int]()
	for pair := range releases.All() {
		counts.Put(*pair.Value, pair.Key.minor)
		lines = append(lines, pair.String())
	}
	if _, err := counts.Get("none"); errors.Is(err, ErrMissing) {
		if missing := new(missingError[string]); errors.As(err, missing) {
			lines = append(lines, missing.Error(), missing.key)
		}
	}
	var all = []Container[Pair[string, int]]{counts}
	for _, c := range all {
		lines = append(lines, c.String(), fmt.Sprint(c.Len(), Largest(c.Len(), 1)))
	}
	lengths := SortedBy[string](NewList(lines...), func(line string) int { return len(line) })
	return append(lengths, Sorted(NewList("b", "a"))...)
}
