// Package driver runs analyzers over packages.
//
// There are two ways in, and one executor. Analyse takes patterns, lists the
// packages they match, type-checks them from source and keeps results in a
// cache; Vet takes one package as go vet describes it. Both end in Execute,
// which runs the analyzers over one type-checked package and a fact store, so
// that both find the same.
//
// What source mode approximates: cgo is not run, so expressions that involve
// package C have no type; declarations of dependencies are checked leniently,
// because the compiler judges them better; bodies outside the main module are
// never read.
package driver
