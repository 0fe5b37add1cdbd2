module golden.test/relay

go 1.26
