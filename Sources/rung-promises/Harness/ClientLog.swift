import Foundation
import JSONReading
import PromiseEvidence

/// What the client was told by a run: the whole lines of JSON on its standard output.
enum ClientLog {
  /// A last line without its end was not acknowledged.
  static func acknowledged(_ said: some Sequence<UInt8>) throws -> [Evidence.Acknowledged] {
    var lines = Array(said).split(separator: 0x0A, omittingEmptySubsequences: false)
    _ = lines.popLast()
    return try lines.compactMap { line in
      let root = try JSONText(Array(line)).root
      guard let name = root["request"]?.string else { return nil }
      let marker = (root["user"]?.string ?? name)
      guard let marker = Marker(in: marker) else {
        throw PromiseFailure("a line of output belongs to no request: \(name)")
      }
      return Evidence.Acknowledged(
        marker: marker, id: root["id"]?.string,
        cost: (root["cost"]?.string).flatMap(nanos), isServed: root["served"]?.bool ?? false,
        isRecorded: root["row"]?.integer != nil)
    }
  }

  /// Nano-units of a decimal number; nil if it is none, or finer than a nano-unit.
  static func nanos(_ text: String) -> Int64? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    guard fraction.count <= 9, let whole = Int64(parts[0]) else { return nil }
    let padded = fraction + String(repeating: "0", count: 9 - fraction.count)
    guard let rest = Int64(padded) else { return nil }
    return whole * 1_000_000_000 + rest
  }
}
