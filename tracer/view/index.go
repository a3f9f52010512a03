package view

// Index is a page that leads to other pages.
type Index struct {
	Title  string
	Intro  string
	Groups []IndexGroup
}

// IndexGroup is entries that belong together.
type IndexGroup struct {
	Name    string
	Entries []IndexEntry
}

// IndexEntry leads to a page.
type IndexEntry struct {
	Href  string // relative, made by kstep and never of a run's text
	Title string
	About string
}
