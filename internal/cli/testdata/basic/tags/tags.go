// Package tags has a file behind a build tag.
package tags
