// Package pgtest starts a PostgreSQL server for a test, of the machine's own programs, in a
// folder of its own that is gone with the test. Tests import it, and nothing else does.
package pgtest

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// Server is a running server. It listens on a socket in its folder, on no port.
type Server struct {
	bin, dir  string
	as        *syscall.Credential
	databases int
}

// Start starts a server; it ends with the test. Without PostgreSQL on the machine the
// test is skipped.
func Start(t testing.TB) *Server {
	t.Helper()
	bins, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // Debian's; others have it on the path
	if path, err := exec.LookPath("initdb"); err == nil && len(bins) == 0 {
		bins = append(bins, filepath.Dir(path))
	}
	if len(bins) == 0 {
		t.Skip("no PostgreSQL on this machine: apt install postgresql")
	}
	// A socket's name must be short, so that the folder is none of the test's.
	dir, err := os.MkdirTemp("", "pg")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s := &Server{bin: bins[len(bins)-1], dir: dir}
	if os.Geteuid() == 0 { // the server refuses to run as root
		u, err := user.Lookup("postgres")
		if err != nil {
			t.Skip("no user postgres to run the server as")
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		s.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	s.run(t, "initdb", "-D", s.data(), "-U", "quoth", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
	s.Up(t)
	t.Cleanup(func() { s.Down(t) })
	return s
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// Up starts the server after Down.
func (s *Server) Up(t testing.TB) {
	t.Helper()
	s.run(t, "pg_ctl", "-D", s.data(), "-w", "-l", filepath.Join(s.dir, "log"), "-o", fmt.Sprintf("-k %s -c listen_addresses='' -c max_connections=60 -c fsync=off", s.dir), "start")
}

// Down stops the server at once, as when its machine fails; what was committed is there
// after Up.
func (s *Server) Down(t testing.TB) {
	t.Helper()
	cmd := s.command("pg_ctl", "-D", s.data(), "-w", "-m", "immediate", "stop")
	_ = cmd.Run() // it may be down already
}

// Database makes a new database and returns its address.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	s.databases++
	name := fmt.Sprintf("record%d", s.databases)
	s.run(t, "createdb", "-h", s.dir, "-U", "quoth", name)
	return "postgres:///" + name + "?" + url.Values{"host": {s.dir}, "user": {"quoth"}}.Encode()
}

// Psql runs SQL, or an old dump, in a database that Database made.
func (s *Server) Psql(t testing.TB, address, text string) {
	t.Helper()
	cmd := s.command("psql", "-v", "ON_ERROR_STOP=1", "-q", "-d", address)
	cmd.Stdin = bytes.NewReader([]byte(text))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("psql: %v\n%s", err, out)
	}
}

func (s *Server) command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, program), args...)
	cmd.Dir = s.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.as}
	cmd.WaitDelay = time.Second // the server keeps the pipe
	return cmd
}

func (s *Server) run(t testing.TB, program string, args ...string) {
	t.Helper()
	if out, err := s.command(program, args...).CombinedOutput(); err != nil && !isLateOnly(err) {
		log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
		t.Fatalf("%s: %v\n%s\n%s", program, err, out, log)
	}
}

// isLateOnly reports whether err only says that a child still holds the output.
func isLateOnly(err error) bool { return err == exec.ErrWaitDelay }
