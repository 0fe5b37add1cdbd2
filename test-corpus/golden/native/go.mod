module golden.test/native

go 1.26
