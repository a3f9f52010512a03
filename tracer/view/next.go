package view

import "slices"

// What a page of a mode names to be typed next, before what the lesson says.

// afterLearn leads from what was read to a run that is stepped through.
func (b *blocks) afterLearn() []Command {
	if !b.known() {
		return nil
	}
	return []Command{{"kstep walk " + b.command(), "step through the run, and predict what comes"}}
}

// afterWhy leads to one part that was left out, in full.
func (b *blocks) afterWhy() []Command {
	h := b.run.Trace.Header
	if parts := Parts(h.Program.Source); b.known() && h.Without == "" && len(parts) > 0 {
		return []Command{{"kstep diff " + b.command() + " --without " + parts[len(parts)-1].Without.String(), "one of these runs beside the program, and all that differs"}}
	}
	return nil
}

// afterChallenge leads to whoever says which answers are right, now and later.
func (b *blocks) afterChallenge() []Command {
	if len(b.lesson.Quiz) == 0 {
		return nil
	}
	return []Command{b.askMe(), {"kstep review", "asks what was missed again on later days, of other runs"}}
}

// askMe is what asks a page's questions and tells the answers: a page of text
// cannot.
func (b *blocks) askMe() Command {
	return Command{"kstep quiz " + b.command(), "asks the questions one by one, and tells the answers"}
}

// typedOnce are the commands without those whose text has been there.
func typedOnce(commands []Command) []Command {
	var out []Command
	for _, c := range commands {
		if !slices.ContainsFunc(out, func(o Command) bool { return o.Text == c.Text }) {
			out = append(out, c)
		}
	}
	return out
}
