//go:build unix && !linux

package lab

import (
	"os/exec"
	"syscall"
)

// childAttributes put the child into a process group of its own, so that an
// interrupt at the terminal reaches kstep alone.
func childAttributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// kill ends the child and what it started.
func kill(cmd *exec.Cmd) {
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // it may be gone already
}
