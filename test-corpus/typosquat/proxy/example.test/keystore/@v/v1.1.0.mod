module example.test/keystore

go 1.21
