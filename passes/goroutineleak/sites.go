package goroutineleak

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynclint/asynclint/internal/model"
	"github.com/asynclint/asynclint/internal/symbol"
)

// The functions of other packages whose calls the rules look at.
var (
	iterPull      = symbol.Name{Pkg: "iter", Func: "Pull"}
	iterPull2     = symbol.Name{Pkg: "iter", Func: "Pull2"}
	cmdStart      = symbol.Name{Pkg: "os/exec", Recv: "Cmd", Func: "Start"}
	cmdWait       = symbol.Name{Pkg: "os/exec", Recv: "Cmd", Func: "Wait"}
	semRelease    = symbol.Name{Pkg: "golang.org/x/sync/semaphore", Recv: "Weighted", Func: "Release"}
	errgroupWith  = symbol.Name{Pkg: "golang.org/x/sync/errgroup", Func: "WithContext"}
	httpShutdown  = symbol.Name{Pkg: "net/http", Recv: "Server", Func: "Shutdown"}
	httpServe     = symbol.Name{Pkg: "net/http", Recv: "Server", Func: "Serve"}
	httpServeTLS  = symbol.Name{Pkg: "net/http", Recv: "Server", Func: "ServeTLS"}
	httpListen    = symbol.Name{Pkg: "net/http", Recv: "Server", Func: "ListenAndServe"}
	httpListenTLS = symbol.Name{Pkg: "net/http", Recv: "Server", Func: "ListenAndServeTLS"}
)

// watched are the names that sites keep.
var watched = map[symbol.Name]bool{
	iterPull: true, iterPull2: true, cmdStart: true, cmdWait: true, errgroupWith: true,
	httpShutdown: true, httpServe: true, httpServeTLS: true, httpListen: true, httpListenTLS: true,
}

// site is one call of a watched function.
type site struct {
	f      *model.Func
	instr  ssa.CallInstruction
	syntax *ast.CallExpr
}

// pos returns where the call starts.
func (s site) pos() token.Pos { return s.f.Pkg.CallPos(s.instr) }

// recv returns the receiver of a method call.
func (s site) recv() ssa.Value { return s.instr.Common().Args[0] }

// sites are the calls of watched functions, by name, in source order.
type sites map[symbol.Name][]site

// readSites lists the calls of watched functions in a package.
func readSites(p *model.Package) sites {
	all := make(sites)
	for _, f := range p.Funcs {
		instrs(f, func(i ssa.Instruction) {
			call, ok := i.(ssa.CallInstruction)
			if !ok {
				return
			}
			if name := calledName(call.Common()); watched[name] {
				all[name] = append(all[name], site{f, call, p.CallSyntax(call)})
			}
		})
	}
	return all
}

// callee returns the function or interface method that a call names, or nil.
func callee(common *ssa.CallCommon) *types.Func {
	if common.IsInvoke() {
		return common.Method
	}
	if fn := common.StaticCallee(); fn != nil {
		if o := fn.Origin(); o != nil {
			fn = o
		}
		obj, _ := fn.Object().(*types.Func)
		return obj
	}
	return nil
}

// calledName is the name of a call's callee, or zero.
func calledName(common *ssa.CallCommon) symbol.Name { return symbol.Of(callee(common)) }
