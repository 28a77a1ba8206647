import JSONReading

extension ChatRequest {
  /// The request a provider gets: what the edits name is replaced or added, everything else passes
  /// byte for byte, in its order.
  ///
  /// Linear in the request.
  package func body(applying edits: UpstreamEdits) -> [UInt8] {
    var changes = MemberChanges(edits, of: self)
    let json = json
    var body: [UInt8] = []
    body.reserveCapacity(json.bytes.count + 512)
    body.append(UInt8(ascii: "{"))
    let root = json.root.asNode
    var key = json.first(in: root)
    while json.isObject(root), json.contains(key, in: root) {
      let value = json.valueOfKey(key)
      switch changes.take(key, in: json) {
      case .drop: break
      case .write(let bytes): Self.append(json.raw(key), bytes[...], to: &body)
      case nil:
        if edits.drops.isEmpty || !edits.drops.contains(json.string(key) ?? "") {
          Self.append(json.raw(key), json.raw(value), to: &body)
        }
      }
      key = json.after(value)
    }
    for (name, value) in changes.additions {
      Self.append(Array("\"\(name)\"".utf8)[...], value[...], to: &body)
    }
    body.append(UInt8(ascii: "}"))
    return body
  }

  private static func append(
    _ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, to body: inout [UInt8]
  ) {
    if body.count > 1 { body.append(UInt8(ascii: ",")) }
    body.append(contentsOf: key)
    body.append(UInt8(ascii: ":"))
    body.append(contentsOf: value)
  }
}
