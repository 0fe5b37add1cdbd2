package collections

import (
	"iter"
	"maps"
	"slices"
)

// Set is a set of values.
type Set[T comparable] map[T]struct{}

func SetOf[T comparable](values ...T) Set[T] {
	s := make(Set[T], len(values))
	s.Add(values...)
	return s
}

func (s Set[T]) Add(values ...T) {
	for _, value := range values {
		s[value] = struct{}{}
	}
}

func (s Set[T]) Has(value T) bool { _, ok := s[value]; return ok }

func (s Set[T]) Len() int { return len(s) }

func (s Set[T]) All() iter.Seq[T] { return maps.Keys(s) }

func (s Set[T]) String() string { return text(s.All()) }

func (s Set[T]) Clear() { clear(s) }

// Union, Intersection: what is in either, what is in both.
func (s Set[T]) Union(other Set[T]) Set[T] {
	all := maps.Clone(s)
	maps.Copy(all, other)
	return all
}

func (s Set[T]) Intersection(other Set[T]) Set[T] {
	return Collect(Filter(s.All(), other.Has))
}

// Collect makes a set of what a sequence yields.
func Collect[T comparable](values iter.Seq[T]) Set[T] {
	s := SetOf[T]()
	for value := range values {
		s.Add(value)
	}
	return s
}

func Filter[T any](values iter.Seq[T], keep func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		for value := range values {
			if keep(value) && !yield(value) {
				return
			}
		}
	}
}

func Map[T, U any](values iter.Seq[T], change func(T) U) iter.Seq[U] {
	return func(yield func(U) bool) {
		values(func(value T) bool { return yield(change(value)) })
	}
}

// Fold, with a name of its own for the type of what is folded.
type Step[A, T any] func(A, T) A

func (step Step[A, T]) Over(values iter.Seq[T], start A) A {
	for value := range values {
		start = step(start, value)
	}
	return start
}

type number interface {
	~int | ~int64 | ~float64
}

func Sum[N number](values iter.Seq[N]) N {
	return Step[N, N](func(a, b N) N { return a + b }).Over(values, 0)
}

var (
	primes  = SetOf(2, 3, 5, 7)
	odd     = Collect(Filter(primes.All(), func(n int) bool { return n%2 == 1 }))
	doubled = Sum(Map(odd.All(), func(n int) float64 { return float64(n) * 2 }))
	names   = Map[int, string](primes.All(), func(n int) string { return NewList(n).String() })
	longest = slices.MaxFunc(slices.Collect(names), func(a, b string) int { return len(a) - len(b) })
	hasTwo  = primes.Has
	length  = Set[int].Len
	push    = (*List[string]).Push
	_       = push(NewList("a"), longest).Push("c").Len() + length(odd)
	_       = hasTwo(2) && doubled > 0
)
