package lib

import "net/http"

func handlerBad(w http.ResponseWriter, r *http.Request) {
	go audit(r.Context()) // cancelled as soon as this handler returns
	w.WriteHeader(http.StatusAccepted)
}
