// Package sqlite keeps the record in one file, with SQLite: it implements quoth.Store.
//
// One connection writes, several read; with the write-ahead log readers never wait for
// the writer. A second process may read the same file, and may write it too: the two
// wait for each other. The file must lie on a local disk.
//
// Begin with [Open], or [OpenToAsk] for a server; quoth/ingest fills the record.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"quoth"
	"quoth/sqlrecord"
)

// Store is a record in a file.
type Store struct {
	*sqlrecord.Record
	path  string
	write *sql.DB // one connection
	read  *sql.DB
}

var _ quoth.Store = (*Store)(nil)

// The settings of every connection. Synchronous NORMAL loses no committed change when
// the process is killed, and with a write-ahead log never damages the file; FULL, which
// the writer has, loses none when the machine stops either.
const (
	busyMS   = "10000"
	cacheKiB = 64 << 10
	// readersPerCore bounds the queries at once: more of them than cores take one another's
	// time, and the slowest answers come later than when they wait in line.
	readersPerCore = 2
	mmapBytes      = 8 << 30
	applicationID  = 0x51756f74 // "Quot"
)

// Open opens the record at path, a plain file name, and makes it, and its folder, when it is not
// there. It brings an older record up to this version; one of a newer version is refused.
func Open(ctx context.Context, path string) (*Store, error) { return open(ctx, path, 0) }

// OpenToAsk is Open for servers, whose questions go all over the file: it is mapped into
// memory, which makes answers several times faster. What is mapped counts as memory of the
// process, though the system takes it back when it needs it.
func OpenToAsk(ctx context.Context, path string) (*Store, error) { return open(ctx, path, mmapBytes) }

// open opens the record, so many bytes of which are mapped by readers.
func open(ctx context.Context, path string, mapped int) (*Store, error) {
	if path == "" || path == ":memory:" || strings.HasPrefix(path, "file:") {
		return nil, &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%q names no file to keep a record in", path), Hint: "name one, such as news.db"}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, &quoth.Error{Code: quoth.Unavailable, Message: "the folder of the record cannot be made: " + reason(err), Hint: "choose another place with --record", Err: err}
	}
	s := &Store{path: path}
	var err error
	s.write, err = sql.Open("sqlite", dsn(path, "synchronous(FULL)"))
	if err != nil {
		return nil, s.explain(err)
	}
	s.write.SetMaxOpenConns(1)
	if err := s.prepare(ctx); err != nil {
		s.write.Close()
		return nil, s.explain(err)
	}
	s.read, err = sql.Open("sqlite", dsn(path, "query_only(1)", fmt.Sprintf("mmap_size(%d)", mapped)))
	if err != nil {
		s.write.Close()
		return nil, s.explain(err)
	}
	s.read.SetMaxOpenConns(readersPerCore * runtime.GOMAXPROCS(0))
	s.read.SetMaxIdleConns(readersPerCore * runtime.GOMAXPROCS(0))
	if s.Record, err = sqlrecord.New(s.read, s.write, dialect{s}); err != nil {
		return nil, errors.Join(err, s.read.Close(), s.write.Close())
	}
	return s, nil
}

// dsn names the file with the settings that every connection makes when it opens.
func dsn(path string, more ...string) string {
	pragmas := append([]string{
		"busy_timeout(" + busyMS + ")",
		"journal_mode(WAL)",
		"foreign_keys(1)",
		"temp_store(MEMORY)",
		fmt.Sprintf("cache_size(-%d)", cacheKiB),
		"wal_autocheckpoint(8000)",
		"trusted_schema(0)",
	}, more...)
	q := url.Values{"_pragma": pragmas, "_txlock": {"immediate"}}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

//go:embed migrations/*.sql
var migrations embed.FS

// How long whoever opens a record waits for others who are making it.
const (
	openWait  = 10 * time.Second
	openPause = 50 * time.Millisecond
)

// prepare checks that the file is a record and brings it up to date. Several programs may do
// that at once: each step is a transaction, and who comes second to one looks again how far it is.
func (s *Store) prepare(ctx context.Context) error {
	for begun := time.Now(); ; {
		err := s.upgrade(ctx)
		if !isOvertaken(err) || time.Since(begun) > openWait {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(openPause):
		}
	}
}

// isOvertaken reports whether err can come of another program that makes the same record: it
// holds the file, or has made a table meanwhile.
func isOvertaken(err error) bool {
	var e *driver.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() & 0xff {
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED, codes.SQLITE_ERROR, codes.SQLITE_CONSTRAINT, codes.SQLITE_SCHEMA:
		return true
	}
	return false
}

// upgrade is one try of prepare.
func (s *Store) upgrade(ctx context.Context) error {
	var id, tables int
	if err := s.write.QueryRowContext(ctx, "pragma application_id").Scan(&id); err != nil {
		return err
	}
	if err := s.write.QueryRowContext(ctx, "select count(*) from sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	if id != applicationID && tables > 0 {
		return &quoth.Error{Code: quoth.Invalid, Message: s.path + " is a database, but no record of Quoth's", Hint: "choose another file with --record"}
	}
	if id != applicationID {
		if _, err := s.write.ExecContext(ctx, fmt.Sprintf("pragma application_id = %d", applicationID)); err != nil {
			return err
		}
	}
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, s.write, dir)
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	current, target, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	if current > target {
		return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("the record is of version %d, this Quoth knows %d at most", current, target), Hint: "install a newer Quoth"}
	}
	if current == target {
		return nil
	}
	_, err = p.Up(ctx)
	return err
}

// Path is the file's name.
func (s *Store) Path() string { return s.path }

// explain turns an error of the driver into one that a person may see, by its code.
func (s *Store) explain(err error) error {
	if err == nil {
		return nil
	}
	var known *quoth.Error
	if errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var e *driver.Error
	if !errors.As(err, &e) {
		return fmt.Errorf("record %s: %w", s.path, err)
	}
	switch e.Code() & 0xff {
	case codes.SQLITE_FULL:
		return &quoth.Error{Code: quoth.TooLarge, Message: "the disk of the record is full", Hint: "make room on it; what was kept is whole, and the work can go on where it stopped", Err: err}
	case codes.SQLITE_READONLY, codes.SQLITE_PERM:
		return &quoth.Error{Code: quoth.Unavailable, Message: "the record " + s.path + " cannot be written to", Hint: "check who owns the file and its folder, or choose another with --record", Err: err}
	case codes.SQLITE_CANTOPEN:
		return &quoth.Error{Code: quoth.Unavailable, Message: "the record " + s.path + " cannot be opened", Hint: "check the folder and its rights, or choose another with --record", Err: err}
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return &quoth.Error{Code: quoth.Unavailable, Message: "another program writes to the record " + s.path, Hint: "wait for it, or end it", Err: err}
	case codes.SQLITE_NOTADB:
		return &quoth.Error{Code: quoth.Invalid, Message: s.path + " is no database", Hint: "choose another file with --record", Err: err}
	case codes.SQLITE_CORRUPT:
		return &quoth.Error{Code: quoth.Internal, Message: "the record " + s.path + " is damaged", Hint: "go back to a backup", Err: err}
	case codes.SQLITE_IOERR:
		return &quoth.Error{Code: quoth.Unavailable, Message: "the disk of the record answers with an error", Hint: "check the disk and the room on it", Err: err}
	}
	return fmt.Errorf("record %s: %w", s.path, err)
}

// reason is the last part of a file system's error.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Path + ": " + p.Err.Error()
	}
	return err.Error()
}

// Backup writes a copy of the record, as it is at this moment, into a file that is not
// there yet. A copy that does not become whole is taken away.
func (s *Store) Backup(ctx context.Context, path string) error {
	// An absolute path is a file's name whatever is in it; "file:…" would be an address.
	path, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("find the place of the copy: %w", err)
	}
	if _, err := os.Lstat(path); err == nil {
		return &quoth.Error{Code: quoth.Invalid, Message: path + " is there already", Hint: "name a file that is not"}
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return &quoth.Error{Code: quoth.Unavailable, Message: "the copy cannot be written: " + reason(err), Hint: "check the folder and its rights, or name another", Err: err}
	}
	err = file.Close()
	if err == nil {
		_, err = s.write.ExecContext(ctx, "/* sqlite.Store.Backup */ vacuum into ?", path)
	}
	if err == nil {
		return nil
	}
	var e *driver.Error
	if errors.As(err, &e) && e.Code()&0xff == codes.SQLITE_FULL {
		err = &quoth.Error{Code: quoth.TooLarge, Message: "the disk of the copy is full", Hint: "make room on it, or name a file on another", Err: err}
	}
	return errors.Join(s.explain(err), os.Remove(path))
}

// bytes is the room that the record takes on the disk.
func (s *Store) bytes() (n int64) {
	for _, suffix := range []string{"", "-wal"} {
		if info, err := os.Stat(s.path + suffix); err == nil {
			n += info.Size()
		}
	}
	return n
}
