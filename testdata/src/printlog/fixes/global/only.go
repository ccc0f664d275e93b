package global

import "fmt"

func only(n int) { fmt.Println("count", n) } // want `use slog.Info`
