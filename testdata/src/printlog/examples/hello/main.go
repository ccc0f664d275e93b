// Command hello is an example: it is short on purpose.
package main

import (
	"bufio"
	"log"
	"os"
)

func main() {
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	if _, err := w.WriteString("hello"); err != nil {
		log.Fatal(err)
	}
}
