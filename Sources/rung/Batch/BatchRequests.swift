import JSONReading
import OpenAIWire

/// The requests of a batch, one JSON object a line: chat requests, or lines of OpenAI's Batch input.
struct BatchRequests {
  let path: String
  let items: [BatchItem]

  private static let url = "/v1/chat/completions"
  private static let longestID = 512
  /// Lines that are named before the rest is only counted.
  static let named = 10

  /// Reads them all; `-` is standard input, and `check` says what else is wrong with a request.
  ///
  /// Names the lines that are no request, the first ten and how many more.
  init(
    _ path: String, check: (RequestFile) throws(CommandFailure) -> Void
  ) throws(CommandFailure) {
    try self.init(path, bytes: try Files.input(path), check: check)
  }

  init(
    _ path: String, bytes: [UInt8], check: (RequestFile) throws(CommandFailure) -> Void
  ) throws(CommandFailure) {
    self.path = path
    var items: [BatchItem] = []
    // By their bytes: two ways to write an accent are two names.
    var lines: [[UInt8]: Int] = [:]
    var problems: [String] = []
    for (number, line) in RequestFile.lines(of: try Self.withoutMark(bytes, path)) {
      do throws(CommandFailure) {
        let item = try Self.item(Array(line), number, in: path)
        try check(item.file)
        if let first = lines.updateValue(number, forKey: Array(item.customID.utf8)) {
          throw CommandFailure(
            "\(path):\(number): the custom_id `\(item.shownID)` is that of line \(first) "
              + "too: answers are told apart by it")
        }
        items.append(item)
      } catch {
        problems.append(error.message)
      }
    }
    guard problems.isEmpty else { throw CommandFailure(Self.list(problems)) }
    guard !items.isEmpty else { throw CommandFailure("\(path): the file has no requests") }
    self.items = items
  }

  /// Without the mark that some editors put before UTF-8; what begins with the mark of another
  /// encoding is refused by name.
  private static func withoutMark(
    _ bytes: [UInt8], _ path: String
  ) throws(CommandFailure) -> [UInt8] {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes.dropFirst(3)) }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw CommandFailure("\(path): the file is UTF-16: save it as UTF-8")
    }
    return bytes
  }

  /// The first ten, and how many more.
  static func list(_ problems: [String]) -> String {
    var lines = Array(problems.prefix(named))
    let more = problems.count - lines.count
    if more > 0 { lines.append("and \(more) more") }
    return lines.joined(separator: "\n")
  }

  private static func item(
    _ bytes: [UInt8], _ number: Int, in path: String
  ) throws(CommandFailure) -> BatchItem {
    let place = "\(path):\(number)"
    let json: JSONText
    do throws(JSONProblem) {
      json = try JSONText(bytes)
    } catch {
      throw CommandFailure("\(place):\(error.place.column): \(error.message)")
    }
    let root = json.root
    guard isBatchLine(root) else {
      return BatchItem(
        customID: String(number), line: number, file: try request(json.bytes, from: 0, place))
    }
    for name in ["messages", "model"] where root[named: name] != nil {
      throw CommandFailure(
        "\(place): a line with `custom_id`, `method`, `url` and `body` has its request in `body`, "
          + "and this one has `\(name)` beside it")
    }
    guard let id = root["custom_id"]?.string, (1...longestID).contains(id.utf8.count) else {
      throw CommandFailure("\(place): `custom_id` is a text of 1 to \(longestID) bytes")
    }
    let method = root["method"].map(\.shownHere)
    if let method, method != "POST" {
      throw CommandFailure("\(place): the method `\(method)` is not served in a batch: POST is")
    }
    guard let asked = root["url"] else {
      throw CommandFailure("\(place): `url` is missing: write \"\(url)\"")
    }
    guard asked.string == url else {
      throw CommandFailure("\(place): `\(asked.shownHere)` is not served in a batch: \(url) is")
    }
    guard let body = root["body"], body.kind == .object else {
      throw CommandFailure("\(place): `body` is missing: it is the request")
    }
    let file = try request(Array(body.raw), from: body.range.lowerBound, place)
    return BatchItem(customID: id, line: number, file: file)
  }

  private static func isBatchLine(_ root: JSONValue) -> Bool {
    ["custom_id", "method", "url", "body"].contains { root[named: $0] != nil }
  }

  /// `start` is where the request begins in its line, in bytes.
  private static func request(
    _ bytes: [UInt8], from start: Int, _ place: String
  ) throws(CommandFailure) -> RequestFile {
    do throws(WireProblem) {
      return RequestFile(place, try ChatRequest(bytes))
    } catch {
      let column = error.place.map { ":\($0.column + start)" } ?? ""
      throw CommandFailure("\(place)\(column): \(error.message)")
    }
  }
}

extension JSONValue {
  /// What stands there, short enough for a line of a message.
  fileprivate var shownHere: String {
    Terminal.harmless(
      String((string ?? String(decoding: raw.prefix(80), as: UTF8.self)).prefix(80)))
  }
}
