package neural

func setWide(wide, wider bool) { hasWide, hasWider = wide, wider }
