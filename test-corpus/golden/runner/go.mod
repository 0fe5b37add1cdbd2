module golden.test/runner

go 1.26
