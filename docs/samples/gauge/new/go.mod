module example.test/gauge

go 1.24

require example.test/codec v0.3.0
