package driver

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Cache keeps results in files named by keys. Whatever is wrong with a file,
// it is as if it were not there: results are made again. A nil cache is empty.
type Cache struct {
	dir string
}

// Entries that nobody has read for keepFor are deleted; the whole cache is
// looked through every trimEvery. A read renews an entry's time stamp if it is
// older than renewAfter, which saves a write on most reads.
const (
	keepFor    = 14 * 24 * time.Hour
	trimEvery  = 24 * time.Hour
	renewAfter = time.Hour
)

// OpenCache returns the cache in dir, which is made if need be.
func OpenCache(dir string) (*Cache, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	c := &Cache{dir: dir}
	c.trim(time.Now())
	return c, nil
}

// UserCache returns the cache of this user. The environment variable
// ASYNCLINT_CACHE names another directory, or switches the cache off with
// "off", "false" or "0". Where there can be no cache, there is none.
func UserCache() *Cache {
	dir := os.Getenv("ASYNCLINT_CACHE")
	switch strings.ToLower(dir) {
	case "off", "false", "0":
		return nil
	case "":
		base, err := os.UserCacheDir()
		if err != nil {
			return nil
		}
		dir = filepath.Join(base, "asynclint")
	}
	c, err := OpenCache(dir)
	if err != nil {
		return nil
	}
	return c
}

// file returns the name of the file that holds key's entry.
func (c *Cache) file(key string) string { return filepath.Join(c.dir, key[:2], key) }

// load reads the entry of key into k and reports whether there was one.
func (c *Cache) load(key string, k *kept) bool {
	if c == nil || key == "" {
		return false
	}
	name := c.file(key)
	data, err := os.ReadFile(name)
	if err != nil || len(data) < sha256.Size {
		return false
	}
	sum, payload := data[:sha256.Size], data[sha256.Size:]
	if want := sha256.Sum256(payload); !bytes.Equal(sum, want[:]) {
		return false
	}
	var read kept
	if err := gob.NewDecoder(bytes.NewReader(payload)).Decode(&read); err != nil {
		return false
	}
	*k = read
	c.renew(name)
	return true
}

// renew notes that an entry was of use.
func (c *Cache) renew(name string) {
	now := time.Now()
	if stat, err := os.Stat(name); err == nil && now.Sub(stat.ModTime()) > renewAfter {
		_ = os.Chtimes(name, now, now) // at worst it is trimmed early
	}
}

// store writes the entry of key. It is complete before it gets its name; an
// entry that cannot be written is made again next time.
func (c *Cache) store(key string, k *kept) {
	if c == nil || key == "" {
		return
	}
	var payload bytes.Buffer
	if err := gob.NewEncoder(&payload).Encode(k); err != nil {
		return
	}
	sum := sha256.Sum256(payload.Bytes())
	name := c.file(key)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return
	}
	_ = writeWhole(name, append(sum[:], payload.Bytes()...))
}

// writeWhole writes a file under another name first.
func writeWhole(name string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(name), "tmp-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	if err != nil {
		_ = os.Remove(tmp.Name())
	}
	return err
}

// trim deletes entries that have not been of use for long, now and then.
func (c *Cache) trim(now time.Time) {
	marker := filepath.Join(c.dir, "trimmed")
	if stat, err := os.Stat(marker); err == nil && now.Sub(stat.ModTime()) < trimEvery {
		return
	}
	if err := writeWhole(marker, nil); err != nil {
		return
	}
	_ = os.Chtimes(marker, now, now)
	_ = filepath.WalkDir(c.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path == marker {
			return nil
		}
		if info, err := d.Info(); err == nil && now.Sub(info.ModTime()) > keepFor {
			_ = os.Remove(path)
		}
		return nil
	})
}
