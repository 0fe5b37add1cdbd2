module golden.test/collections

go 1.26
