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
  /// `only-if-cached`: no answer but one that was given before; each place it was said at, none where it
  /// was not.
  package var asksNobody: [Place] = []
  /// `ttl`: how long the answer may be kept at most, in seconds.
  package var lifetime: Int64?
  /// `s-maxage` and `max-age`: how old an answer may be, in seconds.
  package var oldest: Int64?
  /// `namespace`: a part of the cache of its own.
  package var namespace: String?

  /// Where a caller says what it wants of a cache.
  package enum Place: Hashable, Sendable {
    /// The member `cache` of the request.
    case body
    /// `cache-control`.
    case header
  }

  /// Whether nothing of a new answer is to be kept: one of no lifetime would be over at once.
  package var keepsNothing: Bool { refusesKeeping || lifetime == 0 }

  package init() {}

  /// Reads the member `cache`; a member of it that nobody here knows is refused by name.
  package init(_ value: JSONValue) throws(WireProblem) {
    try value.wantedObject()
    for (key, member) in value.members where !member.isNull {
      switch key.string {
      case "no-cache": refusesOld = try member.wantedFlag()
      case "no-store": refusesKeeping = try member.wantedFlag()
      case "only-if-cached": asksNobody = try member.wantedFlag() ? [.body] : []
      case "ttl": lifetime = try member.wantedInteger(0...Self.longest)
      case "s-maxage", "s-max-age": oldest = try member.wantedInteger(0...Self.longest)
      case "namespace": namespace = try member.wantedString()
      default:
        throw .badValue(
          member.place, found: "no control of a cache",
          wanted: "`ttl`, `s-maxage`, `no-cache`, `no-store`, `only-if-cached` or `namespace`")
      }
    }
  }

  /// A hundred years of seconds.
  private static let longest: Int64 = 3_155_760_000

  /// Takes what a `cache-control` header adds; a directive it does not know it passes over, as HTTP asks.
  ///
  /// One that it knows and cannot read is refused: passed over, it would give out what was not wanted.
  package mutating func add(header: String) throws(CacheControlProblem) {
    for part in Self.directives(header) {
      let words = part.split(separator: "=", maxSplits: 1).map {
        $0.trimmingPrefix(while: \.isWhitespace).lowercased()
      }
      guard let name = words.first?.split(separator: " ").first else { continue }
      switch name {
      case "no-cache": refusesOld = true
      case "no-store": refusesKeeping = true
      case "only-if-cached":
        if !asksNobody.contains(.header) { asksNobody.append(.header) }
      case "max-age", "s-maxage":
        let value = words.count == 2 ? words[1] : ""
        guard let seconds = Self.seconds(value) else {
          throw CacheControlProblem(directive: String(name), value: value)
        }
        oldest = min(oldest ?? .max, seconds)
      default: continue
      }
    }
  }

  /// What commas part, but for those inside a quoted text.
  private static func directives(_ header: String) -> [Substring] {
    var parts: [Substring] = []
    var start = header.startIndex
    var isQuoted = false
    var isEscaped = false
    for place in header.indices {
      switch header[place] {
      case _ where isEscaped: isEscaped = false
      case "\\" where isQuoted: isEscaped = true
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        parts.append(header[start..<place])
        start = header.index(after: place)
      default: break
      }
    }
    return parts + [header[start...]]
  }

  /// Digits, in quotation marks or not; more than a hundred years are a hundred years.
  private static func seconds(_ value: String) -> Int64? {
    var digits = value[...]
    while digits.last?.isWhitespace == true { digits.removeLast() }
    if digits.count > 1, digits.first == "\"", digits.last == "\"" {
      digits = digits.dropFirst().dropLast()
    }
    guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return min(Int64(digits) ?? longest, longest)
  }
}

/// A directive of a `cache-control` header whose value is none.
package struct CacheControlProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package let directive: String
  /// As it was sent, in small letters; empty if there was none.
  package let value: String

  package var description: String {
    let found = value.isEmpty ? "without a value" : "`\(directive)=\(shown)`"
    return "the header `cache-control` says \(value.isEmpty ? "`\(directive)` " : "")\(found): "
      + "give a whole number of seconds, such as `\(directive)=60`"
  }

  /// At most forty characters that a terminal would not obey.
  private var shown: String {
    String(
      value.unicodeScalars.prefix(40).map {
        (0x21...0x7E).contains($0.value) && $0 != "`" ? Character($0) : "·"
      })
  }
}
