// Package headless shows pages to tests in a real Chromium: what they ask for,
// what the browser has to say of them, and what they look like. Tests are skipped
// where there is no Chromium, and fail there in CI.
package headless
