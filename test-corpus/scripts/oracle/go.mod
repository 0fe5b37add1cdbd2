module example.test/oracle

go 1.26
