package lib

func initGood(ready <-chan struct{}) {
	<-ready // let the runtime choose GOMAXPROCS; block instead of spinning
}
