import JSONWriting
import PolicyEditing
import PolicySource

extension DocumentQuestion {
  func symbols() -> [UInt8] {
    let items = snapshot.outline(of: file.id)
    return Self.list { json in
      for item in items {
        if client.takesSymbolTrees {
          writeTree(item, &json)
        } else {
          for found in FlatSymbol.all(item) { writeFlat(found, &json) }
        }
      }
    }
  }

  /// The symbols of every policy file whose name holds `query`, letters of either case.
  func writeSymbols(matching query: String, _ json: inout JSONWriter) {
    let query = query.lowercased()
    for item in snapshot.outline(of: file.id) {
      for found in FlatSymbol.all(item)
      where query.isEmpty || found.item.name.lowercased().contains(query) {
        writeFlat(found, &json)
      }
    }
  }

  private func writeTree(_ item: OutlineItem, _ json: inout JSONWriter) {
    json.object { json in
      json.member("name", item.name.isEmpty ? "(no name)" : item.name)
      if !item.detail.isEmpty { json.member("detail", item.detail) }
      json.member("kind", item.kind.number)
      json.member("range", range(of: item.span))
      json.member("selectionRange", range(of: item.nameSpan))
      if !item.children.isEmpty {
        json.array("children") { json in
          for child in item.children { writeTree(child, &json) }
        }
      }
    }
  }

  private func writeFlat(_ found: FlatSymbol, _ json: inout JSONWriter) {
    guard let link = link(to: found.item.span) else { return }
    json.object { json in
      json.member("name", found.item.name.isEmpty ? "(no name)" : found.item.name)
      json.member("kind", found.item.kind.number)
      json.object("location") { json in
        json.member("uri", link.uri)
        json.member("range", link.range)
      }
      if let container = found.container { json.member("containerName", container) }
    }
  }
}

/// An item of an outline for clients that know no trees.
private struct FlatSymbol {
  let item: OutlineItem
  let container: String?

  /// The item, then what is in it.
  static func all(_ item: OutlineItem, in container: String? = nil) -> [FlatSymbol] {
    [FlatSymbol(item: item, container: container)]
      + item.children.flatMap { all($0, in: item.name) }
  }
}

extension OutlineItem.Kind {
  /// The protocol's number, of the kind whose picture fits best.
  fileprivate var number: Int {
    switch self {
    case .file: 1
    case .group: 3
    case .tier: 22
    case .test: 24
    case .always: 24
    case .symbol(let kind): kind.symbolNumber
    }
  }
}

extension SymbolKind {
  fileprivate var symbolNumber: Int {
    switch self {
    case .fact: 13
    case .classifier: 10
    case .condition, .points: 12
    case .task: 5
    case .budget, .limit: 14
    case .gate, .guarding: 11
    case .ladder: 23
    case .compression: 25
    case .route: 6
    case .arm, .label: 22
    case .model, .embedder: 2
    }
  }
}
