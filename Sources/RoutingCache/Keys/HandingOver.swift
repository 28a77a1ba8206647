import JSONReading

/// The members of a request that say how its answer is handed over, and not which answer it is.
enum HandingOver {
  private static let names = JSONNames(["stream", "stream_options", "cache"])
  private static let options = JSONNames(["include_usage", "include_obfuscation"])

  private static let streamOptions = 1

  /// Their keys in a request.
  ///
  /// `stream_options` with a member nobody here knows stays in the key: it may ask for anything.
  static func keys(of body: JSONText) -> [JSONNode] {
    let root = body.root.asNode
    guard body.isObject(root) else { return [] }
    var found: [JSONNode] = []
    var key = body.first(in: root)
    while body.contains(key, in: root) {
      let value = body.valueOfKey(key)
      if let number = body.number(of: key, in: names),
        number != streamOptions || isKnown(value, in: body)
      {
        found.append(key)
      }
      key = body.after(value)
    }
    return found
  }

  private static func isKnown(_ value: JSONNode, in body: JSONText) -> Bool {
    if body.isNull(value) { return true }
    guard body.isObject(value) else { return false }
    var key = body.first(in: value)
    while body.contains(key, in: value) {
      guard body.number(of: key, in: options) != nil else { return false }
      key = body.after(body.valueOfKey(key))
    }
    return true
  }
}
