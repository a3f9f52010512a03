package main

// nearest is the choice that differs least from what was typed, the first of
// equals; "" where there is no choice.
func nearest(typed string, choices []string) string {
	best, least := "", 1<<30
	for _, c := range choices {
		if d := distance(typed, c); d < least {
			best, least = c, d
		}
	}
	return best
}

// distance is how many runes must be put in, taken out or changed to make one
// word of the other (Levenshtein).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 64 {
		x = x[:64] // nobody typed that; keep the work small
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(y)]
}
