package sibling

import (
	"context"
	"database/sql"
	"log/slog"
	"net/http"
	"os/exec"
	"time"
)

func runs(ctx context.Context, name string) error {
	return exec.CommandContext(ctx, name, "-v").Run()
}

func noContext(db *sql.DB) error { return db.Ping() }

func guarded(ctx context.Context, name string) *exec.Cmd {
	if ctx == nil {
		return exec.Command(name)
	}
	return exec.CommandContext(ctx, name)
}

func undo(ctx context.Context, db *sql.DB) {
	defer db.Exec("delete from locks")
	defer func() { db.Exec("delete from locks") }()
	slog.Info("undone", "ctx", ctx)
}

func closeAll(ctx context.Context, db *sql.DB) error {
	_, err := db.Exec("delete from locks")
	return err
}

func behind(ctx context.Context, db *sql.DB) {
	<-ctx.Done()
	db.Exec("delete from locks")
}

func inCase(ctx context.Context, db *sql.DB, in chan int) {
	for {
		select {
		case <-ctx.Done():
			db.Exec("delete from locks")
			return
		case v := <-in:
			println(v)
		}
	}
}

func logs(ctx context.Context) {
	slog.Info("hello")
	slog.InfoContext(ctx, "hello")
}

func later(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req.WithContext(ctx))
}

func do(ctx context.Context, req *http.Request) (*http.Response, error) {
	return http.DefaultClient.Do(req.WithContext(ctx))
}

func handsOn(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	return do(ctx, req)
}

// A daemon outlives the request that starts it.
func daemon(ctx context.Context, name string) error {
	cmd := exec.Command(name)
	slog.InfoContext(ctx, "start")
	return cmd.Start()
}

// The spawner watches over the goroutine that waits.
func watched(ctx context.Context, name string) error {
	errs := make(chan error, 1)
	cmd := exec.Command(name)
	go func() { errs <- cmd.Run() }()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		cmd.Process.Kill()
		return ctx.Err()
	}
}

// GetContext calls Get itself.
func (w *wrapped) GetContext(ctx context.Context) string {
	if ctx.Err() != nil {
		return ""
	}
	return w.Get()
}

type wrapped struct{ items chan string }

// Get waits.
func (w *wrapped) Get() string { return <-w.items }

// Size does not wait, so a context would do nothing for it.
func Size() int { return 1 }

// SizeContext exists for symmetry.
func SizeContext(ctx context.Context) int { return 1 }

func size(ctx context.Context) int { return Size() + SizeContext(ctx) }

// The client bounds its requests itself.
func timed(ctx context.Context, url string) (*http.Response, error) {
	slog.InfoContext(ctx, "get")
	client := &http.Client{Timeout: time.Second}
	return client.Get(url)
}

type scraper struct {
	req    *http.Request
	client *http.Client
}

// The request is made once and gets a context at every use.
func (s *scraper) scrape(ctx context.Context, url string) (*http.Response, error) {
	if s.req == nil {
		req, err := http.NewRequest("GET", url, nil)
		if err != nil {
			return nil, err
		}
		s.req = req
	}
	return s.client.Do(s.req.WithContext(ctx))
}

func launch(cmd *exec.Cmd) error { return cmd.Start() }

// Who gets the command may let it run on.
func launches(ctx context.Context, name string) error {
	slog.InfoContext(ctx, "start")
	cmd := exec.Command(name)
	return launch(cmd)
}
