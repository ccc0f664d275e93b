// Package empty holds no declaration.
package empty
