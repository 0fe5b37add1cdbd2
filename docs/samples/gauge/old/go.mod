module example.test/gauge

go 1.22
