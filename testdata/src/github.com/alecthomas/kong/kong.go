// Package kong is a stub: importing it is what fixtures are about.
package kong
