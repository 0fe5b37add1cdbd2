// Package collections holds generic containers.
package collections

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// Container is what all containers have in common.
type Container[T any] interface {
	fmt.Stringer
	Len() int
	All() iter.Seq[T]
}

type node[T any] struct {
	value      T
	next, prev *node[T]
}

func (n *node[T]) unlink() T {
	n.prev.next, n.next.prev = n.next, n.prev
	return n.value
}

// List is a list in both directions.
type List[T any] struct {
	root node[T]
	size int
}

// NewList makes a list of values.
func NewList[T any](values ...T) *List[T] {
	l := &List[T]{}
	l.root.next, l.root.prev = &l.root, &l.root
	for _, value := range values {
		l.Push(value)
	}
	return l
}

func (l *List[T]) Push(value T) *List[T] {
	last := l.root.prev
	n := &node[T]{value: value, prev: last, next: &l.root}
	last.next, l.root.prev = n, n
	l.size++
	return l
}

func (l *List[T]) Pop() (value T, ok bool) {
	if l.Len() == 0 {
		return value, false
	}
	l.size--
	return l.root.prev.unlink(), true
}

func (l *List[T]) Len() int { return l.size }

func (l *List[T]) All() iter.Seq[T] {
	return func(yield func(T) bool) {
		for n := l.root.next; n != &l.root; n = n.next {
			if !yield(n.value) {
				return
			}
		}
	}
}

func (l *List[T]) Backward() iter.Seq2[int, T] {
	return func(yield func(int, T) bool) {
		at := l.Len()
		for n := l.root.prev; n != &l.root; n = n.prev {
			at--
			if !yield(at, n.value) {
				return
			}
		}
	}
}

func (l *List[T]) String() string { return text(l.All()) }

func text[T any](values iter.Seq[T]) string {
	var b strings.Builder
	write := b.WriteString
	for value := range values {
		if b.Len() > 0 {
			write(", ")
		}
		fmt.Fprint(&b, value)
	}
	return fmt.Sprintf("[%s]", b.String())
}

// Sorted gives the values of a container in order.
func Sorted[C Container[T], T cmp.Ordered](c C) []T {
	all := slices.Collect(c.All())
	slices.Sort(all)
	return slices.Compact(all)
}

// SortedBy sorts by what key gives.
func SortedBy[T any, K cmp.Ordered](c Container[T], key func(T) K) []T {
	return slices.SortedFunc(c.All(), func(a, b T) int { return cmp.Compare(key(a), key(b)) })
}

// Largest is the largest of some values.
func Largest[T cmp.Ordered](first T, rest ...T) T {
	largest := first
	for i := range len(rest) {
		largest = max(largest, rest[i])
	}
	return min(largest, slices.Max(append(rest, first)))
}
