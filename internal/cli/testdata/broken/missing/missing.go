// Package missing imports what is not there.
package missing

import _ "example.com/nowhere"
