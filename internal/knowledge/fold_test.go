package knowledge

import (
	"slices"
	"strings"
	"testing"
)

func TestFoldedPaths(t *testing.T) {
	tests := []struct{ path, want string }{
		{"net/http", "net/http"},
		{"github.com/jackc/pgx/v4/pgxpool", "github.com/jackc/pgx/v5/pgxpool"},
		{"github.com/jackc/pgx/pgxpool", "github.com/jackc/pgx/v5/pgxpool"},
		{"github.com/Shopify/sarama", "github.com/IBM/sarama"},
		{"github.com/go-redis/redis", "github.com/redis/go-redis/v9"},
		{"github.com/go-redis/redis/v7", "github.com/redis/go-redis/v9"},
		{"github.com/go-redis/redis/v8", "github.com/redis/go-redis/v9"},
		{"gopkg.in/redis.v5", ""},
		{"nhooyr.io/websocket", "github.com/coder/websocket"},
		{"github.com/streadway/amqp", "github.com/rabbitmq/amqp091-go"},
		{"go.mongodb.org/mongo-driver/mongo", "go.mongodb.org/mongo-driver/v2/mongo"},
		{"github.com/boltdb/bolt", "go.etcd.io/bbolt"},
		{"github.com/coreos/bbolt", "go.etcd.io/bbolt"},
		{"go.etcd.io/etcd/clientv3", "go.etcd.io/etcd/client/v3"},
		{"go.etcd.io/etcd/clientv3/concurrency", "go.etcd.io/etcd/client/v3/concurrency"},
		{"github.com/coreos/etcd/clientv3", "go.etcd.io/etcd/client/v3"},
		{"github.com/samuel/go-zookeeper/zk", "github.com/go-zookeeper/zk"},
		{"github.com/lucas-clemente/quic-go", "github.com/quic-go/quic-go"},
		{"github.com/cenkalti/backoff", "github.com/cenkalti/backoff/v4"},
		{"github.com/cenkalti/backoff/v3", "github.com/cenkalti/backoff/v4"},
		{"github.com/cenkalti/backoff/v4", "github.com/cenkalti/backoff/v4"},
		{"github.com/cenkalti/backoff/v5", "github.com/cenkalti/backoff/v5"},
		{"github.com/gofiber/fiber/v3", "github.com/gofiber/fiber/v2"},
		{"gopkg.in/resty.v1", "github.com/go-resty/resty/v2"},
		{"gopkg.in/tomb.v1", "gopkg.in/tomb.v2"},
		{"example.com/v2", ""},
		{"v2", ""},
		{"", ""},
	}
	for _, tt := range tests {
		if got, _ := Std().paths.home(tt.path); got != tt.want {
			t.Errorf("home(%q) = %q, want %q", tt.path, got, tt.want)
		}
	}
}

func TestAliasesLeadToRows(t *testing.T) {
	var homes []string
	for _, e := range Std().Entries() {
		homes = append(homes, e.Name.Pkg)
	}
	for _, row := range tableRows(aliasText) {
		if len(row) != 2 {
			t.Fatalf("alias %q: want two columns", row)
		}
		found := slices.ContainsFunc(homes, func(pkg string) bool {
			return pkg == row[1] || strings.HasPrefix(pkg, row[1]+"/")
		})
		if !found {
			t.Errorf("alias %s leads to %s, which has no rows", row[0], row[1])
		}
	}
}
