// Package klogsink logs with klog.
package klogsink

import (
	"fmt"

	"k8s.io/klog/v2"
)

func save(path string, err error) {
	klog.InfoS("saving")
	fmt.Println("save", path, "failed:", err) // want `use klog.ErrorS`
	fmt.Println("saved", path)
}
