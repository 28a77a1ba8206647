/// Where a shorter system prompt's pin lies, and what it says.
///
/// A pin is the JSON that `rung compress --system … --pin` writes beside the prompt it accepted.
package enum PromptPins {
  /// Of the pin of a prompt.
  package static func path(of prompt: String) -> String { prompt + ".pin.json" }

  /// The fingerprint of the text that was accepted; nil if the text is no pin.
  ///
  /// Looks for the member `fingerprint` of the member `accepted`; a pin has no nested object there.
  package static func accepted(in pin: String) -> String? {
    guard let member = pin.firstRange(of: "\"accepted\""),
      let end = pin[member.upperBound...].firstIndex(of: "}"),
      let name = pin[member.upperBound..<end].firstRange(of: "\"fingerprint\"")
    else { return nil }
    let value = pin[name.upperBound..<end].drop { $0.isWhitespace || $0 == ":" }
    guard value.first == "\"" else { return nil }
    let digits = value.dropFirst().prefix { $0.isHexDigit }
    return digits.count == 32 && value.dropFirst(33).first == "\"" ? digits.lowercased() : nil
  }
}
