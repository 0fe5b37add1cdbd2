module example.test/values

go 1.24
