package lab

import (
	"os"
	"strings"
	"testing"
)

func TestMain(m *testing.M) {
	RunIfChild(func(name string) func() {
		name, word, _ := strings.Cut(name, " ")
		if p := faultPrograms[name]; p != nil {
			return func() { p(word) }
		}
		return nil
	})
	os.Exit(m.Run())
}
