package main

// kstep serve: lessons in a browser, for a workshop.

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"

	"github.com/spf13/cobra"

	"kstep/cmd/kstep/serve"
)

// serveOptions are the flags of kstep serve.
type serveOptions struct {
	listen string
	open   bool
	runs   int
}

func newServe(s *streams) *cobra.Command {
	var o serveOptions
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the lessons to browsers: run, change, step through",
		Long: "Serve the lessons to browsers on this machine. Everybody may pick a lesson,\n" +
			"change settings and faults from lists, run it, step through it, and compare it\n" +
			"with the run before. Runs wait in a fair queue.\n\n" +
			"Other machines are not served unless --open is given: then whoever reaches this\n" +
			"address can start runs, and has to type the code that is printed.",
		Example: "  kstep serve\n  kstep serve --listen 0.0.0.0:8080 --open",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := noArgs(cmd, args); err != nil {
				return err
			}
			if err := o.check(cmd); err != nil {
				return err
			}
			return serveLessons(cmd.Context(), s, o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.listen, "listen", "127.0.0.1:8070", "`ADDRESS` to serve on; port 0 takes a free one")
	f.BoolVar(&o.open, "open", false, "serve other machines, too; visitors then need the code that is printed")
	parallelFlag(cmd, &o.runs, "runs at once")
	return cmd
}

func (o *serveOptions) check(cmd *cobra.Command) error {
	host, _, err := net.SplitHostPort(o.listen)
	if err != nil {
		return fmt.Errorf("--listen %s: write HOST:PORT, for example 127.0.0.1:8070", o.listen)
	}
	if !o.open && !loopback(host) {
		return fmt.Errorf("--listen %s is an address that other machines reach: whoever reaches it can start runs on this one; add --open if that is meant, and give visitors the code it prints", o.listen)
	}
	return checkParallel(cmd, &o.runs)
}

// loopback tells whether only this machine reaches a host.
func loopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}

func serveLessons(ctx context.Context, s *streams, o serveOptions) error {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", o.listen)
	if err != nil {
		return fmt.Errorf("serve on %s: %w (another --listen may be free)", o.listen, err)
	}
	defer l.Close()
	server, err := serve.New(l.Addr(), serve.Options{Workers: o.runs, Open: o.open, Versions: versions(), Outcome: outcome})
	if err != nil {
		return err
	}
	text := fmt.Sprintf("kstep serves its lessons on http://%s/ (Ctrl-C ends it)\n", l.Addr())
	if code := server.Code(); code != "" {
		text += fmt.Sprintf("Other machines reach it, too. The code to type: %s\n", code)
	}
	if err := writeOut(s.Out, "the address", []byte(text)); err != nil {
		return err
	}
	if err := server.Serve(ctx, l); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return ctx.Err()
}
