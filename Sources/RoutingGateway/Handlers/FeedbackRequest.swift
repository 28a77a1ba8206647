import JSONReading
import OpenAIWire
import RoutingBudgets
import RoutingLedger

/// What a caller says of an answer: `{"request_id": …, "rating": …, "comment": …}`.
struct FeedbackRequest {
  /// Nil for what can be no request's name: there is none of it.
  let request: RequestID?
  let rating: Rating
  let comment: String?

  /// Of a comment.
  static let mostCommentBytes = 2_000
  private static let fields = ["request_id", "rating", "comment"]
  /// Of the body: a comment that is all escapes fits.
  private static let limits = JSONLimits(bytes: 64 << 10)

  init(_ bytes: [UInt8]) throws(APIProblem) {
    let root: JSONValue
    do throws(JSONProblem) {
      root = try JSONText(bytes, limits: Self.limits).root
    } catch {
      throw APIProblem(.json(error))
    }
    guard root.kind == .object else { throw Self.wrong(root, "an object") }
    for (key, _) in root.members {
      let name = key.string ?? ""
      guard Self.fields.contains(name) else { throw .unknownFeedbackField(name, of: Self.fields) }
    }
    request = try Self.request(try Self.member("request_id", of: root))
    rating = try Self.rating(try Self.member("rating", of: root))
    comment = try Self.comment(root["comment"])
  }

  private static func member(
    _ name: StaticString, of root: JSONValue
  ) throws(APIProblem) -> JSONValue {
    guard let value = root[name] else {
      var place = root.place
      place.path = String(describing: name)
      throw APIProblem(.missing(place))
    }
    return value
  }

  /// The name in `x-request-id`, or an answer's `id`, which ends with it.
  private static func request(_ value: JSONValue) throws(APIProblem) -> RequestID? {
    guard let text = value.string else { throw wrong(value, "a string") }
    let shapes = ["chatcmpl-", "cmpl-"]
    let prefix = shapes.first { text.hasPrefix($0) } ?? ""
    return RequestID(text.dropFirst(prefix.count))
  }

  private static func rating(_ value: JSONValue) throws(APIProblem) -> Rating {
    let wanted = "`good`, `bad` or a number from 0 to 1"
    switch value.kind {
    case .string:
      switch value.string {
      case "good": return .good
      case "bad": return .bad
      case _: throw bad(value, wanted)
      }
    case .number:
      // Not by its millionths: 1.0000001 is beyond 1, though it would round to it.
      guard let millionths = value.millionths, (0...1_000_000).contains(millionths),
        let fine = value.scaled(by: 12), (0...1_000_000_000_000).contains(fine.value)
      else { throw bad(value, wanted) }
      return .score(millionths: millionths)
    case .object, .array, .true, .false, .null: throw wrong(value, wanted)
    }
  }

  private static func comment(_ value: JSONValue?) throws(APIProblem) -> String? {
    guard let value, !value.isNull else { return nil }
    guard let text = value.string else { throw wrong(value, "a string") }
    guard text.utf8.count <= mostCommentBytes else {
      throw APIProblem(
        400, "invalid_request_error", code: "comment_too_long", param: "comment",
        "`comment` has \(text.utf8.count) bytes: send at most \(mostCommentBytes)")
    }
    return text.isEmpty ? nil : text
  }

  private static func wrong(_ value: JSONValue, _ wanted: String) -> APIProblem {
    APIProblem(.wrongType(value.place, found: value.kind, wanted: wanted))
  }

  private static func bad(_ value: JSONValue, _ wanted: String) -> APIProblem {
    let shown = "`\(String(decoding: value.raw.prefix(40), as: UTF8.self))`"
    return APIProblem(.badValue(value.place, found: shown, wanted: wanted))
  }
}

extension APIProblem {
  fileprivate static func unknownFeedbackField(
    _ name: String, of known: [String]
  ) -> APIProblem {
    APIProblem(
      400, "invalid_request_error", code: "unsupported_field", param: String(name.prefix(80)),
      "feedback has no field `\(name.prefix(80))`: send "
        + known.map { "`\($0)`" }.joined(separator: ", "))
  }

  /// No request of this name, or another tenant's: the same words for both.
  static let requestNotFound = APIProblem(
    404, "invalid_request_error", code: "request_not_found", param: "request_id",
    "there is no such request of yours: send the `x-request-id` of an answer you were given")
}
