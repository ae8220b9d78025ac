// Checks a bundle by the Go project's own packages, which know nothing of this ledger: the signature of the checkpoint by
// golang.org/x/mod/sumdb/note, each leaf by tlog.CheckRecord and the way from an earlier tree by tlog.CheckTree.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type published struct {
	Key        string   `json:"key"`
	Checkpoint string   `json:"checkpoint"`
	Earlier    string   `json:"earlier"`
	Consistent []string `json:"consistency"`
	Leaves     []struct {
		Entry string   `json:"entry"`
		Proof []string `json:"proof"`
	} `json:"leaves"`
	Tiles map[string][]byte `json:"tiles"`
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func hashes(texts []string) []tlog.Hash {
	var all []tlog.Hash
	for _, text := range texts {
		hash, err := tlog.ParseHash(text)
		must(err)
		all = append(all, hash)
	}
	return all
}

func open(text, key string) tlog.Tree {
	verifier, err := note.NewVerifier(key)
	must(err)
	signed, err := note.Open([]byte(text), note.VerifierList(verifier))
	must(err)
	lines := strings.Split(signed.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	return tlog.Tree{N: size, Hash: root}
}

// tiles reads tiles by the path that c2sp.org/tlog-tiles gives them; Go's own paths have the height before the level.
type tiles map[string][]byte

func (t tiles) Height() int { return 8 }

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		read, ok := t[path]
		if !ok {
			return nil, fmt.Errorf("no tile %s", path)
		}
		data = append(data, read)
	}
	return data, nil
}

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func main() {
	var given published
	must(json.NewDecoder(os.Stdin).Decode(&given))
	tree := open(given.Checkpoint, given.Key)
	earlier := open(given.Earlier, given.Key)
	must(tlog.CheckTree(hashes(given.Consistent), tree.N, tree.Hash, earlier.N, earlier.Hash))
	for index, leaf := range given.Leaves {
		must(tlog.CheckRecord(hashes(leaf.Proof), tree.N, tree.Hash, int64(index), tlog.RecordHash([]byte(leaf.Entry))))
	}
	root, err := tlog.TreeHash(tree.N, tlog.TileHashReader(tree, tiles(given.Tiles)))
	must(err)
	if root != tree.Hash {
		must(fmt.Errorf("the tiles give another root"))
	}
	fmt.Printf("%d leaves\n", len(given.Leaves))
}
