// Dealvitals tells a company which of its sales deals are real: it crawls the hiring
// pages of customers and tender sites, counts the contact with key people, scores every
// deal, and answers whether its commission may be paid.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"dealvitals/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Main(ctx, cli.Process{
		Args: os.Args[1:], Environ: os.Environ(),
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
	})
	stop()
	os.Exit(code)
}
