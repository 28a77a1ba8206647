extension Double {
  /// As the format writes numbers: whole ones without a fraction, `+Inf`, `-Inf`, `NaN`.
  var expositionText: String {
    if isNaN { return "NaN" }
    if isInfinite { return self < 0 ? "-Inf" : "+Inf" }
    if let whole = Int64(exactly: self), magnitude < 9_007_199_254_740_992 { return String(whole) }
    return description
  }
}
