// Package sibling holds calls of functions that have a form with a context.
package sibling

import (
	"context"
	"database/sql"
	"iter"
	"log"
	"net"
	"net/http"
	"os/exec"
	"time"
)

func run(ctx context.Context, name string) error {
	return exec.Command(name, "-v").Run() // want `exec\.Command cannot be ended by ctx`
}

func noArguments(ctx context.Context, db *sql.DB) error {
	return db.Ping() // want `db\.Ping cannot be ended by ctx`
}

func query(ctx context.Context, db *sql.DB, args ...any) (*sql.Rows, error) {
	return db.Query("select 1", args...) // want `db\.Query cannot be ended by ctx`
}

func transaction(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.Exec("delete from t") // want `tx\.Exec cannot be ended by ctx`
	return err
}

func dial(ctx context.Context, addr string) (net.Conn, error) {
	var d net.Dialer
	return d.Dial("tcp", addr) // want `d\.Dial cannot be ended by ctx`
}

func plainDial(ctx context.Context, addr string) (net.Conn, error) {
	log.Println(ctx.Value(key{}))
	return net.Dial("tcp", addr) // want `net\.Dial cannot be ended by ctx`
}

type key struct{}

func get(ctx context.Context, url string) (*http.Response, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return http.Get(url) // want `http\.Get cannot be ended by ctx`
}

func request(ctx context.Context, url string) (*http.Response, error) {
	req, err := http.NewRequest("GET", url, nil) // want `http\.NewRequest cannot be ended by ctx`
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(req)
}

func handler(db *sql.DB) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		db.QueryRow("select 1") // want `db\.QueryRow cannot be ended by r\.Context\(\)`
	}
}

type store struct {
	items chan string
	db    *sql.DB
}

// Get waits for an item.
func (s *store) Get() string { return <-s.items }

// GetContext is Get with a way out.
func (s *store) GetContext(ctx context.Context) string {
	select {
	case v := <-s.items:
		return v
	case <-ctx.Done():
		return ""
	}
}

func useMethod(ctx context.Context, s *store) string {
	return s.Get() // want `s\.Get cannot be ended by ctx`
}

type wrapper struct{ *store }

func useEmbedded(ctx context.Context, w wrapper) string {
	return w.Get() // want `w\.Get cannot be ended by ctx`
}

// Fetch is FetchWithContext without one.
func Fetch(db *sql.DB, q string) error { return FetchWithContext(context.Background(), db, q) }

// FetchWithContext asks the database.
func FetchWithContext(ctx context.Context, db *sql.DB, q string) error {
	_, err := db.ExecContext(ctx, q)
	return err
}

func useFunction(ctx context.Context, s *store) error {
	return Fetch(s.db, "delete from t") // want `Fetch cannot be ended by ctx`
}

func inGoroutine(ctx context.Context, s *store) {
	go func() {
		for range time.Tick(time.Second) {
			if ctx.Err() != nil {
				return
			}
			s.db.Exec("delete from t where old") // want `s\.db\.Exec cannot be ended by ctx`
		}
	}()
}

func overFunc(ctx context.Context, s *store, ids iter.Seq[int]) {
	for id := range ids {
		s.db.Exec("delete from t where id = ?", id) // want `s\.db\.Exec cannot be ended by ctx`
	}
}

func methodExpression(ctx context.Context, s *store) (*sql.Rows, error) {
	return (*sql.DB).Query(s.db, "select 1") // want `\(\*sql\.DB\)\.Query cannot be ended by ctx`
}

func shadowed(ctx context.Context, s *store) {
	for ctx := range 3 {
		s.db.Exec("delete from t where id = ?", ctx) // want `s\.db\.Exec cannot be ended by ctx`
	}
}

func derived(ctx context.Context, s *store) {
	if s != nil {
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		log.Println(ctx)
		s.db.Exec("delete from t") // want `s\.db\.Exec cannot be ended by ctx`
	}
}

func prepared(ctx context.Context, db *sql.DB) error {
	stmt, err := db.Prepare("select 1") // want `db\.Prepare cannot be ended by ctx`
	if err != nil {
		return err
	}
	defer stmt.Close()
	_, err = stmt.Query() // want `stmt\.Query cannot be ended by ctx`
	return err
}

func lookup(ctx context.Context, host string) ([]string, error) {
	log.Println(ctx)
	return net.LookupHost(host) // want `net\.LookupHost cannot be ended by ctx`
}

func begins(ctx context.Context, db *sql.DB) error {
	log.Println(ctx)
	tx, err := db.Begin() // want "\\(ctx-sibling-ignored\\)"
	if err != nil {
		return err
	}
	return tx.Commit()
}

// A literal that is handed on, with the context beside it.
func handsOnLiteral(ctx context.Context, run func(context.Context, func() error) error, url string) error {
	return run(ctx, func() error {
		req, err := http.NewRequest("GET", url, nil) // want `http\.NewRequest cannot be ended by ctx`
		if err != nil {
			return err
		}
		_, err = http.DefaultClient.Do(req)
		return err
	})
}
