// Package setup decides where every log of the program goes.
package setup

import (
	"log/slog"
	"os"
)

func Init() {
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, nil)))
}
