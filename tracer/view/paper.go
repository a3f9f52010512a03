package view

// Paper is questions to be answered with a pen: nothing folded, no key but on a
// sheet that is the key.
type Paper struct {
	Heading
	Items []PaperQuestion
	Notes []Cell
}

// PaperQuestion is a question on paper.
type PaperQuestion struct {
	Prompt  string
	Options []PaperOption
	Line    string // where to write, or on the key what is right and why
}

// PaperOption is an option to tick.
type PaperOption struct {
	Letter, Text string
	Chosen       bool // ticked: on the key
}
