// Package sugar has a zap.SugaredLogger.
package sugar

import (
	"fmt"

	"go.uber.org/zap"
)

var logger = zap.S()

func save(err error) {
	fmt.Println("save failed:", err) // want `use logger.Errorw`
}
