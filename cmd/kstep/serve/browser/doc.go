// Package browser has tests only: the pages of kstep serve in a real Chromium.
package browser
