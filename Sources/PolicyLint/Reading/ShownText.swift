/// A user's text for a message: one line, and not all of a long one.
func shown(_ text: String) -> String {
  var shown = ""
  for scalar in text.unicodeScalars.prefix(41) {
    shown.unicodeScalars.append(
      scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
  }
  return text.unicodeScalars.count > 41 ? shown + "…" : shown
}
