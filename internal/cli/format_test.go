package cli_test

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestJSON(t *testing.T) {
	out := lint(t, fixture(t, "fixes"), "-json")
	var report struct {
		Findings []struct {
			Rule, Pass, Message, URL, Package, File string
			Line, Column                            int
			EndLine                                 int `json:"end_line"`
			EndColumn                               int `json:"end_column"`
			Related                                 []struct{ Message string }
			Fixes                                   []struct {
				Edits []struct {
					File       string
					Start, End int
					New        string
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(out.stdout), &report); err != nil {
		t.Fatal(err)
	}
	if len(report.Findings) != 2 {
		t.Fatalf("%d findings", len(report.Findings))
	}
	f := report.Findings[0]
	if f.Rule != "calls-sleep" || f.Pass != "sleepy" || f.Package != "example.com/fixes" ||
		f.File != "fixes.go" || f.Line != 8 || f.Column != 2 || f.EndLine != 8 || f.EndColumn != 15 ||
		f.URL != "https://example.com/sleepy.md#calls-sleep" || len(f.Related) != 1 {
		t.Errorf("%+v", f)
	}
	e := f.Fixes[0].Edits[0]
	if src := read(t, fixture(t, "fixes"), e.File); src[e.Start:e.End] != "5" || e.New != "0" {
		t.Errorf("%+v", e)
	}
	if out := lint(t, fixture(t, "basic"), "-json", "./empty"); out.stdout != "{\n  \"findings\": []\n}\n" {
		t.Errorf("nothing found: %q", out.stdout)
	}
}

func TestSARIF(t *testing.T) {
	out := lint(t, fixture(t, "fixes"), "-sarif")
	var log struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Name  string
					Rules []struct{ ID string }
				}
			}
			Results []struct {
				RuleID    string
				RuleIndex int
				Locations []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI, URIBaseID string }
						Region           struct{ StartLine, StartColumn, EndColumn int }
					}
				}
				RelatedLocations []struct{ ID int }
				Fixes            []struct {
					ArtifactChanges []struct {
						Replacements []struct {
							DeletedRegion   struct{ ByteOffset, ByteLength int }
							InsertedContent struct{ Text string }
						}
					}
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(out.stdout), &log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || len(log.Runs) != 1 || len(log.Runs[0].Results) != 2 {
		t.Fatalf("%s", out.stdout)
	}
	run := log.Runs[0]
	res := run.Results[0]
	place := res.Locations[0].PhysicalLocation
	if run.Tool.Driver.Rules[res.RuleIndex].ID != res.RuleID || res.RuleID != "calls-sleep" ||
		place.ArtifactLocation.URI != "fixes.go" || place.ArtifactLocation.URIBaseID != "%SRCROOT%" ||
		place.Region.StartLine != 8 || place.Region.StartColumn != 2 || place.Region.EndColumn != 15 ||
		len(res.RelatedLocations) != 1 {
		t.Errorf("%+v", res)
	}
	r := res.Fixes[0].ArtifactChanges[0].Replacements[0]
	if r.DeletedRegion.ByteLength != 1 || r.InsertedContent.Text != "0" {
		t.Errorf("%+v", r)
	}
}

func TestGitHub(t *testing.T) {
	out := lint(t, fixture(t, "fixes"), "-format=github")
	want := "::error file=fixes.go,line=8,col=2,endLine=8,endColumn=15,title=calls-sleep::" +
		"Sleep sleeps; stay awake (calls-sleep)%0A1. fixes.go:8:12: called here\n"
	if !strings.HasPrefix(out.stdout, want) {
		t.Errorf("%s", out.stdout)
	}
}

func TestGoVetJSON(t *testing.T) {
	out := vet(t, fixture(t, "fixes"), "-json", ".")
	var tree map[string]map[string][]struct {
		Category, Posn, End, Message, URL string
		Related                           []struct{ Posn, Message string }
		Fixes                             []struct{ Message string } `json:"suggested_fixes"`
	}
	_, text, _ := strings.Cut(out.stdout, "\n") // go vet prints "# package" first or not
	if strings.HasPrefix(out.stdout, "{") {
		text = out.stdout
	}
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		t.Fatalf("%v in %s", err, out.stdout)
	}
	list := tree["example.com/fixes"]["sleepy"]
	if len(list) != 2 {
		t.Fatalf("%s", out.stdout)
	}
	d := list[0]
	if d.Category != "calls-sleep" || !strings.HasSuffix(d.Posn, "fixes.go:8:2") || !strings.HasSuffix(d.End, ":8:15") ||
		d.URL != "https://example.com/sleepy.md#calls-sleep" || len(d.Related) != 1 || len(d.Fixes) != 1 {
		t.Errorf("%+v", d)
	}
}

func TestHelp(t *testing.T) {
	dir := t.TempDir()
	out := lint(t, dir, "help")
	contains(t, out.stdout, "sleepy: report sleeps", "calls-sleep", "named-sleep *", "-level=default", "-unsafe-fixes")
	for _, topic := range []string{"sleepy", "calls-sleep"} {
		out := lint(t, dir, "help", topic)
		contains(t, out.stdout, "A call that sleeps.")
		if out.code != 0 {
			t.Errorf("%s: %+v", topic, out)
		}
	}
	if out := lint(t, dir, "-h"); out.code != 0 || !strings.HasPrefix(out.stdout, "asynclint finds") {
		t.Errorf("-h: %+v", out)
	}
	if out := lint(t, dir, "-version"); out.code != 0 || !strings.HasPrefix(out.stdout, "asynclint ") {
		t.Errorf("-version: %+v", out)
	}
}
