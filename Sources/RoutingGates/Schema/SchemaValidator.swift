import JSONReading
import TextPatterns

/// Holds one value against a compiled schema.
///
/// A class, as the steps left are shared by every branch that is tried.
final class SchemaValidator {
  private let nodes: [SchemaNode]
  /// References in circles and choices between them could take for ever: when this is used up,
  /// nothing is accepted.
  private var stepsLeft = 1_000_000
  /// Whether some part was not looked at: a `not` would turn that into a yes.
  private var isCutShort = false

  init(nodes: [SchemaNode]) { self.nodes = nodes }

  /// References can go round in circles without looking at anything new: nothing is accepted past
  /// this depth.
  private static let deepest = 512

  /// Whether the whole schema accepts a value.
  func accepts(_ value: JSONValue) -> Bool {
    accepts(value, by: 0, depth: 0) && !isCutShort
  }

  private func accepts(_ value: JSONValue, by index: Int, depth: Int) -> Bool {
    stepsLeft -= 1
    guard stepsLeft > 0, depth < Self.deepest else {
      isCutShort = true
      return false
    }
    guard nodes.indices.contains(index) else { return false }
    let node = nodes[index]
    guard !node.acceptsNothing, hasType(value, node), hasValue(value, node) else { return false }
    guard
      node.allOf.allSatisfy({ accepts(value, by: $0, depth: depth + 1) }),
      node.anyOf?.contains(where: { accepts(value, by: $0, depth: depth + 1) }) ?? true,
      node.oneOf.map({ $0.count { accepts(value, by: $0, depth: depth + 1) } == 1 }) ?? true,
      node.not.map({ !accepts(value, by: $0, depth: depth + 1) }) ?? true
    else { return false }
    switch value.kind {
    case .object: return acceptsMembers(of: value, node, depth)
    case .array: return acceptsElements(of: value, node, depth)
    case .string: return acceptsText(value.string ?? "", node)
    case .number: return acceptsNumber(CanonicalNumber(value.raw), node)
    case .true, .false, .null: return true
    }
  }

  private func hasType(_ value: JSONValue, _ node: SchemaNode) -> Bool {
    guard let types = node.types else { return true }
    switch value.kind {
    case .object: return types.contains(.object)
    case .array: return types.contains(.array)
    case .string: return types.contains(.string)
    case .true, .false: return types.contains(.boolean)
    case .null: return types.contains(.null)
    case .number:
      return types.contains(.number)
        || (types.contains(.integer) && CanonicalNumber(value.raw).isWhole)
    }
  }

  private func hasValue(_ value: JSONValue, _ node: SchemaNode) -> Bool {
    guard let values = node.values else { return true }
    return values.contains(CanonicalJSON(value))
  }

  private func acceptsMembers(of value: JSONValue, _ node: SchemaNode, _ depth: Int) -> Bool {
    var names = Set<String>()
    for (key, member) in value.members {
      let name = key.string ?? ""
      names.insert(name)
      guard let schema = node.properties[name] ?? node.additional else { continue }
      guard accepts(member, by: schema, depth: depth + 1) else { return false }
    }
    return node.propertyCount.holds(names.count) && node.required.allSatisfy(names.contains)
  }

  private func acceptsElements(of value: JSONValue, _ node: SchemaNode, _ depth: Int) -> Bool {
    var count = 0
    var seen = Set<CanonicalJSON>()
    for element in value.elements {
      let schema = count < node.prefixItems.count ? node.prefixItems[count] : node.items
      count += 1
      if let schema, !accepts(element, by: schema, depth: depth + 1) { return false }
      if node.areItemsUnique, !seen.insert(CanonicalJSON(element)).inserted { return false }
    }
    return node.itemCount.holds(count)
  }

  /// Lengths count Unicode scalars, as JSON Schema does.
  private func acceptsText(_ text: String, _ node: SchemaNode) -> Bool {
    guard node.length.holds(text.unicodeScalars.count) else { return false }
    guard let pattern = node.pattern else { return true }
    var scan = TextScan(of: pattern)
    scan.start()
    do throws(ScanFailure) {
      return try scan.holds(0, in: text.utf8.span)
    } catch {
      return false
    }
  }

  private func acceptsNumber(_ number: CanonicalNumber, _ node: SchemaNode) -> Bool {
    if let least = node.minimum, number < least { return false }
    if let most = node.maximum, most < number { return false }
    if let least = node.exclusiveMinimum, !(least < number) { return false }
    if let most = node.exclusiveMaximum, !(number < most) { return false }
    return true
  }
}
