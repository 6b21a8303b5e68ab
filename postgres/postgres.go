// Package postgres keeps the record in PostgreSQL, for when one machine is not enough: it
// implements quoth.Store. Any number of processes may read and write the record at once;
// writers wait for one another, a transaction at a time. Tested with PostgreSQL 15.
//
// Secrets never enter messages: a record is called by its host and its database.
//
// Begin with [Open]; quoth/ingest fills the record.
package postgres

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"quoth"
	"quoth/sqlrecord"
)

// Store is a record in a PostgreSQL database.
type Store struct {
	*sqlrecord.Record
	name string
	read *sql.DB
}

var _ quoth.Store = (*Store)(nil)

// Connections to the server, at most, of one Store.
const (
	maxReaders = 8
	maxWriters = 2
)

// Open opens the record at url ("postgres://user:password@host:5432/database") and makes
// its tables when they are not there. It brings an older record up to this version; one of
// a newer version is refused. What url leaves open comes from the environment, as for
// libpq: PGPASSWORD, PGPASSFILE, PGSSLMODE and so on.
func Open(ctx context.Context, url string) (*Store, error) { return open(ctx, url, true) }

// OpenExisting is Open for those who only read: it makes no tables where there are none.
// The error has code NotFound then.
func OpenExisting(ctx context.Context, url string) (*Store, error) { return open(ctx, url, false) }

func open(ctx context.Context, url string, mayMake bool) (*Store, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		// The driver's message shows the address without its password, but not only that.
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "the address of the record cannot be read", Hint: "write it as postgres://user@host:5432/database; the password may stand in PGPASSWORD"}
	}
	config.RuntimeParams["application_name"] = "quoth"
	// Of what a search for words finds, a plan made for any words knows nothing; the queries
	// leave it no choice (see sqlrecord). To plan takes longer than to answer.
	config.RuntimeParams["plan_cache_mode"] = "force_generic_plan"
	// The parts of a search are asked in turn, and there are more readers than cores.
	config.RuntimeParams["max_parallel_workers_per_gather"] = "0"
	s := &Store{name: nameOf(config)}
	write := stdlib.OpenDB(*config)
	write.SetMaxOpenConns(maxWriters)
	reading := config.Copy()
	reading.RuntimeParams["default_transaction_read_only"] = "on"
	s.read = stdlib.OpenDB(*reading)
	s.read.SetMaxOpenConns(maxReaders)
	s.read.SetMaxIdleConns(maxReaders)
	if err = s.prepare(ctx, write, mayMake); err == nil {
		s.Record, err = sqlrecord.New(s.read, write, dialect{s.name})
	}
	if err != nil {
		return nil, errors.Join(dialect{s.name}.Explain(err), s.read.Close(), write.Close())
	}
	return s, nil
}

// nameOf is what messages call a record.
func nameOf(c *pgx.ConnConfig) string {
	if strings.HasPrefix(c.Host, "/") {
		return "postgres:" + c.Host + "/" + c.Database
	}
	return "postgres://" + net.JoinHostPort(c.Host, fmt.Sprint(c.Port)) + "/" + c.Database
}

// Path is what the record is called in messages.
func (s *Store) Path() string { return s.name }

//go:embed migrations/*.sql
var migrations embed.FS

// prepare brings the schema up to date; of several processes that do at once, the others
// wait.
func (s *Store) prepare(ctx context.Context, db *sql.DB, mayMake bool) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return err
	}
	var isRecord, isUsed bool
	if err := db.QueryRowContext(ctx, "/* postgres.Store.prepare */ select to_regclass('goose_db_version') is not null, to_regclass('article') is not null").Scan(&isRecord, &isUsed); err != nil {
		return err
	}
	switch {
	case isRecord:
	case isUsed:
		return &quoth.Error{Code: quoth.Invalid, Message: s.name + " is a database with tables of that name, but no record of Quoth's", Hint: "make a database of its own for the record"}
	case !mayMake:
		return &quoth.Error{Code: quoth.NotFound, Message: "there is no record in " + s.name, Hint: "quoth add FILE|URL begins one, or name another with --record"}
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, dir, goose.WithSessionLocker(locker))
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

// Size implements quoth.Store; Bytes is what the tables and indexes of the database take.
func (s *Store) Size(ctx context.Context) (quoth.Size, error) {
	z, err := s.Record.Size(ctx)
	if err != nil {
		return z, err
	}
	err = s.read.QueryRowContext(ctx, "/* postgres.Store.Size */ select pg_database_size(current_database())").Scan(&z.Bytes)
	if err != nil {
		err = dialect{s.name}.Explain(err)
	}
	return z, err
}

// Explain implements sqlrecord.Dialect.
func (d dialect) Explain(err error) error {
	var known *quoth.Error
	if errors.As(err, &known) {
		return err
	}
	unavailable := func(message, hint string) error {
		return &quoth.Error{Code: quoth.Unavailable, Message: message, Hint: hint, Err: err}
	}
	var e *pgconn.PgError
	switch {
	case errors.As(err, &e):
		switch {
		case e.Code == "53100":
			return &quoth.Error{Code: quoth.TooLarge, Message: "the disk of the record is full", Hint: "make room on it; what was kept is whole, and the work can go on where it stopped", Err: err}
		case e.Code == "28P01" || e.Code == "28000":
			return unavailable("the record "+d.name+" lets this user not in", "check the user, and the password in the address or in PGPASSWORD")
		case e.Code == "3D000":
			return &quoth.Error{Code: quoth.NotFound, Message: "there is no database for the record " + d.name, Hint: "createdb makes one", Err: err}
		case e.Code == "42501" || e.Code == "25006":
			return unavailable("the record "+d.name+" cannot be written to", "give the user the right to, or name another record")
		case e.Code == "22021" || e.Code == "22P05":
			return &quoth.Error{Code: quoth.Invalid, Message: "a text holds a character that the record cannot keep", Err: err}
		case strings.HasPrefix(e.Code, "57P") || strings.HasPrefix(e.Code, "08") || strings.HasPrefix(e.Code, "53"):
			return unavailable("the record "+d.name+" is not there for now", "try again when the server is up; what was kept is whole")
		case strings.HasPrefix(e.Code, "40") || e.Code == "55P03":
			return unavailable("another program changed the record "+d.name+" at the same moment", "try again")
		}
	case isUnreachable(err):
		return unavailable("the record "+d.name+" cannot be reached", "check that the server runs and that the address is right")
	}
	if isBroken(err) {
		return unavailable("the connection to the record "+d.name+" broke", "try again when the server is up; what was kept is whole")
	}
	return fmt.Errorf("record %s: %w", d.name, err)
}
