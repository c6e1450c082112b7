// Checks an export of Vigie with the Go team's own code for signed notes and transparency logs
// (golang.org/x/mod/sumdb/note and sumdb/tlog) and the standard library. Nothing of Vigie is used: what this program
// accepts, a stranger's program accepts.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o independent main.go
//	./independent DIR [VERIFIER-KEY]
//
// It prints one line and ends with 0 where everything holds, with a word for what does not and 3 otherwise.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: independent DIR [VERIFIER-KEY]")
		os.Exit(2)
	}
	vkey := ""
	if len(os.Args) > 2 {
		vkey = os.Args[2]
	}
	said, err := check(os.Args[1], vkey)
	if err != nil {
		fmt.Println(err)
		os.Exit(3)
	}
	fmt.Println(said)
}

// opening is the body of an entry that opens a journal, or a new generation of it.
type opening struct {
	Origin      string `json:"origin"`
	VerifierKey string `json:"verifier_key"`
	Generation  int64  `json:"generation"`
	SuccessorOf struct {
		Checkpoint string `json:"checkpoint"`
	} `json:"successor_of"`
}

// leaf is what this program reads of an entry; everything else of it is only hashed.
type leaf struct {
	Seq    int64   `json:"seq"`
	Kind   string  `json:"kind"`
	Commit string  `json:"commit"`
	Cipher string  `json:"cipher"`
	Blob   string  `json:"blob"`
	Body   body    `json:"body"`
}

// body is that of an entry that opens a journal, or of one that says what was erased: first and last entry of each run.
type body struct {
	opening
	Spans [][2]int64 `json:"spans"`
}

func check(dir, vkey string) (string, error) {
	entries, leaves, err := readEntries(filepath.Join(dir, "entries.jsonl"))
	if err != nil {
		return "", err
	}
	if len(entries) == 0 || leaves[0].Kind != "journal.opened" {
		return "", fmt.Errorf("not-opened")
	}
	generations, known := []leaf{}, vkey == ""
	for n, l := range leaves {
		if n == 0 || l.Kind == "journal.opened" {
			generations = append(generations, l)
			known = known || vkey == l.Body.VerifierKey
		}
	}
	if !known {
		return "", fmt.Errorf("other-key")
	}
	// The last generation signs the last state; that it may is held against the hand-overs below.
	tree, err := signedState(filepath.Join(dir, "checkpoint"), generations[len(generations)-1].Body)
	if err != nil {
		return "", err
	}
	if int64(len(entries)) < tree.N {
		return "", fmt.Errorf("cut-off: %d of %d entries", len(entries), tree.N)
	}
	if int64(len(entries)) > tree.N {
		return "", fmt.Errorf("unsigned: entry %d", tree.N)
	}
	for n, l := range leaves {
		if l.Seq != int64(n) {
			return "", fmt.Errorf("out-of-place: entry %d says %d", n, l.Seq)
		}
	}
	hashes, err := rootOf(entries, tree)
	if err != nil {
		return "", err
	}
	if err := handovers(dir, generations, hashes, tree); err != nil {
		return "", err
	}
	if err := tiles(dir, entries, tree); err != nil {
		return "", err
	}
	sealed, err := contents(dir, leaves)
	if err != nil {
		return "", err
	}
	if err := manifest(dir); err != nil {
		return "", err
	}
	return fmt.Sprintf("ok: %d entries, %d contents, root %s", tree.N, sealed, tree.Hash), nil
}

func readEntries(path string) ([][]byte, []leaf, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("missing: %v", err)
	}
	if len(data) > 0 && data[len(data)-1] != '\n' {
		return nil, nil, fmt.Errorf("unreadable: the last line is cut off")
	}
	lines := bytes.Split(data, []byte("\n"))
	lines = lines[:len(lines)-1]
	leaves := make([]leaf, len(lines))
	for n, line := range lines {
		if err := json.Unmarshal(line, &leaves[n]); err != nil {
			return nil, nil, fmt.Errorf("unreadable: entry %d", n)
		}
	}
	return lines, leaves, nil
}

// signedState opens a checkpoint with the key of a generation and reads what it signs.
func signedState(path string, by body) (tlog.Tree, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("missing: %v", err)
	}
	verifier, err := note.NewVerifier(by.VerifierKey)
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("not-opened: %v", err)
	}
	if verifier.Name() != by.Origin {
		return tlog.Tree{}, fmt.Errorf("note: it is that of another journal")
	}
	return signed(text, by.VerifierKey, by.Origin)
}

// signed reads the state of the journal of this origin that the key signed, whosever journal the key is of.
func signed(text []byte, vkey, origin string) (tlog.Tree, error) {
	var tree tlog.Tree
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tree, fmt.Errorf("not-opened: %v", err)
	}
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tree, fmt.Errorf("note: %v", err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != origin {
		return tree, fmt.Errorf("note: it is that of another journal")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tree, fmt.Errorf("note: no size")
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tree, fmt.Errorf("note: no root hash")
	}
	return tlog.Tree{N: size, Hash: root}, nil
}

// memory keeps the hashes of a log in the order of the Go team's storage.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for n, index := range indexes {
		if index >= int64(len(m)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		out[n] = m[index]
	}
	return out, nil
}

// rootOf hashes every entry anew.
func rootOf(entries [][]byte, tree tlog.Tree) (memory, error) {
	var hashes memory
	for n, entry := range entries {
		more, err := tlog.StoredHashes(int64(n), entry, hashes)
		if err != nil {
			return nil, fmt.Errorf("changed: %v", err)
		}
		hashes = append(hashes, more...)
	}
	root, err := tlog.TreeHash(tree.N, hashes)
	if err != nil || root != tree.Hash {
		return nil, fmt.Errorf("changed: the entries do not give the root that was signed")
	}
	return hashes, nil
}

// handovers holds every generation after the first against the one before it: it begins with the entry after the last
// state that the key before signed for its own journal, and that key signed the first state of the new one as well.
func handovers(dir string, generations []leaf, hashes memory, last tlog.Tree) error {
	states, err := statesOf(dir)
	if err != nil {
		return err
	}
	states[last.N] = filepath.Join(dir, "checkpoint")
	for n := 1; n < len(generations); n++ {
		before, now, seq := generations[n-1].Body, generations[n].Body, generations[n].Seq
		fail := func(why string) error {
			return fmt.Errorf("not-succeeded: generation %d, entry %d: %s", n, seq, why)
		}
		if now.Generation != int64(n) {
			return fail("it has another number")
		}
		path, ok := states[seq]
		if !ok {
			return fail("the last state before it is missing")
		}
		at, err := signedState(path, before)
		if err != nil || at.N != seq {
			return fail("the last state before it is not signed by the key before")
		}
		named, err := signed([]byte(now.SuccessorOf.Checkpoint), before.VerifierKey, before.Origin)
		if err != nil || named != at {
			return fail("it names another state")
		}
		if root, err := tlog.TreeHash(seq, hashes); err != nil || root != at.Hash {
			return fail("the state before it tells of other entries")
		}
		first := last.N
		for size := range states {
			if size > seq && size < first {
				first = size
			}
		}
		text, err := os.ReadFile(states[first])
		if err != nil {
			return fail("its first state is missing")
		}
		own, err := signed(text, now.VerifierKey, now.Origin)
		if err != nil || own.N != first {
			return fail("its first state is not its own")
		}
		if theirs, err := signed(text, before.VerifierKey, now.Origin); err != nil || theirs != own {
			return fail("the key before did not sign its first state")
		}
		if root, err := tlog.TreeHash(first, hashes); err != nil || root != own.Hash {
			return fail("its first state tells of other entries")
		}
	}
	return nil
}

// statesOf lists the signed states of hand-overs by the entries that they cover.
func statesOf(dir string) (map[int64]string, error) {
	states := map[int64]string{}
	files, err := os.ReadDir(filepath.Join(dir, "checkpoints"))
	if os.IsNotExist(err) {
		return states, nil
	}
	if err != nil {
		return nil, fmt.Errorf("missing: %v", err)
	}
	for _, file := range files {
		size, err := strconv.ParseInt(file.Name(), 10, 64)
		if err != nil || strconv.FormatInt(size, 10) != file.Name() {
			return nil, fmt.Errorf("manifest: checkpoints/%s is no state", file.Name())
		}
		states[size] = filepath.Join(dir, "checkpoints", file.Name())
	}
	return states, nil
}

// files reads tiles where C2SP tlog-tiles puts them.
type files struct{ dir string }

func (f files) Height() int { return 8 }

func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	out := make([][]byte, len(tiles))
	for n, tile := range tiles {
		// The Go team's paths name the height first, the C2SP text does not.
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(f.dir, path))
		if err != nil {
			return nil, err
		}
		out[n] = data
	}
	return out, nil
}

func (f files) SaveTiles([]tlog.Tile, [][]byte) {}

// tiles proves entries by the tiles, every one of a small journal and some of a large one, and reads the bundles.
func tiles(dir string, entries [][]byte, tree tlog.Tree) error {
	reader := tlog.TileHashReader(tree, files{dir})
	step := int64(1)
	if tree.N > 2000 {
		step = tree.N / 1000
	}
	for n := int64(0); n < tree.N; n += step {
		proof, err := tlog.ProveRecord(tree.N, n, reader)
		if err != nil {
			return fmt.Errorf("tile: %v", err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, n, tlog.RecordHash(entries[n])); err != nil {
			return fmt.Errorf("tile: entry %d: %v", n, err)
		}
	}
	for first := int64(0); first < tree.N; first += 256 {
		width := tree.N - first
		if width > 256 {
			width = 256
		}
		tile := tlog.Tile{H: 8, L: -1, N: first / 256, W: int(width)}
		path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
		data, err := os.ReadFile(filepath.Join(dir, path))
		if err != nil {
			return fmt.Errorf("bundle: %v", err)
		}
		for n := first; n < first+width; n++ {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return fmt.Errorf("bundle: %s is cut off", path)
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			if !bytes.Equal(data[2:end], entries[n]) {
				return fmt.Errorf("bundle: %s holds another entry %d", path, n)
			}
			data = data[end:]
		}
		if len(data) > 0 {
			return fmt.Errorf("bundle: %s is too long", path)
		}
	}
	return nil
}

type content struct {
	Seq    int64           `json:"seq"`
	Sealed []byte          `json:"sealed"`
	Salt   string          `json:"salt"`
	Body   json.RawMessage `json:"body"`
}

// contents holds sealed contents against what the entries say of them; those in the open against their commitments. What
// is not there must be named by a later entry that says that it was erased.
func contents(dir string, leaves []leaf) (int, error) {
	seen, there := 0, make([]bool, len(leaves))
	erased := make([]bool, len(leaves))
	for n, l := range leaves {
		if l.Kind != "content.erased" {
			continue
		}
		for _, span := range l.Body.Spans {
			if span[0] < 0 || span[1] >= int64(n) {
				return 0, fmt.Errorf("erased: entry %d speaks of what comes after it", n)
			}
			for seq := span[0]; seq <= span[1]; seq++ {
				erased[seq] = true
			}
		}
	}
	for first := 0; first < len(leaves); first += 256 {
		tile := tlog.Tile{H: 8, L: -1, N: int64(first / 256), W: 256}
		path := strings.Replace(tile.Path(), "tile/8/data/", "payloads/", 1) + ".jsonl"
		file, err := os.Open(filepath.Join(dir, path))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return 0, fmt.Errorf("content: %v", err)
		}
		lines := bufio.NewScanner(file)
		lines.Buffer(nil, 64<<20)
		for lines.Scan() {
			var c content
			if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
				return 0, fmt.Errorf("content: %s: %v", path, err)
			}
			if c.Seq < int64(first) || c.Seq >= int64(first+256) || c.Seq >= int64(len(leaves)) {
				return 0, fmt.Errorf("content: nothing accounts for %d", c.Seq)
			}
			if err := one(leaves[c.Seq], c); err != nil {
				return 0, err
			}
			there[c.Seq] = true
			seen++
		}
		file.Close()
		if err := lines.Err(); err != nil {
			return 0, fmt.Errorf("content: %v", err)
		}
	}
	for n, l := range leaves {
		if l.Cipher != "" && !there[n] && !erased[n] {
			return 0, fmt.Errorf("lost: nobody erased the content of entry %d", n)
		}
		if l.Blob == "" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, "payloads", "files", l.Blob[:2], l.Blob))
		if os.IsNotExist(err) && erased[n] {
			continue
		}
		if os.IsNotExist(err) {
			return 0, fmt.Errorf("lost: nobody erased the file of entry %d", n)
		}
		if err != nil || digest(data) != l.Blob {
			return 0, fmt.Errorf("file: that of entry %d is another", l.Seq)
		}
	}
	return seen, nil
}

func one(l leaf, c content) error {
	if l.Cipher == "" || digest(c.Sealed) != l.Cipher {
		return fmt.Errorf("content: that of entry %d is another", l.Seq)
	}
	if len(c.Body) == 0 {
		return nil
	}
	salt, err := hex.DecodeString(c.Salt)
	if err != nil {
		return fmt.Errorf("content: the salt of entry %d", l.Seq)
	}
	inner := sha256.Sum256(c.Body)
	if digest(append(salt, inner[:]...)) != l.Commit {
		return fmt.Errorf("content: the text of entry %d is not the one it commits to", l.Seq)
	}
	return nil
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// manifest does what `sha256sum -c` does, and finds files that are not listed.
func manifest(dir string) error {
	text, err := os.ReadFile(filepath.Join(dir, "manifest-sha256.txt"))
	if err != nil {
		return fmt.Errorf("manifest: %v", err)
	}
	listed := map[string]bool{"manifest-sha256.txt": true}
	for _, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		parts := strings.SplitN(line, "  ", 2)
		if len(parts) != 2 || strings.Contains(parts[1], "..") || filepath.IsAbs(parts[1]) || listed[parts[1]] {
			return fmt.Errorf("manifest: the line %q", line)
		}
		data, err := os.ReadFile(filepath.Join(dir, parts[1]))
		if err != nil || digest(data) != parts[0] {
			return fmt.Errorf("manifest: %s", parts[1])
		}
		listed[parts[1]] = true
	}
	return filepath.Walk(dir, func(path string, about os.FileInfo, err error) error {
		if err != nil || about.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil || !listed[filepath.ToSlash(name)] {
			return fmt.Errorf("manifest: %s is not listed", name)
		}
		return nil
	})
}
