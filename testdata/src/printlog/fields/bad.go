// Package fields gives fields to functions that cannot use them.
package fields

import (
	"fmt"
	"log"
	"log/slog"

	"go.uber.org/zap"
)

func save(b []byte, f zap.Field) error {
	log.Println("save failed", slog.String("path", "x")) // want `log.Println formats the field slog.String as text, not as key and value; give it to a slog.Logger`
	if len(b) == 0 {
		log.Panic("cannot save", zap.Any("state", b)) // want `log.Panic formats the field zap.Any as text, .*; give it to a zap.Logger`
	}
	fmt.Println("saved", f)                         // want `fmt.Println formats the field f as text`
	return fmt.Errorf("save: %v", slog.Int("n", 1)) // want `fmt.Errorf formats the field slog.Int as text`
}
