package gauge

func Sum(values []float64) float64 {
	return values[0] +
}

func Reset() {}
