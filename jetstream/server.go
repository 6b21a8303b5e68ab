package jetstream

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/gofrs/flock"
	natsserver "github.com/nats-io/nats-server/v2/server"

	"quoth"
)

// embedded is a server inside this process.
type embedded struct {
	*natsserver.Server
	lock *flock.Flock
}

// maxPayload is the largest message of the server inside this process, the most that
// servers bear well: room for a page of 10 MiB that can be compressed.
const maxPayload = 8 << 20

// serve starts the server whose files stand in o.Folder.
func serve(o Options) (*embedded, error) {
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return nil, unusable(o.Folder, err)
	}
	e := &embedded{lock: flock.New(filepath.Join(o.Folder, "lock"))}
	isOurs, err := e.lock.TryLock()
	if err != nil {
		return nil, unusable(o.Folder, err)
	}
	if !isOurs {
		return nil, &quoth.Error{Code: quoth.Unavailable, Message: "another program has the queue in " + o.Folder, Hint: "end it, or have it listen and go there by its address"}
	}
	config := &natsserver.Options{
		ServerName: "quoth", DontListen: true, NoSigs: true, NoSystemAccount: true,
		JetStream: true, StoreDir: o.Folder, MaxPayload: maxPayload, MaxPending: 4 * maxPayload,
		// A batch is on the disk before the publisher is told so; the server's own choice is
		// every two minutes.
		SyncAlways: true,
	}
	if o.Listen != "" {
		if config.Host, config.Port, err = loopback(o.Listen); err != nil {
			e.lock.Unlock()
			return nil, err
		}
		config.DontListen, config.Username, config.Password = false, o.User, o.Password
	}
	if e.Server, err = natsserver.NewServer(config); err != nil {
		e.lock.Unlock()
		return nil, unusable(o.Folder, err)
	}
	e.SetLoggerV2(serverLog{o.Log}, false, false, false)
	e.Start()
	if !e.ReadyForConnections(20 * time.Second) {
		e.close()
		return nil, &quoth.Error{Code: quoth.Unavailable, Message: "the queue in " + o.Folder + " does not start", Hint: "another program may listen on its address"}
	}
	return e, nil
}

// loopback takes an address on a loopback interface apart. Port 0 takes a free one.
func loopback(address string) (host string, port int, err error) {
	host, text, err := net.SplitHostPort(address)
	if err == nil {
		port, err = strconv.Atoi(text)
	}
	if err != nil || port < 0 {
		return "", 0, &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%q is no address to listen on", address), Hint: "write 127.0.0.1:4222"}
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return "", 0, &quoth.Error{Code: quoth.Refused, Message: "the queue inside this process listens on loopback addresses only", Hint: "for other machines run nats-server, and name it with --queue"}
	}
	if port == 0 {
		port = natsserver.RANDOM_PORT
	}
	return host, port, nil
}

// close ends the server and waits for its files.
func (e *embedded) close() error {
	e.Shutdown()
	e.WaitForShutdown()
	return e.lock.Unlock()
}

func unusable(folder string, err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return &quoth.Error{Code: quoth.Unavailable, Message: "the queue in " + folder + " cannot be opened: " + err.Error(), Hint: "check who owns the folder and whether its disk has room", Err: err}
}

// serverLog hands the server's log on.
type serverLog struct{ log *slog.Logger }

func (l serverLog) Noticef(format string, v ...any) {
	l.log.Debug("queue: " + fmt.Sprintf(format, v...))
}
func (l serverLog) Warnf(format string, v ...any) { l.log.Warn("queue: " + fmt.Sprintf(format, v...)) }
func (l serverLog) Errorf(format string, v ...any) {
	l.log.Error("queue: " + fmt.Sprintf(format, v...))
}
func (l serverLog) Fatalf(format string, v ...any) {
	l.log.Error("queue: " + fmt.Sprintf(format, v...))
}
func (l serverLog) Debugf(string, ...any) {}
func (l serverLog) Tracef(string, ...any) {}
