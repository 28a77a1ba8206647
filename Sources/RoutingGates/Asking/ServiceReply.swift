import JSONReading
package import PolicyUnits

/// What a service of the policy's own answers: an object with one member.
package enum ServiceReply {
  /// `{"score": 0.85}`: a number from 0 to 1; nil for anything else.
  package static func score(_ body: [UInt8]) -> Score? {
    guard let value = member("score", of: body), value.kind == .number,
      let (millionths, _) = value.scaled(by: 6), (0...1_000_000).contains(millionths)
    else { return nil }
    return Score(millionths: millionths)
  }

  /// `{"label": "law"}`: one of the labels, letter for letter; nil for anything else.
  package static func label(_ body: [UInt8], of labels: [String]) -> Int? {
    guard let text = member("label", of: body)?.string else { return nil }
    return labels.firstIndex { $0 == text }
  }

  private static func member(_ name: String, of body: [UInt8]) -> JSONValue? {
    do throws(JSONProblem) {
      return try JSONText(body, limits: JSONLimits(bytes: 64 << 10)).root[named: name]
    } catch {
      return nil
    }
  }
}
