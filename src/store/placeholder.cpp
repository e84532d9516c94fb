namespace testigo {}
