package import JSONReading

/// What a caller asks of a cache in front of the model, in the words gateways already know: the
/// member `cache` of the request, and the header `cache-control`.
///
/// It is for the gateway: no provider gets it.
package struct CacheControls: Hashable, Sendable {
  /// `no-cache`: no answer that was given before; the new one may be kept.
  package var refusesOld = false
  /// `no-store`: the new answer is not kept.
  package var refusesKeeping = false
  /// `ttl`: how long the answer may be kept at most, in seconds.
  package var lifetime: Int64?
  /// `s-maxage` and `max-age`: how old an answer may be, in seconds.
  package var oldest: Int64?
  /// `namespace`: a part of the cache of its own.
  package var namespace: String?

  package init() {}

  /// Reads the member `cache`; a member of it that nobody here knows is refused by name.
  package init(_ value: JSONValue) throws(WireProblem) {
    try value.wantedObject()
    for (key, member) in value.members where !member.isNull {
      switch key.string {
      case "no-cache": refusesOld = try member.wantedFlag()
      case "no-store": refusesKeeping = try member.wantedFlag()
      case "ttl": lifetime = try member.wantedInteger(0...Self.longest)
      case "s-maxage", "s-max-age": oldest = try member.wantedInteger(0...Self.longest)
      case "namespace": namespace = try member.wantedString()
      default:
        throw .badValue(
          member.place, found: key.shown,
          wanted: "`ttl`, `s-maxage`, `no-cache`, `no-store` or `namespace`")
      }
    }
  }

  /// A hundred years of seconds.
  private static let longest: Int64 = 3_155_760_000

  /// Takes what a `cache-control` header adds; what it does not know it passes over, as HTTP asks.
  package mutating func add(header: String) {
    for part in header.split(separator: ",") {
      let words = part.split(separator: "=", maxSplits: 1).map {
        $0.trimmingPrefix(while: \.isWhitespace).lowercased()
      }
      guard let name = words.first?.split(separator: " ").first else { continue }
      switch name {
      case "no-cache": refusesOld = true
      case "no-store": refusesKeeping = true
      case "max-age", "s-maxage":
        guard words.count == 2, let seconds = Int64(words[1]), seconds >= 0 else { continue }
        oldest = min(oldest ?? .max, min(seconds, Self.longest))
      default: continue
      }
    }
  }
}
