package fields

import (
	"fmt"
	"io"
	"log/slog"

	"go.uber.org/zap"
)

type handler struct{ w io.Writer }

func (h handler) attr(a slog.Attr) {
	fmt.Fprintf(h.w, "%s ", a)
}

func keep(lg *zap.Logger, path string) error {
	lg.Info("saved", zap.String("path", path))
	slog.Info("saved", slog.String("path", path))
	return fmt.Errorf("save %s: %v", path, slog.IntValue(1))
}
