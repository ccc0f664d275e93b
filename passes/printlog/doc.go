// Package printlog reports prints where structured logs belong, and exits that
// skip clean-up.
//
// # Analyzer printlog
//
// printlog: report prints where structured logs belong, and exits that skip clean-up
//
// Who runs a service reads its logs: by level, by key, next to the trace of the
// request. A print has none of these, and in a library it writes to streams that
// belong to somebody else. Nor may a library or a goroutine decide that the
// process ends: others have deferred work.
//
// The pass looks at where text ends up, not at how the call is spelt: the
// builtins print and println, package fmt, io.WriteString and the methods of
// os.Stdout and os.Stderr count alike, under an alias, through a dot import, a
// function value or a bufio.Writer that is bound once. That something is printed
// is certain; that it was not meant for a person is judged by names and
// surroundings, and in doubt the pass is silent.
//
// The advice names the logger that is at hand: a variable in scope, a field of the
// receiver, a variable of the package, the functions of a logging package, and
// log/slog where nothing else is known. The fix uses it only if it is sure to
// be set, and changes the form of the output: that is its purpose. Writers in
// fields, and functions that get a print function as an argument, are missed.
//
// # Rule fields-to-unstructured
//
// A field made for a structured logger (zap.Field, slog.Attr) is given to a
// function of package log or fmt that formats text.
//
// Why: What comes out is the Go syntax of an internal struct. The key and the
// value are lost for every search, mostly since the day a logger was replaced.
//
// Example:
//
//	func save(path string) {
//		log.Println("save failed", slog.String("path", path))
//	}
//
// Instead:
//
//	func save(path string) {
//		slog.Info("save failed", slog.String("path", path))
//	}
//
// Not reported: a slog.Attr kept in a variable, which can format itself; slices of
// fields; tests.
//
// Known limits: fields that are passed on as ...any are not followed.
//
// # Rule fatal-skips-shutdown
//
// log.Fatal, os.Exit or the like ends the process past a deferred call that
// matters (it flushes, removes, waits, shuts down), in a library, or in a
// goroutine of a library. In a goroutine of a program it is reported if the
// function around it has deferred such work, and at level strict otherwise.
//
// Why: Deferred calls do not run when the process exits. Buffers are lost,
// temporary files stay, peers wait for their timeout; and the callers of a
// library get no say.
//
// Example:
//
//	func writeAll(w *bufio.Writer, lines []string) {
//		defer w.Flush()
//		for _, line := range lines {
//			if _, err := w.WriteString(line); err != nil {
//				log.Fatal(err)
//			}
//		}
//	}
//
// Instead:
//
//	func writeAll(w *bufio.Writer, lines []string) (err error) {
//		defer func() { err = errors.Join(err, w.Flush()) }()
//		for _, line := range lines {
//			if _, err := w.WriteString(line); err != nil {
//				return err
//			}
//		}
//		return nil
//	}
//
// Not reported: functions named for it (Must…, Fatal…, Exit…, main, init; of a
// library, check and abort only if they are exported), signal handlers, command-line front ends unless past their own deferred call; deferred
// calls that the end of the process makes needless (closing files and
// connections, unlocking, cancelling contexts, stopping timers). Only at level
// strict, unless a deferred call of the same function is skipped: messages that
// state a bug of the program itself ("internal error"); Fatal of a structured
// logger, which is mostly thought about; functions that are documented to end the
// process or named for hangs, a comment or a log line at the call or its if that
// says so, and calls under a boolean variable of a package. Only at level strict,
// too: what a command that serves nobody leaves behind (a temporary directory, a
// goroutine), while what it had to write counts (Flush, Sync, Save, Commit); and
// lines that silence gocritic, whose exitAfterDefer says the same.
//
// Known limits: deferred calls of callers are not seen, and whether a function
// value cleans up is judged by its name.
//
// # Rule print-in-service
//
// A program whose package or module has a structured logger prints from a
// goroutine, a handler, or a function with a context.
//
// Why: Nobody sits at the terminal of a service. The line has no level, no time
// and no trace, and tears apart the lines of the logger that writes to the same
// stream.
//
// Example:
//
//	package main
//
//	func main() {
//		slog.Info("starting")
//		http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
//			fmt.Println("request", r.URL.Path)
//		})
//		if err := http.ListenAndServe(":8080", nil); err != nil {
//			slog.Error("serve failed", "err", err)
//		}
//	}
//
// Instead:
//
//	package main
//
//	func main() {
//		slog.Info("starting")
//		http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
//			slog.InfoContext(r.Context(), "request", "path", r.URL.Path)
//		})
//		if err := http.ListenAndServe(":8080", nil); err != nil {
//			slog.Error("serve failed", "err", err)
//		}
//	}
//
// Not reported: what runs in main itself, programs without a structured logger,
// and the exemptions of print-in-library. Only at level strict: goroutines and
// functions with a context of a program that starts no server in view, unless a
// goroutine prints an error and the program prints little else (fewer than five
// other prints to standard output); packages that only make a logger for others
// and never log.
//
// Known limits: functions that a goroutine calls are not followed.
//
// # Rule print-in-library
//
// A library writes to standard output or standard error.
//
// Why: The streams belong to the program. Its users pipe them, parse them and
// alert on them, and cannot turn the library's voice down, route it or search it.
//
// Example:
//
//	func save(name string, err error) {
//		fmt.Println("saving", name, "failed:", err)
//	}
//
// Instead:
//
//	func save(ctx context.Context, name string, err error) {
//		slog.ErrorContext(ctx, "save failed", "name", name, "err", err)
//	}
//
// Not reported: package main and paths such as cmd or internal/cli; packages that
// import flag, cobra, pflag, kong, kingpin, urfave/cli or x/term, or declare Main;
// tests, examples, tools, loggers and generated code; packages that log/slog is made
// of, and the standard library's inner ones; functions and types named
// for printing (print, dump, usage, help, debug, prompt …); wrappers that forward
// variadic arguments; variables that others may set; code guarded by a debug switch, an environment variable or
// a missing hook; last words in front of a panic or an exit; functions that also
// read standard input, and prompts in front of a call that reads a password or a
// line; raw bytes. A function that prints is reported once, with the number of
// its prints; level strict reports each. Only at level strict: a single string
// made elsewhere; functions that recover from a panic; init; texts of several
// lines; installers; and, unless an error or a builtin is among what the function
// prints, functions that seem to print for a reader: eight prints, three in a
// function named for reporting (check, inspect, validate …), two of which one is
// indented, documentation that starts with it, packages named for migrations, and
// prose of more than one line of a package under internal/ that neither logs nor
// serves.
//
// Known limits: a package that talks to its user without any of these signs is
// reported; say so with a directive.
//
// # Rule log-in-library
//
// A library prints through the standard log package although it has a
// structured logger. At level strict: any such print of a library.
//
// Why: Two loggers have two formats, two destinations and two settings; the lines
// of the standard one have no level and no keys.
//
// Example:
//
//	type store struct{ log *slog.Logger }
//
//	func (s *store) save(err error) {
//		log.Println("save failed:", err)
//	}
//
// Instead:
//
//	type store struct{ log *slog.Logger }
//
//	func (s *store) save(err error) {
//		s.log.Error("save failed", "err", err)
//	}
//
// Not reported: a *log.Logger that somebody passed in or that writes to a file or
// buffer, package main, and the exemptions of print-in-library. Only at level strict: packages of which only an
// import, of the same module, has a structured logger; packages that send the
// standard logger's output to a structured one (slog.SetDefault,
// zap.RedirectStdLog, log.SetOutput with a writer that is no file), or import one
// of the same module that does; functions that recover from a panic.
//
// Known limits: a program that redirects the standard logger in package main
// cannot be seen from its libraries; say so with a directive.
//
// # Rule print-everywhere
//
// Anything outside tests that writes to standard output or standard error.
//
// Why: It is the principle as written, for modules in which nothing talks to a
// terminal.
//
// Example:
//
//	package main
//
//	func main() {
//		fmt.Println("ready")
//	}
//
// Instead:
//
//	package main
//
//	func main() {
//		slog.Info("ready")
//	}
//
// Not reported: tests and generated code.
//
// Known limits: as for the other rules, writers in fields and exported variables
// are not followed.
package printlog
