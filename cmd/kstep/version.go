package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"kstep/tracer"
	"kstep/tracer/kafka"
)

func newVersion(s *streams) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the versions of kstep, the client and the broker",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			v := versions()
			_, err := fmt.Fprintf(s.Out, "kstep       %s\nclient      %s\nlibrdkafka  %s\nbroker      %s (embedded)\nbuilt with  %s %s/%s\n",
				v.Kstep, v.Client, v.Librdkafka, v.Broker, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			if err != nil {
				return fmt.Errorf("write: %w", err)
			}
			return nil
		},
	}
}

// versions are of everything whose behaviour a trace shows.
func versions() tracer.Versions {
	v := tracer.Versions{Kstep: "devel", Client: "confluent-kafka-go", Broker: "kfake"}
	_, v.Librdkafka = kafka.LibraryVersion()
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if m := info.Main.Version; m != "" && m != "(devel)" {
		v.Kstep = m
	}
	for _, d := range info.Deps {
		switch d.Path {
		case "github.com/confluentinc/confluent-kafka-go/v2":
			v.Client = "confluent-kafka-go " + d.Version
		case "github.com/twmb/franz-go/pkg/kfake":
			v.Broker = "kfake " + d.Version
		}
	}
	return v
}
