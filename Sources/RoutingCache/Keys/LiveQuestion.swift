import JSONReading

/// The last message of the user, where it is nothing but text.
struct LiveQuestion {
  let text: String
  /// The key whose value it is: `content`, or `text` of its one part.
  let key: JSONNode

  private static let outer = JSONNames(["messages"])
  private static let members = JSONNames(["role", "content"])
  private static let parts = JSONNames(["type", "text"])
  private static let content = 1

  /// Nil if there is none, or it holds anything else.
  init?(of body: JSONText) {
    let root = body.root.asNode
    guard body.isObject(root), let messages = Self.values(of: root, Self.outer, in: body)[0],
      body.isArray(body.valueOfKey(messages))
    else { return nil }
    let list = body.valueOfKey(messages)
    var last: JSONNode?
    var message = body.first(in: list)
    while body.contains(message, in: list) {
      if body.isObject(message),
        let role = Self.values(of: message, Self.members, in: body)[0],
        body.string(body.valueOfKey(role)) == "user"
      {
        last = message
      }
      message = body.after(message)
    }
    guard let last, let content = Self.values(of: last, Self.members, in: body)[Self.content] else {
      return nil
    }
    let value = body.valueOfKey(content)
    if let text = body.string(value) {
      self.text = text
      key = content
      return
    }
    // One part, and nothing in it but its kind and its text.
    guard body.isArray(value) else { return nil }
    let part = body.first(in: value)
    guard body.contains(part, in: value), !body.contains(body.after(part), in: value),
      body.isObject(part), Self.count(part, in: body) == 2,
      let kind = Self.values(of: part, Self.parts, in: body)[0],
      body.string(body.valueOfKey(kind)) == "text",
      let found = Self.values(of: part, Self.parts, in: body)[1],
      let text = body.string(body.valueOfKey(found))
    else { return nil }
    self.text = text
    key = found
  }

  /// The keys of an object that are these names, in their order.
  private static func values(
    of object: JSONNode, _ names: JSONNames, in body: JSONText
  ) -> [JSONNode?] {
    var found: [JSONNode?] = [nil, nil]
    var key = body.first(in: object)
    while body.contains(key, in: object) {
      if let number = body.number(of: key, in: names) { found[number] = key }
      key = body.after(body.valueOfKey(key))
    }
    return found
  }

  private static func count(_ object: JSONNode, in body: JSONText) -> Int {
    var count = 0
    var key = body.first(in: object)
    while body.contains(key, in: object) {
      count += 1
      key = body.after(body.valueOfKey(key))
    }
    return count
  }
}
