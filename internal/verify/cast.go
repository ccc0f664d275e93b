package verify

import (
	"fmt"
	"go/token"

	"github.com/asynclint/asynclint/internal/model"
)

// This file names the goroutines of a run. Those that are started on the same line
// get numbers in the order of their start, so that what one does is not read as a
// thing that another does.

// cast says what the goroutines of a run are called, as far as it has been told.
type cast struct {
	*search
	total  map[place]int // how many are started on a line
	so     map[place]int // how many of them the steps so far have started
	bySlot map[int]string
}

// place is a line of a file.
type place struct {
	file string
	line int
}

// newCast counts the goroutines of a run.
func (s *search) newCast(log []*step) *cast {
	c := &cast{s, make(map[place]int), make(map[place]int), make(map[int]string)}
	for _, l := range log {
		if l.kind == stepSpawn {
			c.total[s.placeOf(l.spawn.Pos)]++
		}
	}
	return c
}

// placeOf returns the line of a position.
func (s *search) placeOf(pos token.Pos) place {
	at := s.pkg.Pass.Fset.Position(pos)
	return place{at.Filename, at.Line}
}

// enter names the goroutine that a step starts and returns its number, "" if it is
// the only one of its line.
func (c *cast) enter(l *step) string {
	at := c.placeOf(l.spawn.Pos)
	c.so[at]++
	name, number := startedOn(at.line), ""
	if c.total[at] > 1 {
		number = " (" + ordinal(c.so[at]) + ")"
	}
	c.bySlot[l.slot] = name + number
	return number
}

// who names the goroutine in a slot.
func (c *cast) who(slot int, sp *model.Spawn) string {
	switch name, ok := c.bySlot[slot]; {
	case sp == nil:
		return c.root.Name()
	case ok:
		return name
	}
	return startedOn(c.placeOf(sp.Pos).line)
}

// startedOn describes a goroutine by the line of its start.
func startedOn(line int) string { return fmt.Sprintf("the goroutine started on line %d", line) }

// ordinal spells a place in a row: "2nd".
func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || 13 < n%100 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprint(n) + suffix
}
