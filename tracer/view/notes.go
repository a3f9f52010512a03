package view

// The notes under a block, whatever block it is.

// edited is the block with its notes changed. A block that has none is as it was.
func edited(b Block, edit func([]Cell) []Cell) Block {
	switch b := b.(type) {
	case Flow:
		b.Notes = edit(b.Notes)
		return b
	case Code:
		b.Notes = edit(b.Notes)
		return b
	case Table:
		b.Notes = edit(b.Notes)
		return b
	case Moments:
		b.Notes = edit(b.Notes)
		return b
	case Quiz:
		b.Notes = edit(b.Notes)
		return b
	case Cards:
		b.Notes = edit(b.Notes)
		return b
	case Sequence:
		b.Notes = edit(b.Notes)
		return b
	case List:
		b.Notes = edit(b.Notes)
		return b
	case Prose:
		b.Notes = edit(b.Notes)
		return b
	case Bars:
		b.Notes = edit(b.Notes)
		return b
	case Plot:
		b.Notes = edit(b.Notes)
		return b
	case Paper:
		b.Notes = edit(b.Notes)
		return b
	}
	return b
}

// noted is the block with a note more.
func noted(b Block, note Cell) Block {
	return edited(b, func(notes []Cell) []Cell { return append(notes, note) })
}

// WithoutNotes is the block without the lines under it.
func WithoutNotes(b Block) Block { return edited(b, func([]Cell) []Cell { return nil }) }
