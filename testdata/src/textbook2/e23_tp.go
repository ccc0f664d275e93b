package lib

import "fmt"

func doneBad(j Job, err error) {
	fmt.Println("job", j.ID, "failed:", err)
}
