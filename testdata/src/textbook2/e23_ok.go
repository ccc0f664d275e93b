package lib

import (
	"context"
	"log/slog"
)

func doneGood(ctx context.Context, j Job, err error) {
	slog.ErrorContext(ctx, "job failed", "job", j.ID, "err", err)
}
