// Package browser holds tests only: the pages of render, opened in Chromium. A
// string comparison sees what is written; these see what a reader gets.
//
// They need a Chromium and skip without one, unless CI=true: there a missing
// browser is a failure. KSTEP_AXE and KSTEP_MERMAID name the script files of
// axe-core and Mermaid for the tests that use them. KSTEP_SHOTS names a folder
// for screenshots and prints, for people to look at.
package browser
