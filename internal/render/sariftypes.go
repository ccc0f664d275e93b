package render

// sarifLog is a SARIF file.
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

// sarifRun is one run of one tool.
type sarifRun struct {
	Tool        sarifTool            `json:"tool"`
	Invocations []sarifInvocation    `json:"invocations"`
	ColumnKind  string               `json:"columnKind"`
	Bases       map[string]sarifBase `json:"originalUriBaseIds"`
	Results     []sarifResult        `json:"results"`
}

// sarifTool wraps the tool's driver.
type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

// sarifDriver describes the tool.
type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version,omitempty"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

// sarifRule describes a rule.
type sarifRule struct {
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	Short   sarifText    `json:"shortDescription"`
	HelpURI string       `json:"helpUri"`
	Default sarifDefault `json:"defaultConfiguration"`
}

// sarifDefault is how grave a rule's findings are.
type sarifDefault struct {
	Level string `json:"level"`
}

// sarifBase is a directory that paths are relative to.
type sarifBase struct {
	URI string `json:"uri"`
}

// sarifText is a message.
type sarifText struct {
	Text string `json:"text"`
}

// sarifInvocation says how the run went.
type sarifInvocation struct {
	Successful    bool                `json:"executionSuccessful"`
	Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

// sarifNotification is a problem of the run.
type sarifNotification struct {
	Level   string    `json:"level"`
	Message sarifText `json:"message"`
}

// sarifResult is a finding.
type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	RuleIndex *int            `json:"ruleIndex,omitempty"`
	Level     string          `json:"level"`
	Message   sarifText       `json:"message"`
	Locations []sarifLocation `json:"locations"`
	Related   []sarifLocation `json:"relatedLocations,omitempty"`
	Fixes     []sarifFix      `json:"fixes,omitempty"`
}

// sarifLocation is a place with an optional message.
type sarifLocation struct {
	ID       int           `json:"id,omitempty"`
	Physical sarifPhysical `json:"physicalLocation"`
	Message  *sarifText    `json:"message,omitempty"`
}

// sarifPhysical is a part of a file.
type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

// sarifArtifact is a file.
type sarifArtifact struct {
	URI  string `json:"uri"`
	Base string `json:"uriBaseId,omitempty"`
}

// sarifRegion is a range of lines and columns, counted from 1.
type sarifRegion struct {
	StartLine   int `json:"startLine,omitempty"`
	StartColumn int `json:"startColumn,omitempty"`
	EndLine     int `json:"endLine,omitempty"`
	EndColumn   int `json:"endColumn,omitempty"`
}

// sarifFix is a fix.
type sarifFix struct {
	Description sarifText     `json:"description"`
	Changes     []sarifChange `json:"artifactChanges"`
}

// sarifChange is the part of a fix that changes one file.
type sarifChange struct {
	Artifact     sarifArtifact      `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

// sarifReplacement replaces some bytes of a file.
type sarifReplacement struct {
	Deleted  sarifBytes `json:"deletedRegion"`
	Inserted sarifText  `json:"insertedContent"`
}

// sarifBytes is a range of bytes, counted from 0.
type sarifBytes struct {
	Offset int `json:"byteOffset"`
	Length int `json:"byteLength"`
}
