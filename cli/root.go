// Package cli is the command line: it reads the settings, wires the parts of the program
// together, and prints what they answer.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"dealvitals/config"

	"github.com/spf13/cobra"
)

// Process is what a command gets from the operating system.
type Process struct {
	Args    []string
	Environ []string
	In      io.Reader
	Out     io.Writer // answers
	Err     io.Writer // logs, progress and errors
}

// The exit codes of the program.
const (
	ExitOK      = 0
	ExitFailure = 1 // the command could not do what it was asked
	ExitUsage   = 2 // the command line or the settings are wrong
)

// Main runs one command and returns its exit code.
func Main(ctx context.Context, p Process) int {
	root := newRoot(p)
	root.SetArgs(p.Args)
	root.SetIn(p.In)
	root.SetOut(p.Out)
	root.SetErr(p.Err)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return ExitOK
	}
	fmt.Fprintln(p.Err, "dealvitals:", sentence(err))
	var usage *usageError
	if errors.As(err, &usage) {
		return ExitUsage
	}
	return ExitFailure
}

// usageError is a mistake in the command line or the settings.
type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }

// flagKeys maps the flags that override a setting to the setting's key.
func flagKeys() map[string]string {
	return map[string]string{
		"db":            "db",
		"log-level":     "log.level",
		"log-format":    "log.format",
		"listen":        "server.listen",
		"contact":       "crawler.contact",
		"allow-network": "crawler.allow_networks",
		"delay":         "crawler.delay",
	}
}

func newRoot(p Process) *cobra.Command {
	root := &cobra.Command{
		Use:   "dealvitals",
		Short: "Tells which sales deals are real, and whether their commission may be paid",
		Long: `dealvitals measures three vital signs of a deal that nobody types in: new jobs on the
customer's hiring page, procurement notices of the customer, and the contact with its
key people. Two high and one low marks the deal false prosperity (虚假繁荣) and freezes
its commission.

Start with:  dealvitals demo
Then:        dealvitals keys create --role admin --name me
             dealvitals import template customers > customers.csv`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return &usageError{fmt.Errorf("%w (see %s --help)", err, c.CommandPath())}
	})
	flags := root.PersistentFlags()
	flags.String("config", "", "file of settings (default "+config.DefaultFile+" where it is there)")
	flags.String("db", config.Default().DB, "file that holds everything (DEALVITALS_DB)")
	flags.String("log-level", config.Default().Log.Level, "debug, info, warn or error")
	flags.String("log-format", config.Default().Log.Format, "text, json or auto")

	e := &env{Process: p}
	addGrouped(root, e)
	refuseMistakes(root)
	return root
}

// addGrouped adds every command, under what a person wants to do.
func addGrouped(root *cobra.Command, e *env) {
	for _, g := range []struct {
		title    string
		commands []*cobra.Command
	}{
		{"See it:", []*cobra.Command{newDemo(e), newVersion(e)}},
		{"Set it up:", []*cobra.Command{newKeys(e), newImport(e), newProbe(e), newTargets(e), newSecrets(e), newWeCom(e), newWebhooks(e)}},
		{"Run it:", []*cobra.Command{newServe(e), newCrawl(e), newScore(e), newExplain(e), newMatch(e)}},
		{"Pay by it, and change its rules:", []*cobra.Command{newPeriod(e), newPolicy(e), newBacktest(e), newReceipt(e)}},
		{"Look after it:", []*cobra.Command{newBackup(e), newRestore(e), newVerify(e), newAudit(e), newReplay(e), newRecheck(e), newEvidence(e), newPerson(e)}},
	} {
		root.AddGroup(&cobra.Group{ID: g.title, Title: g.title})
		for _, c := range g.commands {
			c.GroupID = g.title
			root.AddCommand(c)
		}
	}
}

// refuseMistakes makes every mistyped command or argument a mistake in the command line.
func refuseMistakes(c *cobra.Command) {
	if c.HasSubCommands() && !c.Runnable() {
		c.Args, c.RunE = cobra.ArbitraryArgs, unknownCommand
	}
	if args := c.Args; args != nil {
		c.Args = func(c *cobra.Command, given []string) error {
			if err := args(c, given); err != nil {
				return &usageError{fmt.Errorf("%w: write it as %s (see %s --help)", err, c.UseLine(), c.CommandPath())}
			}
			return nil
		}
	}
	for _, below := range c.Commands() {
		refuseMistakes(below)
	}
}

// unknownCommand is what a command that only holds others does by itself: help, or an error
// where what was asked is none of them, so that a mistyped one never passes for done.
func unknownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return c.Help()
	}
	return &usageError{fmt.Errorf("%s is no command of %s (see %s --help)", args[0], c.CommandPath(), c.CommandPath())}
}

// env is what every command starts from.
type env struct{ Process }

// settings reads the configuration for a command: file, environment, flags.
func (e *env) settings(c *cobra.Command) (config.Config, error) {
	file, err := c.Flags().GetString("config")
	if err != nil {
		return config.Config{}, err
	}
	given := make(map[string]any)
	for flag, key := range flagKeys() {
		f := c.Flags().Lookup(flag)
		if f == nil || !f.Changed {
			continue
		}
		if list, err := c.Flags().GetStringSlice(flag); err == nil {
			given[key] = list
			continue
		}
		given[key] = f.Value.String()
	}
	cfg, err := config.Load(config.Sources{File: file, Environ: e.Environ, Flags: given})
	if err != nil {
		return cfg, &usageError{err}
	}
	return cfg, nil
}

// crawlFlags are the settings that people change from crawl to crawl.
func crawlFlags(c *cobra.Command) {
	defaults := config.Default().Crawler
	c.Flags().String("contact", defaults.Contact, "mail address or web page where site owners reach you")
	c.Flags().StringSlice("allow-network", nil, "private network that may be crawled, such as 127.0.0.0/8")
	c.Flags().Duration("delay", defaults.Delay, "pause between two requests to one host")
}
