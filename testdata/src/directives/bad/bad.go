// Package bad talks to asynclint and is not understood.
package bad

/* want "nonblockin" */ //asynclint:nonblockin
func tick()             {}

func hello() {
	println("hello") /* want "print-in-libary" */ //asynclint:ignore print-in-libary shown by the installer
}

func unexplained() {
	/* want "reason" */ //asynclint:ignore print-in-library
	println("hello")
}

/* want "nothing is reported here" */ //asynclint:ignore chan-op-under-lock nothing here is locked
func needless(c chan int) {
	c <- 1
}

func explained() {
	println("hello") //asynclint:ignore print-in-library shown by the installer
}
