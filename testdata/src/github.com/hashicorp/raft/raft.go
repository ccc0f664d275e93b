// Package raft is a stub: declarations of the real one, without effect.
package raft

import "io"

type Log struct {
	Index uint64
	Data  []byte
}

type FSM interface {
	Apply(*Log) any
	Snapshot() (FSMSnapshot, error)
	Restore(snapshot io.ReadCloser) error
}

type FSMSnapshot interface {
	Persist(sink SnapshotSink) error
	Release()
}

type SnapshotSink interface {
	io.WriteCloser
	ID() string
	Cancel() error
}
