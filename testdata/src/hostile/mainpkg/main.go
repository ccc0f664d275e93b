// Command mainpkg does in main what nobody should.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"sync"
)

var out = bufio.NewWriter(os.Stdout)

func init() { flag.Usage = usage; flag.Parse() }

func usage() { fmt.Fprintln(os.Stderr, "usage") }

func main() {
	defer out.Flush()
	defer func() { recover() }()
	if len(os.Args) > 9 {
		main()
	}
	ln, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		log.Fatal(err)
	}
	stop := make(chan os.Signal)
	signal.Notify(stop, os.Interrupt)
	go func() {
		<-stop
		os.Exit(1)
	}()
	var wg sync.WaitGroup
	for {
		c, err := ln.Accept()
		if err != nil {
			break
		}
		wg.Add(1)
		go func() { defer wg.Done(); c.Write(nil); print("x"); println() }()
	}
	wg.Wait()
	exec.Command("true").Start()
	fmt := fmt.Fprintf
	fmt(os.Stdout, "%d %[1]*d", 1, 2)
	p := println2
	p("x")
	select {}
}

func println2(a ...any) (int, error) { return fmt.Println(a...) }

func log2(log interface{ Fatal(...any) }) { log.Fatal() }
