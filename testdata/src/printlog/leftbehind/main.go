// Command leftbehind ends on errors, and leaves what its user can see.
package main

import (
	"archive/zip"
	"log"
	"os"
)

func main() {
	dir, err := os.MkdirTemp("", "leftbehind")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := pack(dir); err != nil {
		log.Fatal(err) // want `log.Fatal skips os.RemoveAll, deferred on line 15; return the error and exit in the caller`
	}
	if err := pack(dir); err != nil {
		os.Exit(int(lastCode(dir))) // want `os.Exit skips os.RemoveAll, deferred on line 15`
	}
}

func lastCode(dir string) byte { return dir[0] }

func pack(dir string) error {
	f, err := os.Create(dir + "/out.zip")
	if err != nil {
		return err
	}
	w := zip.NewWriter(f)
	defer w.Close()
	if _, err := w.Create("a"); err != nil {
		//nolint:gocritic // the archive is of no use then
		log.Fatal(err) // want `log.Fatal skips w.Close, deferred on line 32`
	}
	return nil
}
