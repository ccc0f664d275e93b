module example.com/two

go 1.26

require example.com/one v1.0.0
