import JSONReading

/// One call as the provider's own books have it.
package struct WallCall: Hashable, Sendable {
  package let number: Int
  package let path: String
  package let model: String
  /// What tells requests apart: see ``Marker``.
  package let marker: Marker?
  package let status: Int
  package let fault: String?
  package let promptTokens: Int64
  package let completionTokens: Int64

  package init(
    number: Int, path: String = "/v1/chat/completions", model: String, marker: Marker?,
    status: Int = 200, fault: String? = nil, promptTokens: Int64, completionTokens: Int64
  ) {
    self.number = number
    self.path = path
    self.model = model
    self.marker = marker
    self.status = status
    self.fault = fault
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
  }

  /// Reads the lines of the stand-in's `--log`; a last line without its end is an error, for the
  /// stand-in is not killed.
  package static func calls(inLog bytes: some Collection<UInt8>) throws -> [WallCall] {
    try bytes.split(separator: 0x0A).compactMap { line in
      let root = try JSONText(Array(line)).root
      guard root["event"]?.string == "began" else { return nil }
      return WallCall(
        number: Int(clamping: root["call"]?.integer ?? 0),
        path: root["path"]?.string ?? "",
        model: root["model"]?.string ?? "",
        marker: (root["question"]?.string).flatMap { Marker(in: $0) },
        status: Int(clamping: root["status"]?.integer ?? 0),
        fault: root["fault"]?.string,
        promptTokens: root["prompt_tokens"]?.integer ?? 0,
        completionTokens: root["completion_tokens"]?.integer ?? 0)
    }
  }
}

/// What a generated request is known by, everywhere: `r7-000123` for the 123rd of run 7.
package struct Marker: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let run: Int
  package let number: Int

  package init(run: Int, number: Int) {
    self.run = run
    self.number = number
  }

  package static func < (a: Marker, b: Marker) -> Bool { (a.run, a.number) < (b.run, b.number) }

  package var description: String {
    let digits = String(number)
    return "r\(run)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  /// The first marker in a text.
  package init?(in text: some StringProtocol) {
    for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "-" })
    where word.first == "r" {
      let parts = word.dropFirst().split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, parts[1].count >= 6, let run = Int(parts[0]),
        let number = Int(parts[1])
      else { continue }
      self.init(run: run, number: number)
      return
    }
    return nil
  }
}
