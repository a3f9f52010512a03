package view

import "kstep/tracer"

// What kstep left out of the program on purpose. Its rows say so: the program
// asked for it.

// leftOutMeans says what the program or the client has instead.
func leftOutMeans(r *tracer.Row) string {
	if r.Event.Call == nil {
		return "the client has its default"
	}
	return "the client is not asked, the program gets no error"
}

// leftOut is the row's action.
func leftOut(r *tracer.Row) string {
	if r.Event.Call == nil {
		return "kstep leaves out the setting " + r.Event.Text
	}
	text := "kstep leaves out " + action(r)
	if w := where(r); w != "" {
		text += "\n" + w
	}
	return text
}

// leftOutShort is it for a box or an arrow: without arguments.
func leftOutShort(r *tracer.Row) string {
	if r.Event.Call == nil {
		return "kstep leaves out the setting " + r.Event.Text
	}
	return times("kstep leaves out "+name(r.Event.Call), r.Count)
}

// leftOutTold is it as a sentence.
func leftOutTold(r *tracer.Row) string {
	if r.Event.Call == nil {
		return "kstep leaves out the setting " + r.Event.Text + "."
	}
	text := "the program calls " + action(r) + ". kstep leaves it out: " + leftOutMeans(r) + "."
	if w := where(r); w != "" {
		text = w + ": " + text
	}
	return upper(text)
}
