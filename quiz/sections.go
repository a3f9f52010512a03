package quiz

// The names of a page's sections and of its tables' columns, in one place: the
// view prints them, and hints, reports, help and documents call them so. A hint
// that says another name leads nowhere.
const (
	SectionFlow       = "Process Flow"
	SectionSample     = "Execution Sample"
	SectionTable      = "Process Table"
	SectionTracker    = "Status Tracker"
	SectionLedger     = "Message Ledger"
	SectionSequence   = "Sequence"
	SectionMoments    = "Key Moments"
	SectionQuiz       = "Visual Quiz"
	SectionSnapshot   = "Concept Snapshot"
	SectionTranscript = "Full Transcript"
	SectionTwin       = "Twin Run" // with the twin's name: Twin Run: no-flush
	SectionSources    = "Where People Stumble"
	SectionTerms      = "Terms"
	SectionRecord     = "Full Record"

	SectionCostSummary   = "Cost Summary"
	SectionCosts         = "Costs by Step"
	SectionTwinCosts     = "Costs of the Twin Runs"
	SectionOtherRequests = "Other Requests"
	SectionWaits         = "Waits"

	SectionBreaks  = "Without Each Part"
	SectionChanges = "What to Change"
	SectionPredict = "Predict, Then Run"
	SectionTask    = "Task"
	SectionGoals   = "Goals"
	SectionStarter = "Program to Start From"

	SectionEvidence = "The Evidence" // of mode challenge, with a section's name: The Evidence: Process Table
	SectionAnswers  = "Answers"      // of mode recall, where a page cannot fold

	SectionDiffers = "What differs" // of kstep diff; with a section's name: What differs in the Process Table
)

// Sections are all of them, in reading order.
func Sections() []string {
	return []string{
		SectionFlow, SectionSample, SectionTable, SectionTracker, SectionLedger, SectionSequence, SectionMoments,
		SectionQuiz, SectionSnapshot, SectionTranscript, SectionTwin, SectionRecord,
		SectionCostSummary, SectionCosts, SectionTwinCosts, SectionOtherRequests, SectionWaits,
		SectionBreaks, SectionChanges, SectionPredict, SectionTask, SectionGoals, SectionStarter,
		SectionEvidence, SectionAnswers, SectionSources, SectionTerms, SectionDiffers,
	}
}

// The columns of the Process Table, and those that every Status Tracker has.
const (
	ColumnStep     = "Step"
	ColumnAction   = "Action"
	ColumnState    = "Internal State"
	ColumnResult   = "Result/Output"
	ColumnVariable = "Variable"
	ColumnStart    = "Start"
	ColumnFinal    = "Final"
)

// The names of the sections of kstep report. They are those of no lesson's page,
// and everyday words: documents may use them as such.
const (
	ReportNext           = "What to Discuss Next"
	ReportDifficulty     = "Difficulty"
	ReportDiscrimination = "Difficulty and Discrimination"
	ReportItems          = "Items"
	ReportRevotes        = "After the Discussion"
	ReportMisconceptions = "Misconceptions"
	ReportOptions        = "Options"
)

// ReportSections are all of them, in reading order.
func ReportSections() []string {
	return []string{ReportNext, ReportDifficulty, ReportDiscrimination, ReportItems, ReportRevotes, ReportMisconceptions, ReportOptions}
}
