//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"syscall"
	"text/tabwriter"
	"time"
)

// usage is what one run took, children included.
type usage struct {
	wall, cpu  time.Duration // cpu is user and system time
	peak       int64         // resident set of the largest process, in bytes
	exit       int
	complaints []byte // standard error
}

// sample is the usage of a tool in a state.
type sample struct {
	state, tool string
	usage
}

// measure runs argv in dir. An exit code is no error: linters report by it.
func measure(dir string, c caches, argv []string) (usage, error) {
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Dir = dir
	cmd.Env = append(c.environment(), "PWD="+dir)
	var complaints bytes.Buffer
	cmd.Stdout, cmd.Stderr = io.Discard, &complaints
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return usage{}, err
	}
	u := usage{
		wall:       wall,
		cpu:        cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(),
		exit:       cmd.ProcessState.ExitCode(),
		complaints: complaints.Bytes(),
	}
	if used, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.peak = used.Maxrss << 10 // Linux counts in kilobytes
	}
	return u, nil
}

// printTable prints the samples state by state, with ratios to the baseline of
// the same state.
func printTable(out io.Writer, samples []sample) error {
	table := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(table, "state\ttool\twall s\tcpu s\tpeak MB\twall ÷ vet\tcpu ÷ vet\texit")
	for _, state := range states(samples) {
		of := func(s sample) bool { return s.state == state && s.tool == baseline }
		base := samples[slices.IndexFunc(samples, of)]
		for _, s := range samples {
			if s.state == state {
				fmt.Fprintf(table, "%s\t%s\t%.1f\t%.1f\t%d\t%s\t%s\t%d\n", state, s.tool, s.wall.Seconds(), s.cpu.Seconds(),
					s.peak>>20, ratio(s.wall, base.wall), ratio(s.cpu, base.cpu), s.exit)
			}
		}
	}
	return table.Flush()
}

// states lists the states of samples in order of appearance.
func states(samples []sample) []string {
	var list []string
	for _, s := range samples {
		if !slices.Contains(list, s.state) {
			list = append(list, s.state)
		}
	}
	return list
}

// ratio returns a / b for people.
func ratio(a, b time.Duration) string {
	if b == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", float64(a)/float64(b))
}
