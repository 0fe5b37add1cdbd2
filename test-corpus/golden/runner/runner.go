// Package runner runs programs, in ways that differ between systems.
package runner

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"os"
	"os/exec"
	"sync"
	"time"
)

// Logger is embedded through a pointer.
type Logger struct {
	*log.Logger
	mu sync.Mutex
}

func (l *Logger) note(words ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Println(words...)
}

type base struct {
	Logger
	started time.Time
}

func (b *base) Start() { b.started = time.Now(); b.note("start", b.Prefix()) }

func (b base) Age() time.Duration { return time.Since(b.started) }

// Runner embeds two levels, and an interface.
type Runner struct {
	*base
	io.Writer
	hooks []Hook
	env   func(string) string
}

// Hook is told what is run.
type Hook func(ctx context.Context, name string) error

func (h Hook) Then(next Hook) Hook {
	return func(ctx context.Context, name string) error {
		if err := h(ctx, name); err != nil {
			return err
		}
		return next(ctx, name)
	}
}

type Option func(*Runner)

func WithHook(h Hook) Option { return func(r *Runner) { r.hooks = append(r.hooks, h) } }

func New(w io.Writer, options ...Option) *Runner {
	r := &Runner{
		base:   &base{Logger: Logger{Logger: log.New(w, "runner: ", log.LstdFlags)}},
		Writer: w,
		env:    os.Getenv,
	}
	for _, option := range options {
		option(r)
	}
	r.Start()
	return r
}

func (r *Runner) Run(ctx context.Context, name string, args ...string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = errors.Join(err, panicked{p})
		}
		r.note(name, r.Age(), err)
	}()
	for _, hook := range append(r.hooks, r.known) {
		if err := hook(ctx, name); err != nil {
			return err
		}
	}
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stdout, cmd.Stderr = &out, io.MultiWriter(&out, r)
	hide(cmd)
	if err := cmd.Run(); err != nil {
		return explain(err)
	}
	_, err = out.WriteTo(r)
	return
}

func (r *Runner) known(_ context.Context, name string) error {
	path, err := exec.LookPath(name)
	if errors.Is(err, exec.ErrDot) {
		err = nil
	}
	r.note(path, r.env("PATH"))
	return err
}

type panicked struct{ value any }

func (p panicked) Error() string {
	switch v := p.value.(type) {
	case error:
		return v.Error()
	case interface{ String() string }:
		return v.String()
	case string, []byte:
		return "panic"
	case func() string:
		return v()
	default:
		return shell
	}
}

func explain(err error) error {
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		code := exit.ExitCode()
		return &failure{code, exit.Sys() != nil, exit}
	}
	return err
}

type failure struct {
	code   int
	system bool
	*exec.ExitError
}

// All runs several programs at once.
func (r *Runner) All(ctx context.Context, names ...string) map[string]error {
	type result struct {
		name string
		err  error
	}
	results := make(chan result)
	var group sync.WaitGroup
	for _, name := range names {
		group.Go(func() { results <- result{name, r.Run(ctx, name)} })
	}
	go func() { group.Wait(); close(results) }()
	failed := map[string]error{}
loop:
	for {
		select {
		case one, ok := <-results:
			if !ok {
				break loop
			}
			failed[one.name] = one.err
		case <-ctx.Done():
			failed[""] = context.Cause(ctx)
			break loop
		case <-time.After(limit * time.Second):
		}
	}
	return failed
}
