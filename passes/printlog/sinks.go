package printlog

// What counts as a print. A must-analysis over syntax and types: a call is an
// output only if the stream it ends in is certain. Seen: the builtins, package
// fmt, io.WriteString and the methods of *os.File and *bufio.Writer, through
// aliases, dot imports, and local variables and unexported package variables that
// are assigned once. Knowingly missed: writers kept in fields (they can be
// swapped), function values that are kept, io.Copy (relays data), writers passed
// on to other functions.

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynclint/asynclint/internal/symbol"
)

// shape says how the operands of an output become text.
type shape uint8

const (
	spaced    shape = iota // Println: operands with spaces between them
	joined                 // Print: operands without separators of their own
	formatted              // Printf: a format, then its operands
	text                   // WriteString: one string
	raw                    // Write: one slice of bytes
)

// stream is where an output ends up.
type stream uint8

const (
	unknownStream stream = iota
	stdout
	stderr
	stdLog // the standard log package's default logger
	ownLog // a logger of the standard log package that writes to standard error or output
)

// isLog reports whether the standard log package stands in between.
func (s stream) isLog() bool { return s == stdLog || s == ownLog }

// String returns the stream as messages name it.
func (s stream) String() string {
	switch s {
	case stdout:
		return "stdout"
	case stderr:
		return "stderr"
	case stdLog:
		return "the global std logger"
	case ownLog:
		return "a std logger of its own"
	}
	return "?"
}

// output is one call that writes text for people.
type output struct {
	call  *ast.CallExpr
	name  string // the function that writes, as its package's users spell it
	to    stream
	shape shape
	args  []ast.Expr // what is printed, without the writer
	via   ast.Expr   // where a variable in between was bound; nil if the call is direct
}

// operand says which part of a call is the writer.
type operand uint8

const (
	noWriter   operand = iota // the row's stream is fixed
	argWriter                 // the first argument
	recvWriter                // the receiver
	recvLogger                // the receiver, a *log.Logger
)

// printer is one row of the table of functions that print.
type printer struct {
	shape  shape
	writer operand
	to     stream // for noWriter
}

// printers lists the functions that write text to a stream.
var printers = map[symbol.Name]printer{
	{Func: "print"}:                {joined, noWriter, stderr},
	{Func: "println"}:              {spaced, noWriter, stderr},
	{Pkg: "fmt", Func: "Print"}:    {joined, noWriter, stdout},
	{Pkg: "fmt", Func: "Printf"}:   {formatted, noWriter, stdout},
	{Pkg: "fmt", Func: "Println"}:  {spaced, noWriter, stdout},
	{Pkg: "fmt", Func: "Fprint"}:   {joined, argWriter, 0},
	{Pkg: "fmt", Func: "Fprintf"}:  {formatted, argWriter, 0},
	{Pkg: "fmt", Func: "Fprintln"}: {spaced, argWriter, 0},

	{Pkg: "io", Func: "WriteString"}:                    {text, argWriter, 0},
	{Pkg: "os", Recv: "File", Func: "WriteString"}:      {text, recvWriter, 0},
	{Pkg: "os", Recv: "File", Func: "Write"}:            {raw, recvWriter, 0},
	{Pkg: "bufio", Recv: "Writer", Func: "WriteString"}: {text, recvWriter, 0},
	{Pkg: "bufio", Recv: "Writer", Func: "Write"}:       {raw, recvWriter, 0},

	{Pkg: "log", Func: "Print"}:                   {joined, noWriter, stdLog},
	{Pkg: "log", Func: "Printf"}:                  {formatted, noWriter, stdLog},
	{Pkg: "log", Func: "Println"}:                 {spaced, noWriter, stdLog},
	{Pkg: "log", Recv: "Logger", Func: "Print"}:   {joined, recvLogger, 0},
	{Pkg: "log", Recv: "Logger", Func: "Printf"}:  {formatted, recvLogger, 0},
	{Pkg: "log", Recv: "Logger", Func: "Println"}: {spaced, recvLogger, 0},
}

// outputOf reads call as an output, if it certainly is one.
func (p *unit) outputOf(call *ast.CallExpr) (output, bool) {
	name, via, ok := p.callee(call)
	if !ok {
		return output{}, false
	}
	row, ok := printers[name]
	if !ok {
		return output{}, false
	}
	o := output{call: call, name: name.Short(), shape: row.shape, to: row.to, args: call.Args, via: via}
	switch row.writer {
	case argWriter:
		if len(call.Args) < 2 {
			return output{}, false
		}
		o.args = call.Args[1:]
		o.follow(p.streamOf(call.Args[0]))
	case recvWriter:
		o.follow(p.streamOf(receiver(call)))
	case recvLogger:
		o.follow(p.loggerOf(receiver(call)))
	}
	return o, o.to != unknownStream
}

// follow records where a writer leads; a function value's binding is kept.
func (o *output) follow(to stream, via ast.Expr) {
	o.to = to
	if o.via == nil {
		o.via = via
	}
}

// callee names the function that call runs: a function, a builtin, or what a
// local variable that is assigned once was bound to, which is then via.
func (p *unit) callee(call *ast.CallExpr) (name symbol.Name, via ast.Expr, ok bool) {
	switch obj := typeutil.Callee(p.info, call).(type) {
	case *types.Builtin:
		return symbol.Name{Func: obj.Name()}, nil, obj.Pkg() != types.Unsafe
	case *types.Func:
		return symbol.Of(obj), nil, true
	}
	bound := p.bound(call.Fun)
	fn, ok := p.object(bound).(*types.Func)
	if !ok || fn.Signature().Recv() != nil {
		return symbol.Name{}, nil, false
	}
	return symbol.Of(fn), bound, true
}

// streamOf says which standard stream a writer certainly is.
func (p *unit) streamOf(e ast.Expr) (stream, ast.Expr) {
	if e == nil {
		return unknownStream, nil
	}
	switch obj := p.object(e); {
	case isVar(obj, "os", "Stdout"):
		return stdout, nil
	case isVar(obj, "os", "Stderr"):
		return stderr, nil
	}
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok && p.wraps(call) {
		return p.streamOf(call.Args[0])
	}
	if bound := p.bound(e); bound != nil {
		to, _ := p.streamOf(bound)
		return to, bound
	}
	return unknownStream, nil
}

// wraps reports whether call gives its first argument back as a writer: a
// conversion or a buffer.
func (p *unit) wraps(call *ast.CallExpr) bool {
	if len(call.Args) == 0 {
		return false
	}
	if p.info.Types[call.Fun].IsType() {
		return true
	}
	fn := typeutil.StaticCallee(p.info, call)
	return isFunc(fn, "bufio", "NewWriter") || isFunc(fn, "bufio", "NewWriterSize")
}

// loggerOf says whether e is a logger of the standard log package that writes to
// a standard stream.
func (p *unit) loggerOf(e ast.Expr) (stream, ast.Expr) {
	if e == nil {
		return unknownStream, nil
	}
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		return p.madeLogger(call), nil
	}
	if bound := p.bound(e); bound != nil {
		to, _ := p.loggerOf(bound)
		return to, bound
	}
	return unknownStream, nil
}

// madeLogger says which logger of the standard log package a call returns.
func (p *unit) madeLogger(call *ast.CallExpr) stream {
	fn := typeutil.StaticCallee(p.info, call)
	switch {
	case isFunc(fn, "log", "Default"):
		return stdLog
	case isFunc(fn, "log", "New") && len(call.Args) > 0:
		if to, _ := p.streamOf(call.Args[0]); to == stdout || to == stderr {
			return ownLog
		}
	}
	return unknownStream
}

// isData reports whether the output relays bytes somebody else made, as a
// protocol over standard output does.
func (p *unit) isData(o output) bool {
	if o.shape != raw || len(o.args) != 1 {
		return false
	}
	conv, ok := ast.Unparen(o.args[0]).(*ast.CallExpr)
	return !ok || len(conv.Args) != 1 || !p.info.Types[conv.Fun].IsType()
}

// isRelay reports whether the output has no words of its own: at most one string
// that is made elsewhere, or an empty line.
func (p *unit) isRelay(o output) bool {
	pieces, ok := p.pieces(o)
	if !ok || o.name == "print" || o.name == "println" {
		return false
	}
	values := 0
	for _, x := range pieces {
		switch {
		case x.value == nil && strings.TrimSpace(x.text) != "":
			return false
		case x.value != nil && (!p.isText(x.value) || p.hasOwnWords(x.value)):
			return false
		case x.value != nil:
			values++
		}
	}
	return values <= 1
}

// isText reports whether e is a string or a slice of bytes.
func (p *unit) isText(e ast.Expr) bool {
	b, ok := p.info.TypeOf(e).Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0 || p.isBytes(e)
}

// receiver returns the expression a method is called on.
func receiver(call *ast.CallExpr) ast.Expr {
	if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		return sel.X
	}
	return nil
}
