import JSONReading
import TextPatterns

extension SchemaNode {
  /// A schema that refers to itself without end on one value accepts nothing.
  static let deepest = 256

  func accepts(_ value: JSONValue, in schema: AnswerSchema, depth: Int) -> Bool {
    guard !isNever, depth < Self.deepest, hasType(value) else { return false }
    if !constants.isEmpty, !constants.contains(where: { $0.equals(value) }) { return false }
    func fits(_ node: Int) -> Bool {
      schema.nodes[node].accepts(value, in: schema, depth: depth + 1)
    }
    guard allOf.allSatisfy(fits) else { return false }
    if !anyOf.isEmpty, !anyOf.contains(where: fits) { return false }
    if !oneOf.isEmpty, oneOf.count(where: fits) != 1 { return false }
    if let not, fits(not) { return false }
    switch value.kind {
    case .object: return acceptsObject(value, in: schema, depth: depth)
    case .array: return acceptsArray(value, in: schema, depth: depth)
    case .string: return acceptsString(value.string ?? "")
    case .number: return acceptsNumber(value)
    case .true, .false, .null: return true
    }
  }

  private func hasType(_ value: JSONValue) -> Bool {
    guard !types.isEmpty else { return true }
    switch value.kind {
    case .object: return types.contains(.object)
    case .array: return types.contains(.array)
    case .string: return types.contains(.string)
    case .true, .false: return types.contains(.boolean)
    case .null: return types.contains(.null)
    case .number:
      return types.contains(.number) || (types.contains(.integer) && value.isWhole)
    }
  }

  private func acceptsObject(
    _ value: JSONValue, in schema: AnswerSchema, depth: Int
  ) -> Bool {
    var seen: Set<String> = []
    for member in value.members {
      let name = member.key.string ?? ""
      seen.insert(name)
      guard let node = properties[name] ?? additional else { continue }
      guard schema.nodes[node].accepts(member.value, in: schema, depth: depth + 1) else {
        return false
      }
    }
    return required.allSatisfy(seen.contains) && members.contains(Int64(seen.count))
  }

  private func acceptsArray(
    _ value: JSONValue, in schema: AnswerSchema, depth: Int
  ) -> Bool {
    let elements = Array(value.elements)
    guard count.contains(Int64(elements.count)) else { return false }
    for (index, element) in elements.enumerated() {
      guard let node = index < prefixItems.count ? prefixItems[index] : items else { continue }
      guard schema.nodes[node].accepts(element, in: schema, depth: depth + 1) else { return false }
    }
    guard isUnique else { return true }
    return !elements.indices.contains { index in
      elements[..<index].contains { $0.equals(elements[index]) }
    }
  }

  private func acceptsString(_ text: String) -> Bool {
    guard length.contains(Int64(text.unicodeScalars.count)) else { return false }
    guard let pattern else { return true }
    var scan = TextScan(of: pattern)
    scan.start()
    let bytes = Array(text.utf8)
    return (try? scan.holds(0, in: bytes.span)) ?? false
  }

  private func acceptsNumber(_ value: JSONValue) -> Bool {
    let isBounded =
      number.least != nil || number.most != nil || exclusiveNumber.least != nil
      || exclusiveNumber.most != nil
    guard isBounded else { return true }
    guard let millionths = value.millionths else { return false }
    if let least = exclusiveNumber.least, millionths <= least { return false }
    if let most = exclusiveNumber.most, millionths >= most { return false }
    return number.contains(millionths)
  }
}

extension JSONValue {
  /// `1` and `1.0` are whole, as JSON Schema counts.
  fileprivate var isWhole: Bool {
    integer != nil || millionths.map { $0 % 1_000_000 == 0 } ?? false
  }
}
