// Package fixes holds mistakes that are repaired.
package fixes

import "net/http"

func detach(w http.ResponseWriter, r *http.Request) {
	go run(r, http.NewRequestWithContext) // runs nothing with the context itself
	go func() {                           // want "ends when detach returns"
		req, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "http://x", nil)
		if err == nil {
			_, _ = http.DefaultClient.Do(req)
		}
	}()
}

func run(r *http.Request, f any) {}
